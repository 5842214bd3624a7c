"""The sample's planted gaps are found, and only those; clocks and stocks recomputed in polars."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest

from dashboard.reports import open_request
from dashboard.reports.accountability import outcomes, overdue, reviews, visit_calendar
from dashboard.sample import signed

AS_AT = date(2004, 7, 12)
ENDED = {
    "visit": ("visits", "unit_code", "planned_on", "held_on"),
    "review": ("reviews", "unit_code", "due_on", "done_on"),
    "recommendation": ("recommendations", "owner", "due_on", "closed_on"),
}


@pytest.fixture(scope="module")
def request_(sample_data):
    return open_request(AS_AT, data=sample_data)


@pytest.fixture(scope="module")
def facts(sample_snapshot):
    return lambda kind: pl.read_parquet(sample_snapshot.path / "facts" / f"{kind}.parquet")


def test_the_planted_gaps_are_found_and_only_those(request_, sample_data):
    truth = json.loads((sample_data / "sample" / "ground_truth.json").read_text("utf-8"))
    planted = {(row["unit_code"], row["quarter"]) for row in truth["visits_missed"]}
    assert len(planted) == len(truth["visits_missed"]) > 3
    assert {row["why"] for row in truth["visits_missed"]} == {
        "never held",
        "held after its quarter",
        "not planned",
    }
    rows = visit_calendar.calendar(request_, "SCD").rows.to_pylist()
    found = [row for row in rows if row["missed"] or row["state"] == "gap"]
    assert {(row["unit_code"], row["quarter"].isoformat()) for row in found} == planted
    assert len(found) == len(planted)


def test_below_what_is_overdue_stands_the_branch_that_is_not_planned(request_):
    found = visit_calendar.calendar(request_, "SCD")
    assert "none is planned to SCD4(3) in Q2 2004/05" in found.subtitle
    assert "overdue, the longest" in found.title


def test_each_visit_of_the_plan_has_one_cell(request_, facts):
    rows = pl.from_arrow(visit_calendar.calendar(request_, "SCD").rows)
    assert rows.filter(pl.col("state") != "gap").height == facts("visits").height
    overdue_ = facts("visits").filter(pl.col("held_on").is_null(), pl.col("planned_on") < AS_AT)
    assert rows.filter(state="overdue").height == overdue_.height


def written(data) -> list[tuple[str, str]]:
    """What of the store is overdue, as the sample's files say it: decisions that nobody has closed,
    and the returns of May that are not signed as they stand."""
    said = json.loads((data / "sample" / "decisions.json").read_text("utf-8"))["decisions"]
    late = [("decision", item["owner_unit"]) for item in said
            if not item["changes"] and item["due"] < AS_AT.isoformat()]  # fmt: skip
    return [*late, ("signature", signed.NEVER[0]), ("signature", signed.NOT_AGAIN[0])]


def test_what_is_overdue_of_each_unit(request_, facts, sample_data):
    told = pl.concat(
        facts(kind)
        .filter(pl.col(ended).is_null() | (pl.col(ended) >= AS_AT), pl.col(due) < AS_AT)
        .select(pl.lit(item).alias("item"), pl.col(unit).alias("unit_code"))
        for item, (kind, unit, due, ended) in ENDED.items()
    )
    areas = facts("improvements").filter(pl.col("status") != "closed", pl.col("due_on") < AS_AT)
    told = pl.concat([told, areas.select(pl.lit("improvement").alias("item"), "unit_code")])
    told = pl.concat([told, pl.DataFrame(written(sample_data), told.schema, orient="row")])
    told = told.with_columns(pl.col("unit_code").str.replace(r"\(.*", ""))
    mine = told.group_by("item", "unit_code").agg(pl.len().cast(pl.Int64).alias("n"))
    found = pl.from_arrow(overdue.counts(request_, "SCD").rows).select("item", "unit_code", "n")
    assert found.sort("item", "unit_code").equals(mine.sort("item", "unit_code"))
    listed = pl.from_arrow(overdue.listed(request_, "SCD").rows)
    assert listed.height == told.height
    over = (pl.lit(AS_AT) - pl.col("due_on")).dt.total_days()
    assert listed.select((over == pl.col("days_over")).all()).item()


def test_the_clock_of_this_year_and_the_year_before(request_, facts):
    due = facts("reviews").filter(pl.col("due_on") < AS_AT)
    for row in reviews.clock(request_, "SCD").rows.to_pylist():
        for suffix, since, until in (
            ("", date(2004, 4, 1), AS_AT),
            ("_before", date(2003, 4, 1), date(2004, 4, 1)),
        ):
            own = due.filter(
                pl.col("kind") == row["kind"], pl.col("due_on") >= since, pl.col("due_on") < until
            )
            assert row[f"due{suffix}"] == own.height
            assert row[f"kept{suffix}"] == own.filter(pl.col("done_on") <= pl.col("due_on")).height


def test_what_came_of_recommendations_adds_up(request_, facts):
    known = facts("recommendations")
    rows = outcomes.endings(request_, "SCD").rows.to_pylist()
    assert sum(row["n"] for row in rows) == known.height
    for row in rows:
        own = known.filter(feeds=row["feeds"])
        in_time = own.filter(pl.col("closed_on") <= pl.col("due_on")).height
        late = own.filter(pl.col("closed_on") > pl.col("due_on")).height
        assert (row["in_time"], row["late"]) == (in_time, late)
        assert row["n"] == row["in_time"] + row["late"] + row["overdue"] + row["open"]
    owners = outcomes.owners(request_, "SCD").rows.to_pylist()
    assert {row["unit_code"]: row["n"] for row in owners} == dict(
        known.group_by("owner").len().iter_rows()
    )
