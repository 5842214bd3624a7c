"""Planning years, quarters, months, weeks and the windows that tactical meetings look at.

`since` is inclusive, `until` exclusive everywhere. When the planning year begins and on which
days windows end is the directorate's own (directorate.toml): a Calendar. One is in force at a
time, that of the snapshot that was opened or is being published.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from re import fullmatch
from zoneinfo import ZoneInfo

from dashboard.errors import ContentError, UsageError

LONDON = ZoneInfo("Europe/London")  # in whose days all are told
WEEK = timedelta(days=7)
GRAINS = ("day", "week", "fortnight", "month", "quarter", "year")
WINDOWS = {1: "week", 2: "fortnight"}  # weeks between two meetings -> the grain of their windows
DAYS = {"day": 1, "week": 7, "fortnight": 14}
MONTHS = (
    "January February March April May June July August September October November December"
).split()


@dataclass(frozen=True)
class Calendar:
    """When a directorate's planning year begins, and the grid of the windows of its meetings.

    year_month   month on whose first day the planning year begins
    window_end   a Monday on which a window ends, exclusive; the grid goes on in both directions
    every_weeks  weeks from one meeting to the next, and of a window: a key of WINDOWS
    cut_off      days from a window's end to the meeting that looks at it
    """

    year_month: int
    window_end: date
    every_weeks: int
    cut_off: int

    @property
    def window(self) -> timedelta:
        """How long a window is, and from one meeting to the next."""
        return self.every_weeks * WEEK

    @property
    def grain(self) -> str:
        """The grain that a window is: week or fortnight."""
        return WINDOWS[self.every_weeks]

    @property
    def windows_a_year(self) -> int:
        """26 fortnights or 52 weeks."""
        return 52 // self.every_weeks

    def window_start(self, day: date) -> date:
        """First day (a Monday) of the window that `day` falls in."""
        return day - (day - self.window_end) % self.window

    def year_start(self, day: date) -> date:
        """First day of the planning year that `day` falls in."""
        return date(day.year - (day.month < self.year_month), self.year_month, 1)


_in_force: ContextVar[Calendar | None] = ContextVar("calendar", default=None)
_latest: list[Calendar] = []  # of the process: a thread that was started since has no context


def keep(calendar: Calendar) -> None:
    """Puts a calendar in force for all that this context, and threads it starts, ask."""
    _in_force.set(calendar)
    _latest[:] = [calendar]


def calendar() -> Calendar:
    """The calendar in force.

    raises  ContentError where nothing was opened that has one
    """
    in_force = _in_force.get() or next(iter(_latest), None)
    if in_force is None:
        raise ContentError("no directorate is in force: open a snapshot or a catalogue first")
    return in_force


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
        """The span as a reader says it: '28 June to 11 July 2031'."""
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
    """A date in words, e.g. '12 July 2031'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def last_whole_fortnight(as_at: date) -> Period:
    """The last window of the grid that had ended by `as_at` (exclusive)."""
    until = calendar().window_start(as_at)
    return Period(until - calendar().window, until)


def tactical_meeting(as_at: date) -> date:
    """Grid date of the tactical meeting that looks at the last whole window."""
    return last_whole_fortnight(as_at).until + timedelta(days=calendar().cut_off)


def month_start(day: date) -> date:
    return day.replace(day=1)


def planning_year_start(day: date) -> date:
    """First day of the planning year that `day` falls in."""
    return calendar().year_start(day)


def planning_year(year: int) -> Period:
    """The planning year that begins in the calendar year `year`."""
    month = calendar().year_month
    return Period(date(year, month, 1), date(year + 1, month, 1))


def planning_year_words(day: date) -> str:
    """The planning year in words: '2031/32', or '2031' where it is the calendar year."""
    start = planning_year_start(day)
    return str(start.year) if start.month == 1 else f"{start.year}/{(start.year + 1) % 100:02d}"


def month_of_year(day: date) -> int:
    """Place of a day's month in its planning year, from 0."""
    return (day.month - calendar().year_month) % 12


def period_start(day: date, grain: str) -> date:
    """First day of the period of `grain` that `day` falls in (quarters and years: planning)."""
    if grain == "day":
        return day
    if grain == "week":
        return day - timedelta(days=day.weekday())
    if grain == "fortnight":
        return day - (day - calendar().window_end) % (2 * WEEK)
    if grain == "month":
        return month_start(day)
    if grain == "quarter":
        return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)  # years begin with a quarter
    if grain == "year":
        return planning_year_start(day)
    raise ValueError(f"grain is one of {', '.join(GRAINS)}; got: {grain!r}")


def a_year_before(start: date, grain: str) -> date:
    """The period that stands against this one: the same month, or the week 52 weeks before."""
    if grain in ("day", "week", "fortnight"):
        return start - timedelta(days=364)
    return later(start, -12)


def next_start(day: date, grain: str) -> date:
    """First day of the period after the one that `day` falls in."""
    start = period_start(day, grain)
    if grain in DAYS:
        return start + timedelta(days=DAYS[grain])
    return later(start, {"month": 1, "quarter": 3, "year": 12}[grain])


def later(first: date, months: int) -> date:
    """The first day of the month so many months after (before, where negative) that of `first`."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def parse_date(text: str, what: str = "date") -> date:
    """An ISO date, or a UsageError that names what was read."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        so = fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
        why = "is a day that the calendar has not" if so else "is written YYYY-MM-DD"
        raise UsageError(f"{what} {why}; got: {text!r}") from None


def years_before(day: date, years: int) -> date:
    """The same day so many years before; 28 February for the 29th.

    >>> years_before(date(2032, 2, 29), 6)
    datetime.date(2026, 2, 28)
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
