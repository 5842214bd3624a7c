"""Overtime budget that decisions which stand moved between units this year, to the penny.

It stands beside the budget as it is loaded, never in it: once budgets are loaded anew they may hold
it already.
"""

from __future__ import annotations

from decimal import Decimal

from dashboard.reports.decisions import budgets
from dashboard.reports.request import Request
from dashboard.reports.spending.ledgers import Ledger
from dashboard.reports.spending.outlook import Outlook
from dashboard.words import numbers


def lent(request: Request, ledger: Ledger, unit: str) -> str:
    """What the hours that a unit lent or was lent in that year are worth, which is no budget; ''
    where there are none."""
    inside = {unit, *request.catalogue.descendants(unit)}
    worth = sum(
        (
            item.lent_gbp
            for item in budgets.standing(request, ledger.year)
            if inside & {item.giver, item.taker}
        ),
        Decimal(0),
    )
    if not worth:
        return ""
    said = numbers.money(int(worth * budgets.PENCE))
    return f"hours lent this year, worth {said}, are no budget: none of it is among these"


def beside(request: Request, ledger: Ledger, item: Outlook, overspends: bool) -> str:
    """What the move says beside the statement on a unit's year: ', or by about £78,000 with the
    £12,500 moved to it'; '' where none was moved.

    overspends  whether the statement says by how much it will
    """
    net = budgets.net(request, ledger.year, item.unit)
    if not net:
        return ""
    what = budgets.words(net)
    if not overspends or item.beyond is None:
        return f", without {what}"
    left = item.beyond - net
    if left <= 0:
        return f", which {what} covers"
    return f", or by {numbers.about_pounds(left)} {'with' if net > 0 else 'without'} {what}"
