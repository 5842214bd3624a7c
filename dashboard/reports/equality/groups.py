"""Whom crime touches by group, small numbers hidden.

Counts pass dashboard.access.suppression before anything is made of them: no share, ratio or
interval is given of a hidden count, nor of one that the totals beside it would give back.
"""

from __future__ import annotations

from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed, suppression
from dashboard.access.disclosure import Across, People
from dashboard.catalogue.order import unit_place
from dashboard.periods import day_words
from dashboard.reports.equality.counted import ALL, FIELDS, NOT_KNOWN, groups, told
from dashboard.reports.equality.protection import (
    VICTIMS,
    Protection,
    protection,
)
from dashboard.reports.equality.telling import once, telling
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept

HIDING = (
    "[c] a count of 1 to 4, or one that would give such a count back: never shown, and no "
    "rate is made of it."
)
HIDDEN = rows.Hidden("null: hidden")


class Cross(TypedDict):
    """Victims of a group in a unit."""

    unit_code: str
    group: str
    n: Annotated[int | None, HIDDEN]
    symbol: str  # [c] where hidden


def span(request: Request) -> str:
    """What the counts are of: 'the twelve months to 12 July 2032 (exclusive)'."""
    return f"the twelve months to {day_words(request.as_at)} (exclusive)"


@kept(16)
def victims(request: Request, field: str) -> Disclosed:
    """Victims of twelve months by unit and group, with totals; symbol [c] where hidden."""
    request = telling(request)
    counts = protection(request, field)
    units = sorted(counts.units, key=lambda code: unit_place(request.catalogue, code, ALL))
    cells = [(VICTIMS, unit, name) for unit in units for name in (*groups(request, field), ALL)]
    shown: list[Cross] = [
        {
            "unit_code": cell[1],
            "group": cell[2],
            "n": counts.shown(cell),
            "symbol": suppression.CONFIDENTIAL if cell in counts.hidden else "",
        }
        for cell in cells
    ]
    return request.disclose(
        rows.table(Cross, shown),
        title=f"Victims by unit and {FIELDS[field].lower()}",
        # How many of them are 1 to 4 is not said: it would narrow them.
        subtitle=f"{span(request)}; {len(counts.hidden & set(cells))} of {len(cells)} counts are "
        "hidden",
        notes=notes_of(counts, HIDING, once(request)),
        query="equality_victims",
        people=People(("n",), telling_nobody(request, field)),
        across=Across("unit_code", "group", "n"),
        field=field,
    )


def telling_nobody(request: Request, field: str) -> frozenset[str]:
    """What of a column `group` tells no group of people."""
    return frozenset({ALL, NOT_KNOWN}) if told(request, field) else frozenset({ALL})


def notes_of(counts: Protection, *notes: str) -> tuple[str, ...]:
    """The notes, and what is to be said of the hiding where it is the weaker kind."""
    return (*notes, counts.note) if counts.note else notes
