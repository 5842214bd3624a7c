"""Overtime budget that decisions which stand moved between units this year, to the penny.

It stands beside the budget as it is loaded, never in it: once budgets are loaded anew they may hold
it already.
"""

from __future__ import annotations

from decimal import Decimal

from dashboard.catalogue import ours
from dashboard.decisions import moves
from dashboard.periods import next_start
from dashboard.reports.decisions import board
from dashboard.reports.request import Request
from dashboard.reports.spending.ledgers import Ledger
from dashboard.reports.spending.outlook import Outlook
from dashboard.words import numbers

PENCE = 100


def of_year(request: Request, ledger: Ledger) -> list[moves.Move]:
    """What was moved in the ledger's planning year, of decisions that stand."""
    return [item for item in _standing(request, ledger) if item.budget_gbp]


def lent(request: Request, ledger: Ledger, unit: str) -> str:
    """What the hours that a unit lent or was lent in that year are worth, which is no budget; ''
    where there are none."""
    inside = {unit, *request.catalogue.descendants(unit)}
    worth = sum(
        (item.lent_gbp for item in _standing(request, ledger) if inside & {item.giver, item.taker}),
        Decimal(0),
    )
    if not worth:
        return ""
    said = numbers.money(int(worth * PENCE))
    return f"hours lent this year, worth {said}, are no budget: none of it is among these"


def _standing(request: Request, ledger: Ledger) -> list[moves.Move]:
    end = next_start(ledger.year, "year")
    held = board.book_of(request)
    heads = (
        head
        for head in held.heads
        if head.state != "withdrawn" and ledger.year <= head.meeting < end
    )
    return [item for row in held.rows(heads) for item in moves.kept_moves(row["moves"])]


def sides(request: Request, ledger: Ledger) -> dict[str, tuple[int, int]]:
    """Pence that each OCU gave and got."""
    told: dict[str, tuple[int, int]] = {}
    for item in of_year(request, ledger):
        pence = int(item.budget_gbp * PENCE)
        for code, gave, got in ((item.giver, pence, 0), (item.taker, 0, pence)):
            ocu = request.catalogue.ocu_of(code)
            before = told.get(ocu, (0, 0))
            told[ocu] = (before[0] + gave, before[1] + got)
    return told


def beside(request: Request, ledger: Ledger, item: Outlook, overspends: bool) -> str:
    """What the move says beside the statement on a unit's year: ', or by about £78,000 with the
    £12,500 moved to it'; '' where none was moved.

    overspends  whether the statement says by how much it will
    """
    gave, got = sides(request, ledger).get(item.unit, (0, 0))
    net = got - gave
    if not net:
        return ""
    what = f"the {numbers.money(abs(net))} moved {'to' if net > 0 else 'from'} it"
    if not overspends or item.beyond is None:
        return f", without {what}"
    left = item.beyond - net
    if left <= 0:
        return f", which {what} covers"
    return f", or by {numbers.about_pounds(left)} {'with' if net > 0 else 'without'} {what}"


def pennies(pence: int | None, *, sign: bool = False) -> str:
    """'£20,000.00', '−£0.50', '+£1.25'; '[x]' where there is none.

    >>> pennies(-2_000_050), pennies(125, sign=True), pennies(None)
    ('−£20,000.50', '+£1.25', '[x]')
    """
    if pence is None:
        return numbers.MISSING
    mark = "−" if pence < 0 else "+" if sign and pence else ""
    return f"{mark}{ours().currency}{abs(Decimal(pence)) / PENCE:,.2f}"
