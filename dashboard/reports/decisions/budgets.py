"""Overtime budget that decisions which stand moved between units in a year, to the penny."""

from __future__ import annotations

from datetime import date

from dashboard.decisions import moves
from dashboard.periods import next_start
from dashboard.reports.decisions import board
from dashboard.reports.request import Request
from dashboard.words import numbers

PENCE = 100


def of_year(request: Request, year: date) -> list[moves.Move]:
    """What was moved in the planning year that begins on `year`, of decisions that stand."""
    return [item for item in standing(request, year) if item.budget_gbp]


def standing(request: Request, year: date) -> list[moves.Move]:
    """Every move of the year's decisions that stand."""
    end = next_start(year, "year")
    held = board.book_of(request)
    heads = (
        head for head in held.heads if head.state != "withdrawn" and year <= head.meeting < end
    )
    return [item for row in held.rows(heads) for item in moves.kept_moves(row["moves"])]


def sides(request: Request, year: date) -> dict[str, tuple[int, int]]:
    """Pence that each OCU gave and got."""
    told: dict[str, tuple[int, int]] = {}
    for item in of_year(request, year):
        pence = int(item.budget_gbp * PENCE)
        for code, gave, got in ((item.giver, pence, 0), (item.taker, 0, pence)):
            ocu = request.catalogue.ocu_of(code)
            before = told.get(ocu, (0, 0))
            told[ocu] = (before[0] + gave, before[1] + got)
    return told


def net(request: Request, year: date, unit: str) -> int:
    """Pence that an OCU got more than it gave; below 0 where it gave more."""
    gave, got = sides(request, year).get(unit, (0, 0))
    return got - gave


def words(pence: int) -> str:
    """'the £12,500 moved to it', of a sum of `net` that is not 0."""
    return f"the {numbers.money(abs(pence))} moved {'to' if pence > 0 else 'from'} it"
