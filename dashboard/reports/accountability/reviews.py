"""Reviews and the clock that they are held to; what came of their recommendations."""

from __future__ import annotations

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import day_words, planning_year, planning_year_start, planning_year_words
from dashboard.reports.accountability.overdue import counted
from dashboard.reports.accountability.units import Row, label, of_unit
from dashboard.reports.kept import kept
from dashboard.reports.request import Request
from dashboard.words import names, numbers, phrases

CLOCK_DAYS = 28  # of a murder review, up to the day that it is due
CLOCKED = "murder"
# A recommendation's ends, in the order in which they are drawn, each with its words.
ENDS = {
    "in_time": "Closed in time",
    "late": "Closed late",
    "overdue": "Overdue",
    "open": "Open, not yet due",
}
PARTS = ("due", "kept", "late")
STOCKS = ("overdue", "open")
CLOCK = pa.schema(
    [
        *((name, pa.string()) for name in ("kind", "kind_words")),
        *((f"{part}{year}", pa.int64()) for year in ("", "_before") for part in PARTS),
        *((part, pa.int64()) for part in STOCKS),
    ]
)
ENDED = pa.schema(
    [
        *((name, pa.string()) for name in ("feeds", "feeds_words")),
        *((name, pa.int64()) for name in ("n", *ENDS)),
    ]
)
OWNERS = pa.schema([("unit_code", pa.string()), *((name, pa.int64()) for name in ("n", *ENDS))])


@kept(32)
def clock(request: Request, unit: str) -> Disclosed:
    """How many reviews of each kind were done by the day due, of those due: this planning year and
    the one before; and what is open.

    overdue and open are stocks: of whatever year they fell due in.
    """
    now = planning_year_start(request.as_at).year
    found = of_unit(request, unit, request.run("review_clock").to_pylist())
    rows = [
        _clocked(request, kind, [row for row in found if row["kind"] == kind], now)
        for kind in kinds(request, "review_kind", {row["kind"] for row in found})
    ]
    said = planning_year_words(request.as_at)
    return request.disclose(
        pa.Table.from_pylist(rows, CLOCK),
        title=_clock_title(rows, said),
        subtitle=f"{names.unit(request.catalogue, unit)}, due in {said} before "
        f"{day_words(request.as_at)}, and in {planning_year_words(planning_year(now - 1).since)}",
        notes=(f"A murder review is due after {CLOCK_DAYS} days, others on the day given to them.",)
        if rows
        else (),
        query="review_clock",
        unit=unit,
    )


def kinds(request: Request, field: str, held: set[str]) -> list[str]:
    """Codes that the rows hold, in the catalogue's order."""
    listed = request.catalogue.values.get(field, {})
    return [*(code for code in listed if code in held), *sorted(held - set(listed))]


def _clocked(request: Request, kind: str, found: list[Row], now: int) -> Row:
    row: Row = {"kind": kind, "kind_words": label(request, "review_kind", kind)}
    for year, suffix in ((now, ""), (now - 1, "_before")):
        own = [item for item in found if item["year"] == year]
        row |= {f"{part}{suffix}": sum(item[part] for item in own) for part in PARTS}
    stocks = {part: sum(item[part] for item in found) for part in STOCKS}
    return row | stocks


def _clock_title(rows: list[Row], year: str) -> str:
    """'The 28-day clock was kept in 16 of 16 murder reviews due in 2031/32'."""
    if not rows:
        return "No review is known here"
    said = []
    murder = next((row for row in rows if row["kind"] == CLOCKED), None)
    if murder and murder["due"]:
        parts = numbers.rate(murder["kept"], murder["due"])
        said.append(f"the {CLOCK_DAYS}-day clock was kept in {parts} murder reviews due in {year}")
    others = [row for row in rows if row["kind"] != CLOCKED]
    if due := sum(row["due"] for row in others):
        parts = numbers.rate(sum(row["kept"] for row in others), due)
        said.append(f"{parts} other reviews were done by their day")
    late = sum(row["overdue"] for row in rows)
    said.append(
        f"{counted('review', late) if late else 'none'} {'is' if late < 2 else 'are'} overdue"
    )
    return phrases.sentence("; ".join(said))


QUICK = "quick"  # of the kinds: tasked by the command team, done by the performance review unit
TASKS = pa.schema(
    [
        *((name, pa.string()) for name in ("kind", "kind_words", "unit_code", "tasked_by")),
        ("due_on", pa.date32()),
        ("days_over", pa.int64()),
    ]
)


@kept(32)
def tasks(request: Request, unit: str) -> Disclosed:
    """The reviews that are tasked to `unit` and below it and not done, the first due first.

    days_over  since the day due; below 0 it is yet to come
    """
    found = of_unit(request, unit, request.run("reviews_tasked").to_pylist())
    rows = [row | {"kind_words": label(request, "review_kind", row["kind"])} for row in found]
    return request.disclose(
        pa.Table.from_pylist(rows, TASKS),
        title=_tasks_title(rows),
        subtitle=f"{names.unit(request.catalogue, unit)}, not done as at "
        f"{day_words(request.as_at)}",
        notes=("Quick reviews: tasked by the command team to the performance review unit.",)
        if any(row["kind"] == QUICK for row in rows)
        else (),
        query="reviews_tasked",
        unit=unit,
    )


def _tasks_title(rows: list[Row]) -> str:
    """'2 quick reviews and 9 others are tasked; the next is due on 14 July 2031, 1 is overdue'."""
    if not rows:
        return "No review is tasked here"
    quick = sum(row["kind"] == QUICK for row in rows)
    others = len(rows) - quick
    said = [f"{phrases.many(quick, 'quick review')}"] if quick else []
    if others:
        plain = f"{others} other{'s'[: others > 1]}" if quick else counted("review", others)
        said.append(plain)
    late = sum(row["days_over"] > 0 for row in rows)
    words = f"{phrases.listed(said)} {'is' if len(rows) == 1 else 'are'} tasked"
    if late:
        words += f"; {late} {'is' if late == 1 else 'are'} overdue"
    ahead = [row["due_on"] for row in rows if row["days_over"] <= 0]
    return f"{words}; the next is due on {day_words(min(ahead))}" if ahead else words


@kept(32)
def ends(request: Request, unit: str) -> Disclosed:
    """What came of all recommendations owned in `unit` and below it, by what they feed."""
    found = of_unit(request, unit, request.run("recommendation_ends").to_pylist())
    rows = [
        {"feeds": code, "feeds_words": label(request, "recommendation_feeds", code)}
        | _sums([row for row in found if row["feeds"] == code])
        for code in kinds(request, "recommendation_feeds", {row["feeds"] for row in found})
    ]
    return request.disclose(
        pa.Table.from_pylist(rows, ENDED),
        title=_ends_title(rows),
        subtitle=f"{names.unit(request.catalogue, unit)}, by what they feed, all that are known as"
        f" at {day_words(request.as_at)}",
        query="recommendation_ends",
        unit=unit,
    )


def _sums(found: list[Row]) -> Row:
    return {name: sum(row[name] for row in found) for name in ("n", *ENDS)}


def _ends_title(rows: list[Row]) -> str:
    """'391 of 439 recommendations are closed, 60 of them late; 13 are overdue, most to policy'."""
    total = _sums(rows)
    if not total["n"]:
        return "No recommendation is known here"
    closed = total["in_time"] + total["late"]
    said = (
        f"{closed:,} of {counted('recommendation', total['n'])} "
        f"{'is' if closed == 1 else 'are'} closed, {total['late']:,} of them late"
    )
    if not total["overdue"]:
        return f"{said}; none is overdue"
    most = max(row["overdue"] for row in rows)
    first = [row["feeds_words"].lower() for row in rows if row["overdue"] == most]
    verb = "is" if total["overdue"] == 1 else "are"
    return f"{said}; {total['overdue']:,} {verb} overdue, most to {phrases.listed(first)} ({most})"


@kept(32)
def owners(request: Request, unit: str) -> Disclosed:
    """The same recommendations by the unit that owns them, in the organisation's order."""
    found = of_unit(request, unit, request.run("recommendation_ends").to_pylist())
    held = {row["unit_code"] for row in found}
    rows = [
        {"unit_code": code} | _sums([row for row in found if row["unit_code"] == code])
        for code in request.catalogue.units
        if code in held
    ]
    return request.disclose(
        pa.Table.from_pylist(rows, OWNERS),
        title="Recommendations by owner",
        subtitle=names.unit(request.catalogue, unit),
        query="recommendation_ends",
        unit=unit,
    )
