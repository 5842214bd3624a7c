"""Rare events: the gap is the borough's, an event is one row, and no gap without a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard import reports
from dashboard.reports.alerts import alert_list, rare_events

HEAD = "crime_ref,reported_on,offence,borough,ocu,weapon,victim_kind\n"


def crimes(*events):
    """Reports of (day, offence, borough, unit, weapon); and one of another kind on each of 700
    days, so that the days between are covered."""
    rows = [(day, what, where, unit, weapon) for day, what, where, unit, weapon in events]
    rows += [
        (str(date(2004, 7, 11) - timedelta(days=n)), "fraud", "Brent", "SCD6", "none")
        for n in range(700)
    ]
    return HEAD + "".join(
        f"R{n},{day},{what},{where},{unit},{weapon},person\n"
        for n, (day, what, where, unit, weapon) in enumerate(rows)
    )


@pytest.fixture
def listed(folder):
    def load(*events):
        folder.load("crimes", crimes(*events), "2004-07-11")
        request = reports.open_request(folder.publish("2004-07-12").as_at, None, folder.data)
        return alert_list.alert_list(request).rare

    return load


def test_the_gap_is_since_the_last_in_the_borough_whoever_investigated(listed):
    rare = listed(
        ("2002-12-01", "murder", "Ealing", "SCD1", "knife"),
        ("2004-05-19", "manslaughter", "Ealing", "TP", "none"),  # 49 days before
        ("2004-07-01", "murder", "Merton", "SCD1", "knife"),  # another borough
        ("2004-07-07", "murder", "Ealing", "SCD1", "knife"),
    )
    rows = {(row["name"], row["borough_name"]): row for row in rare.rows.to_pylist()}
    assert rows["Homicide", "Ealing"]["gap_days"] == 49
    assert rows["Homicide", "Merton"]["gap_days"] is None
    assert rare.title == "Rare events, each with the gap since the last"


def test_an_event_that_several_measures_count_is_one_row_that_names_them(listed):
    rare = listed(
        ("2004-05-19", "murder", "Ealing", "SCD1", "knife"),
        ("2004-07-07", "murder", "Ealing", "SCD8", "firearm"),
        ("2004-07-07", "murder", "Ealing", "SCD1", "none"),
        ("2004-07-08", "kidnap", "Ealing", "SCD7", "none"),
    )
    rows = [
        (row["name"], row["unit_code"], row["n"], row["gap_days"]) for row in rare.rows.to_pylist()
    ]
    homicides = sorted(row for row in rows if row[0].startswith("Homicide"))
    # The gap is the homicide's, though it is the first of Trident and the first with a gun.
    assert homicides[0] == ("Homicide", "SCD1", 1, 49)
    assert homicides[1][0].startswith("Homicide (also ") and homicides[1][1:] == ("SCD8", 1, 49)
    assert "Trident murder" in homicides[1][0] and "Shootings" in homicides[1][0]
    assert len(rows) == 3 and sum(row[2] for row in rows) == 3


def test_two_events_of_one_day_of_which_one_is_counted_twice_are_two(listed):
    rare = listed(
        ("2004-07-07", "murder", "Ealing", "SCD8", "firearm"),
        ("2004-07-07", "murder", "Ealing", "SCD8", "knife"),
    )
    assert sum(row["n"] for row in rare.rows.to_pylist()) == 2


def test_what_came_often_in_one_area_stands_first():
    def event(measure, borough, n=1):
        return {"measure": measure, "borough": borough, "n": n}

    listed = [
        *([event("kidnaps", "B")] * 3),  # three where less than one is usual
        *([event("kidnaps", "C")] * 2),  # one short
        event("blackmail", "", 9),  # of no borough
        event("homicides", "A", 4),
    ]
    counted = [[row["borough"] for row in here] for here in rare_events.crowds(listed)]
    assert counted == [["A"], ["B"] * 3]


def test_counts_by_the_month_promise_no_gap(folder):
    lines = "".join(
        f"{day},month,Ealing,HOMICIDE,{n},,mps-borough-crime\n"
        for day, n in (("2003-06-01", 1), ("2003-07-01", 0), ("2004-05-01", 1), ("2004-06-01", 1))
    )
    head = "date,grain,borough,offence,offences,outcomes,publisher\n"
    folder.load("counts", head + lines, "2004-07-11")
    request = reports.open_request(folder.publish("2004-07-12").as_at, None, folder.data)
    rare = alert_list.alert_list(request).rare
    assert [row["gap_days"] for row in rare.rows.to_pylist()] == [None]
    assert rare.title == "Rare events by month: their days are not known, so no gap is given"
