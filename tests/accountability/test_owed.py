"""Decisions and signatures among what is overdue, and what falls due before the next meeting."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.decisions import book
from dashboard.reports import open_request
from dashboard.reports.accountability import falling_due, overdue
from dashboard.reports.request import clock
from dashboard.reports.signing import acts
from dashboard.reports.tasking import digest

AS_AT = "2004-07-12"  # its meeting is on 13 July, the next on the 27th
VISITS = """visit_ref,unit_code,kind,planned_on,held_on,lead_post
V1,SCD7,dac,2004-07-26,,DAC
V2,SCD7(2),dac,2004-07-27,,DAC
V3,SCD8,dac,2004-07-12,,DAC
V4,SCD8,dac,2004-07-11,,DAC
"""
RETURNS = """measure,period_start,grain,unit_code,numerator,denominator,verified
networks_disrupted,2004-05-01,month,SCD7(2),4,,yes
networks_disrupted,2004-05-01,month,SCD6(5),4,,yes
networks_disrupted,2004-06-01,month,SCD7(2),4,,yes
"""


@pytest.fixture
def request_(folder):
    folder.load("visits", VISITS, "2004-07-11")
    folder.load("returns", RETURNS, "2004-07-11")
    folder.publish(AS_AT)
    return open_request(date.fromisoformat(AS_AT), None, folder.data)


def decide(request, what: str, due: date, unit: str = "SCD7"):
    said = {
        "raised_from": "hand", "what": what, "tactic": "prevention", "owner_unit": unit,
        "owner_post": "Superintendent", "meeting": date(2004, 5, 18), "due": due, "moves": [],
        "as_at": date(2004, 5, 17), "snapshot_id": request.snapshot.id,
    }  # fmt: skip
    return book.raise_decision(request.data, "Chair", clock.moment(request), said)


def listed(found) -> list[tuple[str, int]]:
    return [(row["description"], row["days_over"]) for row in found.rows.to_pylist()]


def test_a_decision_due_at_the_meeting_is_not_over_and_one_of_the_meeting_before_is(request_):
    decide(request_, "At this meeting", date(2004, 7, 13))
    decide(request_, "At the one before", date(2004, 6, 29))
    done = decide(request_, "Done", date(2004, 6, 29))
    moment = clock.moment(request_, done["changed_at"])
    book.done(request_.data, "Chair", moment, done["id"], 1, moment.date())
    found = overdue.listed(request_, "SCD7")
    assert listed(found) == [("At the one before", 13)]
    assert found.rows.to_pylist()[0]["decision_id"]
    assert overdue.counts(request_, "SCD7").title == "1 decision is overdue, all at SCD7"


def test_a_return_that_is_not_signed_in_time_is_overdue_of_its_unit(request_):
    assert "signature" not in overdue.counts(request_, "SCD").title  # nobody signs yet
    acts.sign_return(request_, "Ann", "SCD7", date(2004, 5, 1), None)
    # May of SCD6 was due by 28 June; June of SCD7 is by 28 July.
    assert listed(overdue.listed(request_, "SCD6")) == [
        ("To be signed: Return of SCD6 May 2004", 14)
    ]
    assert listed(overdue.listed(request_, "SCD7")) == []
    acts.sign_return(request_, "Ann", "SCD6", date(2004, 5, 1), None)
    assert listed(overdue.listed(request_, "SCD6")) == []


def test_one_list_holds_all_kinds_and_the_counts_agree_with_it(request_):
    acts.sign_return(request_, "Ann", "SCD7", date(2004, 5, 1), None)
    decide(request_, "Late", date(2004, 6, 29), "SCD8")
    kinds = [row["item"] for row in overdue.listed(request_, "SCD").rows.to_pylist()]
    assert sorted(kinds) == ["decision", "signature", "visit"]
    counted = overdue.counts(request_, "SCD").rows.to_pylist()
    assert sum(row["n"] for row in counted) == len(kinds)
    assert {(row["unit_code"], row["item"]) for row in counted} == {
        ("SCD8", "decision"), ("SCD8", "visit"), ("SCD6", "signature"),
    }  # fmt: skip


def test_what_is_due_on_the_day_of_the_next_meeting_does_not_fall_due_before_it(request_):
    decide(request_, "At this meeting", date(2004, 7, 13))
    decide(request_, "At the next", date(2004, 7, 27))
    found = falling_due.listed(request_, "SCD7")
    assert listed(found) == [
        ("At this meeting", -1),
        ("Visit: Deputy assistant commissioner", -14),  # V1; V2 is due on the 27th itself
    ]
    assert found.title == "None is overdue, 2 fall due before 27 July 2004"
    # Due on the as-at: not over, and so still to come.
    assert [days for _, days in listed(falling_due.listed(request_, "SCD8"))] == [1, 0]


def test_the_message_to_a_unit_is_of_it_alone_and_the_digest_of_all(request_):
    decide(request_, "Late", date(2004, 6, 29), "SCD8")
    message = falling_due.message(request_, "SCD8")
    said = digest.as_text(message)
    assert "SCD8" in message.subject and "2 are overdue" in message.subject
    assert "29 June 2004, 13 days over: Late (SCD8)." in said and "(SCD7)" not in said
    whole = digest.as_html(digest.digest(request_, falling_due.of_meeting(request_)))
    assert "26 July 2004: Visit" in whole and "11 July 2004, 1 day over" in whole


def test_a_digest_counts_what_it_has_no_room_for():
    rows = [
        {"due_on": date(2004, 7, day), "days_over": 12 - day, "description": "", "unit_code": None}
        for day in range(1, 12)
    ]
    assert [len(lines) for _, lines in falling_due.parts(rows, 11)] == [11]
    ((heading, lines),) = falling_due.parts(rows, 10)
    assert heading == falling_due.OVERDUE and lines[-1] == "And 1 more." and len(lines) == 11


@pytest.mark.parametrize(
    ("days", "said"), [(1561, "1,561 days over"), (1, "1 day over"), (0, "due today"),
                       (-1, "in 1 day"), (-15, "in 15 days")],
)  # fmt: skip
def test_what_is_to_come_is_no_negative_delay(days, said):
    assert falling_due.when(days) == said
