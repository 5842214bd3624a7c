"""The day-and-week view of a unit's page: its morning review."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import rows
from dashboard.charts import spark
from dashboard.reports import Disclosed, Request
from dashboard.reports.unit import day
from dashboard.reports.unit import waiting as waits
from dashboard.reports.unit.part import branch_of
from dashboard.reports.unit.records import Faulty
from dashboard.ui.kit import address, paging, views
from dashboard.ui.kit.markup import (
    MISSING,
    Column,
    Html,
    big,
    join,
    link,
    picture,
    small,
    stack,
    strong,
    tag,
)
from dashboard.ui.kit.section import Grid, card, html, note, section
from dashboard.ui.shell.incidents import guard
from dashboard.ui.unit import cells, part_cells
from dashboard.ui.unit.sections import PART
from dashboard.words import dates, numbers, status

LIST_HEIGHT = 420  # pixels
CAME_PAGE, WAITS_PAGE = "came_page", "waits_page"  # words of the address
FIRST = "first"  # its word for the order of what waits
ORDERS = {"oldest": "Oldest first", waits.NEWEST: "Newest first"}
CAME = (
    Column("Kind"),
    Column("Last day", "right"),
    Column("Seven days", "right"),
    Column("Weeks before", "right", wrap=False),
    Column("", words="27 weeks as a line"),
    Column("Against its own weeks"),
    Column("Where"),
)
ARRIVED = (
    Column("Reference", wrap=False),
    Column("Reported", wrap=False),
    Column("Branch", wrap=False),
    Column("Kind"),
    Column("Area"),
    Column("Status"),
)
SIGNS = {"first": "▲", "most": "▲", "fewest": "▼", "": "●"}


def found(request: Request, unit: str) -> Disclosed | None:
    """What came in, whose title heads the page; None where no day of the unit is to be had."""
    return None if day.why_no_day(request, unit) else day.came(request, unit)


def nothing(unit: str) -> str:
    """What heads the page instead."""
    return f"{unit}: its work is not told by the day"


def page(request: Request, unit: str, came: Disclosed | None) -> None:
    """What came in and what is unusual in it; below it the reports, and what waits."""
    if came is None:
        with card("came", "Day and week"):
            note(day.why_no_day(request, unit))
            measures = link(address.link_to("ocu", unit=unit), f"The measures of {unit}")
            due = link(
                address.link_to("accountability", unit=unit),
                f"What is overdue of {unit}: reviews, recommendations, visits",
            )
            html(tag("p", join([measures, due], " · ")))
        return
    kinds = [_came(row) for row in rows.typed(day.Came, came.rows)]
    section(
        came,
        "came",
        title="What came in, by kind",
        subtitle=came.subtitle,
        grid=Grid(CAME, kinds, cards=True),
        notes=came.plain_notes,
    )
    left, right = st.columns([0.5, 0.5], gap="small")
    branch = branch_of(request, st.query_params.get(PART), unit)
    with left, guard():
        arrived(request, unit, branch)
    with right, guard():
        waiting(request, unit, branch)


def arrived(request: Request, unit: str, branch: str | None) -> None:
    """The reports of the seven days, to who may open them; `branch` whose alone."""
    if closed := request.closed(unit):
        with card("arrived", "What came in"):
            note(closed)
        return
    page = paging.asked(CAME_PAGE)
    arrivals = day.arrived(request, unit, page, branch)
    areas, offences = request.catalogue.areas, request.catalogue.offences
    reports = [
        [
            row["crime_ref"],
            dates.day(row["reported_on"], year=False),
            row["branch"] or MISSING,
            offences[row["offence"]].name if row["offence"] in offences else row["offence"],
            areas[row["borough"]].name if row["borough"] in areas else MISSING,
            status.REPORT[row["status"]],
        ]
        for row in rows.typed(day.Arrived, arrivals.rows)
    ]
    section(
        arrivals,
        "arrived",
        subtitle=arrivals.subtitle,
        grid=Grid(ARRIVED, reports, height=LIST_HEIGHT, cards=True),
        tools=lambda: paging.turns(arrivals, page, ("‹ Newer", "Older ›"), CAME_PAGE),
        file=f"{unit}-came-in",
    )


def waiting(request: Request, unit: str, branch: str | None) -> None:
    """What waits to be done on reports, to who may open them: how many by branch, then one by
    one; `branch` whose alone."""
    if closed := request.closed(unit):
        with card("waiting", "What waits to be done"):
            note(closed)
        return
    parts = waits.by_part(request, unit)
    if parts is not None:
        counted = rows.typed(waits.ByPart, parts.rows)
        marks = ["chosen" if row["unit_code"] == branch else "" for row in counted]
        lines = part_cells.waiting(counted, branch, request.catalogue)
        section(
            parts,
            "waits",
            subtitle=parts.subtitle,
            grid=Grid(part_cells.WAITING, lines, marks, cards=True),
            notes=parts.plain_notes,
            file=f"{unit}-waiting-by-part",
        )
    page = paging.asked(WAITS_PAGE)
    first = views.chosen(FIRST, ORDERS)
    faults = waits.waiting(request, unit, page, branch, first)
    listed = cells.faults(request, rows.typed(Faulty, faults.rows))
    grid = Grid(cells.FAULTS, listed, height=LIST_HEIGHT, cards=True) if listed else None

    def tools() -> None:
        address.pick(
            "Order", FIRST, list(ORDERS), words=ORDERS.__getitem__, hidden=True, clears=[WAITS_PAGE]
        )
        turns = ("‹ Newer", "Older ›") if first == waits.NEWEST else ("‹ Older", "Newer ›")
        paging.turns(faults, page, turns, WAITS_PAGE)

    section(
        faults,
        "waiting",
        subtitle=faults.subtitle,
        lead=faults.plain_notes,
        grid=grid,
        tools=tools,
        file=f"{unit}-waiting",
    )


def _came(row: day.Came) -> list[Any]:
    usual = f"{numbers.number(row['least'])} to {numbers.number(row['most'])}"
    drawing = spark.svg(
        row["weeks"],
        label=row["name"],
        band=(row["least"], row["most"]),
        stands_out=bool(row["unusual"]),
    )
    words = f"{row['name']}, {len(row['weeks'])} weeks"
    return [
        strong(row["name"]),
        f"{row['on_day']:,}",
        big(f"{row['in_week']:,}"),
        stack(usual, small(f"usually near {row['median']:.0f}")),
        picture(drawing, words),
        _standing(row["unusual"]),
        small(row["where"]),
    ]


def _standing(unusual: str) -> Html:
    shape = tag("span", SIGNS[unusual], aria_hidden="true")
    words = day.WORDS.get(unusual, "within them")
    return tag("span", shape, f" {words}", class_=f"st {'plain' if unusual else 'quiet'}")
