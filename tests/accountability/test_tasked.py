"""The performance review unit's list of tasks: what is open, who tasked it, and when it is due."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard.reports import open_request
from dashboard.reports.accountability import reviews

REVIEWS = """review_ref,kind,unit_code,due_on,done_on,tasked_by
R1,quick,SCD2(1),2004-07-12,,Commander
R2,quick,SCD2(1),2004-07-11,,DAC
R3,murder,SCD2(2),2004-08-01,2004-07-11,DAC
R4,themed,SCD2(2),2004-09-01,,
R5,quick,SCD5(3),2004-07-20,2004-06-30,DAC
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


def test_the_sample_has_quick_reviews_of_the_command_team(sample_data):
    request = open_request(date(2004, 7, 12), None, sample_data)
    facts = pl.read_parquet(request.snapshot.path / "facts" / "reviews.parquet")
    open_ = facts.filter(pl.col("done_on").is_null() | (pl.col("done_on") >= date(2004, 7, 12)))
    rows = reviews.tasks(request, "SCD").rows.to_pylist()
    assert sorted(row["due_on"] for row in rows) == sorted(open_["due_on"].to_list())
    quick = facts.filter(pl.col("kind") == reviews.QUICK)
    assert quick.height > 20 and set(quick["tasked_by"]) == {"DAC", "Commander"}
