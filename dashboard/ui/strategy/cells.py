"""Rows of the strategic reports as cells of the page's tables. Pure but for links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.charts.strategy import figure
from dashboard.reports import Request
from dashboard.reports.decisions.board import Decided
from dashboard.reports.strategy.achieved import STATES, Achieved, by_state
from dashboard.reports.strategy.priorities import Priority
from dashboard.ui.kit import address, markup
from dashboard.ui.kit.markup import Column, Html, join, link, small, stack, strong, tag
from dashboard.ui.kit.series import to_series
from dashboard.words import dates, numbers
from dashboard.words.figures import FIGURE_OF

ACHIEVED = (
    Column("Priority"),
    Column("Decisions", "right"),
    *(Column(words, "right") for words in STATES.values()),
    Column("Cost", "right"),
)
RESULTS = (Column("Decided", wrap=False), Column("What"), Column("What came of it"))


def priority_columns(rows: list[Priority]) -> list[Column]:
    """Heads of the priorities' table, a year a column."""
    years = rows[0]["years"] if rows else []
    return [
        Column("Measure"),
        *(Column(words, "right", wrap=False) for words in years),
        Column("So far", "right"),
        Column("Target", "right"),
        Column("Year’s end"),
    ]


def priorities(request: Request, rows: Iterable[Priority]) -> list[list[Any]]:
    """A measure a line, its priority named where it begins, each a link to its own series."""
    lines, before = [], None
    for row in rows:
        name = row["priority"] if row["priority"] != before else ""
        before = row["priority"]
        measure = to_series(request, row["measure"], row["name"], row[FIGURE_OF])
        lines.append(
            [
                stack(
                    strong(name) if name else None,
                    join([measure, small(row["scope"] or row["unit_code"])]),
                ),
                *(_year(row, at) for at in range(len(row["years"]))),
                stack(markup.figure(row["figure"], row), small(row["period_words"] or "")),
                small(row["target_words"] or "no target"),
                _end(row),
            ]
        )
    return lines


def _year(row: Priority, at: int) -> Html | str:
    said = figure(row["values"][at], row["unit"])
    return small(said) if row["broken"][at] else said


def _end(row: Priority) -> Html | str:
    if not row["verdict"]:
        return "–"
    return tag("span", row["verdict"], class_=f"said {row['tone'] or 'quiet'}")


def achieved(rows: Iterable[Achieved]) -> list[list[Any]]:
    """A priority a line: its decisions by what came of them."""
    return [
        [
            row["priority"],
            strong(numbers.number(row["n"])),
            *map(numbers.number, by_state(row).values()),
            numbers.pounds(row["cost_gbp"]),
        ]
        for row in rows
    ]


def results(rows: Iterable[Decided]) -> list[list[Any]]:
    """A decision with a result a line."""
    return [
        [
            dates.day(row["meeting"], weekday=False),
            stack(
                link(address.link_to("decisions", decision=row["id"]), row["what"]),
                small(row["priority"]) if row["priority"] else None,
            ),
            row["result"],
        ]
        for row in rows
    ]
