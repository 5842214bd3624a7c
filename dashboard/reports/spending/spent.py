"""Overtime claims by month, branch and category; how a unit's budget is shared out by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, TypedDict

Part = tuple[str, str]  # branch and category


class Spent(TypedDict):
    """A row of the query overtime_spent: a month's claims under the rates since a day.

    squares   sum of their squared costs, in pounds
    known_on  day on which the claims were last extracted
    """

    month: date
    unit_code: str
    branch: str
    category: str
    rate_since: Annotated[date | None, "null: before all rates that are known"]
    pence: int
    hours: float
    squares: float
    known_on: date


@dataclass(frozen=True)
class Before:
    """What the year before came to: of a unit by branch, of a month of the year by category."""

    branches: dict[str, dict[str, Fraction]]
    mix: dict[int, dict[str, Fraction]]

    @classmethod
    def of(cls, claims: Iterable[Spent], figure: Literal["pence", "hours"]) -> Before:
        branches: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
        mix: dict[int, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
        for row in claims:
            worth = Fraction(row[figure])
            branches[row["unit_code"]][row["branch"]] += worth
            mix[row["month"].month][row["category"]] += worth
        return cls(branches, mix)

    def shares(self, unit: str, month: int) -> dict[Part, Fraction]:
        """Each part's share of a unit's budget of a month (1 to 12); {} where nothing was spent."""
        branches = self.branches.get(unit, {})
        mix = self.mix.get(month, {})
        size = sum(branches.values()) * sum(mix.values())
        if not size:
            return {}
        return {(b, c): x * y / size for b, x in branches.items() for c, y in mix.items()}
