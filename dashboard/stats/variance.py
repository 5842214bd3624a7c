"""Why money spent differs from its budget: causes that add up to the difference to the penny.

Money is whole pence, hours and people exact fractions, so that nothing is lost on the way.
The causes are taken off in a fixed order, each at what the ones after it were budgeted to be:

    people  more or fewer people than budgeted, at the budgeted hours each and cost an hour
    hours   more or fewer hours each, at the budgeted cost an hour
    rates   what a change of the statutory rates during the year put on the hours worked
    cost    the rest of the cost an hour: grades, and kinds of claim within the category
    other   all of it where there is no budget, or none in hours, to compare with

Another order would share the interplay of the causes out differently; the sum stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboard.errors import StatisticsError

Number = int | float | Fraction
NAMES = ("people", "hours", "rates", "cost", "other")


@dataclass(frozen=True)
class Causes:
    """Pence over (above 0) or under the budget, by cause."""

    people: int = 0
    hours: int = 0
    rates: int = 0
    cost: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        return self.people + self.hours + self.rates + self.cost + self.other

    def __add__(self, more: Causes) -> Causes:
        return Causes(*(getattr(self, name) + getattr(more, name) for name in NAMES))


def decompose(
    budget: int,
    actual: int,
    *,
    hours: tuple[Number | None, Number],
    people: tuple[Number | None, Number | None] = (None, None),
    changed: int = 0,
) -> Causes:
    """The causes of actual − budget (pence); their total is exactly that.

    hours    budgeted and actual; without budgeted hours nothing can be told apart
    people   budgeted and actual; unknown: as budgeted, so that all is hours each
    changed  pence of `actual` that are due to rates changed since the budget was set

    >>> decompose(1000_00, 1320_00, hours=(100, 120), people=(10, 9))
    Causes(people=-10000, hours=30000, rates=0, cost=12000, other=0)
    """
    budgeted, worked = hours
    if budget < 0 or worked < 0 or (budgeted is not None and budgeted < 0):
        raise StatisticsError(
            f"a budget and hours are 0 or more; got: {budget} pence, {budgeted} and {worked} hours"
        )
    if not budget or not budgeted:
        return Causes(other=actual - budget)
    of_people = round(budget * _ratio(people))
    of_hours = round(budget * Fraction(worked) / Fraction(budgeted))
    return Causes(
        people=of_people - budget,
        hours=of_hours - of_people,
        rates=changed,
        cost=actual - changed - of_hours,
    )


def of_changed_rates(pence: int, before: Number, after: Number) -> int:
    """Pence of a cost that are there because the multiple of plain time went from one to another.

    >>> of_changed_rates(150_00, 2, 1.5)  # at double time it would have been £200
    -5000
    """
    if before <= 0 or after <= 0:
        raise StatisticsError(f"a multiple of plain time is above 0; got: {before} and {after}")
    return pence - round(pence * Fraction(before) / Fraction(after))


def share_out(total: int, weights: Sequence[Number]) -> list[int]:
    """`total` in whole parts in proportion to weights of 0 or more; the parts add up to it.

    Each part is rounded down, and what is left goes, one each, to those that lost most by it;
    of equals the first.

    >>> share_out(100, [1, 1, 1])
    [34, 33, 33]
    """
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    if whole <= 0 or min(exact) < 0:
        raise StatisticsError("a sum is shared out by weights of 0 or more, one of them above 0")
    return _whole([total * weight / whole for weight in exact], total)


def rounded(parts: Sequence[int], to: int = 100, total: int | None = None) -> list[int]:
    """Parts in whole units of `to` (pounds of pence) that add up to their rounded total.

    total  in whole units, where it was rounded elsewhere: a difference of two rounded sums

    >>> rounded([1_50, 1_50, -20])  # £2.80 is £3
    [2, 1, 0]
    """
    exact = [Fraction(part, to) for part in parts]
    return _whole(exact, round(sum(exact)) if total is None else total)


def _whole(exact: Sequence[Fraction], total: int) -> list[int]:
    """Whole numbers near `exact` that add up to `total` (largest remainders first)."""
    floors = [value.numerator // value.denominator for value in exact]
    if not floors:
        return []
    # Where the total was rounded elsewhere, all of them may have to move first.
    each, missing = divmod(total - sum(floors), len(floors))
    # A stable sort: of equal remainders the first comes first.
    by_loss = sorted(range(len(exact)), key=lambda index: floors[index] - exact[index])
    gains = set(by_loss[:missing])
    return [value + each + (index in gains) for index, value in enumerate(floors)]


def _ratio(people: tuple[Number | None, Number | None]) -> Fraction:
    budgeted, there = people
    if not budgeted or there is None:
        return Fraction(1)
    return Fraction(there) / Fraction(budgeted)
