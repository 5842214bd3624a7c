"""The path to a target, period by period.

The latest target set before the as-at serves its whole span. A yearly count is spread
over the year by its profile, else by the mean shares of the whole years before; a rate,
and a stock that is never added over time, has its level in every period.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from dashboard.periods import DAYS as GRID_DAYS
from dashboard.periods import next_start, planning_year_start
from dashboard.queries import Measure
from dashboard.reports.request import Request

YEARS_OF_SHARES = 3
DAYS = 365
# What is known of each period, by the year in which its planning year begins.
Years: TypeAlias = dict[int, dict[date, float | None]]


@dataclass(frozen=True)
class Path:
    """The target of each period (None where there is none), and what the latest one is.

    target  of the whole year for counts, the level for rates; None without a target
    words   '1,540 this year, illustrative'; '' without one
    """

    values: tuple[float | None, ...]
    target: float | None
    status: str
    source: str


def path(
    request: Request,
    measure: Measure,
    unit: str,
    starts: Sequence[date],
    grain: str,
    totals: Sequence[float | None],
) -> Path:
    """The target's path over the periods that start on `starts`.

    totals  the measure's value in each of these periods: last year's total and the shares
            of a year come from them
    """
    known: Years = {}
    for start, total in zip(starts, totals, strict=True):
        known.setdefault(planning_year_start(start).year, {})[start] = total
    values = [_at(request, measure, unit, start, grain, known) for start in starts]
    last = request.catalogue.target(measure.id, unit, starts[-1], request.as_at) if starts else None
    if last is None:
        return Path(tuple(values), None, "", "")
    whole = _whole(measure, last.basis, last.target, starts[-1], known)
    return Path(tuple(values), whole, last.status, last.source)


def _at(
    request: Request,
    measure: Measure,
    unit: str,
    start: date,
    grain: str,
    known: Years,
) -> float | None:
    target = request.catalogue.target(measure.id, unit, start, request.as_at)
    if target is None:
        return None
    whole = _whole(measure, target.basis, target.target, start, known)
    if whole is None or measure.is_rate or measure.aggregate == "last":
        return whole
    share = _share(request.catalogue.profile(measure.id, unit), start, grain, known)
    return whole * share


def _whole(
    measure: Measure,
    basis: str,
    target: float,
    start: date,
    known: Years,
) -> float | None:
    """The target for the whole year that `start` lies in, in the measure's own unit."""
    if basis == "level":
        return target / 100 if measure.is_rate else target
    last_year = known.get(planning_year_start(start).year - 1)
    if not last_year or None in last_year.values():
        return None
    before = list(last_year.values())
    total = before[-1] if measure.aggregate == "last" else sum(v for v in before if v is not None)
    return None if measure.is_rate or total is None else total * (1 + target / 100)


def _share(profile: dict[int, float], start: date, grain: str, known: Years) -> float:
    """The share of a year's total that falls into the period that starts on `start`."""
    if grain in GRID_DAYS:
        return (next_start(start, grain) - start).days / DAYS
    months = _months(start, grain)
    if profile:
        return sum(profile.get(month.month, 0.0) for month in months)
    shares = []
    this_year = planning_year_start(start).year
    for year in range(this_year - YEARS_OF_SHARES, this_year):
        held = known.get(year, {})
        whole = sum(value or 0 for value in held.values())
        full = len(held) == (12 if grain == "month" else 4) and None not in held.values()
        if full and whole:
            of_start = [value or 0 for day, value in held.items() if day.month == start.month]
            shares.append(sum(of_start) / whole)
    return sum(shares) / len(shares) if shares else len(months) / 12


def _months(start: date, grain: str) -> list[date]:
    until, months = next_start(start, grain), [start]
    while (month := next_start(months[-1], "month")) < until:
        months.append(month)
    return months
