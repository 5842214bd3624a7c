"""What is owed by a day: visits, areas for improvement, reviews, recommendations, decisions to be
done, returns and differences to be signed. Overdue is what was due before the as-at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, NotRequired, TypedDict

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.decisions.signoffs import RETURN
from dashboard.periods import calendar
from dashboard.reports.accountability import signatures
from dashboard.reports.accountability.units import label
from dashboard.reports.decisions import board
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept_as_written

# One and several of a kind of item, in the order in which they are said.
ITEMS = {
    "decision": ("decision", "decisions"),
    "recommendation": ("recommendation", "recommendations"),
    "review": ("review", "reviews"),
    "visit": ("visit", "visits"),
    "improvement": ("area for improvement", "areas for improvement"),
    "signature": ("signature", "signatures"),
}


class Listed(TypedDict):
    """Something owed; `kind` is a code of its item's own."""

    item: str  # a key of ITEMS
    kind: str
    unit_code: Annotated[str | None, "null: an area for improvement of no unit"]
    description: str
    due_on: date
    days_over: int  # 0 and less for what is still to come
    visit_ref: Annotated[str | None, "null: no visit"]
    area_ref: Annotated[str | None, "null: no area for improvement"]
    decision_id: Annotated[str | None, "null: no decision"]
    # Not there for a role that opens no records.
    recommendation_ref: NotRequired[Annotated[str | None, "null: no recommendation"]]


class Owed(Listed):
    """The same with what names a record."""

    review_ref: Annotated[str | None, "null: no review, nor a recommendation of one"]


class Duty(TypedDict):
    """A row of the query duties_owed."""

    item: str
    kind: str
    unit_code: str | None
    due_on: date
    days_over: int
    visit_ref: str | None
    area_ref: str | None
    title: Annotated[str | None, "null: a visit"]


class Record(TypedDict):
    """A row of the query records_owed."""

    item: str
    kind: str
    unit_code: str
    due_on: date
    days_over: int
    review_ref: str
    recommendation_ref: Annotated[str | None, "null: a review"]


def next_meeting(request: Request) -> date:
    """Grid date of the meeting after the request's own."""
    return request.meeting + calendar().window


def due_before(request: Request, until: date) -> list[Owed]:
    """Everything due before a day and not ended by the as-at, the oldest first.

    Reviews and recommendations of units whose records the role does not open are not among it.
    days_over  how long ago it was due at the as-at; 0 and less for what is still to come
    """
    owing = [*_duties(request, until), *_records(request, until), *written(request, until)]
    order = list(ITEMS)
    return sorted(
        owing, key=lambda row: (row["due_on"], order.index(row["item"]), row["description"])
    )


def written(request: Request, until: date) -> list[Owed]:
    """Of these what stands in the store: decisions to be done, and what is to be signed."""
    return [row for row in _written(request) if row["due_on"] < until]


@kept_as_written(16)
def _written(request: Request) -> tuple[Owed, ...]:
    return *_decisions(request), *_signatures(request)


def _decisions(request: Request) -> Iterator[Owed]:
    held = board.book_of(request)
    for row in held.rows(head for head in held.heads if head.state == "open"):
        yield {
            "item": "decision",
            "kind": row["tactic"],
            "unit_code": row["owner_unit"],
            "description": row["what"],
            "due_on": row["due"],
            "days_over": (request.as_at - row["due"]).days,
            "visit_ref": None,
            "area_ref": None,
            "decision_id": row["id"],
            "review_ref": None,
            "recommendation_ref": None,
        }


def _signatures(request: Request) -> Iterator[Owed]:
    for choice in signatures.owed(request):
        row = choice.row
        yield {
            "item": "signature",
            "kind": row["kind"],
            "unit_code": ours().directorate if row["kind"] != RETURN else row["unit_code"],
            "description": f"To be signed: {row['description']}",
            "due_on": row["due_on"],
            "days_over": (request.as_at - row["due_on"]).days,
            "visit_ref": None,
            "area_ref": None,
            "decision_id": None,
            "review_ref": None,
            "recommendation_ref": None,
        }


def _duties(request: Request, until: date) -> Iterator[Owed]:
    """Visits and areas for improvement, which are no records."""
    for row in rows.typed(Duty, request.run("duties_owed", until=until)):
        yield {
            "item": row["item"],
            "kind": row["kind"],
            "unit_code": row["unit_code"],
            # An area has a title of its own.
            "description": _duty_words(request, row),
            "due_on": row["due_on"],
            "days_over": row["days_over"],
            "visit_ref": row["visit_ref"],
            "area_ref": row["area_ref"],
            "decision_id": None,
            "review_ref": None,
            "recommendation_ref": None,
        }


def _duty_words(request: Request, row: Duty) -> str:
    """'Visit: command team', the title of an area."""
    if row["title"] is not None:
        return row["title"]
    return f"Visit: {label(request, 'visit_kind', row['kind'])}"


def _records(request: Request, until: date) -> Iterator[Owed]:
    """Reviews and recommendations of units whose records the role opens."""
    if request.role.records == "none":
        return
    for row in rows.typed(Record, request.run("records_owed", until=until)):
        yield {
            **row,
            "description": _words(request, row),
            "visit_ref": None,
            "area_ref": None,
            "decision_id": None,
        }


def _words(request: Request, row: Record) -> str:
    """'Recommendation R00001/2 to training', 'Murder review R00001'."""
    if row["recommendation_ref"] is None:
        return f"{label(request, 'review_kind', row['kind'])} {row['review_ref']}"
    said = label(request, "recommendation_feeds", row["kind"])
    return f"Recommendation {row['recommendation_ref']} to {said.lower()}"
