"""What the Star Chamber decided: what it asks after at its next meeting, and budget that it moved.

A budget moved is said beside the budget as it is loaded, never mixed into it: once the directorate
loads its budgets anew they may hold it already.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.decisions import reading
from dashboard.decisions.fields import STAR_CHAMBER
from dashboard.decisions.kept import Origin
from dashboard.periods import day_words, planning_year_words
from dashboard.reports.decisions import board, budgets
from dashboard.reports.overtime import board as overtime
from dashboard.reports.overtime import exceptions
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.overtime.moved import lent
from dashboard.reports.request import Request, meetings
from dashboard.reports.spending.ledgers import Ledger
from dashboard.reports.spending.outlook import outlook_of
from dashboard.words import numbers, phrases

EARLY = "null: too early to forecast"


class Moved(TypedDict):
    """What a unit, or all of them together, gave and got of its budget, in pence and in words.

    gave, got      what decisions that stand took from it and gave to it; moved: their difference
    budget         of the year, as it is loaded; with: that and what was moved
    forecast       of the year's end; beyond: less `with`
    """

    unit_code: str  # '' of all together
    unit_name: str
    kind: str  # part or total
    gave_pence: int
    got_pence: int
    moved_pence: int
    budget_pence: int
    with_pence: int
    forecast_pence: Annotated[int | None, EARLY]
    beyond_pence: Annotated[int | None, EARLY]
    gave_said: str
    got_said: str
    moved_said: str
    budget_said: str
    with_said: str
    forecast_said: str
    beyond_said: str


def last_time(request: Request, unit: str | None = None) -> Disclosed:
    """What earlier Star Chambers decided that stands, or is new at this meeting: overdue first.

    unit  whose decisions: those that it answers for, and those that moved its budget; all of the
          directorate where left out
    """
    asked = _of_unit(request, unit)
    return board.board(request, before_only=True, live_only=True, of=asked)


def here(request: Request, unit: str | None = None) -> Disclosed:
    """What the Star Chamber decided at this meeting; `unit` as `last_time` has it."""
    return board.decided_here(request, of=_of_unit(request, unit))


def _of_unit(request: Request, unit: str | None) -> Callable[[reading.Head], bool]:
    """Whether the Star Chamber decided it, and of the unit or of what is below it."""
    if unit is None or unit in (ours().directorate, ours().force):
        return board.star_chamber
    return lambda head: board.star_chamber(head) and board.concerns(request, head, unit)


def origin(request: Request, unit: str, rule: str | None) -> Origin:
    """What a decision of the Star Chamber is raised from: a unit's overtime, or what breaks a rule
    there, with the sentence that stands over the form.

    raises  NotFoundError for a unit that is not known
    """
    code = request.catalogue.unit(unit or ours().directorate).code
    said = overtime.board(request, code)
    sentence = f"{said.statement}." if said else ""
    summary = exceptions.rules(request, code) if rule in exceptions.RULES else None
    if summary is not None:
        broken = rows.typed(exceptions.Broken, summary.rows)
        row = next(row for row in broken if row["rule"] == rule)
        sentence = f"{row['label']}: {phrases.many(row['n'], 'claim')} of {code}."
    return {"from": STAR_CHAMBER, "unit": code, "rule": rule, "sentence": sentence}


def moved(request: Request, ledger: Ledger, unit: str) -> Disclosed:
    """Overtime budget moved in the ledger's planning year, one row a unit that gave or got any.

    return  of the directorate its units and their sum, 0.00; of a unit its own row
    """
    told = budgets.sides(request, ledger.year)
    units = sorted(told) if unit == ours().directorate else [unit] * (unit in told)
    every = [_row(request, ledger, code, *told[code]) for code in units]
    if len(every) > 1:
        every.append(_total(every))
    count = len(budgets.of_year(request, ledger.year))
    return request.disclose(
        rows.table(Moved, every),
        title=_title(count),
        subtitle=f"{planning_year_words(ledger.year)}, as it stood at the meeting of"
        f" {day_words(meetings.day_of(request))}",
        notes=(
            "budgets are as loaded; what was moved stands beside them until they are loaded anew",
            *filter(None, (lent(request, ledger, unit),)),
        ),
        unit=unit,
    )


def _title(count: int) -> str:
    if not count:
        return "No budget was moved this year"
    return f"{count} move{'' if count == 1 else 's'} of budget this year, both sides"


def _row(request: Request, ledger: Ledger, code: str, gave: int, got: int) -> Moved:
    year = outlook_of(ledger, code)
    name = words.unit_words(request, code)
    return _said((code, name, "part"), gave, got, year.budget, year.forecast)


def _total(parts: list[Moved]) -> Moved:
    known = [row["forecast_pence"] for row in parts if row["forecast_pence"] is not None]
    return _said(
        ("", "Together", "total"),
        sum(row["gave_pence"] for row in parts),
        sum(row["got_pence"] for row in parts),
        sum(row["budget_pence"] for row in parts),
        sum(known) if len(known) == len(parts) else None,
    )


def _said(
    of: tuple[str, str, str], gave: int, got: int, budget: int, forecast: int | None
) -> Moved:
    """The sums in pence, and as whole pounds in words; `of`: code, name and kind."""
    (code, name, kind), allowed = of, budget + got - gave
    beyond = None if forecast is None else forecast - allowed
    return {
        "unit_code": code,
        "unit_name": name,
        "kind": kind,
        "gave_pence": gave,
        "got_pence": got,
        "moved_pence": got - gave,
        "budget_pence": budget,
        "with_pence": allowed,
        "forecast_pence": forecast,
        "beyond_pence": beyond,
        "gave_said": numbers.money(gave),
        "got_said": numbers.money(got),
        "moved_said": numbers.money(got - gave, sign=True),
        "budget_said": numbers.money(budget),
        "with_said": numbers.money(allowed),
        "forecast_said": numbers.money(forecast),
        "beyond_said": numbers.money(beyond, sign=True),
    }
