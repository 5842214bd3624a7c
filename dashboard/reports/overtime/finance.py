"""The general finances of a unit: pay, overtime, premises, transport, supplies, income.

What is spent less what comes in is the net cost. A difference is over (above 0) where it
costs more than budgeted; for income that is less coming in than budgeted.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import (
    day_words,
    month_start,
    next_start,
    planning_year_start,
    planning_year_words,
)
from dashboard.reports.kept import kept
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.request import Request
from dashboard.words import dates, numbers

HEADINGS = ("pay", "overtime", "premises", "transport", "supplies", "income")
INCOME = "income"
YEAR = 12  # months

ROWS = pa.schema(
    [
        *((name, pa.string()) for name in ("heading", "label", "kind")),
        *((f"{name}_gbp", pa.int64()) for name in ("budget", "actual", "variance")),
        *((f"{name}_gbp", pa.int64()) for name in ("forecast", "off_forecast")),
        *((f"{name}_gbp", pa.int64()) for name in ("year_budget", "year_forecast")),
        *((f"{name}_pence", pa.int64()) for name in ("budget", "actual", "forecast")),
        ("share", pa.float64()),
    ]
)
Row = dict[str, Any]


@kept(64)
def finances(request: Request, unit: str) -> Disclosed | None:
    """One row a heading and their net; None where no finances of the unit are loaded.

    budget, actual, forecast  of the whole months known of the planning year; the forecast is
                    the ledger's own for these months, null where it has none
    variance        what it costs over the budget; off_forecast: over the forecast
    year_budget, year_forecast  of the whole year: actual to date, then the ledger's forecast;
                    null unless the ledger has all twelve months
    """
    since = planning_year_start(month_start(request.as_at)).replace(year=request.as_at.year - 2)
    params = {"since": since, "until": next_start(request.as_at, "year")}
    rows = request.run("finance_months", **params).to_pylist()
    mine = [row for row in rows if unit in (ours().directorate, row["unit_code"])]
    # A month that is not over has no actual figure yet, whatever stands in its cell.
    known = [row for row in mine if next_start(row["month"], "month") <= request.as_at]
    if not known:
        return None
    last = max(row["month"] for row in known)
    year = planning_year_start(last)
    held = [_heading(name, mine, year, last) for name in _headings(mine)]
    shown = _shown(request, held)
    whole = shown[-1]["year_forecast_gbp"] is not None
    return request.disclose(
        pa.Table.from_pylist(shown, ROWS),
        title=_title(unit, shown[-1]),
        subtitle=f"{dates.span(year, last, 'month')}, planning year {planning_year_words(year)},"
        f" as at {day_words(request.as_at)}",
        notes=(*_notes(request, whole), *words.rounding(shown, ("budget_gbp", "actual_gbp"))),
        query="finance_months",
        params=params,
        unit=unit,
    )


def _headings(rows: list[Row]) -> list[str]:
    seen = {row["heading"] for row in rows}
    return [name for name in HEADINGS if name in seen] + sorted(seen - set(HEADINGS))


def _heading(name: str, rows: list[Row], year: date, last: date) -> Row:
    """Pence of one heading; income as money that takes from the cost, below 0."""
    end = next_start(year, "year")
    of_year = [row for row in rows if row["heading"] == name and year <= row["month"] < end]
    gone = [row for row in of_year if row["month"] <= last]
    ahead = [row for row in of_year if row["month"] > last]
    side = -1 if name == INCOME else 1
    actual, forecast = _sum(gone, "actual_pence"), _sum(gone, "forecast_pence")
    rest = _sum(ahead, "forecast_pence") if ahead else 0
    full = len({row["month"] for row in of_year}) == YEAR
    to_come = None if not full or rest is None or actual is None else actual + rest
    return {
        "heading": name,
        "budget": side * (_sum(gone, "budget_pence") or 0),
        "actual": side * (actual or 0),
        "forecast": None if forecast is None else side * forecast,
        "year_budget": side * (_sum(of_year, "budget_pence") or 0) if full else None,
        "year_forecast": None if to_come is None else side * to_come,
    }


def _sum(rows: list[Row], name: str) -> int | None:
    values = [row[name] for row in rows]
    return None if None in values else sum(values)


def _shown(request: Request, held: list[Row]) -> list[Row]:
    """The headings in whole pounds, and the net below them."""
    columns = ("budget", "actual", "forecast", "year_budget", "year_forecast")
    known = request.catalogue.values.get("finance_heading", {})
    lines: list[tuple[str, str, str, Row]] = [
        (row["heading"], known.get(row["heading"]) or row["heading"], "part", row) for row in held
    ]
    net = {name: _net([row[name] for row in held]) for name in columns}
    lines.append(("net", "Net cost", "total", net))
    return [
        _line(code, label, kind, exact, {name: words.whole_pounds(exact[name]) for name in columns})
        for code, label, kind, exact in lines
    ]


def _net(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _line(code: str, label: str, kind: str, exact: Row, pounds: Row) -> Row:
    forecast = exact["forecast"]
    row = {f"{name}_gbp": value for name, value in pounds.items()}
    return row | {
        "heading": code,
        "label": label,
        "kind": kind,
        "variance_gbp": words.whole_pounds(exact["actual"] - exact["budget"]),
        "off_forecast_gbp": words.whole_pounds(
            None if forecast is None else exact["actual"] - forecast
        ),
        **{f"{name}_pence": exact[name] for name in ("budget", "actual", "forecast")},
        "share": exact["actual"] / exact["budget"] if exact["budget"] else None,
    }


def _title(unit: str, net: Row) -> str:
    apart = net["variance_gbp"]
    side = "over" if apart >= 0 else "under"
    return (
        f"{unit} cost {numbers.pounds(net['actual_gbp'])} net,"
        f" {numbers.pounds(abs(apart))} {side} its budget"
    )


def _notes(request: Request, whole_year: bool) -> tuple[str, ...]:
    said = [
        *words.illustrative(request),
        "overtime here is what the ledger booked in the month, not the claims by the day worked",
        "income is shown as money that lowers the cost",
    ]
    if not whole_year:
        said.append("forecast: the ledger's own for these months; it has none of the whole year")
    return tuple(said)
