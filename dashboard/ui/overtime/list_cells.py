"""Rows of exceptions, outcomes and finances as cells of their tables. Pure but for links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.charts import spark
from dashboard.decisions.fields import STAR_CHAMBER
from dashboard.reports import Request
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.overtime.exceptions import Broken, Claim, Explained
from dashboard.reports.overtime.finance import Finance
from dashboard.reports.overtime.outcomes import Beside
from dashboard.ui.kit import address, icons
from dashboard.ui.kit.markup import MISSING, Column, Html, join, link, picture, small, stack, strong
from dashboard.ui.overtime.cells import PAGE, code_and_name, signed
from dashboard.words import dates, numbers, status

SUMMARY = (Column("Rule"), Column("Claims", "right"), Column("Money", "right"))
LISTED = (
    Column("Rule", wrap=False),
    Column("Worked", wrap=False),
    Column("Unit", wrap=False),
    Column("Person", wrap=False),
    Column("Category and duty"),
    Column("Operation"),
    Column("Hours", "right"),
    Column("Money", "right"),
)
BESIDE = (
    Column("Unit"),
    Column("Overtime by month"),
    Column("Last three", "right"),
    Column("First measure of the plan, by month"),
    Column("Last three", "right"),
)
FINANCES = (
    Column("Heading"),
    Column("Budget", "right"),
    Column("Actual", "right"),
    Column("Over budget", "right"),
    Column("Forecast", "right"),
    Column("Over forecast", "right"),
)
YEAR = (Column("Year's budget", "right"), Column("Year's forecast", "right"))


def summary(rows: Iterable[Explained], chosen: str | None, unit: str | None) -> list[list[Any]]:
    """Cells of the rules; each opens its own list, the chosen one all of them.

    unit  on whose claims the reader may decide; None for a reader who does not
    """
    return [
        [
            stack(
                link(
                    address.link_to(
                        PAGE,
                        tab="exceptions",
                        rule=None if row["rule"] == chosen else row["rule"],
                    ),
                    strong(row["label"]),
                ),
                small(row["meaning"]),
                small(said) if (said := row.get("explanation")) else None,
                _decide(row, unit) if unit and row["n"] else None,
            ),
            numbers.number(row["n"]),
            numbers.pounds(row["gbp"]),
        ]
        for row in rows
    ]


def _decide(row: Broken, unit: str) -> Html:
    href = address.link_to(
        "decisions", **{"raise": STAR_CHAMBER}, unit=unit, rule=row["rule"], tab=None
    )
    return link(href, "Decide", label=f"Decide on {row['label']} of {unit}")


def listed(request: Request, rows: Iterable[Claim]) -> list[list[Any]]:
    """Cells of the worklist; codes in the catalogue's words."""
    duties = request.catalogue.values.get("overtime_duty", {})
    return [
        [
            row["label"],
            dates.day(row["worked_on"], weekday=False),
            row["branch"] or row["unit_code"],
            row["staff_ref"] or MISSING,
            join(
                [
                    words.category_words(request, row["category"]),
                    small(duties.get(row["duty"] or "", MISSING).lower()),
                ],
                " · ",
            ),
            row["operation"] or status.NONE,
            stack(
                numbers.number(row["hours"], 2),
                small(f"{numbers.number(row['day_hours'], 2)} that day")
                if row["rule"] == "over_a_day"
                else None,
            ),
            numbers.pounds(row["gbp"]),
        ]
        for row in rows
    ]


def beside(rows: list[Beside]) -> list[list[Any]]:
    """One line a unit: its overtime, then its first measure, each against its usual range."""
    by_unit: dict[str, dict[str, Beside]] = {}
    for row in rows:
        by_unit.setdefault(row["unit_code"], {})[row["series"]] = row
    return [
        [
            link(
                address.link_to(PAGE, unit=code, tab="outcomes"),
                code_and_name(code, pair["overtime"]["unit_name"]),
                label=pair["overtime"]["unit_name"],
            ),
            _spark(pair["overtime"]),
            _last(pair["overtime"]),
            _outcome(pair.get("outcome")),
            _last(pair["outcome"]) if "outcome" in pair else MISSING,
        ]
        for code, pair in by_unit.items()
    ]


def _outcome(row: Beside | None) -> Html:
    if row is None:
        return small("no measure of its own by the month")
    return stack(small(row["name"]), _spark(row))


def _last(row: Beside) -> Html:
    usual = f"usual {row['usual_said']}" if row["usual_said"] else None
    icon = icons.status(row["variation"], both=False) if row["variation"] else None
    return stack(strong(row["last_said"]), small(usual) if usual else None, icon)


def _spark(row: Beside) -> Html:
    low, high = row["lower"], row["upper"]
    band = None if low is None or high is None else (low, high)
    label = f"{row['name']}, {row['unit_name']}: {row['last_said']} in the last three months"
    drawing = spark.svg(
        row["values"],
        label=label,
        expected=row["mean"],
        band=band,
        stands_out=row["variation"] not in ("", "common"),
        width=230,
    )
    return picture(drawing, label)


def finances(rows: list[Finance]) -> tuple[list[Column], list[list[Any]]]:
    """Heads and cells; the whole year's only where the ledger has it."""
    whole = any(row["year_budget_gbp"] is not None for row in rows)
    cells = [
        [
            row["label"],
            numbers.pounds(row["budget_gbp"]),
            numbers.pounds(row["actual_gbp"]),
            strong(signed(row["variance_gbp"])),
            numbers.pounds(row["forecast_gbp"]),
            signed(row["off_forecast_gbp"]),
            *([numbers.pounds(row["year_budget_gbp"])] * whole),
            *([numbers.pounds(row["year_forecast_gbp"])] * whole),
        ]
        for row in rows
    ]
    return [*FINANCES, *(YEAR * whole)], cells
