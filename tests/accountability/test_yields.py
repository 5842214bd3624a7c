"""What reviews brought over the years: what is fed, what came of it, and what recurs."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard.reports import open_request
from dashboard.reports.accountability import yields

AS_AT = "2004-07-12"
REVIEWS = """review_ref,kind,unit_code,due_on,done_on
R1,themed,SCD2(2),2004-03-31,2004-03-01
R2,themed,SCD2(2),2004-04-01,2004-04-01
R3,themed,SCD2(2),2004-07-12,
R4,murder,SCD5(3),2004-05-01,2004-05-01
"""
RECOMMENDATIONS = """recommendation_ref,review_ref,owner,feeds,due_on,closed_on
R1/1,R1,SCD1,training,2004-06-01,2004-06-01
R1/2,R1,SCD1,policy,2004-06-01,2004-06-02
R1/3,R1,SCD1,training,2004-07-11,
R2/1,R2,SCD1,training,2004-07-12,
R9/1,R9,SCD1,policy,2004-06-01,
"""


@pytest.fixture
def request_(folder):
    folder.load("reviews", REVIEWS, "2004-07-11")
    folder.load("recommendations", RECOMMENDATIONS, "2004-07-11")
    folder.publish(AS_AT)
    return open_request(date.fromisoformat(AS_AT), None, folder.data)


def by_year(found) -> dict[tuple[str, int], dict]:
    return {(row["kind"], row["year"]): row for row in found.rows.to_pylist()}


def test_a_review_belongs_to_the_year_in_which_it_falls_due(request_):
    rows = by_year(yields.yields(request_, "SCD"))
    # Themed ones first, the latest year first; the year begins on 1 April.
    assert list(rows) == [("themed", 2004), ("themed", 2003), ("murder", 2004)]
    before, now = rows[("themed", 2003)], rows[("themed", 2004)]
    assert [before[name] for name in ("due", "done", "n")] == [1, 1, 3]
    # Closed on the day due, a day after it, due the day before the as-at and not closed.
    assert [before[name] for name in ("in_time", "late", "overdue", "open")] == [1, 1, 1, 0]
    assert before["feeds_words"] == "Training 2, policy 1" and before["most"] == "training"
    assert [now[name] for name in ("due", "done", "n", "overdue", "open")] == [2, 1, 1, 0, 1]
    assert rows[("murder", 2004)]["n"] == 0


def test_a_unit_has_the_reviews_of_itself_and_below(request_):
    assert {kind for kind, _ in by_year(yields.yields(request_, "SCD5"))} == {"murder"}
    assert yields.yields(request_, "SCD8").title == "No review is known here"


def year(number: int, most: str, n: int = 3) -> dict:
    return {
        "kind": "themed", "kind_words": "Themed review", "year": number, "n": n,
        "most": most, "most_words": most.capitalize(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "years"),
    [
        ([year(2004, "policy"), year(2003, "policy"), year(2002, "policy")], 3),
        ([year(2004, "policy"), year(2003, "policy")], 0),  # just short
        ([year(2004, "policy"), year(2003, "policy"), year(2002, "training")], 0),
        ([year(2004, "policy"), year(2003, "policy"), year(2001, "policy")], 0),  # a year between
        ([year(2004, ""), year(2003, "policy"), year(2002, "policy"), year(2001, "policy")], 0),
        # The year that runs has brought none yet: it tells nothing.
        ([year(2004, "", 0), *(year(n, "policy") for n in (2003, 2002, 2001))], 3),
    ],
)
def test_what_recurs_is_fed_most_three_years_in_a_row(rows, years):
    found = yields.recurring(rows)
    assert found == ([("Themed review", "Policy", years)] if years else [])


def test_the_samples_recommendations_add_up_in_another_tool(sample_snapshot, sample_data):
    request = open_request(date.fromisoformat(AS_AT), None, sample_data)
    facts = {
        kind: pl.read_parquet(sample_snapshot.path / "facts" / f"{kind}.parquet")
        for kind in ("reviews", "recommendations")
    }
    joined = facts["recommendations"].join(
        facts["reviews"].select("review_ref", "kind", pl.col("due_on").alias("fell_due")),
        on="review_ref",
    )
    april = (pl.col("fell_due").dt.month() < 4).cast(pl.Int32)
    told = joined.with_columns((pl.col("fell_due").dt.year() - april).alias("year"))
    mine = {key: n for *key_, n in told.group_by("kind", "year").len().iter_rows()
            for key in [tuple(key_)]}  # fmt: skip
    rows = by_year(yields.yields(request, "SCD"))
    assert {key: row["n"] for key, row in rows.items() if row["n"]} == mine
    for row in rows.values():
        assert row["n"] == row["in_time"] + row["late"] + row["overdue"] + row["open"]
