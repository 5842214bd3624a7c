"""Planning years, quarters, months, weeks and tasking fortnights.

`since` is inclusive, `until` exclusive everywhere. Dates are London dates. Fortnights
are the fixed grid of 14-day windows that end, exclusive, on Monday 12 July 2004.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

GRID_END = date(2004, 7, 12)
FORTNIGHT = timedelta(days=14)
GRAINS = ("day", "week", "fortnight", "month", "quarter", "year")
MONTHS = (
    "January February March April May June July August September October November December"
).split()


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole days, `since` inclusive, `until` exclusive."""

    since: date
    until: date

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)

    @property
    def words(self) -> str:
        """The span as a reader says it: '28 June to 11 July 2004'."""
        a, b = self.since, self.last_day
        if a == b:
            return day_words(a)
        if a == month_start(a) and self.until == next_start(a, "month"):
            return f"{MONTHS[a.month - 1]} {a.year}"
        if a.year != b.year:
            return f"{day_words(a)} to {day_words(b)}"
        if a.month != b.month:
            return f"{a.day} {MONTHS[a.month - 1]} to {day_words(b)}"
        return f"{a.day} to {day_words(b)}"


def day_words(day: date) -> str:
    """A date in words, e.g. '12 July 2004'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def fortnight_start(day: date) -> date:
    """First day (a Monday) of the grid fortnight that `day` falls in."""
    return day - timedelta(days=(day - GRID_END).days % 14)


def last_whole_fortnight(as_at: date) -> Period:
    """The last grid fortnight that had ended by `as_at` (exclusive).

    >>> last_whole_fortnight(date(2004, 7, 12)).words
    '28 June to 11 July 2004'
    >>> last_whole_fortnight(date(2025, 8, 22)).words
    '28 July to 10 August 2025'
    """
    until = fortnight_start(as_at)
    return Period(until - FORTNIGHT, until)


def tactical_meeting(as_at: date) -> date:
    """Grid date (Tuesday) of the tactical meeting that looks at the last whole fortnight."""
    return last_whole_fortnight(as_at).until + timedelta(days=1)


def month_start(day: date) -> date:
    return day.replace(day=1)


def planning_year_start(day: date) -> date:
    """1 April of the planning year that `day` falls in."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def planning_year_words(day: date) -> str:
    """The planning year in words.

    >>> planning_year_words(date(2004, 7, 12))
    '2004/05'
    """
    start = planning_year_start(day).year
    return f"{start}/{(start + 1) % 100:02d}"


def period_start(day: date, grain: str) -> date:
    """First day of the period of `grain` that `day` falls in (quarters and years: planning)."""
    if grain == "day":
        return day
    if grain == "week":
        return day - timedelta(days=day.weekday())
    if grain == "fortnight":
        return fortnight_start(day)
    if grain == "month":
        return month_start(day)
    if grain == "quarter":
        return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    if grain == "year":
        return planning_year_start(day)
    raise ValueError(f"grain is one of {', '.join(GRAINS)}; got: {grain!r}")


def next_start(day: date, grain: str) -> date:
    """First day of the period after the one that `day` falls in."""
    start = period_start(day, grain)
    if grain in ("day", "week", "fortnight"):
        return start + timedelta(days={"day": 1, "week": 7, "fortnight": 14}[grain])
    months = {"month": 1, "quarter": 3, "year": 12}[grain]
    index = start.year * 12 + start.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def parse_date(text: str, what: str = "date") -> date:
    """An ISO date, or a UsageError that names what was read."""
    from dashboard.errors import UsageError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{what} is written YYYY-MM-DD; got: {text!r}") from None
