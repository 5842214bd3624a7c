"""What overtime is used for, operation by operation, and what it comes to an officer."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.request import Request
from dashboard.reports.spending.ledgers import Ledger, Month
from dashboard.words import numbers

MOST = 12  # operations listed; the rest are added up
NO_OPERATION = "none"

OPERATIONS = pa.schema(
    [
        *((name, pa.string()) for name in ("operation", "label")),
        *((name, pa.int64()) for name in ("spent_gbp", "n", "people", "pence")),
        ("hours", pa.float64()),
    ]
)
OFFICERS = pa.schema(
    [
        *((name, pa.string()) for name in ("unit_code", "unit_name")),
        *((name, pa.float64()) for name in ("budgeted", "there")),
        *((name, pa.float64()) for name in ("budget_gbp", "spent_gbp")),
        *((name, pa.float64()) for name in ("budget_hours", "hours")),
        ("months", pa.int64()),
    ]
)


def operations(request: Request, found: Ledger, unit: str) -> Disclosed:
    """The dearest operations, the others and what names none added up; not a ranking of units."""
    params = {"unit": unit, "since": found.year, "until": found.until}
    rows = request.run("overtime_operations", **params).to_pylist()
    named = [row for row in rows if row["operation"] != NO_OPERATION]
    bare = [row for row in rows if row["operation"] == NO_OPERATION]
    shown = [_operation(row["operation"], row["operation"], [row]) for row in named[:MOST]]
    if named[MOST:]:
        others = named[MOST:]
        shown.append(_operation("others", f"{len(others)} other operations", others))
    if bare:
        shown.append(_operation(NO_OPERATION, "no operation named", bare))
    for row in shown:
        row["spent_gbp"] = words.whole_pounds(row["pence"])
    part = sum(row["pence"] for row in named) / (sum(row["pence"] for row in rows) or 1)
    return request.disclose(
        pa.Table.from_pylist(shown, OPERATIONS),
        title=f"{numbers.figure(part, 'percent')} of {unit}'s overtime names its operation",
        subtitle=words.subtitle(found, request),
        query="overtime_operations",
        params=params,
        unit=unit,
    )


def _operation(code: str, label: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    # People of several operations are not added: one may have worked on more than one.
    people = rows[0]["people"] if len(rows) == 1 else None
    return {
        "operation": code,
        "label": label,
        "pence": sum(row["pence"] for row in rows),
        "hours": sum(row["hours"] for row in rows),
        "n": sum(row["n"] for row in rows),
        "people": people,
    }


def officers(request: Request, found: Ledger) -> Disclosed:
    """Money and hours an officer and month, budgeted and spent, one row a unit in order.

    there  officers budgeted times the share of posts filled; what is spent is over these
    """
    rows = [_officers(request, found, unit) for unit in found.units]
    return request.disclose(
        pa.Table.from_pylist([row for row in rows if row], OFFICERS),
        title=f"{numbers.money_word()} and hours an officer a month",
        subtitle=words.subtitle(found, request),
        notes=("officers are those budgeted, times the share of the unit's posts filled",),
        query="overtime_budget",
    )


def _officers(request: Request, found: Ledger, unit: str) -> dict[str, Any] | None:
    mine = [
        month
        for month in found.months
        if month.unit == unit and found.year <= month.start < found.until and month.people
    ]
    if not mine:
        return None
    people, there = _sum(mine, "people"), sum(_present(month) for month in mine)
    hours = None if any(month.hours is None for month in mine) else _sum(mine, "hours")
    return {
        "unit_code": unit,
        "unit_name": words.unit_words(request, unit),
        "budgeted": people / len(mine),
        "there": there / len(mine),
        "budget_gbp": _sum(mine, "profiled") / 100 / people,
        "spent_gbp": _sum(mine, "spent") / 100 / there if there else None,
        "budget_hours": None if hours is None else hours / people,
        "hours": _sum(mine, "worked") / there if there else None,
        "months": len(mine),
    }


def _sum(months: list[Month], name: str) -> float:
    return float(sum(getattr(month, name) for month in months))


def _present(month: Month) -> float:
    return (month.people or 0.0) if month.there is None else month.there
