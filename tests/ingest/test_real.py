"""The published files themselves, where REAL_DATA names the folder that has them."""

import os
from datetime import date
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


def test_every_offence_of_the_vawg_table_by_place(folder):
    file = REAL / "mps_dashboards" / "vawg-offences_201401-202602.parquet"
    account = folder.load("mps-vawg-offences", file, vintage="2026-03-01")
    frame = pl.read_parquet(file)
    places = frame.filter(pl.col("sheet") == "Offence count location")
    assert account.rows_read == frame.height
    assert account.value_read == frame["count"].sum()
    assert account.value_accepted == places["count"].sum() == 1_612_003
    mine = (
        places.group_by("borough_name", pl.col("recorded_date_months").cast(pl.Date))
        .agg(pl.col("count").sum())
        .sort(pl.all())
    )
    staged = folder.rows("counts").select("borough", "date", "n").sort(pl.all())
    assert staged.rows() == mine.rows()


def test_every_person_proceeded_against(folder):
    file = REAL / "homicide" / "homicide_ppa_200301-202103.csv"
    account = folder.load("mps-homicide-ppa", file, vintage="2021-04-30")
    assert (account.rows_accepted, account.rows_excluded, account.rows_rejected) == (3893, 1, 0)
    frame = pl.read_csv(file).filter(pl.col("Charged/Summonsed") != "Recording Error")
    mine = dict(frame.group_by("Offence Type").len().rows())
    staged = folder.rows("counts")
    assert dict(staged.group_by("offence").agg(pl.col("n").sum()).rows()) == mine
    misspelt = frame.filter(pl.col("Proceedings Date").str.starts_with("Feb"))
    february = staged.filter(pl.col("date").dt.month() == 2)["n"].sum()
    assert february == misspelt.height


@pytest.fixture
def lookup(tmp_path):
    """LSOA to district, from the names in the files themselves: `Camden 001A` lies in Camden."""
    names = pl.concat(
        pl.read_csv(path, infer_schema=False).select("LSOA code", "LSOA name")
        for path in sorted((REAL / "police_uk").glob("2025-01-*"))
    ).unique()
    district = pl.col("LSOA name").str.replace(r" \d{3}[A-Z]$", "").alias("LAD22NM")
    path = tmp_path / "lookup.csv"
    names.with_columns(district).write_csv(path)
    return path


def test_streets_outcomes_and_searches_of_a_month(folder, lookup):
    known = date(2025, 3, 1)
    street = REAL / "police_uk" / "2025-01-metropolitan-street.csv.gz"
    account = ingest.import_files(
        "police-uk-street", [street], data=folder.data, vintage=known, areas=lookup
    )[0]
    assert (account.rows_accepted, account.value_accepted) == (4445, 4445)
    assert any("'Dartford' 1" in line for line in account.warnings)  # counted, outside London
    frame = pl.read_csv(street, infer_schema=False)
    district = pl.col("LSOA name").str.replace(r" \d{3}[A-Z]$", "")
    mine = dict(frame.group_by(district).len().rows())
    assert dict(folder.rows("counts").select("borough", "n").rows()) == mine
    outcomes = REAL / "police_uk" / "2025-01-metropolitan-outcomes.csv"
    account = ingest.import_files(
        "police-uk-outcomes", [outcomes], data=folder.data, vintage=known, areas=lookup
    )[0]
    kinds = dict(pl.read_csv(outcomes).group_by("Outcome type").len().rows())
    positive = kinds["Suspect charged"] + kinds["Offender given penalty notice"]
    assert (account.rows_read, account.value_accepted) == (2474, positive)
    assert account.value_excluded == 2474 - positive
    stops = REAL / "police_uk" / "2024-08-metropolitan-stop-and-search.csv.gz"
    account = folder.load("police-uk-stop-and-search", stops, vintage="2024-10-01")
    assert (account.rows_accepted, account.value_accepted) == (10_638, 10_638)
    days = folder.rows("counts").filter(offence="stop_and_search")["date"]
    assert (days.min(), days.max()) == (date(2024, 8, 1), date(2024, 8, 31))
