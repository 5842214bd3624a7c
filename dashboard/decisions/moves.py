"""Resources moved from unit to unit: officers, hours and what their overtime costs, and budget.

One rate an hour and one sum serve both sides, so that what one unit gives the other gets, and a
move and its reverse cancel to the penny.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from dashboard.catalogue import Catalogue
from dashboard.decisions.kept import KeptMove
from dashboard.errors import NotFoundError, UsageError

PENNY = Decimal("0.01")
NOTHING = Decimal("0.00")
MOST_HOURS = Decimal(100_000)
MOST_GBP = Decimal(1_000_000_000)


@dataclass(frozen=True)
class Move:
    """Officers lent by one unit to another, with the overtime hours that it costs; or budget.

    plain_gbp   of one plain hour; multiplier  of the overtime category on the meeting's day
    budget_gbp  of the year's overtime budget, given by one to the other
    """

    giver: str
    taker: str
    officers: int
    hours: Decimal
    category: str
    plain_gbp: Decimal
    multiplier: Decimal
    budget_gbp: Decimal = NOTHING

    @property
    def lent_gbp(self) -> Decimal:
        """What the hours lent are worth at their rate, to the penny."""
        worth = self.hours * self.plain_gbp * self.multiplier
        return worth.quantize(PENNY, rounding=ROUND_HALF_UP)

    @property
    def cost_gbp(self) -> Decimal:
        """Hours at their rate, and the budget moved, to the penny."""
        return self.lent_gbp + self.budget_gbp

    def reverse(self) -> Move:
        """The same officers and hours back again."""
        return replace(self, giver=self.taker, taker=self.giver)

    def kept(self) -> KeptMove:
        """As the store holds it."""
        kept: KeptMove = {
            "giver": self.giver,
            "taker": self.taker,
            "officers": self.officers,
            "hours": str(self.hours),
            "category": self.category,
            "plain_gbp": str(self.plain_gbp),
            "multiplier": str(self.multiplier),
            "cost_gbp": str(self.cost_gbp),
        }
        if self.budget_gbp:
            kept["budget_gbp"] = str(self.budget_gbp)
        return kept


def move(
    catalogue: Catalogue, day: date, said: Mapping[str, Any], plain_gbp: Decimal | None = None
) -> Move:
    """The move that somebody asks for, at the rate in force on `day`.

    plain_gbp  of an hour, where `said` has none of its own
    raises     UsageError for what can't be moved; NotFoundError for a unit or category
    """
    giver, taker = said.get("giver"), said.get("taker")
    for code in (giver, taker):
        if code not in catalogue.units:
            raise NotFoundError("unit", str(code), tuple(catalogue.units))
    if giver == taker:
        raise UsageError(f"{giver} can't lend to itself")
    officers = said.get("officers") or 0
    hours = amount(said.get("hours") or 0, "hours")
    if not isinstance(officers, int) or officers < 0 or not 0 <= hours <= MOST_HOURS:
        raise UsageError("officers and hours of a move are numbers from 0")
    budget = pounds(said.get("budget_gbp") or 0)
    if not officers and not hours and not budget:
        raise UsageError("a move has officers, hours or budget")
    plain = amount(said.get("plain_gbp") or plain_gbp or 0, "the plain rate")
    category = said.get("category") or "planned"
    return Move(
        str(giver),
        str(taker),
        officers,
        hours,
        category,
        plain,
        multiplier(catalogue, category, day),
        budget,
    )


def pounds(said: Any) -> Decimal:
    """A sum as it was typed; raises UsageError for what is none, or has parts of a penny."""
    value = amount(str(said).replace(",", "").strip().lstrip("£"), "a budget moved")
    if value > MOST_GBP or value != value.quantize(PENNY):
        raise UsageError(f"a budget moved is pounds and whole pence; got: {said!r}")
    return value.quantize(PENNY)


def multiplier(catalogue: Catalogue, category: str, day: date) -> Decimal:
    """Plain hours that an hour of a category costs on a day.

    raises  NotFoundError with the categories there are
    """
    for rate in catalogue.rates:
        begun = rate.since <= day and (rate.until is None or day < rate.until)
        if rate.category == category and begun:
            return Decimal(str(rate.multiplier))
    known = sorted({rate.category for rate in catalogue.rates})
    raise NotFoundError("overtime rate on that day", category, known)


def amount(said: Any, what: str) -> Decimal:
    """A number of hours or pounds; raises UsageError for what is none."""
    try:
        value = Decimal(str(said))
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or value < 0:
        raise UsageError(f"{what} is a number from 0; got: {said!r}")
    return value


def balance(moves: Iterable[Move]) -> dict[str, tuple[int, Decimal, Decimal]]:
    """Officers, hours and pounds that each unit gains (below 0: gives), by its code."""
    by_unit: dict[str, tuple[int, Decimal, Decimal]] = {}
    for item in moves:
        for unit, sign in ((item.giver, -1), (item.taker, 1)):
            officers, hours, cost = by_unit.get(unit, (0, Decimal(0), Decimal("0.00")))
            by_unit[unit] = (
                officers + sign * item.officers,
                hours + sign * item.hours,
                cost + sign * item.cost_gbp,
            )
    return by_unit


def kept_moves(kept: Iterable[KeptMove] | None) -> list[Move]:
    """The moves that the store holds."""
    return [
        Move(
            giver=row["giver"],
            taker=row["taker"],
            officers=int(row["officers"]),
            hours=Decimal(row["hours"]),
            category=row["category"],
            plain_gbp=Decimal(row["plain_gbp"]),
            multiplier=Decimal(row["multiplier"]),
            budget_gbp=Decimal(row.get("budget_gbp") or NOTHING),
        )
        for row in kept or ()
    ]
