"""What overtime is used for, operation by operation, and what it comes to an officer."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import next_start
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.request import Request
from dashboard.reports.spending.ledgers import Ledger, Month
from dashboard.words import numbers

OFFICERS = (
    *("unit_name", "budgeted", "there", "budget_gbp", "spent_gbp", "budget_hours", "hours"),
)  # where there is little room
BRIEF = ("label", "spent_gbp", "hours", "n", "people")  # where there is little room
MOST = 12  # operations listed; the rest are added up
NO_OPERATION = "none"


class Operation(TypedDict):
    """What an operation cost, or several of them."""

    operation: str
    label: str
    spent_gbp: int
    n: int  # claims
    people: Annotated[int | None, "null: of several; one may have worked on more than one"]
    pence: int
    hours: float


class Claimed(TypedDict):
    """A row of the query overtime_operations."""

    operation: str
    pence: int
    hours: float
    n: int
    people: int


class Officers(TypedDict):
    """Money and hours an officer and month of a unit; there: officers budgeted times the share of
    posts filled, over whom is reckoned what is spent."""

    unit_code: str
    unit_name: str
    budgeted: float
    there: float
    budget_gbp: float
    spent_gbp: Annotated[float | None, "null: nobody is there"]
    budget_hours: Annotated[float | None, "null: the budget does not say"]
    hours: Annotated[float | None, "null: nobody is there"]
    months: int


def operations(request: Request, ledger: Ledger, unit: str) -> Disclosed:
    """The dearest operations, the others and what names none added up; not a ranking of units."""
    params = {"unit": unit, "since": ledger.year, "until": ledger.until}
    every = rows.typed(Claimed, request.run("overtime_operations", **params))
    named = [row for row in every if row["operation"] != NO_OPERATION]
    bare = [row for row in every if row["operation"] == NO_OPERATION]
    shown = [_operation(row["operation"], row["operation"], [row]) for row in named[:MOST]]
    if named[MOST:]:
        others = named[MOST:]
        shown.append(_operation("others", f"{len(others)} other operations", others))
    if bare:
        shown.append(_operation(NO_OPERATION, "no operation named", bare))
    part = sum(row["pence"] for row in named) / (sum(row["pence"] for row in every) or 1)
    return request.disclose(
        rows.table(Operation, shown),
        title=f"{numbers.figure(part, 'percent')} of {unit}'s overtime names its operation",
        subtitle=words.subtitle(ledger, request),
        query="overtime_operations",
        columns=BRIEF,
        params=params,
        unit=unit,
    )


def _operation(code: str, label: str, claimed: list[Claimed]) -> Operation:
    pence = sum(row["pence"] for row in claimed)
    return {
        "operation": code,
        "label": label,
        "spent_gbp": words.pounds(pence),
        "n": sum(row["n"] for row in claimed),
        "people": claimed[0]["people"] if len(claimed) == 1 else None,
        "pence": pence,
        "hours": sum(row["hours"] for row in claimed),
    }


def officers(request: Request, ledger: Ledger) -> Disclosed:
    """Money and hours an officer and month, budgeted and spent, one row a unit in order."""
    every = [_officers(request, ledger, unit) for unit in ledger.units]
    return request.disclose(
        rows.table(Officers, [row for row in every if row]),
        title=f"{numbers.money_word()} and hours an officer a month",
        subtitle=words.subtitle(ledger, request),
        notes=("officers are those budgeted, times the share of the unit's posts filled",),
        query="overtime_budget",
        params={
            "since": ledger.year.replace(year=ledger.year.year - 1),
            "until": next_start(ledger.year, "year"),
        },
        columns=OFFICERS,
    )


def _officers(request: Request, ledger: Ledger, unit: str) -> Officers | None:
    mine = [
        month
        for month in ledger.months
        if month.unit == unit and ledger.year <= month.start < ledger.until and month.people
    ]
    if not mine:
        return None
    people, there = _sum(month.people for month in mine), sum(_present(month) for month in mine)
    told = all(month.hours is not None for month in mine)
    hours = _sum(month.hours for month in mine) if told else None
    return {
        "unit_code": unit,
        "unit_name": words.unit_words(request, unit),
        "budgeted": people / len(mine),
        "there": there / len(mine),
        "budget_gbp": _sum(month.profiled for month in mine) / 100 / people,
        "spent_gbp": _sum(month.spent for month in mine) / 100 / there if there else None,
        "budget_hours": None if hours is None else hours / people,
        "hours": _sum(month.worked for month in mine) / there if there else None,
        "months": len(mine),
    }


def _sum(values: Iterable[float | Fraction | None]) -> float:
    return float(sum(value or 0 for value in values))


def _present(month: Month) -> float:
    return (month.people or 0.0) if month.there is None else month.there
