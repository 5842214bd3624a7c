"""Whether a difference between a corporate figure and the records is signed with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypedDict, cast

from dashboard.decisions import signoffs
from dashboard.decisions.signoffs import DIFFERENCE, Signoff, Subject
from dashboard.reports.request import Request, clock
from dashboard.reports.signing.returns import BEFORE, DAYS, state_of


class Compared(TypedDict):
    """Of a row of the reconciliation what a signature is put under.

    then  as the records were known on the day of publication; null: not known of that day
    own   as they are known now; null: the month is not covered
    """

    measure: str
    unit_code: str
    period_start: date
    published_on: date
    published: float
    then: float | None
    own: float | None


class Figures(TypedDict):
    """What a signature is put under, as the store keeps it."""

    published: float
    records: float | None
    published_on: str


def subject_of(row: Compared) -> Subject:
    """What is signed of a row of the reconciliation."""
    return Subject(DIFFERENCE, row["unit_code"], row["period_start"], row["measure"])


def content_of(row: Compared) -> Figures:
    """The two figures that a signature is put under.

    The records' figure is that of the day of publication, which no later entry moves; of a month
    before all snapshots it is today's.
    """
    records = row["then"] if row["then"] is not None else row["own"]
    return {
        "published": row["published"],
        "records": records,
        "published_on": row["published_on"].isoformat(),
    }


def signed(request: Request) -> dict[Subject, Signoff]:
    """The signatures of differences as they stood at the request's meeting."""
    every = signoffs.signoffs_at(request.data, clock.end(request))
    return {subject: row for subject, row in every.items() if subject.kind == DIFFERENCE}


def standing(request: Request, row: Compared) -> tuple[str, Signoff | None]:
    """How the signature of a difference stands, and its row of the store.

    Owed from the first publication on of which any difference was signed.
    """
    rows = signed(request)
    signoff = rows.get(subject_of(row))
    signed_of = (cast(Figures, item["figures"]) for item in rows.values())
    began = min((figures["published_on"] for figures in signed_of), default=None)
    if began is None or row["published_on"] < date.fromisoformat(began):
        return BEFORE, signoff
    return state_of(signoff, content_of(row)), signoff


def due_on(row: Compared) -> date:
    """The last day on which a difference is signed in time."""
    return row["published_on"] + timedelta(days=DAYS)
