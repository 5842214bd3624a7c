"""Alerts of one kind in boroughs that touch are one problem; its figures are those of their sum."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard import reports
from dashboard.reports.tasking import problems, where

TOUCHING = {frozenset(pair) for pair in (("A", "B"), ("B", "C"), ("D", "E"))}


def alert(measure: str, borough: str | None, unit: str = "SCD7") -> dict:
    return {"measure": measure, "borough": borough, "unit_code": unit}


def touch(one: str, other: str) -> bool:
    return frozenset((one, other)) in TOUCHING


def grouped(*entries: tuple[dict, list[dict]]) -> list[tuple[list, list]]:
    return [
        ([row["borough"] for row in members], [row["unit_code"] for row in wider])
        for members, wider in problems.together(list(entries), touch)
    ]


def test_a_row_between_two_others_joins_all_three_strongest_first():
    a, c, b = (alert("robbery", code) for code in "ACB")
    # A and C don't touch: B, the weakest, touches both
    assert grouped((a, []), (c, [])) == [(["A"], []), (["C"], [])]
    assert grouped((a, []), (c, []), (b, [])) == [(["A", "C", "B"], [])]


def test_other_kinds_other_units_and_whole_counts_stay_apart():
    rows = [alert("robbery", "A"), alert("kidnap", "B"), alert("robbery", "B", "SCD8")]
    whole = alert("robbery", None)
    found = grouped(*((row, []) for row in (*rows, whole, whole)))
    assert found == [(["A"], []), (["B"], []), (["B"], []), ([None], []), ([None], [])]


def test_what_shares_the_excess_of_one_shares_that_of_the_problem():
    wide = alert("robbery", None, "MPS")
    assert grouped((alert("robbery", "D"), []), (alert("robbery", "E"), [wide])) == [
        (["D", "E"], ["MPS"])
    ]


def test_the_order_is_that_of_the_strongest_of_each():
    found = grouped(
        (alert("robbery", "D"), []), (alert("kidnap", "A"), []), (alert("robbery", "E"), [])
    )
    assert found == [(["D", "E"], []), (["A"], [])]


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


def test_the_sample_has_two_problems_and_the_first_is_the_sum_of_its_boroughs(request_):
    """Recounted by polars from the observations."""
    first, second = problems.problems(request_)
    assert (first.first["name"], len(first.boroughs)) == ("Commercial robbery", 3)
    path = request_.snapshot.path / "marts" / "observations.parquet"
    since = request_.fortnight.since
    counts = pl.read_parquet(path).filter(
        pl.col("measure") == "commercial_robbery", pl.col("borough").is_in(list(first.boroughs))
    )  # fmt: skip
    by_fortnight = counts.with_columns(
        # the days of the latest fortnight lie 0 to 13 days after its first
        slot=26 + (pl.col("period_start") - since).dt.total_days().floordiv(14)
    ).group_by("slot").agg(pl.col("numerator").sum())  # fmt: skip
    said = dict(by_fortnight.iter_rows())
    assert list(first.spark) == [said.get(slot, 0) for slot in range(27)]
    assert first.now == sum(row["now"] for row in first.rows) == first.spark[-1]
    # The forecast of a sum: its own past, half a count added; its band holds it and not the count.
    assert first.expected == pytest.approx((sum(first.spark[:-1]) + 0.5) / 26)
    assert first.low < first.expected < first.high < first.now
    # narrower than the sum of the bands of its parts, which would have all of them low at once
    assert first.high < sum(row["high"] for row in first.rows)
    assert [row["unit_code"] for row in second.wider] == ["MPS"]
    assert (second.now, second.high) == (second.first["now"], second.first["high"])


def test_the_map_marks_the_boroughs_and_shades_only_those_beside_that_rose(request_):
    first = problems.problems(request_)[0]
    tiles = {row["code"]: row for row in where.of_problem(request_, first, "").rows.to_pylist()}
    alerts = {code: row["figure"] for code, row in tiles.items() if row["state"] == where.ALERT}
    assert alerts == {row["borough"]: str(row["now"]) for row in first.rows}
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
    monkeypatch.setattr(where, "found", lambda _: type("Found", (), {"tested": figures}))
    assert where.raised(request_, first) == {near[1]: 8}  # 7 is half-way, not nearer the edge
