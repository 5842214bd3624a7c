"""How often levels chosen at 80 % were met: on the sample, with REAL_DATA on published years."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from scipy.stats import binomtest

from dashboard import reports, snapshots
from dashboard.reports.measure.growth import BOROUGH, WHOLE
from dashboard.reports.strategy import past_levels
from dashboard.stats import levels

AS_AT = date(2004, 7, 12)
WAIT = 9  # months from July to the next planning year


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(AS_AT, None, sample_data)


def test_a_share_and_its_interval_count_a_measures_year_once(request_):
    """Recomputed from the past levels by scipy; boroughs of a year share its drift."""
    rows = past_levels.record(request_, WAIT, past_levels.PLACES).rows.to_pylist()
    found = [p for place in past_levels.PLACES for p in past_levels.past(request_, place, WAIT)]
    every = [row for row in rows if row["measure"] == past_levels.ALL]
    # No count of the sample has a year of months nine before a year that its break leaves whole.
    asked = [("count", 0), ("rate", 0), ("rate", WAIT)]
    assert {(row["kind"], row["place"], row["wait"]) for row in every} == {
        (kind, place, wait) for kind, wait in asked for place in (WHOLE, BOROUGH)
    }
    for row in every:
        own = [
            p
            for p in found
            if (p.kind, p.place, p.wait) == (row["kind"], row["place"], row["wait"])
        ]
        years = {(p.measure, p.year) for p in own}
        assert (row["n"], row["met"], row["series_years"]) == (
            len(own), sum(p.met for p in own), len(years),
        )  # fmt: skip
        share = sum(p.by_steps for p in own) / len(own)
        assert row["by_steps"] == pytest.approx(share)
        if row["place"] == WHOLE:
            assert len(own) == len(years)
        k = round(share * len(years))
        if abs(share * len(years) - k) < 1e-9:
            wilson = binomtest(k, len(years)).proportion_ci(0.95, method="wilson")
            assert (row["low"], row["high"]) == pytest.approx((wilson.low, wilson.high))


def test_each_level_is_met_as_its_side_says(request_):
    for item in past_levels.past(request_, WHOLE, WAIT):
        higher = request_.measures[item.measure].better == "higher"
        near = levels.NEAR
        assert item.met == (
            item.total >= item.level - near if higher else item.total <= item.level + near
        )
        assert item.promised >= levels.CHOSEN - 1e-9


def test_levels_set_on_the_years_first_day_held_on_the_sample(request_):
    for row in past_levels.record(request_, WAIT).rows.to_pylist():
        if row["measure"] == past_levels.ALL and row["wait"] == 0:
            assert row["low"] <= levels.CHOSEN <= row["high"], row


def test_the_record_is_printed_as_a_table(request_):
    lines = past_levels.markdown(request_, WAIT).splitlines()
    assert len(lines) == 2 + past_levels.record(request_, WAIT, past_levels.PLACES).rows.num_rows
    assert all(line.count("|") == lines[0].count("|") for line in lines)


REAL = Path(os.environ.get("REAL_DATA", ""))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The published borough counts and homicide victims, as known on one day."""
    folder = REAL / "mps_borough_crime"
    counts = [*folder.glob("*Historical*.csv"), *folder.glob("*24 months*.csv")]
    files = [
        snapshots.File("mps-borough-crime", file, date(2025, 12, 10), False) for file in counts
    ]
    victims = REAL / "homicide" / "homicide_victims_200301-202012.csv"
    files.append(snapshots.File("mps-homicide-victims", victims, date(2025, 12, 9), False))
    data = tmp_path_factory.mktemp("real")
    snapshots.import_and_publish(data, files, [date(2025, 12, 11)])
    return reports.open_request(date(2025, 12, 11), None, data)


@pytest.mark.skipif("REAL_DATA" not in os.environ, reason="REAL_DATA is not set")
@pytest.mark.parametrize("wait", [0, 4, 9])
def test_levels_held_over_the_published_years(published, wait, capsys):
    rows = past_levels.record(published, wait, past_levels.PLACES).rows.to_pylist()
    with capsys.disabled():
        print("\n" + past_levels.markdown(published, wait))
    every = [row for row in rows if (row["measure"], row["kind"]) == (past_levels.ALL, "count")]
    assert {row["place"] for row in every} == {WHOLE, BOROUGH}
    for row in every:
        assert row["years"] >= 10
        assert row["low"] <= levels.CHOSEN <= row["high"], row
