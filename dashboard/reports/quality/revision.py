"""How figures moved from snapshot to snapshot."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, NamedTuple, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words, month_start
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.snapshots import SnapshotInfo, editions
from dashboard.words import dates, numbers, phrases

DEFAULT = "commercial_robbery"
MONTHS = 12  # months that the triangle shows, back from the last one known
FEW = 30  # below so many known, growth is told as n → n, never as a percentage
LOOKED_BACK = timedelta(days=800)  # periods whose growth is followed


class Cell(TypedDict):
    """What a month was known to be as at a snapshot."""

    period_start: date
    period: str
    known_as_at: date
    as_at: str  # the same day in words
    n: float
    said: str
    change: Annotated[float | None, "null: known for the first time"]
    state: str  # first, same, more or fewer
    source_grain: str
    known_on: date


class Figure(TypedDict):
    """A row of the query revision_figures."""

    known_as_at: date
    measure: str
    unit_code: str
    period_start: date
    numerator: float
    denominator: Annotated[float | None, "null: of a count"]
    source_grain: str
    known_on: date


class Known(NamedTuple):
    """A period's figure of all units together, as one as-at knew it from a file of a day."""

    n: float
    source_grain: str
    known_on: date


def measures(request: Request) -> dict[str, str]:
    """Counts that have data by day, week or month, by id, each by its name."""
    covered = {row["measure"] for row in request.coverage_rows if row["grain"] != "quarter"}
    return {
        item.id: item.name
        for item in request.measures.values()
        if item.id in covered and item.unit == "n" and item.aggregate == "sum"
    }


def default(request: Request) -> str | None:
    """The measure shown first; None where nothing has data."""
    known = measures(request)
    return DEFAULT if DEFAULT in known else next(iter(known), None)


@kept(32)
def snapshots_of(request: Request) -> tuple[SnapshotInfo, ...]:
    """One snapshot an as-at, oldest first, the open one last."""
    infos = editions.editions(request.listed, request.as_at)
    return (*(info for info in infos if info.as_at != request.as_at), request.snapshot)


@kept(64)
def figures(
    request: Request, names: tuple[str, ...], grain: str, since: date
) -> tuple[Figure, ...]:
    """Rows of the query revision_figures over all as-ats up to the open one."""
    params = {"measures": names, "grain": grain, "since": since}
    infos = snapshots_of(request)
    all_figures = rows.typed(
        Figure, editions.across(infos, "revision_figures", request.scope, params)
    )
    return tuple(all_figures)


def totals(request: Request, measure: str, grain: str) -> dict[date, dict[date, Known]]:
    """Period → as-at → its figure, all units together."""
    by_period: dict[date, dict[date, Known]] = {}
    since = request.as_at - LOOKED_BACK
    for row in figures(request, (measure,), grain, since):
        at = by_period.setdefault(row["period_start"], {})
        known = at.get(row["known_as_at"]) or Known(0.0, row["source_grain"], row["known_on"])
        at[row["known_as_at"]] = known._replace(n=known.n + row["numerator"])
    return by_period


@kept(32)
def triangle(request: Request, measure: str) -> Disclosed:
    """What each month of the last twelve was known to be, as at each snapshot.

    state   first (known for the first time), same, more or fewer than at the as-at before
    raises  NotFoundError where there is no such measure
    """
    about = request.measure(measure)
    known = totals(request, measure, "month")
    shown = sorted(known)[-MONTHS:]
    cells = [cell for month in shown for cell in _line(month, known[month])]
    infos = snapshots_of(request)
    return request.disclose(
        rows.table(Cell, cells),
        title=_moved(cells, about.name, len(infos)),
        subtitle=f"{about.name} by month, as known at {len(infos)} as-ats",
        notes=_changed_source(cells),
        measure=measure,
    )


def _line(month: date, known: dict[date, Known]) -> list[Cell]:
    cells: list[Cell] = []
    for as_at in sorted(known):
        n = known[as_at].n
        change = n - cells[-1]["n"] if cells else None
        cells.append(
            {
                "period_start": month,
                "period": dates.period(month, "month"),
                "known_as_at": as_at,
                "as_at": day_words(as_at),
                "n": n,
                "said": numbers.figure(n, "n"),
                "change": change,
                "state": _state(change),
                "source_grain": known[as_at].source_grain,
                "known_on": known[as_at].known_on,
            }
        )
    return cells


def _state(change: float | None) -> str:
    if change is None:
        return "first"
    return "same" if not change else "more" if change > 0 else "fewer"


def spans(cells: list[Cell]) -> dict[date, tuple[float, float]]:
    """Month → (first known, known last), of months that more than one as-at knows."""
    by_month: dict[date, list[float]] = {}
    for row in cells:
        by_month.setdefault(row["period_start"], []).append(row["n"])
    return {month: (n[0], n[-1]) for month, n in by_month.items() if len(n) > 1}


def _moved(cells: list[Cell], name: str, as_ats: int) -> str:
    """The month that moved most, in a sentence that is true of the rows."""
    if as_ats < 2:
        return f"{name}: one snapshot only, so that nothing can be seen to move [x]"
    known = spans(cells)
    if not known:
        return f"{name}: no month is known to two as-ats"
    month = max(known, key=lambda item: (abs(known[item][1] - known[item][0]), item))
    first, last = known[month]
    if first == last:
        return f"{name}: no month has moved since it was first known"
    return f"{name}: {dates.period(month, 'month')} moved most, {grew(first, last)}"


def grew(first: float, last: float) -> str:
    """'794 → 846 (+6.5 %)'; without the percentage where few are known.

    >>> grew(794, 846), grew(12, 14), grew(528, 520)
    ('794 → 846 (+6.5 %)', '12 → 14', '528 → 520 (−1.5 %)')
    """
    words = f"{first:,.0f} → {last:,.0f}"
    if first < FEW:
        return words
    share = 100 * (last / first - 1)
    sign = "+" if share > 0 else "−" if share < 0 else "±"
    return f"{words} ({sign}{abs(share):.1f} %)"


def _changed_source(cells: list[Cell]) -> tuple[str, ...]:
    """A remark where a day's file served one as-at and a month's another."""
    grains = {row["known_as_at"]: row["source_grain"] for row in cells}
    if len(set(grains.values())) < 2:
        return ()
    said = [
        f"a file by {grain} as at {day_words(as_at)}" for as_at, grain in sorted(grains.items())
    ]
    return (
        f"{phrases.sentence('; '.join(said))}: part of what moved may be the change of source.",
    )


def recent(request: Request) -> date:
    """First day of the sixth month before the as-at: how far back figures are reconciled."""
    month = month_start(request.as_at)
    for _ in range(6):
        month = month_start(month - timedelta(days=1))
    return month
