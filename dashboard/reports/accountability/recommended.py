"""The recommendations that are not closed, one by one: whose each is, by when, and of what."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.accountability.overdue import counted
from dashboard.reports.accountability.units import label, rows_below
from dashboard.reports.request import Request
from dashboard.words import names, phrases

CLOSE = (
    "What one recommends stands in its review. The owner has it closed with whoever keeps the"
    " reviews: here it is closed once the file that says so is loaded."
)


class Asked(TypedDict):
    """A row of the query recommendations_to_close."""

    recommendation_ref: str
    feeds: str
    unit_code: str  # who owns it
    due_on: date
    days_over: int  # 0 and less is not yet over
    review_ref: str
    review_kind: Annotated[str | None, "null: the review is not known, or its records not open"]
    review_unit: Annotated[str | None, "null: the same"]


class Recommendation(Asked):
    """The same in words: what it feeds, and what the review was of."""

    feeds_words: str
    review_words: str


def to_close(request: Request, unit: str) -> Disclosed:
    """The recommendations owned in `unit` and below it that are not closed, the first due first.

    Empty for a role that opens no records. Not kept: who looks at them is told to the audit.
    """
    read = [] if request.role.records == "none" else _asked(request, unit)
    owing: list[Recommendation] = [
        {
            **row,
            "feeds_words": label(request, "recommendation_feeds", row["feeds"]),
            "review_words": _review(request, row),
        }
        for row in read
    ]
    return request.disclose(
        rows.table(Recommendation, owing),
        title=_title(owing),
        subtitle=f"{names.unit(request.catalogue, unit)}, as at {day_words(request.as_at)}",
        notes=(CLOSE,) if owing else (),
        query="recommendations_to_close",
        unit=unit,
    )


def _asked(request: Request, unit: str) -> list[Asked]:
    return rows_below(request, unit, rows.typed(Asked, request.run("recommendations_to_close")))


def _review(request: Request, row: Asked) -> str:
    """'Murder review R00001 of OCU2(2)'; the reference alone of a review that is not known here."""
    if row["review_kind"] is None:
        return f"review {row['review_ref']}"
    kind = label(request, "review_kind", row["review_kind"])
    return f"{kind} {row['review_ref']} of {row['review_unit']}"


def _title(owing: list[Recommendation]) -> str:
    """'3 recommendations are to be closed, 1 of them overdue'."""
    if not owing:
        return "No recommendation is to be closed"
    late = sum(row["days_over"] > 0 for row in owing)
    verb = "is" if len(owing) == 1 else "are"
    return f"{counted('recommendation', len(owing))} {verb} to be closed, {late or 'none'} overdue"


def sentence(row: Recommendation) -> str:
    """'Recommendation R00001/2 to training is OCU1's; due on 1 June 2031, 41 days over; of murder
    review R00001 of OCU2(2).'"""
    days = row["days_over"]
    late = f"{phrases.many(days, 'day')} over" if days > 0 else "not yet over"
    return (
        f"Recommendation {row['recommendation_ref']} to {row['feeds_words'].lower()} is "
        f"{row['unit_code']}'s; due on {day_words(row['due_on'])}, {late}; of "
        f"{phrases.inside(row['review_words'])}."
    )
