"""Real steps in the real files, where REAL_DATA names the folder: found, or rightly not."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard import catalogue, reports
from dashboard.ingest import code_of
from dashboard.periods import next_start
from dashboard.reports.measure import wording
from dashboard.reports.measure.tracks import track
from dashboard.reports.trends import asking as trends
from tests.asking import a_measure

MEASURE = "blackmail"
REAL = Path(os.environ.get("REAL_DATA", ""))
pytestmark = pytest.mark.skipif("REAL_DATA" not in os.environ, reason="REAL_DATA is not set")
ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = catalogue.load(ROOT / "data" / "catalogue")
FILES = [
    REAL / "mps_borough_crime" / name
    for name in (
        "MPS Borough Level Crime (Historical) 201004-202311.csv",
        "MPS Borough Level Crime (most recent 24 months) 202312-202511.csv",
    )
]


def test_the_rise_of_business_robbery_is_found_in_june_2025(folder):
    for file in FILES:
        folder.load("mps-borough-crime", file.read_text("utf-8"), "2025-12-10")
    folder.publish("2025-12-11")
    request = reports.open_request(data=folder.data)
    found = trends.first_signal(request, "commercial_robbery", "MPS")
    assert (found.start, found.value, found.rule) == (date(2025, 6, 1), 756.0, "two_in_three")
    assert found.upper == pytest.approx(764.1, abs=0.05)
    first = trends.replay(request, "commercial_robbery", "MPS", since=date(2022, 4, 1))
    high = [item.start for item in first if item.side == "high"]
    assert high[0] == date(2022, 10, 1)  # 285 against an upper limit of 238
    # from January 2023 on in every month up to the break of March 2024
    assert high[2:16] == [date(2023 + n // 12, n % 12 + 1, 1) for n in range(14)]


STEPS = [
    # fraud goes to Action Fraud: alarms from February 2013 for two years
    ("fraud_forgery", date(2013, 2, 1), 26),
    # sheds and garages move to residential burglary
    ("burglary_business_community", date(2017, 4, 1), 17),
    ("burglary_domestic", date(2023, 4, 1), 8),
    ("burglary_home", date(2023, 4, 1), 8),
    ("burglary_unconnected", date(2023, 4, 1), 8),
]


def london(offence: str) -> list[tuple[date, float]]:
    """The offence in London by month, straight from the files."""
    spelt = [pl.read_csv(file, infer_schema_length=None) for file in FILES]
    found: dict[date, float] = {}
    for frame in spelt:
        names = frame["MinorText"].unique().to_list()
        mine = [
            n for n in names if code_of(CATALOGUE, "offence", "mps-borough-crime", n) == offence
        ]
        sums = frame.filter(pl.col("MinorText").is_in(mine)).select(pl.col(r"^\d{6}$").sum())
        for month, count in sums.row(0, named=True).items():
            found[date(int(month[:4]), int(month[4:]), 1)] = float(count or 0)
    return sorted(found.items())


def alarms(request, offence: str, since: date, months: int) -> list[date]:
    """The months at which a chart that ends with them calls them a special cause."""
    rows = [
        {"period_start": day, "numerator": n, "denominator": None, "provisional": False}
        for day, n in london(offence)
    ]
    until = since
    for _ in range(months):
        until = next_start(until, "month")
    ends = [i for i, row in enumerate(rows) if since <= row["period_start"] < until]
    cuts = [track(request, MEASURE, "MPS", "published", "month", rows[: end + 1]) for end in ends]
    return [cut.points[-1].start for cut in cuts if wording.is_beyond(cut)]


@pytest.mark.parametrize(("offence", "since", "months"), STEPS)
def test_a_definitional_step_raises_nothing_because_a_break_is_there(
    asking, offence, since, months
):
    measure = a_measure(MEASURE, name=offence, owner="MPS", published=(offence,))
    known = replace(CATALOGUE, breaks=())
    with_break, without = (
        alarms(
            asking(date(2025, 12, 11), plan={MEASURE: measure}, beside=beside),
            offence,
            since,
            months,
        )
        for beside in (CATALOGUE, known)
    )
    assert with_break == []
    assert len(without) == months and without[0] == since
