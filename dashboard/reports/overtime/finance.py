"""The general finances of a unit: pay, overtime, premises, transport, supplies, income.

What is spent less what comes in is the net cost. A difference is over (above 0) where it
costs more than budgeted; for income that is less coming in than budgeted.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import (
    day_words,
    month_start,
    next_start,
    planning_year_start,
    planning_year_words,
)
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.spending.ledgers import ledger
from dashboard.reports.spending.outlook import outlook_of
from dashboard.words import dates, numbers

BRIEF = (
    *("label", "budget_gbp", "actual_gbp", "variance_gbp", "forecast_gbp"),
    *("off_forecast_gbp", "year_budget_gbp", "year_forecast_gbp"),
)  # where there is little room
HEADINGS = ("pay", "overtime", "premises", "transport", "supplies", "income")
INCOME = "income"
YEAR = 12  # months

# What the same overtime comes to elsewhere on the page stands beside it.
BOOKED = (
    "overtime here is what the finance ledger booked in these months, of the budget that it"
    " holds; under Budget stand the claims by the day worked, of their profile"
)
NO_FORECAST = "null: the ledger has no forecast of these months"
NO_YEAR = "null: the ledger has not all twelve months"


class Finance(TypedDict):
    """A heading, or the net of all, of the whole months known of the planning year.

    variance        what it costs over the budget; off_forecast: over the ledger's own forecast
    year_budget, year_forecast  of the whole year: actual to date, then the ledger's forecast
    share           actual of budget
    """

    heading: str
    label: str
    kind: str  # part or total
    budget_gbp: int
    actual_gbp: int
    variance_gbp: int
    forecast_gbp: Annotated[int | None, NO_FORECAST]
    off_forecast_gbp: Annotated[int | None, NO_FORECAST]
    year_budget_gbp: Annotated[int | None, NO_YEAR]
    year_forecast_gbp: Annotated[int | None, NO_YEAR]
    budget_pence: int
    actual_pence: int
    forecast_pence: Annotated[int | None, NO_FORECAST]
    share: Annotated[float | None, "null: nothing is budgeted"]


class Month(TypedDict):
    """A row of the query finance_months."""

    month: date
    unit_code: str
    heading: str
    budget_pence: int
    actual_pence: Annotated[int | None, "null: the month is not over"]
    forecast_pence: Annotated[int | None, "null: a part of it has none"]


class Pence(NamedTuple):
    """What one heading comes to in pence; None as Finance says."""

    budget: int
    actual: int
    forecast: int | None
    year_budget: int | None
    year_forecast: int | None


@kept(64)
def finances(request: Request, unit: str) -> Disclosed | None:
    """One row a heading and their net; None where no finances of the unit are loaded."""
    since = planning_year_start(month_start(request.as_at)).replace(year=request.as_at.year - 2)
    params = {"since": since, "until": next_start(request.as_at, "year")}
    every = rows.typed(Month, request.run("finance_months", **params))
    mine = [row for row in every if unit in (ours().directorate, row["unit_code"])]
    # A month that is not over has no actual figure yet, whatever stands in its cell.
    known = [row for row in mine if next_start(row["month"], "month") <= request.as_at]
    if not known:
        return None
    last = max(row["month"] for row in known)
    year = planning_year_start(last)
    held = {name: _heading(name, mine, year, last) for name in _headings(mine)}
    shown = _shown(request, held)
    whole = shown[-1]["year_forecast_gbp"] is not None
    rounding = words.rounding(
        [row["budget_gbp"] for row in shown], [row["actual_gbp"] for row in shown]
    )
    return request.disclose(
        rows.table(Finance, shown),
        title=_title(unit, shown[-1]),
        subtitle=f"{dates.span(year, last, 'month')}, planning year {planning_year_words(year)},"
        f" as at {day_words(request.as_at)}",
        notes=(*_notes(request, whole, _claimed(request, unit, year, last)), *rounding),
        query="finance_months",
        columns=BRIEF,
        params=params,
        unit=unit,
    )


def _headings(months: list[Month]) -> list[str]:
    seen = {row["heading"] for row in months}
    return [name for name in HEADINGS if name in seen] + sorted(seen - set(HEADINGS))


def _heading(name: str, months: list[Month], year: date, last: date) -> Pence:
    """Pence of one heading; income as money that takes from the cost, below 0."""
    end = next_start(year, "year")
    of_year = [row for row in months if row["heading"] == name and year <= row["month"] < end]
    gone = [row for row in of_year if row["month"] <= last]
    ahead = [row for row in of_year if row["month"] > last]
    side = -1 if name == INCOME else 1
    actual, forecast = (
        _sum([row["actual_pence"] for row in gone]),
        _sum([row["forecast_pence"] for row in gone]),
    )
    rest = _sum([row["forecast_pence"] for row in ahead])
    full = len({row["month"] for row in of_year}) == YEAR
    to_come = None if not full or rest is None or actual is None else actual + rest
    return Pence(
        budget=side * sum(row["budget_pence"] for row in gone),
        actual=side * (actual or 0),
        forecast=None if forecast is None else side * forecast,
        year_budget=side * sum(row["budget_pence"] for row in of_year) if full else None,
        year_forecast=None if to_come is None else side * to_come,
    )


def _sum(values: list[int | None]) -> int | None:
    """None where one of them is."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _shown(request: Request, held: dict[str, Pence]) -> list[Finance]:
    """The headings in whole pounds, and the net below them."""
    known = request.catalogue.values.get("finance_heading", {})
    every = list(held.values())
    net = Pence(
        budget=sum(exact.budget for exact in every),
        actual=sum(exact.actual for exact in every),
        forecast=_sum([exact.forecast for exact in every]),
        year_budget=_sum([exact.year_budget for exact in every]),
        year_forecast=_sum([exact.year_forecast for exact in every]),
    )
    return [
        *(_line(code, known.get(code) or code, "part", exact) for code, exact in held.items()),
        _line("net", "Net cost", "total", net),
    ]


def _line(code: str, label: str, kind: str, exact: Pence) -> Finance:
    off = None if exact.forecast is None else exact.actual - exact.forecast
    return {
        "heading": code,
        "label": label,
        "kind": kind,
        "budget_gbp": words.pounds(exact.budget),
        "actual_gbp": words.pounds(exact.actual),
        "variance_gbp": words.pounds(exact.actual - exact.budget),
        "forecast_gbp": words.whole_pounds(exact.forecast),
        "off_forecast_gbp": words.whole_pounds(off),
        "year_budget_gbp": words.whole_pounds(exact.year_budget),
        "year_forecast_gbp": words.whole_pounds(exact.year_forecast),
        "budget_pence": exact.budget,
        "actual_pence": exact.actual,
        "forecast_pence": exact.forecast,
        "share": exact.actual / exact.budget if exact.budget else None,
    }


def _title(unit: str, net: Finance) -> str:
    apart = net["variance_gbp"]
    side = "over" if apart >= 0 else "under"
    return (
        f"{unit} cost {numbers.pounds(net['actual_gbp'])} net,"
        f" {numbers.pounds(abs(apart))} {side} its budget"
    )


def _claimed(request: Request, unit: str, year: date, last: date) -> str:
    """What the claims of the same months come to, of what profile; '' where those are others."""
    year_ledger = ledger(request)
    if year_ledger is None or (year_ledger.year, year_ledger.until) != (
        year,
        next_start(last, "month"),
    ):
        return ""
    claims = outlook_of(year_ledger, unit)
    return f": {numbers.money(claims.spent)} of {numbers.money(claims.profiled)}"


def _notes(request: Request, whole_year: bool, claimed: str) -> tuple[str, ...]:
    said = [
        *words.illustrative(request),
        BOOKED + claimed,
        "income is shown as money that lowers the cost",
    ]
    if not whole_year:
        said.append("forecast: the ledger's own for these months; it has none of the whole year")
    return tuple(said)
