"""Where a unit's overtime will end the year, and how likely that is over its budget.

The year goes on as it began, at the pace of the profile: spent over the profile's share of
the year that has gone. The band is dashboard.stats.year_end's; its dispersion is that of the
claims themselves (dear ones weigh more than a count of them would say) or of the months
about their profile, whichever is larger.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dashboard.catalogue import ours
from dashboard.periods import planning_year_start
from dashboard.reports.spending.ledgers import Ledger, Month
from dashboard.stats import year_end
from dashboard.stats.variance import share_out

FIRST_PERIOD = 3  # a forecast after fewer months of the year was not believed in [OT-Jun05]
PENCE = 100


@dataclass(frozen=True)
class Outlook:
    """A unit's year in pence.

    budget, profiled  of the year, and of the whole months known
    committed   for the months still to come
    forecast, low, high  the year's end and its 80 % band; None where it is too early, the band
                None too where the year is over
    over        chance, from 0 to 1, that it ends above its budget; None without a band
    pace        spent over profiled so far; None without a profile
    """

    unit: str
    budget: int
    profiled: int
    spent: int
    committed: int
    forecast: int | None
    low: int | None
    high: int | None
    over: float | None
    pace: float | None

    @property
    def beyond(self) -> int | None:
        """Forecast less budget."""
        return None if self.forecast is None else self.forecast - self.budget


def outlooks(ledger: Ledger) -> list[Outlook]:
    """One a unit, the largest expected overspend first (too early: the largest so far)."""
    unit_outlooks = [outlook(ledger, unit) for unit in ledger.units]
    return sorted(unit_outlooks, key=lambda item: (_size(item), item.unit), reverse=True)


def _size(item: Outlook) -> int:
    return item.spent - item.profiled if item.beyond is None else item.beyond


def total(ledger: Ledger, parts: list[Outlook], unit: str) -> Outlook:
    """The parts together: figures added up, the band that of the whole about that sum."""
    whole = _outlook(ledger, unit, list(ledger.months))
    sums = {
        name: sum(getattr(part, name) for part in parts)
        for name in ("budget", "profiled", "spent", "committed")
    }
    known = [part.forecast for part in parts if part.forecast is not None]
    if whole.forecast is None or len(known) < len(parts):
        return replace(whole, **sums, forecast=None, low=None, high=None, over=None)
    moved = sum(known) - whole.forecast
    low = None if whole.low is None else whole.low + moved
    high = None if whole.high is None else whole.high + moved
    return replace(whole, **sums, forecast=sum(known), low=low, high=high)


def outlook_of(ledger: Ledger, unit: str) -> Outlook:
    """The year of the directorate or of one of its units."""
    if unit == ours().directorate:
        return total(ledger, outlooks(ledger), unit)
    return outlook(ledger, unit)


def outlook(ledger: Ledger, unit: str) -> Outlook:
    """A unit's year."""
    return _outlook(ledger, unit, [month for month in ledger.months if month.unit == unit])


def branches(ledger: Ledger, unit: str) -> list[Outlook]:
    """A unit's branches, the furthest over its profile first: each its share of the unit's
    budget, and its own pace. None where the budget could not be shared out."""
    months = [month for month in ledger.months if month.unit == unit]
    leaves = [leaf for leaf in ledger.leaves if leaf.unit == unit]
    codes = sorted({leaf.branch for leaf in leaves})
    profiled = [sum(leaf.budget for leaf in leaves if leaf.branch == code) for code in codes]
    whole = _outlook(ledger, unit, months)
    if not ledger.shared or not sum(profiled):
        return []
    rest = share_out(whole.budget - whole.profiled, profiled)
    committed = share_out(whole.committed, profiled)
    branch_outlooks = []
    for index, code in enumerate(codes):
        part = replace(
            whole,
            unit=code,
            budget=profiled[index] + rest[index],
            profiled=profiled[index],
            spent=sum(leaf.actual for leaf in leaves if leaf.branch == code),
            committed=committed[index],
        )
        branch_outlooks.append(with_forecast(ledger, part, months))
    return sorted(
        branch_outlooks, key=lambda item: (item.spent - item.profiled, item.unit), reverse=True
    )


def _outlook(ledger: Ledger, unit: str, months: list[Month]) -> Outlook:
    year = [month for month in months if month.start >= ledger.year]
    gone = [month for month in year if month.start < ledger.until]
    ahead = [month for month in year if month.start >= ledger.until]
    codes = {month.unit for month in year} | {unit}
    # What is spent without any budget is spent all the same.
    spent = sum(leaf.actual for leaf in ledger.leaves if leaf.unit in codes)
    bare = Outlook(
        unit,
        budget=sum(month.profiled for month in year),
        profiled=sum(month.profiled for month in gone),
        spent=spent,
        committed=sum(month.committed for month in ahead),
        forecast=None,
        low=None,
        high=None,
        over=None,
        pace=None,
    )
    return with_forecast(ledger, bare, months)


def with_forecast(ledger: Ledger, bare: Outlook, months: list[Month]) -> Outlook:
    pace = bare.spent / bare.profiled if bare.profiled else None
    made = replace(bare, pace=pace, forecast=None, low=None, high=None, over=None)
    if ledger.periods >= 12:
        return replace(made, forecast=bare.spent)
    share = bare.profiled / bare.budget if bare.budget else 0.0
    if ledger.periods < FIRST_PERIOD or not 0 < share < 1:
        return made
    phi, so_far = dispersion(ledger, months), bare.spent / PENCE
    projection = year_end.project(so_far, share, phi)
    chance = 1 - year_end.chance_at_most(so_far, share, bare.budget / PENCE, phi)
    # No year ends below what is spent and committed.
    least = bare.spent + bare.committed
    forecast, low, high = (
        max(round(value * PENCE), least)
        for value in (projection.projected, projection.low80, projection.high80)
    )
    return replace(made, forecast=forecast, low=low, high=high, over=chance)


def dispersion(ledger: Ledger, months: list[Month]) -> float:
    """Variance over mean of a month's cost in pounds; at least 1.

    By the claims: mean of squares over mean. By the months: about the profile, at each
    planning year's own pace.
    """
    known = [month for month in months if month.start < ledger.until]
    spent = sum(month.spent for month in known) / PENCE
    by_claims = sum(month.squares for month in known) / spent if spent else 1.0
    return max(1.0, by_claims, _by_months(known))


def _by_months(known: list[Month]) -> float:
    years: dict[date, dict[date, tuple[float, float]]] = {}
    for month in known:
        held = years.setdefault(planning_year_start(month.start), {})
        spent, profiled = held.get(month.start, (0.0, 0.0))
        held[month.start] = (spent + month.spent / PENCE, profiled + month.profiled / PENCE)
    squares, free = 0.0, 0
    for held in years.values():
        spent, profiled = (sum(pair[side] for pair in held.values()) for side in (0, 1))
        if not spent or not profiled or len(held) < 2:
            continue
        expected = [(cost, of * spent / profiled) for cost, of in held.values() if of]
        squares += sum((cost - mean) ** 2 / mean for cost, mean in expected)
        free += len(expected) - 1
    return squares / free if free else 0.0
