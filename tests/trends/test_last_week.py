"""The last whole week: which series are above their limit, in words that their rows bear out."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest

from dashboard import reports
from dashboard.reports.packs import contents
from dashboard.reports.trends.last_week import NOTHING, last_week


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


@pytest.fixture(scope="module")
def kept(request_):
    """The snapshot's own expectations of the last week, read by polars."""
    path = request_.snapshot.path / "marts" / "weekly_expectations.parquet"
    return pl.read_parquet(path).filter(pl.col("week_start") == pl.col("week_start").max())


def test_the_title_counts_the_series_of_the_week(request_, kept):
    said = re.match(
        r"(\d+) of (\d+) series were above what earlier years let expect in the week "
        r"5 to 11 July 2004; up to ([\d.]+) would be by chance$",
        last_week(request_).title,
    )
    above, series, chance = said.groups()
    assert (int(above), int(series)) == (kept["alarm"].sum(), kept.height)
    assert float(chance) == pytest.approx(kept.height / 200, abs=0.05)  # one in 200 each


def test_rows_are_the_measures_as_a_whole_and_whatever_is_above(request_, kept):
    rows = last_week(request_).rows.to_pylist()
    whole = [row for row in rows if row["borough"] is None and not row["above"]]
    assert len({row["measure"] for row in whole}) == len(whole)  # each once
    assert {row["measure"] for row in rows} == set(kept["measure"])
    above = kept.filter("alarm").sort("p")
    first = rows[: above.height]
    assert [row["p"] for row in first] == above["p"].to_list()
    assert not any(row["above"] for row in rows[above.height :])


@pytest.mark.parametrize("measure", ["commercial_robbery", "shootings"])
def test_the_week_before_is_the_observations_own(request_, measure):
    """Shootings are too few for an expectation of that week, and known all the same."""
    found = next(
        row
        for row in last_week(request_).rows.to_pylist()
        if row["measure"] == measure and row["borough"] is None
    )
    path = request_.snapshot.path / "marts" / "observations.parquet"
    days = pl.read_parquet(path).filter(
        pl.col("measure").cast(pl.String) == measure,
        pl.col("period_start").is_between(date(2004, 6, 28), date(2004, 7, 4)),
    )
    if found["unit_code"] != request_.force:
        days = days.filter(pl.col("unit_code").cast(pl.String) == found["unit_code"])
    assert found["week_before"] == days["numerator"].sum()


def test_each_sentence_read_back_gives_its_row(request_):
    said = re.compile(r"(.+): ([\d,]+) in the week (.+), ([\d.]+) expected \(up to (\d+)\)\.$")
    for row in last_week(request_).rows.to_pylist():
        where, count, week, expected, upper = said.match(row["sentence"]).groups()
        assert where.startswith(row["name"]) and (row["borough_name"] or "") in where
        assert (int(count.replace(",", "")), week) == (row["count"], row["week"])
        assert float(expected) == pytest.approx(row["expected"], abs=0.051)
        assert float(upper) == row["upper"]


def test_without_three_years_the_weekly_pack_says_so(folder):
    head = "crime_ref,reported_on,offence,borough,ocu\n"
    folder.load("crimes", f"{head}R1,2004-06-01,robbery_business,Camden,SCD7\n", "2004-07-01")
    folder.publish("2004-07-12")
    request = reports.open_request(date(2004, 7, 12), None, folder.data)
    assert last_week(request).title == NOTHING
    first = contents.pack(request, "weekly").sections[0]
    assert first.blocks == (f"{NOTHING}.",)
