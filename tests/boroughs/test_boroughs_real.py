"""The published borough file through the boroughs' reports, where REAL_DATA names its folder.

All that the reports say is computed again from the CSVs by polars, numpy and scipy.
"""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.stats import poisson

from dashboard import snapshots
from dashboard.reports import Request
from dashboard.reports.boroughs import exposure, funnel
from dashboard.reports.boroughs import london as boroughs
from dashboard.reports.boroughs.spans import Choice, comparison

REAL = Path(os.environ.get("REAL_DATA", ""))
pytestmark = pytest.mark.skipif("REAL_DATA" not in os.environ, reason="REAL_DATA is not set")
KNOWN, AS_AT = date(2025, 12, 10), date(2025, 12, 11)
MEASURES = {
    "commercial_robbery": "ROBBERY OF BUSINESS PROPERTY",
    "personal_robbery": "ROBBERY OF PERSONAL PROPERTY",
    "drug_trafficking": "TRAFFICKING OF DRUGS",
}
PEOPLE = "housing-density-borough_1999-2050.csv"


def sources() -> list[Path]:
    folder = REAL / "mps_borough_crime"
    return sorted(folder.glob("*Historical*.csv")) + sorted(folder.glob("*24 months*.csv"))


@pytest.fixture(scope="module")
def request_(tmp_path_factory) -> Request:
    data = tmp_path_factory.mktemp("real")
    files = [snapshots.File("mps-borough-crime", path, KNOWN, False) for path in sources()]
    snapshots.import_and_publish(data, files, [AS_AT])
    return Request(snapshots.get(data, AS_AT), data)


@pytest.fixture(scope="module")
def cells() -> pl.DataFrame:
    """All cells of both files: offence, area, month, n."""
    frames = [
        pl.read_csv(path).unpivot(
            pl.selectors.matches(r"^\d{6}$"),
            index=["MinorText", "BoroughName"],
            variable_name="month",
            value_name="n",
        )
        for path in sources()
    ]
    return pl.concat(frames)


def test_tiles_and_the_rest_are_london_in_each_of_the_188_months(request_, cells):
    months = cells["month"].unique().sort().to_list()
    assert len(months) == 188
    for measure, offence in MEASURES.items():
        of = cells.filter(pl.col("MinorText") == offence)
        london = dict(of.group_by("month").agg(pl.col("n").sum()).rows())
        areas = {
            month[0]: dict(zip(rows["BoroughName"], rows["n"], strict=True))
            for month, rows in of.group_by("month")
        }
        for month in months:
            choice = Choice("month", until=boroughs.until_of(f"{month[:4]}-{month[4:]}"))
            rows = boroughs.tiles(request_, measure, choice).rows.to_pylist()
            tiles = sum(row["seen"] for row in rows if row["kind"] == "borough")
            beside = {row["code"]: row["seen"] for row in rows if row["kind"] != "borough"}
            city = beside.pop("E09000001")
            assert city is None  # in no file of the Met's: not policed, not zero
            assert set(beside) <= {"unknown", "heathrow"}
            assert tiles + sum(beside.values()) == london[month], (measure, month)
            unknown = areas[month].get("Unknown", 0)
            assert beside.get("unknown", 0) == unknown, (measure, month)
            assert sum(row["kind"] == "borough" for row in rows) == 32


def test_business_robberys_funnel_of_january_to_november_2025(request_, cells):
    choice = Choice("calendar", exposure.RESIDENTS)
    found = comparison(request_, "commercial_robbery", choice)
    rows = funnel.funnel(request_, "commercial_robbery", choice).rows.to_pylist()
    seen, expected = _by_hand(cells)
    assert {row["borough_name"]: row["seen"] for row in rows} == seen
    for row in rows:
        assert row["size"] == pytest.approx(expected[row["borough_name"]])

    o, e = (np.array(list(part.values()), dtype=float) for part in (seen, expected))
    z = 2 * (np.sqrt(o) - np.sqrt(e))
    drawn = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    phi = (drawn**2).mean()
    weights = 4 * e
    tau2 = (32 * phi - 31) / (weights.sum() - (weights**2).sum() / weights.sum())
    assert found.phi == pytest.approx(phi) == pytest.approx(14.49, abs=0.005)
    assert found.tau2 == pytest.approx(tau2)
    assert found.adjust  # 14.5 is far above 1 + 2 √(2/32) = 1.5

    exact, wide = funnel.counts_of_statuses(found)
    assert exact == _statuses(o / e, [_exact(e, p) for p in (0.025, 0.975, 0.001, 0.999)])
    apart = np.sqrt(1 / (4 * e) + tau2)
    edges = [(1 + sign * q * apart) ** 2 for q in (1.959964, 3.090232) for sign in (-1, 1)]
    assert wide == _statuses(o / e, edges)
    # As far as chance goes 25 of 32 stand out; of boroughs that differ as these do, two.
    assert exact == dict(zip(exact, (7, 3, 7, 5, 10), strict=True))
    assert wide == dict(zip(wide, (1, 1, 30, 0, 0), strict=True))
    assert [row["borough_name"] for row in rows if row["status"] == "above_998"] == ["Westminster"]


def _by_hand(cells: pl.DataFrame) -> tuple[dict[str, int], dict[str, float]]:
    """Seen and expected of the 32 boroughs, from the CSVs alone."""
    counted = (
        cells.filter(
            pl.col("MinorText") == MEASURES["commercial_robbery"],
            pl.col("month").is_between(pl.lit("202501"), pl.lit("202511")),
        )
        .group_by("BoroughName")
        .agg(pl.col("n").sum())
    )
    people = pl.read_csv(REAL / "geography" / PEOPLE, infer_schema_length=None)
    people = people.filter(pl.col("Year").cast(pl.String) == "2025").select(
        BoroughName="Name", people=pl.col("Population").cast(pl.Int64)
    )
    joined = counted.join(people, on="BoroughName").sort("BoroughName")
    assert joined.height == 32
    years = joined["people"] * 11 / 12
    expected = years * joined["n"].sum() / years.sum()
    names = joined["BoroughName"]
    return dict(zip(names, joined["n"], strict=True)), dict(zip(names, expected, strict=True))


def _exact(expected: np.ndarray, p: float) -> np.ndarray:
    """Spiegelhalter's interpolated limit over what is expected."""
    quantile = poisson.ppf(p, expected)
    apart = (poisson.cdf(quantile, expected) - p) / poisson.pmf(quantile, expected)
    return (quantile - apart) / expected


def _statuses(ratio: np.ndarray, edges: list[np.ndarray]) -> dict[str, int]:
    low, high, lowest, highest = edges
    words = np.select(
        [ratio > highest, ratio < lowest, ratio > high, ratio < low],
        ["above_998", "below_998", "above_95", "below_95"],
        "within",
    )
    counted = Counter(words.tolist())
    names = ("above_998", "above_95", "within", "below_95", "below_998")
    return {name: counted[name] for name in names}
