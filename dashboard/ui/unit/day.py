"""The day-and-week view of a unit's page: its morning review."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import rows
from dashboard.charts import spark
from dashboard.reports import Disclosed, Request
from dashboard.reports.unit import day
from dashboard.reports.unit.records import Faulty
from dashboard.ui.kit import address, paging
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
from dashboard.ui.unit import cells
from dashboard.words import dates, numbers, status

LIST_HEIGHT = 420  # pixels
CAME_PAGE, WAITS_PAGE = "came_page", "waits_page"  # words of the address
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
    with left, guard():
        arrived(request, unit)
    with right, guard():
        waiting(request, unit)


def arrived(request: Request, unit: str) -> None:
    """The reports of the seven days, to who may open them."""
    if closed := request.closed(unit):
        with card("arrived", "What came in"):
            note(closed)
        return
    page = paging.asked(CAME_PAGE)
    found = day.arrived(request, unit, page)
    areas, offences = request.catalogue.areas, request.catalogue.offences
    reports = [
        [
            row["crime_ref"],
            dates.day(row["reported_on"], year=False),
            offences[row["offence"]].name if row["offence"] in offences else row["offence"],
            areas[row["borough"]].name if row["borough"] in areas else MISSING,
            status.REPORT[row["status"]],
        ]
        for row in rows.typed(day.Arrived, found.rows)
    ]
    section(
        found,
        "arrived",
        subtitle=found.subtitle,
        grid=Grid(ARRIVED, reports, height=LIST_HEIGHT, cards=True),
        tools=lambda: paging.turns(found, page, ("‹ Newer", "Older ›"), CAME_PAGE),
        file=f"{unit}-came-in",
    )


def waiting(request: Request, unit: str) -> None:
    """What waits to be done on reports, to who may open them."""
    if closed := request.closed(unit):
        with card("waiting", "What waits to be done"):
            note(closed)
        return
    page = paging.asked(WAITS_PAGE)
    found = day.waiting(request, unit, page)
    waits = cells.faults(request, rows.typed(Faulty, found.rows))
    grid = Grid(cells.FAULTS, waits, height=LIST_HEIGHT, cards=True) if waits else None
    section(
        found,
        "waiting",
        subtitle=found.subtitle,
        lead=found.plain_notes,
        grid=grid,
        tools=lambda: paging.turns(found, page, key=WAITS_PAGE),
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
