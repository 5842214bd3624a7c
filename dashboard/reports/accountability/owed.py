"""What is owed by a day: visits, areas for improvement, reviews, recommendations, decisions to be
done, returns and differences to be signed. Overdue is what was due before the as-at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dashboard.catalogue import ours
from dashboard.decisions.signoffs import RETURN
from dashboard.periods import calendar
from dashboard.reports.accountability import signatures
from dashboard.reports.accountability.units import Row, label
from dashboard.reports.decisions import board
from dashboard.reports.request import Request

# One and several of a kind of item, in the order in which they are said.
ITEMS = {
    "decision": ("decision", "decisions"),
    "recommendation": ("recommendation", "recommendations"),
    "review": ("review", "reviews"),
    "visit": ("visit", "visits"),
    "improvement": ("area for improvement", "areas for improvement"),
    "signature": ("signature", "signatures"),
}
FIELDS = {"recommendation": "recommendation_feeds", "review": "review_kind", "visit": "visit_kind"}


def next_meeting(request: Request) -> date:
    """Grid date of the meeting after the request's own."""
    return request.meeting + calendar().window


def rows(request: Request, until: date) -> list[Row]:
    """Everything due before a day and not ended by the as-at, the oldest first.

    Reviews and recommendations of units whose records the role does not open are not among it.
    days_over  how long ago it was due at the as-at; 0 and less for what is still to come
    """
    found = [*_duties(request, until), *_records(request, until), *written(request, until)]
    order = list(ITEMS)
    return sorted(
        found, key=lambda row: (row["due_on"], order.index(row["item"]), row["description"])
    )


def written(request: Request, until: date) -> list[Row]:
    """Of these what stands in the store: decisions to be done, and what is to be signed."""
    found = [*_decisions(request), *_signatures(request)]
    return [
        row | {"days_over": (request.as_at - row["due_on"]).days}
        for row in found
        if row["due_on"] < until
    ]


def _decisions(request: Request) -> Iterator[Row]:
    held = board.known(request)
    for row in held.rows(head for head in held.heads if head.state == "open"):
        yield {
            "item": "decision",
            "kind": row["tactic"],
            "unit_code": row["owner_unit"],
            "description": row["what"],
            "due_on": row["due"],
            "decision_id": row["id"],
        }


def _signatures(request: Request) -> Iterator[Row]:
    for choice in signatures.owed(request):
        row = choice.row
        yield {
            "item": "signature",
            "kind": row["kind"],
            "unit_code": ours().directorate if row["kind"] != RETURN else row["unit_code"],
            "description": f"To be signed: {row['description']}",
            "due_on": row["due_on"],
        }


def _duties(request: Request, until: date) -> list[Row]:
    """Visits and areas for improvement, which are no records."""
    return [
        row | {"description": _words(request, row)}
        for row in request.run("duties_owed", until=until).to_pylist()
    ]


def _records(request: Request, until: date) -> list[Row]:
    """Reviews and recommendations of units whose records the role opens."""
    if request.role.records == "none":
        return []
    return [
        row | {"description": _words(request, row)}
        for row in request.run("records_owed", until=until).to_pylist()
    ]


def _words(request: Request, row: Row) -> str:
    """'Recommendation R00001/2 to training', 'Visit: command team', the title of an area."""
    item, kind = row["item"], row["kind"]
    if item == "improvement":
        return row["title"]
    said = label(request, FIELDS[item], kind)
    if item == "visit":
        return f"Visit: {said}"
    if item == "review":
        return f"{said} {row['review_ref']}"
    return f"Recommendation {row['recommendation_ref']} to {said.lower()}"
