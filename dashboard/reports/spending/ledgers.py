"""Overtime spent beside its budget in whole pence: by unit, branch, category and month.

A budget is set for a unit and month only. It is shared out by what the year before looked
like: between branches by their parts of the unit's cost, between categories by the
directorate's mix of the same month (so that Easter falls where it fell). Where nothing is
known of the year before, it stays whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.catalogue import Catalogue
from dashboard.periods import month_start, next_start, planning_year_start
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.spending.spent import Before, Part, Spent
from dashboard.stats import variance
from dashboard.stats.variance import Causes
from dashboard.words import names

WHOLE = "unassigned"  # branch or category of a budget that is not shared out


class Budgeted(TypedDict):
    """A row of the query overtime_budget: a unit's month."""

    month: date
    unit_code: str
    profiled_pence: int
    committed_pence: Annotated[int | None, "null: not said"]
    hours: Annotated[float | None, "null: not said"]
    people: Annotated[float | None, "null: not said"]
    posts: Annotated[float | None, "null: not loaded"]
    in_post: Annotated[float | None, "null: not loaded"]


@dataclass(frozen=True)
class Leaf:
    """The smallest part of a whole month: budget and spending in pence, and why they differ."""

    month: date
    unit: str
    branch: str
    category: str
    budget: int
    actual: int
    hours: Fraction
    causes: Causes


@dataclass(frozen=True)
class Month:
    """A unit's month as its budget has it; `spent` is 0 where the month is not over.

    hours, people  budgeted, None where the budget does not say
    there          people who may claim and whose posts are filled
    squares        sum of the claims' squared costs, in pounds
    """

    start: date
    unit: str
    profiled: int
    committed: int
    hours: Fraction | None
    people: float | None
    there: float | None
    spent: int = 0
    worked: Fraction = Fraction(0)
    squares: float = 0.0


@dataclass(frozen=True)
class Ledger:
    """All that is known of overtime for the planning year that starts at `year`.

    until     end (exclusive) of the last whole month known; the year before is in `months` too
    known_on  day on which the claims were last extracted
    changes   (day, words) of statutory rates that change within these months
    read      what the query of its claims was asked with
    """

    year: date
    until: date
    known_on: date
    leaves: tuple[Leaf, ...]
    months: tuple[Month, ...]
    changes: tuple[tuple[date, str], ...]
    read: tuple[tuple[str, date | str], ...] = ()

    @property
    def units(self) -> list[str]:
        """Codes of the units with a budget or spending this year."""
        inside = {month.unit for month in self.months if month.start >= self.year}
        return sorted(inside | {leaf.unit for leaf in self.leaves}, key=names.by_number)

    @property
    def periods(self) -> int:
        """How many whole months of the year are known."""
        return (self.until.year - self.year.year) * 12 + self.until.month - self.year.month

    @property
    def shared(self) -> bool:
        """Whether the budgets could be shared out between branches and categories."""
        return any(leaf.budget and leaf.category != WHOLE for leaf in self.leaves)


@kept(16)
def ledger(request: Request) -> Ledger | None:
    """The ledger of the planning year that the last whole month lies in; None without claims."""
    # Two years back: in its first month the last whole one may lie in the year that has just ended.
    first = planning_year_start(request.as_at).replace(year=request.as_at.year - 2)
    changes = _changes(request.catalogue, first)
    days = ",".join(day.isoformat() for day in sorted({first, *changes}))
    read: dict[str, date | str] = {"since": first, "until": request.as_at, "changes": days}
    claims = rows.typed(Spent, request.run("overtime_spent", **read))
    if not claims:
        return None
    known_on = claims[0]["known_on"]
    until = month_start(min(request.as_at, known_on + timedelta(days=1)))
    year = planning_year_start(until - timedelta(days=1))
    before = year.replace(year=year.year - 1)
    budgets = rows.typed(
        Budgeted, request.run("overtime_budget", since=before, until=next_start(year, "year"))
    )
    # Reading stops at the last whole month: a part of one has no whole profile beside it.
    claims = [row for row in claims if row["month"] < until]
    months = _months(budgets, claims)
    leaves = _leaves(request.catalogue, months, claims, year, until)
    end = next_start(year, "year")
    shown = tuple((day, words) for day, words in sorted(changes.items()) if year < day < end)
    return Ledger(year, until, known_on, tuple(leaves), tuple(months), shown, tuple(read.items()))


def _changes(catalogue: Catalogue, since: date) -> dict[date, str]:
    """Days from `since` on that a rate changes on, with words for a chart."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for rate in catalogue.rates:
        if rate.since >= since:
            by_day[rate.since].append(f"{rate.category.replace('_', ' ')} × {rate.multiplier:g}")
        if rate.until and rate.until >= since:
            by_day.setdefault(rate.until, [])
    return {day: ", ".join(words) or "a rate ends" for day, words in by_day.items()}


def multiplier(catalogue: Catalogue, category: str, day: date) -> float | None:
    """The multiple of plain time in force for a category on a day; None where none is."""
    for rate in catalogue.rates:
        begun = rate.category == category and rate.since <= day
        if begun and (rate.until is None or day < rate.until):
            return rate.multiplier
    return None


def _months(budgets: list[Budgeted], claims: list[Spent]) -> list[Month]:
    """One a unit and month with a budget or claims."""
    spent: dict[tuple[date, str], list[Spent]] = defaultdict(list)
    for row in claims:
        spent[row["month"], row["unit_code"]].append(row)
    held = {(row["month"], row["unit_code"]): row for row in budgets}
    return [_month(key, held.get(key), spent[key]) for key in sorted(held.keys() | spent.keys())]


def _month(key: tuple[date, str], budget: Budgeted | None, claims: list[Spent]) -> Month:
    start, unit = key
    bare = Month(
        start,
        unit,
        profiled=0,
        committed=0,
        hours=None,
        people=None,
        there=None,
        spent=sum(row["pence"] for row in claims),
        worked=sum((Fraction(row["hours"]) for row in claims), Fraction(0)),
        squares=sum(row["squares"] for row in claims),
    )
    if budget is None:
        return bare
    return replace(
        bare,
        profiled=budget["profiled_pence"],
        committed=budget["committed_pence"] or 0,
        hours=None if budget["hours"] is None else Fraction(budget["hours"]),
        people=budget["people"],
        there=_there(budget),
    )


def _there(row: Budgeted) -> float | None:
    """Budgeted people times the share of the unit's posts that is filled."""
    if row["people"] is None or not row["posts"] or row["in_post"] is None:
        return None
    return row["people"] * row["in_post"] / row["posts"]


def _leaves(
    catalogue: Catalogue, months: list[Month], claims: list[Spent], year: date, until: date
) -> Iterable[Leaf]:
    before = [row for row in claims if row["month"] < year]
    money, hours = Before.of(before, "pence"), Before.of(before, "hours")
    now: dict[tuple[date, str], list[Spent]] = defaultdict(list)
    for row in claims:
        if row["month"] >= year:
            now[row["month"], row["unit_code"]].append(row)
    for month in months:
        if year <= month.start < until:
            mine, of = now[month.start, month.unit], (month.unit, month.start.month)
            parts = money.shares(*of), hours.shares(*of)
            yield from _split(catalogue, month, mine, *parts, year)


def _split(
    catalogue: Catalogue,
    month: Month,
    claims: list[Spent],
    money: dict[Part, Fraction],
    hours: dict[Part, Fraction],
    year: date,
) -> Iterable[Leaf]:
    """A unit's month in its leaves; their budgets add up to the month's.

    money, hours  each part's share of the unit's budget
    """
    whole = not money or not sum(money.values())
    parts: dict[Part, list[Spent]] = defaultdict(list)
    for row in claims:
        parts[(WHOLE, WHOLE) if whole else (row["branch"], row["category"])].append(row)
    keys = sorted({*parts, *money} or {(WHOLE, WHOLE)})
    weights = [Fraction(1)] if whole else [money.get(key, Fraction(0)) for key in keys]
    for key, budget in zip(keys, variance.share_out(month.profiled, weights), strict=True):
        mine = parts[key]
        pence = sum(row["pence"] for row in mine)
        worked = sum((Fraction(row["hours"]) for row in mine), Fraction(0))
        planned = None
        if month.hours is not None:
            planned = month.hours * (Fraction(1) if whole else hours.get(key, Fraction(0)))
        causes = variance.decompose(
            budget,
            pence,
            hours=(planned, worked),
            people=(month.people, month.there),
            changed=sum(_of_rates(catalogue, row, year) for row in mine),
        )
        yield Leaf(month.start, month.unit, *key, budget, pence, worked, causes)


def _of_rates(catalogue: Catalogue, row: Spent, year: date) -> int:
    """Pence of a cost that a change of the rates since the year began put there."""
    then = multiplier(catalogue, row["category"], year)
    since = row["rate_since"]
    now = multiplier(catalogue, row["category"], since) if since else None
    if then is None or now is None or then == now:
        return 0
    return variance.of_changed_rates(row["pence"], then, now)
