"""Which unit will overspend its overtime, by how much, and why: the Star Chamber's first table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.decisions.remarks import Subject, of_year
from dashboard.errors import NotFoundError
from dashboard.periods import planning_year_words
from dashboard.reports.measure import identity
from dashboard.reports.overtime import moved
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept_as_written
from dashboard.reports.spending.ledgers import Leaf, Ledger, ledger
from dashboard.reports.spending.outlook import Outlook, branches, outlook, outlooks, total
from dashboard.stats.variance import Causes
from dashboard.stats.year_end import chance_words
from dashboard.words import numbers

BRIEF = (
    *("unit_name", "profiled_gbp", "spent_gbp", "variance_gbp", "budget_gbp"),
    *("forecast_gbp", "low_gbp", "high_gbp", "chance", "why"),
)  # where there is little room
YEAR = 12  # months
LIKELY = 0.65  # chance from which a unit is said to overspend, as dashboard.stats.year_end words it

EARLY = "null: too early to forecast"
NO_BAND = f"{EARLY}, or the year is over"


class Overspend(TypedDict):
    """A unit or branch, or their sum: its overtime beside its budget, and the year's end.

    variance  spent less profiled; beyond: forecast less budget
    over      chance that it ends above its budget, a share of 1
    people … other  pence of each cause of the variance
    """

    unit_code: str
    unit_name: str
    kind: str  # part or total
    budget_gbp: int
    profiled_gbp: int
    spent_gbp: int
    variance_gbp: int
    committed_gbp: int
    forecast_gbp: Annotated[int | None, EARLY]
    low_gbp: Annotated[int | None, NO_BAND]
    high_gbp: Annotated[int | None, NO_BAND]
    beyond_gbp: Annotated[int | None, EARLY]
    over: Annotated[float | None, NO_BAND]
    chance: str
    why: str
    profiled_pence: int
    spent_pence: int
    people_pence: int
    hours_pence: int
    rates_pence: int
    cost_pence: int
    other_pence: int
    figure_of: Annotated[str | None, "null: no measure holds spent and profiled together"]


class Explained(Overspend, total=False):
    """The same beside what its unit says of it."""

    explanation: Annotated[str | None, "null: nothing is said"]


@dataclass(frozen=True)
class Board:
    """The page's head and first table.

    statement, substatement  what will be overspent, by how much, why
    focus   the unit that they are about: for the directorate its worst
    rows    Overspend: units (or the unit's branches), the largest expected overspend first, then
            their sum (kind 'total')
    """

    statement: str
    substatement: str
    focus: str
    rows: Disclosed


def units(request: Request) -> list[str]:
    """What the page can be asked for: the directorate, then its OCUs."""
    known = request.catalogue.units.values()
    top = ours().directorate
    return [top, *(unit.code for unit in known if unit.level == "ocu" and unit.parent == top)]


def unit_of(request: Request, said: str | None) -> tuple[str, str]:
    """The unit of a link and a remark where it is another than the link names; a branch opens
    its OCU, what has no overtime here opens the directorate.

    raises  NotFoundError with the near ones for a unit that the catalogue has not
    """
    if said is None:
        return ours().directorate, ""
    if said not in request.catalogue.units:
        raise NotFoundError("unit", said, tuple(request.catalogue.units))
    code = request.catalogue.ocu_of(said)
    code = code if code in units(request) else ours().directorate
    return code, "" if code == said else f"The link names {said}: shown is {code}."


@kept_as_written(64)
def board(request: Request, unit: str) -> Board | None:
    """None where no overtime is loaded."""
    year_ledger = ledger(request)
    if year_ledger is None:
        return None
    parts, whole, part_of = _parts(year_ledger, unit)
    listed = _rows(request, year_ledger, [*parts, whole], part_of)
    leader = parts[0] if parts else whole
    notes = [*words.illustrative(request), words.ORDER]
    notes += [words.SHARED] * year_ledger.shared
    notes += words.rounding(
        [row["spent_gbp"] for row in listed],
        [row["profiled_gbp"] for row in listed],
        [row["budget_gbp"] for row in listed],
    )
    disclosed = request.disclose(
        rows.table(Overspend, listed),
        title=_table_title(year_ledger, unit),
        subtitle=words.subtitle(year_ledger, request),
        notes=tuple(notes),
        query="overtime_spent",
        params=dict(year_ledger.read),
        columns=BRIEF,
        unit=unit,
    )
    # The directorate's headline is of the unit that overspends most; a unit's is its own.
    shown = leader if unit == ours().directorate else whole
    return Board(
        _statement(request, year_ledger, shown, unit),
        _substatement(request, year_ledger, listed, unit),
        shown.unit,
        disclosed,
    )


def standouts(request: Request, summary: Board) -> dict[str, Subject]:
    """What may be explained of a board: the year's overtime of each OCU, under its words."""
    return {
        f"{row['unit_name']}: {row['chance']}": of_year(row["figure_of"])
        for row in rows.typed(Overspend, summary.rows.rows)
        if row["figure_of"]
        and row["unit_code"] in request.catalogue.units
        and request.catalogue.units[row["unit_code"]].level == "ocu"
    }


def _parts(year_ledger: Ledger, unit: str) -> tuple[list[Outlook], Outlook, Callable[[Leaf], str]]:
    """Outlooks of the parts of a unit, of the whole, and the part that a leaf belongs to."""
    if unit == ours().directorate:
        parts = outlooks(year_ledger)
        return parts, total(year_ledger, parts, ours().directorate), lambda leaf: leaf.unit
    parts = branches(year_ledger, unit)
    return parts, outlook(year_ledger, unit), lambda leaf: leaf.branch


def _rows(
    request: Request,
    year_ledger: Ledger,
    outlooks: list[Outlook],
    part_of: Callable[[Leaf], str],
) -> list[Overspend]:
    whole = outlooks[-1]
    inside = {whole.unit} if whole.unit != ours().directorate else set(year_ledger.units)
    leaves = [leaf for leaf in year_ledger.leaves if leaf.unit in inside]
    found_rows: list[Overspend] = []
    for item in outlooks:
        mine = [leaf for leaf in leaves if item is whole or part_of(leaf) == item.unit]
        causes = sum((leaf.causes for leaf in mine), Causes())
        # What no branch is named of stands under one word in every unit.
        of = item.unit if item.unit in request.catalogue.units else f"{whole.unit} {item.unit}"
        found_rows.append(
            {
                "unit_code": item.unit,
                "unit_name": words.unit_words(request, item.unit),
                "kind": "total" if item is whole else "part",
                "budget_gbp": words.pounds(item.budget),
                "profiled_gbp": words.pounds(item.profiled),
                "spent_gbp": words.pounds(item.spent),
                "variance_gbp": words.pounds(item.spent - item.profiled),
                "committed_gbp": words.pounds(item.committed),
                "forecast_gbp": words.whole_pounds(item.forecast),
                "low_gbp": words.whole_pounds(item.low),
                "high_gbp": words.whole_pounds(item.high),
                "beyond_gbp": words.whole_pounds(item.beyond),
                "over": item.over,
                "chance": words.chance(item),
                "why": _why(request, mine, causes, item),
                "profiled_pence": item.profiled,
                "spent_pence": sum(leaf.actual for leaf in mine),
                "people_pence": causes.people,
                "hours_pence": causes.hours,
                "rates_pence": causes.rates,
                "cost_pence": causes.cost,
                "other_pence": causes.other,
                "figure_of": identity.of_overtime(request, of, year_ledger.year, year_ledger.until),
            }
        )
    return found_rows


def _why(request: Request, leaves: list[Leaf], causes: Causes, item: Outlook) -> str:
    """The weightiest cause, and below a unit the branch (below a branch the category)."""
    if not leaves:
        return ""
    said = [words.largest(causes)]
    side = 1 if causes.total >= 0 else -1
    below: dict[str, int] = {}
    units_inside = {leaf.unit for leaf in leaves}
    for leaf in leaves:
        if item.unit == leaf.branch:
            key = words.category_words(request, leaf.category)
        else:
            key = leaf.branch if len(units_inside) == 1 else leaf.unit
        below[key] = below.get(key, 0) + leaf.actual - leaf.budget
    name, value = max(below.items(), key=lambda pair: (side * pair[1], pair[0]))
    if len(below) > 1:
        said.append(f"{name} {numbers.money(value, sign=True)}")
    return "; ".join(said)


def _table_title(year_ledger: Ledger, unit: str) -> str:
    what = "Units" if unit == ours().directorate else f"Branches of {unit}"
    first = "over profile so far" if words.too_early(year_ledger) else "expected overspend"
    said = first if unit == ours().directorate else "over profile so far"
    return f"{what}, the largest {said} first"


def _statement(request: Request, year_ledger: Ledger, item: Outlook, unit: str) -> str:
    """Who overspends and by how much; `item` is the unit, or the directorate's worst."""
    name = item.unit
    apart = item.spent - item.profiled
    so_far = f"{numbers.money(abs(apart))} {'over' if apart >= 0 else 'under'}"
    year = planning_year_words(year_ledger.year)
    if not item.budget:
        return f"{name} spent {numbers.money(item.spent)} on overtime; no budget for it is loaded"
    if year_ledger.periods >= YEAR:
        if unit == ours().directorate and apart <= 0:
            return f"No unit ended {year} over its overtime budget; {item.unit} is {so_far}"
        return f"{name} ended {year} {so_far} its overtime budget"
    if item.forecast is None or item.over is None:
        return f"Too early to forecast: {name} is {so_far} its overtime profile so far"
    by = numbers.about_pounds(item.forecast - item.budget)
    if item.over >= LIKELY:
        said = f"{name} is {chance_words(item.over)} to overspend its overtime by {by}"
        return said + moved.beside(request, year_ledger, item, True)
    if unit == ours().directorate:
        return "No unit is likely to overspend its overtime budget"
    may = "may or may not"
    if item.over <= 1 - LIKELY:
        may = f"is {chance_words(item.over)} to"
    return f"{name} {may} overspend its overtime" + moved.beside(request, year_ledger, item, False)


def _substatement(request: Request, year_ledger: Ledger, listed: list[Overspend], unit: str) -> str:
    first, whole = listed[0], listed[-1]
    shown = first if unit == ours().directorate else whole
    said = [shown["unit_name"], f"why: {shown['why']}"]
    if shown["forecast_gbp"] is not None and year_ledger.periods < YEAR:
        forecast, budget = map(numbers.pounds, (shown["forecast_gbp"], shown["budget_gbp"]))
        low, high = map(numbers.pounds, (shown["low_gbp"], shown["high_gbp"]))
        said.insert(1, f"forecast {forecast} ({low} to {high}, 80 % band) of {budget}")
    said.append(words.period(year_ledger))
    if words.too_early(year_ledger):
        said.append("forecasts begin with period 3")
    return " · ".join([*said, *["illustrative budgets"] * request.sample])
