"""The sample's calendar: what it spans, its as-ats, and the day each file was known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from dashboard.periods import Calendar

# The year and the grid of meetings that the sample is written for.
CALENDAR = Calendar(year_month=4, window_end=date(2004, 7, 12), every_weeks=2, cut_off=1)
GRID_END, FORTNIGHT = CALENDAR.window_end, CALENDAR.window
SINCE = date(2000, 4, 1)
UNTIL = GRID_END
SNAPSHOTS = 8
AS_ATS = tuple(GRID_END - FORTNIGHT * back for back in reversed(range(SNAPSHOTS)))
# An extract is taken on the Sunday night before the as-at.
VINTAGES = tuple(as_at - timedelta(days=1) for as_at in AS_ATS)
# Extracts at which monthly figures come out, each for the month before it.
MONTHLY = VINTAGES[1::2]

GRID_START = GRID_END - FORTNIGHT * 112
FORTNIGHTS = 112

# Later than any day: the event has not happened, and never will.
NEVER = np.int32(2_000_000)


def day(of: date) -> int:
    """Days since 1 January 1970, as parquet counts them."""
    return (of - date(1970, 1, 1)).days


def from_day(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=int(number))


def months(since: date, until: date) -> list[date]:
    """First days of the months from `since` that have ended by `until` (exclusive)."""
    starts = []
    start = since.replace(day=1)
    while month_after(start) <= until:
        starts.append(start)
        start = month_after(start)
    return starts


def weeks(since: date, until: date) -> list[date]:
    """Mondays of the whole weeks in the span."""
    monday = since + timedelta(days=-since.weekday() % 7)
    count = (until - monday).days // 7
    return [monday + timedelta(weeks=index) for index in range(count)]


# Extracts that bring monthly figures: the first brings all that was known by then.
EDITIONS = (VINTAGES[0], *MONTHLY)


def edition(until: date, ready: int = 10) -> date | None:
    """The first edition at least `ready` days after a period's end; None after the last one."""
    return next((item for item in EDITIONS if item >= until + timedelta(days=ready)), None)


def month_after(start: date) -> date:
    return (start + timedelta(days=32)).replace(day=1)


def vintage_of(known_on: date) -> date | None:
    """The first extract taken on or after a day; None after the last one."""
    return next((item for item in VINTAGES if item >= known_on), None)
