"""Fortnights, planning years and the words for them, each at its edge."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import periods
from dashboard.errors import UsageError
from dashboard.periods import Period

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("as_at", "since", "until"),
    [
        (date(2004, 7, 11), date(2004, 6, 14), date(2004, 6, 28)),  # a day short
        (date(2004, 7, 12), date(2004, 6, 28), date(2004, 7, 12)),  # the grid's own Monday
        (date(2004, 7, 25), date(2004, 6, 28), date(2004, 7, 12)),  # the last day inside
        (date(2004, 7, 26), date(2004, 7, 12), date(2004, 7, 26)),
        (date(2025, 8, 22), date(2025, 7, 28), date(2025, 8, 11)),  # 21 years on
        (date(2000, 4, 1), date(2000, 3, 13), date(2000, 3, 27)),  # before the grid's origin
    ],
)
def test_the_last_whole_fortnight(as_at: date, since: date, until: date):
    assert periods.last_whole_fortnight(as_at) == Period(since, until)


@given(DAYS)
def test_fortnights_tile_the_calendar(day: date):
    grid = periods.calendar()
    start = grid.window_start(day)
    assert start.weekday() == 0
    assert start <= day < start + timedelta(days=14)
    assert (start - date(2004, 7, 12)).days % 14 == 0
    assert grid.window_start(start - timedelta(days=1)) == start - timedelta(days=14)


@given(DAYS)
def test_the_last_whole_fortnight_had_ended_and_the_next_had_not(as_at: date):
    found = periods.last_whole_fortnight(as_at)
    assert found.until <= as_at < found.until + timedelta(days=14)


def test_the_tactical_meeting_is_the_tuesday_after():
    assert periods.tactical_meeting(date(2004, 7, 12)) == date(2004, 7, 13)
    assert periods.tactical_meeting(date(2004, 7, 25)) == date(2004, 7, 13)
    assert periods.tactical_meeting(date(2025, 8, 22)) == date(2025, 8, 12)


def test_a_meeting_every_thursday_looks_at_the_week_before():
    weekly = periods.Calendar(year_month=10, window_end=date(2024, 1, 1), every_weeks=1, cut_off=3)
    periods.keep(weekly)
    assert periods.last_whole_fortnight(date(2026, 3, 4)).words == "23 February to 1 March 2026"
    assert periods.tactical_meeting(date(2026, 3, 4)) == date(2026, 3, 5)  # a Thursday
    assert (weekly.grain, weekly.windows_a_year) == ("week", 52)
    assert periods.planning_year_words(date(2026, 9, 30)) == "2025/26"
    assert periods.planning_year_start(date(2026, 10, 1)) == date(2026, 10, 1)


def test_a_planning_year_that_is_the_calendar_year_has_one_number():
    periods.keep(periods.Calendar(1, date(2024, 1, 1), 2, 1))
    assert periods.planning_year_words(date(2026, 3, 4)) == "2026"


@given(DAYS, st.sampled_from(periods.GRAINS))
def test_periods_of_a_grain_abut(day: date, grain: str):
    start, after = periods.period_start(day, grain), periods.next_start(day, grain)
    assert start <= day < after
    assert periods.period_start(after, grain) == after
    assert periods.period_start(after - timedelta(days=1), grain) == start


@pytest.mark.parametrize(
    ("grain", "start", "after"),
    [
        ("day", date(2004, 3, 31), date(2004, 4, 1)),
        ("week", date(2004, 3, 29), date(2004, 4, 5)),
        ("fortnight", date(2004, 3, 22), date(2004, 4, 5)),
        ("month", date(2004, 3, 1), date(2004, 4, 1)),
        ("quarter", date(2004, 1, 1), date(2004, 4, 1)),
        ("year", date(2003, 4, 1), date(2004, 4, 1)),
    ],
)
def test_the_last_day_of_the_planning_year(grain: str, start: date, after: date):
    day = date(2004, 3, 31)
    assert (periods.period_start(day, grain), periods.next_start(day, grain)) == (start, after)


def test_a_grain_that_is_none():
    with pytest.raises(ValueError, match="grain is one of day, week"):
        periods.period_start(date(2004, 7, 12), "decade")


@pytest.mark.parametrize(
    ("day", "start", "words"),
    [
        (date(2004, 3, 31), date(2003, 4, 1), "2003/04"),
        (date(2004, 4, 1), date(2004, 4, 1), "2004/05"),
        (date(1999, 12, 31), date(1999, 4, 1), "1999/00"),  # the century's turn
    ],
)
def test_planning_years(day: date, start: date, words: str):
    assert periods.planning_year_start(day) == start
    assert periods.planning_year_words(day) == words


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2004, 7, 11), date(2004, 7, 12), "11 July 2004"),
        (date(2004, 7, 1), date(2004, 8, 1), "July 2004"),
        (date(2004, 7, 2), date(2004, 8, 1), "2 to 31 July 2004"),
        (date(2004, 6, 28), date(2004, 7, 12), "28 June to 11 July 2004"),
        (date(2003, 12, 29), date(2004, 1, 12), "29 December 2003 to 11 January 2004"),
    ],
)
def test_a_period_in_words(since: date, until: date, words: str):
    assert Period(since, until).words == words


def test_a_date_that_is_none_is_refused_by_name():
    assert periods.parse_date("2004-07-12") == date(2004, 7, 12)
    with pytest.raises(UsageError, match="--as-at is written YYYY-MM-DD; got: '12/7/2004'"):
        periods.parse_date("12/7/2004", "--as-at")
    with pytest.raises(UsageError, match="--as-at is a day that the calendar has not"):
        periods.parse_date("2004-02-31", "--as-at")
