"""Periods that the data covers in part, and which source serves a grain beside another."""

from datetime import date

import pytest

from dashboard import reports
from dashboard.reports.measure import covers

HEAD = "date,grain,borough,offence,offences\n"
MONTHS = "".join(f"2004-{month:02d}-01,month,Camden,robbery_business,30\n" for month in (1, 2))


def days(first: date, number: int) -> str:
    each = (date.fromordinal(first.toordinal() + more) for more in range(number))
    return "".join(f"{day},day,Camden,robbery_business,1\n" for day in each)


@pytest.fixture
def asked(folder):
    def ask(grain, *files, as_at="2004-05-01"):
        for rows in files:
            folder.load("counts", HEAD + rows, "2004-04-28")
        folder.publish(as_at)
        request = reports.open_request(date.fromisoformat(as_at), None, folder.data)
        found = covers.answer(
            request, "measure_series", measure="commercial_robbery", level="force", grain=grain
        )
        return {row["period_start"]: row["numerator"] for row in found.rows.to_pylist()}, found

    return ask


def test_two_days_of_a_month_are_said_to_be_two(asked):
    rows, found = asked("month", days(date(2004, 3, 1), 33))
    assert rows == {date(2004, 3, 1): 31, date(2004, 4, 1): 2}
    assert found.notes == ("April 2004 is covered for 2 of 30 days, to 2 April 2004",)


def test_a_month_that_begins_late_says_from_when(asked):
    _, found = asked("month", days(date(2004, 3, 2), 30))
    assert found.notes == ("March 2004 is covered for 30 of 31 days, from 2 March 2004",)


@pytest.mark.parametrize(("grain", "number"), [("month", 31), ("week", 7)])  # from a Monday
def test_whole_periods_need_no_word(asked, grain, number):
    _, found = asked(grain, days(date(2004, 3, 1), number))
    assert found.notes == ()


@pytest.mark.parametrize(
    ("number", "months"),
    [
        (2, {date(2004, 1, 1): 30, date(2004, 2, 1): 30}),  # two days are no month
        (30, {date(2004, 1, 1): 30, date(2004, 2, 1): 30}),
        (31, {date(2004, 3, 1): 31}),  # a whole month later than the last of the others
    ],
)
def test_days_serve_months_from_their_first_whole_one(asked, number, months):
    rows, found = asked("month", MONTHS, days(date(2004, 3, 1), number))
    assert (rows, found.notes) == (months, ())


def test_where_no_source_has_a_whole_year_the_longer_one_serves(asked):
    rows, found = asked("year", MONTHS, days(date(2004, 3, 1), 2))
    assert rows == {date(2003, 4, 1): 60}
    assert "is covered for 60 of 366 days, from 1 January 2004 to 29 February" in found.notes[0]


def test_of_many_measures_each_is_named(asked, folder):
    asked("month", days(date(2004, 3, 1), 2))
    request = reports.open_request(date(2004, 5, 1), None, folder.data)
    found = covers.answer(request, "all_series", level="force", grain="month")
    assert "Commercial robbery" in found.notes[0]


def test_a_return_that_is_missing_is_named_by_unit_and_month(folder):
    head = "measure,period_start,grain,unit_code,numerator\n"
    months = ("2004-01", "2004-02", "2004-03")
    rows = "".join(
        f"cash_seizure_cases,{month}-01,month,{unit},5\n"
        for unit in ("SCD6", "SCD7")
        for month in months
        if (unit, month) != ("SCD7", "2004-02")
    )
    folder.load("returns", head + rows, "2004-04-28")
    folder.publish("2004-05-01")
    request = reports.open_request(date(2004, 5, 1), None, folder.data)
    asked = {"measure": "cash_seizure_cases", "level": "force", "grain": "month"}
    found = covers.answer(request, "measure_series", **asked)
    assert [row["numerator"] for row in found.rows.to_pylist()] == [10, None, 10]
    assert found.notes == ("[x] no return from SCD7 for February 2004",)
