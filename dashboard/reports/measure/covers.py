"""Which source serves a measure at a grain, and which periods it covers but in part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypedDict

from dashboard.access import Disclosed
from dashboard.periods import GRAINS, day_words, next_start, period_start
from dashboard.reports.measure import returns
from dashboard.reports.request import Request
from dashboard.reports.request.coverage import Covered
from dashboard.words import dates, phrases

# grain of a source → the grains that its periods add up to
ADDED_UP = tuple(grain for grain in GRAINS if grain != "day")
NESTS = {
    "day": ADDED_UP,
    "week": ("week", "fortnight"),
    "month": ("month", "quarter", "year"),
    "quarter": ("quarter", "year"),
}
COARSENESS = ("day", "week", "month", "quarter")
NAMED = 6  # periods of which it is said how much is covered; more are counted

Span = tuple[date, date]


class Dated(TypedDict, total=False):
    """What a report's row may have of a measure's period, whatever else it has."""

    measure: str
    grain: str
    period_start: date | None
    numerator: float | None


def spans(request: Request, measure: str, grain: str) -> list[Span]:
    """What the one source grain covers that serves this grain, spans that meet joined.

    As macros/series_levels.sql has it: of those that nest the one whose last whole period is the
    latest, where none has any the one known for most days; of equals the coarsest.
    """
    rows = [
        row
        for row in request.coverage_rows
        if row["measure"] == measure and grain in (row["grain"], *NESTS.get(row["grain"], ()))
    ]
    if not rows:
        return []
    own = max(rows, key=lambda row: _rank(row, grain))["grain"]
    joined: list[Span] = []
    for since, until in sorted((r["since"], r["until"]) for r in rows if r["grain"] == own):
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((since, until))
    return joined


def _rank(row: Covered, grain: str) -> tuple[date, int, int]:
    since, until = row["since"], row["until"]
    first = period_start(since, grain)
    first = first if first == since else next_start(first, grain)
    whole = period_start(until, grain)
    some = whole >= next_start(first, grain)
    coarse = COARSENESS.index(row["grain"])
    return (whole, 0, coarse) if some else (date.min, (until - since).days, coarse)


def whole(start: date, grain: str, covered: Iterable[Span]) -> bool:
    """Whether spans cover the whole of a period."""
    after = next_start(start, grain)
    return any(since <= start and after <= until for since, until in covered)


def answer(request: Request, name: str, **params: Any) -> Disclosed:
    """What a report query answers, with a note of each of its periods that is covered in part
    and, of one measure, of the returns that it lacks.

    raises  as Request.answer does
    """
    answered = request.answer(name, **params)
    measure, grain = params.get("measure"), params.get("grain")
    rows: list[Dated] = answered.rows.to_pylist()
    notes = partly(request, rows, measure, grain)
    starts = (row.get("period_start") for row in rows if row.get("numerator", 0) is None)
    empty = {start for start in starts if start is not None}
    if measure and empty:
        unit = params.get("unit") or request.force
        by = grain or request.measure(measure).grain
        missing = returns.lacking(request, measure, unit, by)
        said = returns.not_sent(tuple(item for item in missing if item[0] in empty), by)
        notes += (said,) if said else ()
    return replace(answered, notes=(*answered.notes, *notes))


def partly(
    request: Request, rows: Iterable[Dated], measure: str | None, grain: str | None
) -> tuple[str, ...]:
    """'March 2032 is covered for 2 of 31 days, to 2 March 2032' for each such period of series.

    measure, grain  those of all rows, where the rows have no columns of them
    """
    by_sentence: dict[str, list[str]] = {}
    seen = dict.fromkeys(
        (row.get("measure") or measure, row.get("grain") or grain, start)
        for row in rows
        if (start := row.get("period_start")) is not None
    )
    covered: dict[tuple[str, str], list[Span]] = {}
    for of, by, start in seen:
        if of not in request.measures or by not in ADDED_UP:
            continue
        if (of, by) not in covered:
            covered[of, by] = spans(request, of, by)
        if said := _said(start, by, covered[of, by]):
            by_sentence.setdefault(said, []).append(request.measures[of].name)
    named = [
        said if measure else f"{said} in {phrases.listed(list(names))}"
        for said, names in by_sentence.items()
    ]
    more = len(named) - NAMED
    return (*named[:NAMED], *((f"{more} more periods are covered in part",) if more > 0 else ()))


def _said(start: date, grain: str, covered: list[Span]) -> str:
    """How much of a period spans cover, in words; '' of all or nothing of it."""
    until = next_start(start, grain)
    parts = [(max(s, start), min(u, until)) for s, u in covered if s < until and u > start]
    days = sum((end - begin).days for begin, end in parts)
    if not days or days == (until - start).days:
        return ""
    edges = []
    if parts[0][0] > start:
        edges.append(f"from {day_words(parts[0][0])}")
    if parts[-1][1] < until:
        edges.append(f"to {day_words(date.fromordinal(parts[-1][1].toordinal() - 1))}")
    between = f", {' '.join(edges)}" if edges else ""
    return (
        f"{phrases.sentence(dates.period(start, grain))} is covered for {days} of "
        f"{phrases.many((until - start).days, 'day')}{between}"
    )
