"""The year's visits: what each unit was to be visited in a quarter, and what became of it.

The deputy assistant commissioner visits every OCU and branch in quarters 2 and 4, the command
team in those between; individual meetings are held beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import (
    Period,
    day_words,
    next_start,
    period_start,
    planning_year_start,
    planning_year_words,
)
from dashboard.reports.accountability.units import label, visited
from dashboard.reports.decisions.visits import Visit
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words import phrases

# The rule of the performance framework: whose visit is owed, and in which quarters of the year.
OWED, QUARTERS = "dac", (2, 4)
HELD, LATE, OVERDUE, PLANNED, GAP = "held", "late", "overdue", "planned", "gap"
STATES = (HELD, LATE, OVERDUE, PLANNED, GAP)


class Kept(TypedDict):
    """What became of the visit of a unit in a slot."""

    unit_code: str
    kind: str
    kind_words: str
    quarter_words: str
    quarter: date  # its first day
    state: str  # one of STATES
    planned_on: Annotated[date | None, "null: none is planned"]
    held_on: Annotated[date | None, "null: none was held by the as-at"]
    missed: bool


@dataclass(frozen=True)
class Slot:
    """A kind of visit in a quarter of a planning year."""

    kind: str
    quarter: Period

    @property
    def number(self) -> int:
        """Which quarter of its planning year, from 1."""
        start = planning_year_start(self.quarter.since)
        months = 12 * (self.quarter.since.year - start.year) + self.quarter.since.month
        return (months - start.month) // 3 + 1

    @property
    def words(self) -> str:
        """'Q2 2031/32'."""
        return f"Q{self.number} {planning_year_words(self.quarter.since)}"

    @property
    def owed(self) -> bool:
        """Whether the rule asks for a visit to every OCU and branch."""
        return self.kind == OWED and self.number in QUARTERS


@kept(32)
def calendar(request: Request, unit: str) -> Disclosed:
    """What became of each visit of this planning year and the one before: a row a unit and slot.

    state   held in time; late: held after its quarter; overdue: its day has passed; planned; gap:
            the rule asks for one and none is planned
    missed  the rule asked for one in a quarter that has ended, and none was held in it
    """
    plan = rows.typed(Visit, request.run("visits_known"))
    below = {unit, *request.catalogue.descendants(unit)}
    mine = [code for code in visited(request) if code in below]
    visits = [row for slot in slots(request, plan) for row in _of_slot(request, slot, plan, mine)]
    start = years_of(request)
    years = f"{planning_year_words(start.since)} and {planning_year_words(request.as_at)}"
    title, *rest = filter(None, (_late(request, visits, unit), _by_rule(request, visits)))
    return request.disclose(
        rows.table(Kept, visits),
        title=title,
        subtitle="; ".join((*rest, years)),
        notes=tuple(filter(None, (_unknown(plan, start),))),
        query="visits_known",
        unit=unit,
    )


def years_of(request: Request) -> Period:
    """The planning year in force and the one before."""
    now = planning_year_start(request.as_at)
    return Period(planning_year_start(now - timedelta(days=1)), next_start(now, "year"))


def _unknown(plan: list[Visit], years: Period) -> str:
    """Which quarters lie before all that was loaded, in a sentence; '' where none."""
    first = _first(plan)
    if first is None or first <= years.since:
        return ""
    return f"Nothing is loaded of the quarters before {day_words(first)} [x]."


def _first(plan: list[Visit]) -> date | None:
    """First day of the first quarter that the plan says anything of."""
    return min((period_start(row["planned_on"], "quarter") for row in plan), default=None)


def slots(request: Request, plan: list[Visit]) -> list[Slot]:
    """What the picture has a row for: what the rule asks for, and what else is planned or held.

    Quarters before the first that the plan speaks of are not known, and have none.
    """
    years, first = years_of(request), _first(plan)
    quarters = []
    day = years.since
    while day < years.until:
        quarters.append(Period(day, next_start(day, "quarter")))
        day = quarters[-1].until
    told = {row["kind"] for row in plan}
    kinds = [OWED, *sorted(told - {OWED})]
    return [
        slot
        for kind in kinds
        for quarter in quarters
        if first is not None and quarter.since >= first
        for slot in [Slot(kind, quarter)]
        if slot.owed or any(row["kind"] == kind and _in(slot, row["planned_on"]) for row in plan)
    ]


def _touches(slot: Slot, row: Visit) -> bool:
    """Whether a visit was planned for the slot or held in it."""
    days = (row["planned_on"], row["held_on"])
    return row["kind"] == slot.kind and any(_in(slot, day) for day in days)


def _of_slot(request: Request, slot: Slot, plan: list[Visit], units: list[str]) -> Iterator[Kept]:
    in_slot: dict[str, list[Visit]] = {}
    for row in plan:
        if _touches(slot, row):
            in_slot.setdefault(row["unit_code"], []).append(row)
    for unit in units:
        state, visit = state_of(slot, in_slot.get(unit, []), request.as_at)
        if state is None:
            continue
        yield {
            "unit_code": unit,
            "kind": slot.kind,
            "kind_words": label(request, "visit_kind", slot.kind),
            "quarter": slot.quarter.since,
            "quarter_words": slot.words,
            "state": state,
            "planned_on": visit["planned_on"] if visit else None,
            "held_on": visit["held_on"] if visit else None,
            "missed": slot.owed and slot.quarter.until <= request.as_at and state != HELD,
        }


def state_of(slot: Slot, visits: list[Visit], as_at: date) -> tuple[str | None, Visit | None]:
    """The state of a unit in a slot, and the visit that it comes of, None of a gap; None where
    nothing is owed.

    visits  those of the unit that touch the slot, held ones as known at the as-at
    """
    done = [(row, row["held_on"]) for row in visits if row["held_on"] is not None]
    # What the rule asks for is a visit in the quarter itself: one held before it is another's.
    held = [
        row
        for row, day in done
        if day < slot.quarter.until and not (slot.owed and day < slot.quarter.since)
    ]
    if held:
        return HELD, held[0]
    late = [row for row, day in done if day >= slot.quarter.until]
    if late:
        return LATE, late[0]
    waiting = [row for row in visits if row["held_on"] is None]
    if waiting:
        first = min(waiting, key=lambda row: row["planned_on"])
        return (OVERDUE if first["planned_on"] < as_at else PLANNED), first
    return (GAP if slot.owed else None), None


def _in(slot: Slot, day: date | None) -> bool:
    return day is not None and slot.quarter.since <= day < slot.quarter.until


def _late(request: Request, visits: list[Kept], unit: str) -> str:
    """What is overdue of whichever kind; '' where nothing is."""
    late = [row for row in visits if row["state"] == OVERDUE]
    if not late:
        return ""
    verb = "is" if len(late) == 1 else "are"
    here = "" if unit == ours().directorate else f" to {unit}"
    longest = min(late, key=lambda row: (row["planned_on"] or request.as_at, row["unit_code"]))
    first = f"{'the longest ' * (len(late) > 1)}the {phrases.inside(longest['kind_words'])}’s"
    days = (request.as_at - (longest["planned_on"] or request.as_at)).days
    return (
        f"{phrases.many(len(late), 'visit')}{here} {verb} overdue, {first} to "
        f"{longest['unit_code']} by {phrases.many(days, 'day')}"
    )


def _by_rule(request: Request, visits: list[Kept]) -> str:
    """The gaps by the rule: what was missed in quarters that have ended, what is not planned."""
    who = label(request, "visit_kind", OWED)
    by = f"owed by the {who[:1].lower()}{who[1:]}"
    owed = [row for row in visits if row["kind"] == OWED and _is_owed(row)]
    if not owed:
        return "No visit of the last two planning years is known"
    ended = [row for row in owed if next_start(row["quarter"], "quarter") <= request.as_at]
    missed = [row for row in ended if row["missed"]]
    gaps = [row for row in owed if row["state"] == GAP and row not in ended]
    said = []
    if missed:
        said.append(
            f"{len(missed)} of {len(ended)} visits {by} were not made in their quarter: "
            f"{_where(missed)}"
        )
    elif ended:
        said.append(f"all {len(ended)} visits {by} were made in their quarter")
    of_them, every = ("", "every later one") if said else (f"of visits {by} ", f"every visit {by}")
    said.append(f"{of_them}none is planned to {_where(gaps)}" if gaps else f"{every} is planned")
    return phrases.sentence("; ".join(said))


def _is_owed(row: Kept) -> bool:
    quarter = Period(row["quarter"], next_start(row["quarter"], "quarter"))
    return Slot(row["kind"], quarter).owed


def _where(visits: list[Kept]) -> str:
    """'OCU8 and OCU7(3) in Q2 2031/32, OCU7(4) in Q4 2031/32'."""
    by_quarter: dict[str, list[str]] = {}
    for row in visits:
        by_quarter.setdefault(row["quarter_words"], []).append(row["unit_code"])
    return ", ".join(
        f"{phrases.listed_first(units)} in {quarter}" for quarter, units in by_quarter.items()
    )
