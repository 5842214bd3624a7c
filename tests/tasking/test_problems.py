"""What the wall says of a problem: its boroughs with their counts, and those beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from dashboard import reports
from dashboard.reports.tasking import problems, where


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


def test_the_sample_has_two_problems_and_the_first_is_the_sum_of_its_boroughs(request_):
    """Recounted by polars from the observations."""
    first, second = problems.problems(request_)
    assert (first.row["name"], len(first.boroughs)) == ("Commercial robbery", 3)
    path = request_.snapshot.path / "marts" / "observations.parquet"
    since = request_.fortnight.since
    counts = pl.read_parquet(path).filter(
        pl.col("measure") == "commercial_robbery",
        pl.col("borough").is_in(list(first.boroughs)),
        pl.col("period_start") >= since,
        pl.col("period_start") < request_.fortnight.until,
    )  # fmt: skip
    said = dict(counts.group_by("borough").agg(pl.col("numerator").sum()).iter_rows())
    assert first.counts == {code: said[code] for code in first.boroughs}
    assert sum(first.counts.values()) == first.row["spark"][-1]
    assert (second.boroughs, second.counts) == (("E09000005",), {"E09000005": 10})


def test_of_some_days_alone_the_counts_are_those_of_the_whole_window(request_):
    first = problems.problems(request_)[0]
    until = first.row["window_until"]
    whole = replace(first, row=first.row | {"window_since": until - timedelta(days=14)})
    short = replace(first, row=first.row | {"window_since": until - timedelta(days=5)})
    counts = ", ".join(
        f"{request_.catalogue.areas[code].name} {count}" for code, count in first.counts.items()
    )
    assert f"in the fortnight to 11 July: {counts}." in problems.sentence(request_, whole)
    wide = replace(first, wider=(first.row | {"now": 33, "expected": 19.4},))
    assert "All boroughs: 33 where 19 were expected." in problems.sentence(request_, wide)
    said = problems.sentence(request_, short)
    assert f"in the 5 days to 11 July. Whole fortnight: {counts}." in said


def test_the_map_marks_the_boroughs_and_shades_only_those_beside_that_rose(request_):
    first = problems.problems(request_)[0]
    tiles = {row["code"]: row for row in where.of_problem(request_, first, "").rows.to_pylist()}
    alerts = {code: row["figure"] for code, row in tiles.items() if row["state"] == where.ALERT}
    assert alerts == {code: str(count) for code, count in first.counts.items()}
    assert tiles["E09000001"]["state"] == where.OUTSIDE  # the City has a force of its own
    near = {code for one in first.boroughs for code in request_.catalogue.neighbours(one)}
    shaded = {code for code, row in tiles.items() if row["state"] == where.RAISED}
    assert shaded == set(where.raised(request_, first)) <= near - set(first.boroughs)
    assert len(tiles) == 33


def test_a_neighbour_rose_where_it_is_nearer_the_edge_than_the_expected(request_, monkeypatch):
    first = problems.problems(request_)[0]
    near = sorted(
        {code for one in first.boroughs for code in request_.catalogue.neighbours(one)}
        - set(first.boroughs)
        - {"E09000001"}
    )
    far = "E09000006"  # Bromley touches none of them
    counts = {near[0]: 7, near[1]: 8, far: 20}
    figures = {
        ("commercial_robbery", "SCD7", code): {"now": now, "expected": 5.0, "high": 9}
        for code, now in counts.items()
    }
    monkeypatch.setattr(where, "alert_rows", lambda _: type("Found", (), {"tested": figures}))
    assert where.raised(request_, first) == {near[1]: 8}  # 7 is half-way, not nearer the edge
