"""How a day, a period and a span of periods are written. Pure."""

from __future__ import annotations

from datetime import date

from dashboard.periods import MONTHS, Period, next_start, period_start
from dashboard.words.numbers import MISSING

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day(value: date | None, *, year: bool = True, weekday: bool = True) -> str:
    """A day where there is little room: 'Mon 12 Jul 2032'; '[x]' where there is none."""
    if value is None:
        return MISSING
    said = f"{value.day} {MONTHS[value.month - 1][:3]}"
    said = f"{WEEKDAYS[value.weekday()]} {said}" if weekday else said
    return f"{said} {value.year}" if year else said


def short(start: date, grain: str) -> str:
    """A period by its first day, as an axis writes it: 'Jun 2032', '28 Jun 2032', '2032'."""
    if grain == "year":
        return str(start.year)
    if grain in ("day", "week", "fortnight"):
        return day(start, weekday=False)
    return f"{MONTHS[start.month - 1][:3]} {start.year}"


def period(start: date, grain: str) -> str:
    """The period of `grain` that starts on a day: 'June 2032'."""
    if grain == "quarter":
        last = next_start(start, grain)
        names = MONTHS[start.month - 1], MONTHS[(last.month - 2) % 12]
        return f"{names[0]} to {names[1]} {start.year}"
    return Period(start, next_start(start, grain)).words


def inside(start: date, grain: str) -> str:
    """A period inside a sentence: 'June 2032', 'the week 5 to 11 July 2032'."""
    said = period(start, grain)
    return said if grain == "month" else f"the {grain} {said}"


def span(first: date, last: date, grain: str) -> str:
    """The periods from the one that starts on `first` to the one that starts on `last`.

    >>> span(date(2032, 4, 1), date(2032, 6, 1), "month")
    'April to June 2032'
    >>> span(date(2032, 4, 5), date(2032, 7, 5), "week")  # weeks are no months
    '5 April to 11 July 2032'
    """
    if first == last:
        return period(first, grain)
    if grain in ("day", "week", "fortnight"):
        return Period(first, next_start(last, grain)).words
    last_day = date.fromordinal(next_start(last, grain).toordinal() - 1)
    end = period_start(last_day, "month")
    year = "" if first.year == end.year else f" {first.year}"
    return f"{MONTHS[first.month - 1]}{year} to {MONTHS[end.month - 1]} {end.year}"
