"""The performance review unit's list of tasks: what is open, who tasked it, and when it is due."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard.reports import open_request
from dashboard.reports.accountability import recommended, reviews

REVIEWS = """review_ref,kind,unit_code,due_on,done_on,tasked_by
R1,quick,SCD2(1),2004-07-12,,Commander
R2,quick,SCD2(1),2004-07-11,,DAC
R3,murder,SCD2(2),2004-08-01,2004-07-11,DAC
R4,themed,SCD2(2),2004-09-01,,
R5,quick,SCD5(3),2004-07-20,2004-06-30,DAC
"""
RECOMMENDATIONS = """recommendation_ref,review_ref,owner,feeds,due_on,closed_on
R3/1,R3,SCD2,training,2004-07-12,
R3/2,R3,SCD2,policy,2004-06-01,
R3/3,R3,SCD2,policy,2004-06-01,2004-06-01
R9/1,R9,SCD2,policy,2004-08-01,
R5/1,R5,SCD5,training,2004-06-01,
"""


@pytest.fixture
def request_(folder):
    folder.load("reviews", REVIEWS, "2004-07-11")
    folder.publish("2004-07-12")
    folder.publish("2004-07-13")
    return lambda as_at: open_request(date.fromisoformat(as_at), None, folder.data)


def test_what_is_done_is_off_the_list_and_due_today_is_not_overdue(request_):
    on_its_day = reviews.tasks(request_("2004-07-12"), "SCD").rows.to_pylist()
    assert [row["days_over"] for row in on_its_day if row["kind"] == "quick"] == [1, 0]
    found = reviews.tasks(request_("2004-07-13"), "SCD")
    days = [(row["kind"], row["days_over"]) for row in found.rows.to_pylist()]
    assert days == [("quick", 2), ("quick", 1), ("themed", -50)]
    assert found.title == (
        "2 quick reviews and 1 other are tasked; 2 are overdue; the next is due on 1 September 2004"
    )
    assert [row["tasked_by"] for row in found.rows.to_pylist()] == ["DAC", "Commander", None]


def test_a_unit_without_tasks_says_so(request_):
    assert reviews.tasks(request_("2004-07-13"), "SCD5").title == "No review is tasked here"


def test_a_recommendation_to_be_closed_says_whose_it_is_by_when_and_of_which_review(folder):
    folder.load("reviews", REVIEWS, "2004-07-11")
    folder.load("recommendations", RECOMMENDATIONS, "2004-07-11")
    folder.publish("2004-07-12")
    request = open_request(date(2004, 7, 12), None, folder.data)
    found = recommended.to_close(request, "SCD2")
    listed = found.rows.to_pylist()
    # R3/3 is closed; due on the as-at is not yet over; the review of R9/1 is not known.
    assert [(row["recommendation_ref"], row["days_over"]) for row in listed] == [
        ("R3/2", 41),
        ("R3/1", 0),
        ("R9/1", -20),
    ]
    assert found.title == "3 recommendations are to be closed, 1 overdue"
    assert [row["review_words"] for row in listed][1:] == [
        "Murder review R3 of SCD2(2)",
        "review R9",
    ]
    said = recommended.sentence(listed[0])
    assert "R3/2 to policy is SCD2's; due on 1 June 2004, 41 days over" in said


def test_the_sample_has_quick_reviews_of_the_command_team(sample_data):
    request = open_request(date(2004, 7, 12), None, sample_data)
    facts = pl.read_parquet(request.snapshot.path / "facts" / "reviews.parquet")
    open_ = facts.filter(pl.col("done_on").is_null() | (pl.col("done_on") >= date(2004, 7, 12)))
    rows = reviews.tasks(request, "SCD").rows.to_pylist()
    assert sorted(row["due_on"] for row in rows) == sorted(open_["due_on"].to_list())
    quick = facts.filter(pl.col("kind") == reviews.QUICK)
    assert quick.height > 20 and set(quick["tasked_by"]) == {"DAC", "Commander"}
