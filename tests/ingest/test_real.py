"""The published files themselves, where REAL_DATA names the folder that has them."""

import os
from pathlib import Path

import polars as pl
import pytest

from dashboard import ingest

REAL = Path(os.environ.get("REAL_DATA", ""))
pytestmark = pytest.mark.skipif("REAL_DATA" not in os.environ, reason="REAL_DATA is not set")
WIDE = {
    "MPS Borough Level Crime (Historical) 201004-202311.csv": ("2025-12-10", 164),
    "MPS Borough Level Crime (most recent 24 months) 202312-202511.csv": ("2025-12-10", 24),
    "MPS Borough Level Crime old categories 201004-202201.csv": ("2022-02-15", 142),
}


def test_borough_crime_adds_up_to_all_its_cells(folder):
    for name, (vintage, months) in WIDE.items():
        file = REAL / "mps_borough_crime" / name
        account = folder.load("mps-borough-crime", file, vintage=vintage)
        cells = pl.read_csv(file).select(pl.col(r"^\d{6}$"))
        assert cells.width == months
        assert account.value_accepted == account.value_read == cells.sum().sum_horizontal().item()
    staged = pl.concat(pl.read_parquet(item.path) for item in ingest.staged(folder.data))
    pair = staged.filter(pl.col("vintage") == pl.date(2025, 12, 10))
    assert pair["date"].n_unique() == 188


def test_gun_crime_of_july_2025_is_76_outcomes_of_167_offences(folder):
    name = "monthly-crime-dashboard-other_202108-202507.parquet"
    file = REAL / "mps_dashboards" / name
    account = folder.load("mps-monthly-dashboard", file, vintage=None)
    frame = pl.read_parquet(file)
    boroughs = frame.filter(pl.col("area_type") == "Borough")
    assert account.value_accepted == boroughs["count"].sum()
    assert account.rows_excluded == frame.height - boroughs.height
    rows = folder.rows("counts").filter(
        offence="Gun Crime", date=pl.date(2025, 7, 1), vintage=pl.date(2025, 8, 2)
    )
    sums = dict(rows.group_by("value").agg(pl.col("n").sum()).rows())
    assert sums == {"outcomes": 76, "offences": 167}


def test_business_robberies_of_a_fortnight_are_365(folder):
    name = "business-crime-offences_20230801-20250731.parquet"
    folder.load("mps-business-crime", REAL / "mps_dashboards" / name, vintage=None)
    rows = folder.rows("counts").filter(
        pl.col("date").is_between(pl.date(2025, 7, 14), pl.date(2025, 7, 27)),
        offence="ROBBERY OF BUSINESS PROPERTY",
    )
    assert rows["n"].sum() == 365


def test_positive_outcomes_of_business_crime_and_every_victim(folder):
    file = REAL / "mps_dashboards" / "business-crime-outcomes_20230601-20250531.parquet"
    account = folder.load("mps-business-crime", file, vintage=None)
    frame = pl.read_parquet(file)
    positive = frame.filter(positive_outcome="Y")["outcome_count"].sum()
    assert account.value_accepted == positive
    assert account.value_excluded == frame["outcome_count"].sum() - positive
    victims = REAL / "homicide" / "homicide_victims_200301-202012.csv"
    account = folder.load("mps-homicide-victims", victims, vintage="2021-02-01")
    assert account.value_accepted == 2544
