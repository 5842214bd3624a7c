"""What is overdue, visited, reviewed and improved: each rule at its edge and just short of it."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.access import look_as
from dashboard.periods import Period
from dashboard.reports import open_request
from dashboard.reports.accountability import (
    improvement,
    outcomes,
    overdue,
    owed,
    reviews,
    visit_calendar,
)
from dashboard.reports.accountability.visit_calendar import OWED, Slot
from dashboard.ui.accountability import cells

pytestmark = pytest.mark.some(10, "accountability")

AS_AT = "2005-01-10"
VISITS = """visit_ref,unit_code,kind,planned_on,held_on,lead_post
V1,SCD1,dac,2004-09-20,2004-09-30,DAC
V2,SCD2,dac,2004-09-20,2004-10-01,DAC
V3,SCD4,dac,2004-09-30,,DAC
V4,SCD5,dac,2004-07-01,2004-06-30,DAC
V5,SCD7,dac,2005-01-10,,DAC
V6,SCD8,dac,2005-01-09,,DAC
V7,SCD8(1),command_team,2004-12-01,2004-11-28,Commander
V8,SCD8(2),command_team,2004-12-01,2005-01-02,Commander
"""
REVIEWS = """review_ref,kind,unit_code,due_on,done_on
R1,murder,SCD2(2),2004-05-10,2004-05-10
R2,murder,SCD2(2),2004-05-10,2004-05-11
R3,murder,SCD2(2),2005-01-09,
R4,murder,SCD2(2),2005-01-10,
R5,murder,SCD2(2),2004-03-31,2004-03-31
R6,murder,SCD2(2),2005-02-01,2005-01-05
R7,child_death,SCD5(3),2004-06-01,2004-07-01
"""
RECOMMENDATIONS = """recommendation_ref,review_ref,owner,feeds,due_on,closed_on
R1/1,R1,SCD1,training,2004-08-01,2004-08-01
R1/2,R1,SCD1,training,2004-08-01,2004-08-02
R1/3,R1,SCD1,training,2005-01-09,
R1/4,R1,SCD5,training,2005-01-10,
R1/5,R1,SCD5,policy,2004-06-30,
R1/6,R1,SCD10,policy,2004-06-30,
"""
AREAS = """area_ref,title,criterion,lead_post,unit_code,score,due_on,status
A1,Vetting,3,Commander,SCD11,{score},2005-01-09,in_progress
A2,Diversity,3,Commander,,40,2005-01-10,open
A3,Plans,2,DAC,SCD,,2004-06-30,closed
"""


@pytest.fixture
def request_(folder):
    folder.load("visits", VISITS, "2005-01-09")
    folder.load("reviews", REVIEWS, "2005-01-09")
    folder.load("recommendations", RECOMMENDATIONS, "2005-01-09")
    folder.load("improvements", AREAS.format(score=35), "2004-06-01")
    folder.load("improvements", AREAS.format(score=45), "2005-01-09")
    folder.publish("2004-07-01")
    folder.publish(AS_AT)
    return open_request(date.fromisoformat(AS_AT), data=folder.data)


def rows(disclosed) -> list[dict]:
    return disclosed.rows.to_pylist()


def test_due_on_the_as_at_is_not_overdue_and_the_day_before_is_by_a_day(request_):
    found = {row["description"]: row["days_over"] for row in rows(overdue.listed(request_, "SCD"))}
    assert found == {
        "Visit: Deputy assistant commissioner": 1,  # V6; V3's is asserted below, of the same words
        "Murder review R3": 1,
        "Recommendation R1/3 to training": 1,
        "Recommendation R1/5 to policy": 194,
        "Vetting": 1,
    }
    waited = [
        (row["visit_ref"], row["days_over"])
        for row in rows(overdue.listed(request_, "SCD"))
        if row["item"] == "visit"
    ]
    assert waited == [("V3", 102), ("V6", 1)]


def test_the_oldest_comes_first(request_):
    due = [row["due_on"] for row in rows(overdue.listed(request_, "SCD"))]
    assert due == sorted(due) and due[0] == date(2004, 6, 30)


def test_the_statement_counts_all_and_the_list_says_what_it_withholds(request_):
    said = overdue.counts(request_, "SCD").title
    assert said.startswith(
        "3 recommendations, 1 review, 2 visits and 1 area for improvement are overdue"
    )
    # R1/6 is of a unit whose records are never shown.
    assert overdue.listed(request_, "SCD").notes == (
        "1 more of units whose records are not open here.",
    )


@pytest.mark.parametrize(
    ("unit", "items"),
    [
        ("SCD8", ["V6"]),
        ("SCD2", ["R3"]),  # of its branch
        ("SCD2(2)", ["R3"]),
        ("SCD2(1)", []),
        ("SCD7", []),  # its visit is due on the as-at
    ],
)
def test_a_unit_has_what_is_its_own_and_below_it(request_, unit, items):
    found = rows(overdue.listed(request_, unit))
    assert [row["visit_ref"] or row["review_ref"] for row in found] == items
    assert sum(row["n"] for row in rows(overdue.counts(request_, unit))) == len(items)


def test_what_is_longest_overdue_comes_first_on_a_units_own_page(request_):
    found = overdue.owes(request_, "SCD")
    days = [row["days_over"] for row in rows(found)]
    # A third recommendation is counted, and listed for nobody: its unit is covert.
    assert len(days) == 6 and days == sorted(days, reverse=True)
    assert "3 recommendations, 1 review" in found.title and found.title.endswith("2 visits")
    assert overdue.owes(request_, "SCD7").title == ""  # its visit is due on the as-at
    one = rows(overdue.owes(request_, "SCD8"))
    assert [row["visit_ref"] for row in one] == ["V6"]


def test_each_line_of_what_is_overdue_leads_somewhere(request_, monkeypatch):
    monkeypatch.setattr(cells.address, "kept", lambda: {"as_at": AS_AT})
    owing = rows(overdue.listed(request_, "SCD"))
    owing.append({**owing[0], "item": "signature"})
    owing.append({**owing[0], "item": "decision", "decision_id": "d1"})
    ways = {
        row["item"]: line[0]
        for row, line in zip(owing, cells.overdue(request_, owing), strict=True)
    }
    assert set(ways) == set(owed.ITEMS)
    assert {item: "view=" in way for item, way in ways.items()} == {
        item: item != "decision" for item in owed.ITEMS
    }
    assert "view=signing" in ways["signature"] and "decision=d1" in ways["decision"]


def test_who_has_most_is_not_written_as_a_branch():
    count = {"item": "visit", "words": "Visits"}
    one, two = ({**count, "unit_code": code, "n": 4} for code in ("SCD7", "SCD7(4)"))
    said = overdue.statement(None, [one, {**two, "n": 1}], "SCD")
    assert said == "5 visits are overdue; SCD7 has most, 4"
    said = overdue.statement(None, [one, {**two, "n": 1}], "SCD7")
    assert said == "5 visits are overdue, 4 of them of SCD7 as a whole"
    said = overdue.statement(None, [one, two], "SCD")
    assert said == "8 visits are overdue; SCD7 and SCD7(4) have most, 4 each"


def test_who_opens_no_records_of_a_unit_has_them_counted(request_):
    analyst = open_request(request_.as_at, data=request_.data, role=look_as("analyst", "SCD7", ""))
    listed = overdue.listed(analyst, "SCD5")
    assert rows(listed) == [] and "1 more" in listed.notes[0]  # R1/5 is for SCD5's own people
    assert overdue.counts(analyst, "SCD5").title == "1 recommendation is overdue, all at SCD5"


def states(request_, unit: str, quarter: date) -> dict[str, str]:
    found = rows(visit_calendar.calendar(request_, unit))
    return {
        row["unit_code"]: row["state"]
        for row in found
        if row["kind"] == OWED and row["quarter"] == quarter
    }


@pytest.mark.parametrize(
    ("unit", "state"),
    [
        ("SCD1", "held"),  # on the last day of the quarter
        ("SCD2", "late"),  # a day after it
        ("SCD4", "overdue"),  # planned for the last day, not held since
        ("SCD5", "gap"),  # held on the day before the quarter
        ("SCD6", "gap"),  # never planned
    ],
)
def test_a_visit_owed_in_quarter_2_is_one_held_in_it(request_, unit, state):
    assert states(request_, unit, date(2004, 7, 1))[unit] == state
    missed = {
        row["unit_code"]: row["missed"]
        for row in rows(visit_calendar.calendar(request_, unit))
        if row["quarter"] == date(2004, 7, 1)
    }
    assert missed[unit] == (state != "held")


def test_in_a_quarter_that_runs_a_visit_is_planned_until_its_day_has_passed(request_):
    found = states(request_, "SCD", date(2005, 1, 1))
    assert (found["SCD7"], found["SCD8"], found["SCD1"]) == ("planned", "overdue", "gap")


def test_the_rule_asks_for_no_visit_of_the_command_team(request_):
    found = [row for row in rows(visit_calendar.calendar(request_, "SCD")) if row["kind"] != OWED]
    # Held before its day is held in time; held in the next quarter is late.
    assert {row["unit_code"]: row["state"] for row in found} == {
        "SCD8(1)": "held",
        "SCD8(2)": "late",
    }
    assert not any(row["missed"] for row in found)


def test_quarters_before_the_plan_are_not_known(request_):
    found = visit_calendar.calendar(request_, "SCD")
    assert min(row["quarter"] for row in rows(found)) == date(2004, 7, 1)
    assert found.notes == ("Nothing is loaded of the quarters before 1 July 2004 [x].",)


def test_quarters_of_the_planning_year():
    quarter = Period(date(2005, 1, 1), date(2005, 4, 1))
    assert Slot(OWED, quarter).words == "Q4 2004/05" and Slot(OWED, quarter).owed
    assert not Slot("command_team", quarter).owed
    first = Period(date(2005, 4, 1), date(2005, 7, 1))
    assert Slot(OWED, first).words == "Q1 2005/06" and not Slot(OWED, first).owed


def test_a_visit_is_held_from_the_as_at_on_that_knew_it(folder):
    head = VISITS.splitlines()[0]
    folder.load("visits", f"{head}\nV1,SCD1,dac,2004-09-20,,DAC\n", "2004-09-10")
    folder.load("visits", f"{head}\nV1,SCD1,dac,2004-09-20,2004-09-22,DAC\n", "2004-09-23")
    known = {}
    for as_at in ("2004-09-20", "2004-09-21", "2004-09-24"):
        folder.publish(as_at)
        asked = open_request(date.fromisoformat(as_at), data=folder.data)
        known[as_at] = states(asked, "SCD1", date(2004, 7, 1))["SCD1"]
    assert list(known.values()) == ["planned", "overdue", "held"]


def test_the_clock_is_kept_on_the_day_due_and_not_a_day_later(request_):
    found = {row["kind"]: row for row in rows(reviews.clock(request_, "SCD"))}
    murder = found["murder"]
    # Due this year: R1 kept, R2 a day late, R3 not done; R4 falls due on the as-at, R5 last year;
    # R6 was done before it fell due.
    assert [murder[name] for name in ("due", "kept", "late", "overdue", "open")] == [3, 1, 1, 1, 1]
    assert [murder[f"{name}_before"] for name in ("due", "kept", "late")] == [1, 1, 0]
    assert [found["child_death"][name] for name in ("due", "kept", "late")] == [1, 0, 1]
    assert "kept in 1 of 3 murder reviews" in reviews.clock(request_, "SCD").title


def test_a_recommendation_closed_on_its_day_is_in_time_and_a_day_later_late(request_):
    found = {row["feeds"]: row for row in rows(outcomes.endings(request_, "SCD"))}
    ends = ("n", "in_time", "late", "overdue", "open")
    assert [found["training"][name] for name in ends] == [4, 1, 1, 1, 1]
    assert [found["policy"][name] for name in ends] == [2, 0, 0, 2, 0]
    assert [row["unit_code"] for row in rows(outcomes.owners(request_, "SCD"))] == [
        "SCD1",
        "SCD5",
        "SCD10",
    ]


def test_what_is_overdue_is_the_stock_that_the_measure_counts(folder):
    folder.load("recommendations", RECOMMENDATIONS.replace("2005-01-09,\n", "2004-07-01,\n"),
                "2004-08-31")  # fmt: skip
    folder.publish("2004-09-01")
    asked = open_request(date(2004, 9, 1), data=folder.data)
    series = asked.run("measure_series", measure="recommendations_overdue", level="directorate",
                       grain="month").to_pylist()  # fmt: skip
    stock = series[-1]
    assert stock["period_start"] == date(2004, 8, 1)
    mine = sum(row["n"] for row in rows(overdue.counts(asked, "SCD")))
    assert mine == stock["numerator"] == 3


def test_an_area_closed_or_due_on_the_as_at_is_not_overdue(request_):
    found = {row["area_ref"]: row for row in rows(improvement.areas(request_, "SCD"))}
    assert {ref: row["overdue"] for ref, row in found.items() if ref} == {
        "A1": True,
        "A2": False,
        "A3": False,
    }
    assert (found["A1"]["scores"], found["A1"]["first_score"]) == ([35.0, 45.0], 35.0)
    assert found["A3"]["score"] is None and found["A3"]["scores"] == []


def test_all_nine_criteria_stand_in_the_table(request_):
    found = rows(improvement.areas(request_, "SCD"))
    assert sorted({row["criterion"] for row in found}) == list(range(1, 10))
    assert [row["title"] for row in found if row["criterion"] == 1] == [None]


def test_an_area_of_no_unit_is_the_directorates(request_):
    of_ocu = [row["area_ref"] for row in rows(improvement.areas(request_, "SCD11"))]
    assert "A1" in of_ocu and "A2" not in of_ocu


def test_scores_known_after_the_as_at_do_not_count(request_):
    earlier = open_request(date(2004, 7, 1), data=request_.data)
    found = {row["area_ref"]: row for row in rows(improvement.areas(earlier, "SCD"))}
    assert found["A1"]["scores"] == [35.0] and not found["A1"]["overdue"]
