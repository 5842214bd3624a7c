"""Rows of a unit's branches as cells: what waits at each, and what is known of one alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.catalogue import Catalogue
from dashboard.reports.unit.part_known import OVERTIME, Known
from dashboard.reports.unit.waiting import ByPart
from dashboard.ui.kit import address
from dashboard.ui.kit.markup import Column, Html, link, small, stack, strong

WAITING = (
    Column("Where"),
    Column("Wait", "right"),
    Column("New this week", "right"),
    Column("Oldest, days", "right"),
)
KNOWN = (Column("What"), Column("This year", "right"))


def waiting(listed: Iterable[ByPart], part: str | None, catalogue: Catalogue) -> list[list[Any]]:
    """How many acts wait, a branch a line: its name chooses it, that of the chosen one all."""
    return [
        [
            _of_part(row, part, catalogue),
            strong(f"{row['n']:,}"),
            f"{row['fresh']:,}",
            f"{row['days_open']:,}",
        ]
        for row in listed
    ]


def _of_part(row: ByPart, part: str | None, catalogue: Catalogue) -> Html | str:
    code = row["unit_code"]
    if code not in catalogue.units:
        return row["unit_name"]
    if catalogue.units[code].level == "ocu":
        return link(address.link_to("ocu", unit=code, view="day"), row["unit_name"])
    to = address.link_to("ocu", view="day", part=None if code == part else code)
    about = "all of the unit again" if code == part else "its list alone"
    return link(to, row["unit_name"], label=f"{row['unit_name']}: {about}")


def known(listed: Iterable[Known], unit: str) -> list[list[Any]]:
    """What is known of a part of a unit alone, each the way to where it is listed."""
    return [
        [
            stack(link(_way(row, unit), row["name"]), small(row["span"])),
            strong(row["said"]),
        ]
        for row in listed
    ]


def _way(row: Known, unit: str) -> str:
    if row["kind"] == OVERTIME:
        return address.link_to("overtime", unit=unit, tab="teams")
    return address.link_to("ocu", unit=unit, view="day", part=row["unit_code"])
