"""What the Star Chamber decided: what it asks after at its next meeting, and budget that it moved.

A budget moved is said beside the budget as it is loaded, never mixed into it: once the directorate
loads its budgets anew they may hold it already.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.decisions import moves
from dashboard.decisions.fields import STAR_CHAMBER
from dashboard.periods import day_words, next_start, planning_year_words
from dashboard.reports import meetings
from dashboard.reports.decisions import board
from dashboard.reports.overtime import board as overtime
from dashboard.reports.overtime import exceptions
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.request import Request
from dashboard.reports.spending.ledgers import Ledger
from dashboard.reports.spending.outlook import of_unit
from dashboard.words import numbers, phrases

PENCE = 100
MOVED = pa.schema(
    [
        *((name, pa.string()) for name in ("unit_code", "unit_name", "kind")),
        *((f"{name}_pence", pa.int64()) for name in ("gave", "got", "moved", "budget", "with")),
        *((f"{name}_pence", pa.int64()) for name in ("forecast", "beyond")),
        *((f"{name}_said", pa.string()) for name in ("gave", "got", "moved", "budget", "with")),
        *((f"{name}_said", pa.string()) for name in ("forecast", "beyond")),
    ]
)
SUMS = ("gave", "got", "moved", "budget", "with", "forecast", "beyond")


def last_time(request: Request) -> Disclosed:
    """What earlier Star Chambers decided that stands, or is new at this meeting: overdue first."""
    return board.board(request, before_only=True, live_only=True, of=board.star_chamber)


def here(request: Request) -> Disclosed:
    """What the Star Chamber decided at this meeting."""
    return board.decided_here(request, of=board.star_chamber)


def origin(request: Request, unit: str, rule: str | None) -> dict[str, Any]:
    """What a decision of the Star Chamber is raised from: a unit's overtime, or what breaks a rule
    there, with the sentence that stands over the form.

    raises  NotFoundError for a unit that is not known
    """
    code = request.catalogue.unit(unit or ours().directorate).code
    said = overtime.board(request, code)
    sentence = f"{said.statement}." if said else ""
    found = exceptions.rules(request, code) if rule in exceptions.RULES else None
    if found is not None:
        row = next(row for row in found.rows.to_pylist() if row["rule"] == rule)
        sentence = f"{row['label']}: {phrases.many(row['n'], 'claim')} of {code}."
    return {"from": STAR_CHAMBER, "unit": code, "rule": rule, "sentence": sentence}


def moved(request: Request, found: Ledger, unit: str) -> Disclosed:
    """Overtime budget moved in the ledger's planning year, one row a unit that gave or got any.

    gave, got      what decisions that stand took from it and gave to it; moved: their difference
    budget         of the year, as it is loaded; with: that and what was moved
    forecast       of the year's end; beyond: less `with`; null where it is too early
    return         of the directorate its units and their sum, 0.00; of a unit its own row
    """
    sides = _sides(request, found)
    units = sorted(sides) if unit == ours().directorate else [unit] * (unit in sides)
    rows = [_row(request, found, code, *sides[code]) for code in units]
    if len(rows) > 1:
        rows.append(_total(rows))
    count = len(_moves(request, found))
    return request.disclose(
        pa.Table.from_pylist(rows, MOVED),
        title=_title(count),
        subtitle=f"{planning_year_words(found.year)}, as it stood at the meeting of"
        f" {day_words(meetings.day_of(request))}",
        notes=(
            "budgets are as loaded; what was moved stands beside them until they are loaded anew",
        ),
        unit=unit,
    )


def _title(count: int) -> str:
    if not count:
        return "No budget was moved this year"
    return f"{count} move{'' if count == 1 else 's'} of budget this year, both sides"


def _moves(request: Request, found: Ledger) -> list[moves.Move]:
    end = next_start(found.year, "year")
    held = board.known(request)
    of_year = (
        head
        for head in held.heads
        if head.state != "withdrawn" and found.year <= head.meeting < end
    )
    return [
        item for row in held.rows(of_year) for item in moves.read(row["moves"]) if item.budget_gbp
    ]


def _sides(request: Request, found: Ledger) -> dict[str, tuple[int, int]]:
    """Pence that each OCU gave and got."""
    sides: dict[str, tuple[int, int]] = {}
    for item in _moves(request, found):
        pence = int(item.budget_gbp * PENCE)
        for code, gave, got in ((item.giver, pence, 0), (item.taker, 0, pence)):
            ocu = request.catalogue.ocu_of(code)
            before = sides.get(ocu, (0, 0))
            sides[ocu] = (before[0] + gave, before[1] + got)
    return sides


def _row(request: Request, found: Ledger, code: str, gave: int, got: int) -> dict[str, Any]:
    year = of_unit(found, code)
    allowed = year.budget + got - gave
    row = {
        "gave": gave,
        "got": got,
        "moved": got - gave,
        "budget": year.budget,
        "with": allowed,
        "forecast": year.forecast,
        "beyond": None if year.forecast is None else year.forecast - allowed,
    }
    return {
        "unit_code": code,
        "unit_name": words.unit_words(request, code),
        "kind": "part",
    } | _said(row)


def _total(rows: list[dict[str, Any]]) -> dict[str, Any]:
    held = {name: [row[f"{name}_pence"] for row in rows] for name in SUMS}
    sums = {name: None if None in values else sum(values) for name, values in held.items()}
    return {"unit_code": "", "unit_name": "Together", "kind": "total"} | _said(sums)


def _said(row: dict[str, int | None]) -> dict[str, Any]:
    """The sums in pence, and to the penny in words."""
    signs = ("moved", "beyond")
    return {f"{name}_pence": value for name, value in row.items()} | {
        f"{name}_said": pennies(value, sign=name in signs) for name, value in row.items()
    }


def pennies(pence: int | None, *, sign: bool = False) -> str:
    """'£20,000.00', '−£0.50', '+£1.25'; '[x]' where there is none.

    >>> pennies(-2_000_050), pennies(125, sign=True), pennies(None)
    ('−£20,000.50', '+£1.25', '[x]')
    """
    if pence is None:
        return numbers.MISSING
    mark = "−" if pence < 0 else "+" if sign and pence else ""
    return f"{mark}{ours().currency}{abs(Decimal(pence)) / PENCE:,.2f}"
