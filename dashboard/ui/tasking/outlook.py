"""Section 3 of the meeting: what is coming, and who can meet it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from dashboard.reports import Disclosed, Request
from dashboard.ui.kit import address, section
from dashboard.ui.kit.markup import Column, join, link, small, stack, strong, tag
from dashboard.ui.tasking.cells import Row, unit_page
from dashboard.words import numbers

OPEN = 5  # rows that stand open where no priority is in force
COMING = (
    Column("Measure"),
    Column("Last", "right"),
    Column("Next", "right"),
    Column("Four of five", "right", wrap=False),
)
PRESSURE = (
    Column("OCU"),
    Column("Alerts", "right"),
    Column("Overtime of profile"),
    Column("Posts vacant", "right", wrap=False),
)


def coming_cells(request: Request, rows: Iterable[Row]) -> list[list[Any]]:
    """Cells of the forecast: the measure with its priority, last, next and its band."""
    return [
        [
            stack(
                link(
                    address.link_to(
                        "ocu",
                        unit=unit_page(request, row["unit_code"], row["measure"]),
                        measure=row["measure"],
                        borough=None,
                    ),
                    strong(row["name"]),
                ),
                small(row["priority"]) if row["priority"] else None,
            ),
            numbers.number(row["last"]),
            strong(numbers.number(row["expected"], 0 if row["expected"] >= 10 else 1)),
            stack(
                numbers.span(row["low80"], row["high80"]),
                small(f"spread × {row['widened']:.2g}") if row["widened"] != 1 else None,
            ),
        ]
        for row in rows
    ]


def pressure_cells(rows: Iterable[Row]) -> list[list[Any]]:
    """Cells of pressure beside capacity; a unit over its profile is said so in words."""
    return [
        [
            join([strong(row["unit_code"]), small(row["unit_name"])], " "),
            _alerts(row),
            _overtime(row),
            row["posts_words"],
        ]
        for row in rows
    ]


def _alerts(row: Row) -> Any:
    if row["alerts"] is None:
        return small("not tested")
    watched = small(f" + {row['watched']} watched") if row["watched"] else ""
    return join([strong(row["alerts"]) if row["alerts"] else "0", watched], "")


def _overtime(row: Row) -> Any:
    over = row["overtime"] is not None and row["overtime"] > 1
    words = tag("span", "▲ over", class_="st bad") if over else None
    return join([item for item in (row["overtime_words"], words) if item], " ")


def coming(request: Request, found: Disclosed) -> None:
    """The next fortnight's band by priority."""
    with section.card("coming", "3 · What is coming?", found.title):
        listed = found.rows.to_pylist()
        cells: list[list[Any]] = []
        if listed:
            first = {row["priority"]: row for row in reversed(listed)}
            leading = [row for row in listed if row is first[row["priority"]]]
            cells = coming_cells(request, leading if len(leading) > 1 else listed[:OPEN])
            section.table(COMING, cells, caption=found.title)
        with section.actions("coming"):
            if len(listed) > len(cells):
                with st.popover(f"All {len(listed)}", type="tertiary"):
                    section.note(f"{found.subtitle}.", *found.notes)
                    section.table(COMING, coming_cells(request, listed), caption=found.title)
            section.why(found)
            section.downloads(found, "next-fortnight")


def pressure(found: Disclosed) -> None:
    """Pressure and capacity by OCU."""
    with section.card("pressure", "3 · Pressure and capacity", found.title):
        section.table(PRESSURE, pressure_cells(found.rows.to_pylist()), caption=found.title)
        with section.actions("pressure"):
            section.note("; ".join(found.notes), inline=True)
            section.why(found)
            section.downloads(found, "pressure-and-capacity")
