"""Returns that were not sent: which periods of a series they leave without a figure, and whose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from dashboard import rows
from dashboard.periods import next_start, period_start
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words import dates, numbers, phrases

Lacking = tuple[tuple[date, tuple[str, ...]], ...]  # first day of a period, units by code
NESTS = {"week": ("week", "fortnight"), "month": ("month", "quarter", "year")}
NAMED = 3  # periods that are named; more are counted


class NotSent(TypedDict):
    """A return that was not sent; `branch` and `team` are unassigned where the unit returns it."""

    measure: str
    grain: str
    period_start: date
    unit_code: str
    branch: str
    team: str


def lacking(request: Request, measure: str, unit: str, grain: str) -> Lacking:
    """The whole periods of a unit's series in which a return is missing, oldest first."""
    units: dict[date, list[str]] = {}
    for row in _not_sent(request, unit).get(measure, ()):
        if grain not in NESTS.get(row["grain"], (row["grain"],)):
            continue
        start = period_start(row["period_start"], grain)
        if next_start(start, grain) <= request.as_at:
            parts = (row["team"], row["branch"], row["unit_code"])
            units.setdefault(start, []).append(next(p for p in parts if p != "unassigned"))
    return tuple((start, tuple(dict.fromkeys(units[start]))) for start in sorted(units))


@kept(64)
def _not_sent(request: Request, unit: str) -> dict[str, list[NotSent]]:
    by_measure: dict[str, list[NotSent]] = {}
    for row in rows.typed(NotSent, request.run("returns_missing", measure=None, unit=unit)):
        by_measure.setdefault(row["measure"], []).append(row)
    return by_measure


def without(missing: Iterable[date], grain: str) -> str:
    """', without March 2032 [x]' for periods that a sum lacks; '' where it lacks none."""
    starts = list(missing)
    if not starts:
        return ""
    if len(starts) > NAMED:
        return f", without {len(starts)} {grain}s {numbers.MISSING}"
    named = phrases.listed([dates.period(start, grain) for start in starts])
    return f", without {named} {numbers.MISSING}"


def not_sent(missing: Lacking, grain: str) -> str:
    """'[x] no return from OCU7 for March 2032'; of many the last ones; '' where all were sent."""
    if not missing:
        return ""
    each = [
        f"from {phrases.listed(list(units))} for {dates.period(start, grain)}"
        for start, units in missing[-NAMED:]
    ]
    more = len(missing) - len(each)
    before = f" ({more} more before)" if more else ""
    return f"{numbers.MISSING} no return {', '.join(each)}{before}"
