"""Actions of performance visits: decisions like those of the meeting, raised from a visit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.decisions.kept import Origin
from dashboard.errors import NotFoundError
from dashboard.periods import day_words
from dashboard.reports.decisions import board
from dashboard.reports.decisions.board import Whole
from dashboard.reports.request import Request

RAISED_FROM = "visit"


class Visit(TypedDict):
    """A row of the query visits_known."""

    visit_ref: str
    unit_code: str
    kind: str
    planned_on: date
    held_on: Annotated[date | None, "null: not held by the as-at"]
    lead_post: Annotated[str | None, "null: not said who led it"]


def origin(request: Request, visit_ref: str) -> Origin:
    """What an action is raised from: the visit, with the sentence that stands over the form.

    raises  NotFoundError for a visit that the snapshot does not know
    """
    known = {row["visit_ref"]: row for row in rows.typed(Visit, request.run("visits_known"))}
    if visit_ref not in known:
        raise NotFoundError("visit", visit_ref, list(known)[:3])
    row = known[visit_ref]
    kind = request.catalogue.values.get("visit_kind", {}).get(row["kind"], row["kind"])
    when = f"held {day_words(row['held_on'])}" if row["held_on"] else "not held yet"
    return {
        "from": RAISED_FROM,
        "visit": visit_ref,
        "unit": row["unit_code"],
        "sentence": f"{kind}, {row['unit_code']}, {when}.",
    }


def actions(request: Request) -> dict[str, list[Whole]]:
    """The actions of each visit as they stood at the request's meeting, by its reference."""
    held = board.book_of(request)
    by_visit: dict[str, list[Whole]] = {}
    raised = [head for head in held.heads if head.raised_from == RAISED_FROM]
    for row in board.rows_of(request, held, raised):
        if row["origin"]:
            by_visit.setdefault(row["origin"]["visit"], []).append(row)
    return by_visit


def of_units(request: Request, units: Collection[str]) -> list[Whole]:
    """The actions of the visits of some units."""
    return [
        row
        for made in actions(request).values()
        for row in made
        if row["origin"] and row["origin"]["unit"] in units
    ]
