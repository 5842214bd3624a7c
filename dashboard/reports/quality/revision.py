"""How figures moved from snapshot to snapshot, and how much a recent one still grows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, NamedTuple, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import calendar, day_words, month_start, next_start
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.snapshots import SnapshotInfo, editions
from dashboard.stats.growth import growth
from dashboard.words import dates, numbers, phrases

DEFAULT = "commercial_robbery"
MONTHS = 12  # months that the triangle shows, back from the last one known
LOOKED_BACK = timedelta(days=800)  # periods whose growth is followed
FEW = 30  # below so many known, growth is told as n → n, never as a percentage
# Age of a period when it was known: days from its end to the day of the file; first day of a band.
AGES = (0, 14, 28, 56, 91)
LAST_AGE = 182  # a period known at this age has as good as stopped growing

NONE_KNOWN = "null: no period was known at that age"
TOO_FEW = "null: too few known"


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


class Growth(TypedDict):
    """How much periods of a grain still grew from an age on: a ratio with its 95 % interval."""

    grain: str
    age: str
    pairs: int
    known: Annotated[float | None, NONE_KNOWN]
    latest: Annotated[float | None, NONE_KNOWN]
    factor: Annotated[float | None, TOO_FEW]
    low: Annotated[float | None, TOO_FEW]
    high: Annotated[float | None, TOO_FEW]
    said: str


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
    infos = editions.editions(request.data, request.as_at)
    return (*(info for info in infos if info.as_at != request.as_at), request.snapshot)


@kept(64)
def figures(
    request: Request, names: tuple[str, ...], grain: str, since: date
) -> tuple[Figure, ...]:
    """Rows of the query revision_figures over all as-ats up to the open one."""
    params = {"measures": names, "grain": grain, "since": since}
    infos = snapshots_of(request)
    found = rows.typed(Figure, editions.across(infos, "revision_figures", request.scope, params))
    return tuple(found)


def _totals(request: Request, measure: str, grain: str) -> dict[date, dict[date, Known]]:
    """Period → as-at → its figure, all units together."""
    found: dict[date, dict[date, Known]] = {}
    since = request.as_at - LOOKED_BACK
    for row in figures(request, (measure,), grain, since):
        at = found.setdefault(row["period_start"], {})
        known = at.get(row["known_as_at"]) or Known(0.0, row["source_grain"], row["known_on"])
        at[row["known_as_at"]] = known._replace(n=known.n + row["numerator"])
    return found


@kept(32)
def triangle(request: Request, measure: str) -> Disclosed:
    """What each month of the last twelve was known to be, as at each snapshot.

    state   first (known for the first time), same, more or fewer than at the as-at before
    raises  NotFoundError where there is no such measure
    """
    about = request.measure(measure)
    known = _totals(request, measure, "month")
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
    found: dict[date, list[float]] = {}
    for row in cells:
        found.setdefault(row["period_start"], []).append(row["n"])
    return {month: (n[0], n[-1]) for month, n in found.items() if len(n) > 1}


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


@kept(32)
def provisional(request: Request, measure: str) -> Disclosed:
    """How much a window and a month usually still grow, by their age when first known.

    Each period stands once in a band: as known at its first as-at of that age, against what
    is known of it at the open as-at.
    """
    about = request.measure(measure)
    found = [
        row for grain in (calendar().grain, "month") for row in _factors(request, measure, grain)
    ]
    said = next((row for row in found if row["grain"] == "month" and row["pairs"]), None)
    title = (
        f"A month known {said['age']} after its end: {said['said']}"
        if said
        else f"{about.name}: how much it grows can't be told from one snapshot [x]"
    )
    return request.disclose(
        rows.table(Growth, found),
        title=title,
        subtitle=f"{about.name}: known at that age → known now, of the same periods",
        notes=(
            "The factor is a ratio of sums; its 95 % interval needs three periods or more. "
            "Below 30 known only the numbers are told.",
        ),
        measure=measure,
    )


def _factors(request: Request, measure: str, grain: str) -> list[Growth]:
    known = _totals(request, measure, grain)
    bands = [*AGES, LAST_AGE]
    factors: list[Growth] = []
    for since, until in zip(bands, bands[1:], strict=False):
        pairs = _pairs(request, known, grain, since, until)
        found = growth(pairs)
        few = found.known < FEW
        factors.append(
            {
                "grain": grain,
                "age": f"{since} to {until - 1} days",
                "pairs": found.pairs,
                "known": found.known if found.pairs else None,
                "latest": found.latest if found.pairs else None,
                "factor": None if few else found.factor,
                "low": None if few else found.low,
                "high": None if few else found.high,
                "said": grew(found.known, found.latest) if found.pairs else numbers.MISSING,
            }
        )
    return [row for row in factors if row["pairs"]] or factors[:1]


def _pairs(
    request: Request,
    known: dict[date, dict[date, Known]],
    grain: str,
    since: int,
    until: int,
) -> list[tuple[float, float]]:
    """(known at an age in the band, known now) of each period that both are known of.

    An as-at whose figures come from a file no newer says nothing on growth.
    """
    found = []
    for start, at in known.items():
        last, end = at.get(request.as_at), next_start(start, grain)
        early = [
            at[as_at]
            for as_at in sorted(at)
            if last
            and since <= (at[as_at].known_on - end).days < until
            and at[as_at].known_on < last.known_on
        ]
        if last and early:
            found.append((early[0].n, last.n))
    return found


def recent(request: Request) -> date:
    """First day of the sixth month before the as-at: how far back figures are reconciled."""
    month = month_start(request.as_at)
    for _ in range(6):
        month = month_start(month - timedelta(days=1))
    return month
