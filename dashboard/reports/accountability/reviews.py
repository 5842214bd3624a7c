"""Reviews, the clock that they are held to, and the tasks that come of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words, planning_year, planning_year_start, planning_year_words
from dashboard.reports.accountability.overdue import counted
from dashboard.reports.accountability.units import label, rows_below
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
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


class Kept(TypedDict):
    """A kind of review: done by the day due, of those due this planning year and the one before;
    overdue and open are stocks, of whatever year they fell due in."""

    kind: str
    kind_words: str
    due: int
    kept: int
    late: int
    due_before: int
    kept_before: int
    late_before: int
    overdue: int
    open: int


class Clocked(TypedDict):
    """A row of the query review_clock; `year` is that in which the planning year starts."""

    unit_code: str
    kind: str
    year: int
    due: int
    kept: int
    late: int
    overdue: int
    open: int


class Task(TypedDict):
    """A review that is tasked and not done."""

    kind: str
    kind_words: str
    unit_code: str
    tasked_by: Annotated[str | None, "null: not said"]
    due_on: date
    days_over: int  # below 0 it is yet to come


class Tasked(TypedDict):
    """A row of the query reviews_tasked."""

    kind: str
    unit_code: str
    tasked_by: str | None
    due_on: date
    days_over: int


@kept(32)
def clock(request: Request, unit: str) -> Disclosed:
    """How many reviews of each kind were done by the day due, of those due: this planning year and
    the one before; and what is open.

    overdue and open are stocks: of whatever year they fell due in.
    """
    now = planning_year_start(request.as_at).year
    clocked = rows_below(request, unit, rows.typed(Clocked, request.run("review_clock")))
    by_kind = [
        _clocked(request, kind, [row for row in clocked if row["kind"] == kind], now)
        for kind in kinds(request, "review_kind", {row["kind"] for row in clocked})
    ]
    said = planning_year_words(request.as_at)
    return request.disclose(
        rows.table(Kept, by_kind),
        title=_clock_title(by_kind, said, request.as_at - timedelta(days=1)),
        subtitle=f"{names.unit(request.catalogue, unit)}, due in {said} before "
        f"{day_words(request.as_at)}, and in {planning_year_words(planning_year(now - 1).since)}",
        notes=(f"A murder review is due after {CLOCK_DAYS} days, others on the day given to them.",)
        if by_kind
        else (),
        query="review_clock",
        unit=unit,
    )


def kinds(request: Request, field: str, held: set[str]) -> list[str]:
    """Codes that the rows hold, in the catalogue's order."""
    listed = request.catalogue.values.get(field, {})
    return [*(code for code in listed if code in held), *sorted(held - set(listed))]


def _clocked(request: Request, kind: str, clocked: list[Clocked], now: int) -> Kept:
    this = [item for item in clocked if item["year"] == now]
    before = [item for item in clocked if item["year"] == now - 1]
    return {
        "kind": kind,
        "kind_words": label(request, "review_kind", kind),
        "due": sum(item["due"] for item in this),
        "kept": sum(item["kept"] for item in this),
        "late": sum(item["late"] for item in this),
        "due_before": sum(item["due"] for item in before),
        "kept_before": sum(item["kept"] for item in before),
        "late_before": sum(item["late"] for item in before),
        "overdue": sum(item["overdue"] for item in clocked),
        "open": sum(item["open"] for item in clocked),
    }


def _clock_title(by_kind: list[Kept], year: str, last: date) -> str:
    """'The 28-day clock was kept in 16 of 16 murder reviews due in 2031/32 up to 11 July 2031': by
    the day, where a measure counts whole months."""
    if not by_kind:
        return "No review is known here"
    said = []
    murder = next((row for row in by_kind if row["kind"] == CLOCKED), None)
    if murder and murder["due"]:
        parts = numbers.rate(murder["kept"], murder["due"])
        said.append(
            f"the {CLOCK_DAYS}-day clock was kept in {parts} murder reviews due in {year}"
            f" up to {day_words(last)}"
        )
    others = [row for row in by_kind if row["kind"] != CLOCKED]
    if due := sum(row["due"] for row in others):
        parts = numbers.rate(sum(row["kept"] for row in others), due)
        said.append(f"{parts} other reviews were done by their day")
    late = sum(row["overdue"] for row in by_kind)
    said.append(
        f"{counted('review', late) if late else 'none'} {'is' if late < 2 else 'are'} overdue"
    )
    return phrases.sentence("; ".join(said))


QUICK = "quick"  # of the kinds: tasked by the command team, done by the performance review unit


@kept(32)
def tasks(request: Request, unit: str) -> Disclosed:
    """The reviews that are tasked to `unit` and below it and not done, the first due first.

    days_over  since the day due; below 0 it is yet to come
    """
    tasked: list[Task] = [
        {**row, "kind_words": label(request, "review_kind", row["kind"])}
        for row in rows_below(request, unit, rows.typed(Tasked, request.run("reviews_tasked")))
    ]
    return request.disclose(
        rows.table(Task, tasked),
        title=_tasks_title(tasked),
        subtitle=f"{names.unit(request.catalogue, unit)}, not done as at "
        f"{day_words(request.as_at)}",
        notes=("Quick reviews: tasked by the command team to the performance review unit.",)
        if any(row["kind"] == QUICK for row in tasked)
        else (),
        query="reviews_tasked",
        unit=unit,
    )


def _tasks_title(tasked: list[Task]) -> str:
    """'2 quick reviews and 9 others are tasked; the next is due on 14 July 2031, 1 is overdue'."""
    if not tasked:
        return "No review is tasked here"
    quick = sum(row["kind"] == QUICK for row in tasked)
    others = len(tasked) - quick
    said = [f"{phrases.many(quick, 'quick review')}"] if quick else []
    if others:
        plain = f"{others} other{'s'[: others > 1]}" if quick else counted("review", others)
        said.append(plain)
    late = sum(row["days_over"] > 0 for row in tasked)
    words = f"{phrases.listed(said)} {'is' if len(tasked) == 1 else 'are'} tasked"
    if late:
        words += f"; {late} {'is' if late == 1 else 'are'} overdue"
    ahead = [row["due_on"] for row in tasked if row["days_over"] <= 0]
    return f"{words}; the next is due on {day_words(min(ahead))}" if ahead else words
