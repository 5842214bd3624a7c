"""Signatures: the management information unit stands by an OCU's return of a month, or by a
difference between a corporate figure and the records, with what was signed beside it.

A subject has one row. Signing it again (its figures were restated) or withdrawing the signature
is the next version of that row: the history keeps all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Column, Date, Index, String

from dashboard import rows
from dashboard.decisions import one_row
from dashboard.decisions.tables import CODE, WORDS
from dashboard.errors import UsageError
from dashboard.store import open_store, versioned
from dashboard.store.tables import Content, Versioned

RETURN, DIFFERENCE = "return", "difference"
SIGNED, WITHDRAWN = "signed", "withdrawn"

signoffs = versioned(
    "signoffs",
    Column("kind", String(12), nullable=False),
    Column("unit_code", String(CODE), nullable=False),
    Column("month", Date, nullable=False),  # its first day
    Column("measure", String(CODE)),  # of a difference
    Column("figures", Content, nullable=False),  # what was signed, as it stood
    Column("reason", String(WORDS)),
    Column("state", String(12), nullable=False),
    Column("as_at", Date, nullable=False),
    Column("snapshot_id", String(CODE), nullable=False),
    Index(None, "month"),
)


class Signoff(Versioned):
    """A row of `signoffs`."""

    kind: str  # RETURN or DIFFERENCE
    unit_code: str
    month: date
    measure: Annotated[str | None, "null: of a return"]
    figures: dict[str, Any]
    reason: Annotated[str | None, "null: a return signed without one"]
    state: str  # SIGNED or WITHDRAWN
    as_at: date
    snapshot_id: str


@dataclass(frozen=True)
class Subject:
    """What is signed: all that a unit returned of a month, or a measure's difference in it."""

    kind: str
    unit: str
    month: date
    measure: str | None = None

    @property
    def row_id(self) -> str:
        """The id of its row, the same for whoever signs first."""
        said = f"signoff:{self.kind}:{self.unit}:{self.month}:{self.measure or ''}"
        return uuid5(NAMESPACE_URL, said).hex


def subject_of(row: Signoff) -> Subject:
    """The subject of a row of the table."""
    return Subject(row["kind"], row["unit_code"], row["month"], row["measure"])


def signoffs_at(data: Path, moment: datetime) -> dict[Subject, Signoff]:
    """Each signature as it stood just before a moment of the as-at's clock, withdrawn ones too."""
    return one_row.known(data, signoffs, Signoff, moment, subject_of)


def signoff_now(data: Path, subject: Subject) -> Signoff | None:
    """The row of a subject as it stands, whenever it was written; None where nobody signed."""
    row = one_row.now(data, signoffs, subject.row_id)
    return rows.typed_row(Signoff, row) if row else None


def sign(
    data: Path,
    who: str,
    at: datetime,
    subject: Subject,
    figures: Mapping[str, Any],
    reason: str,
    as_at: date,
    snapshot_id: str,
    version: int | None,
) -> Signoff:
    """Signs a subject, or signs it again.

    figures  what is signed: the signature holds for as long as these stand
    reason   of a difference: why it is there; of a return it may be left out
    version  of the signature that the person saw; None where there was none
    raises   UsageError for a difference without a reason; ConflictError where somebody else
             has signed or withdrawn meanwhile
    """
    said = reason.strip()
    if subject.kind == DIFFERENCE and not said:
        raise UsageError("say why the two figures differ: a difference is signed with its reason")
    if len(said) > WORDS:
        raise UsageError(f"a reason has at most {WORDS:,} letters; it has {len(said):,}")
    values = {
        "kind": subject.kind,
        "unit_code": subject.unit,
        "month": subject.month,
        "measure": subject.measure,
        "figures": dict(figures),
        "reason": said or None,
        "state": SIGNED,
        "as_at": as_at,
        "snapshot_id": snapshot_id,
    }
    return rows.typed_row(
        Signoff, one_row.put(data, who, at, signoffs, subject.row_id, values, version)
    )


def withdraw(
    data: Path, who: str, at: datetime, subject: Subject, version: int, reason: str
) -> Signoff:
    """The signature taken back; raises UsageError without a reason, or where none stands."""
    said = reason.strip()
    if not said:
        raise UsageError("say why the signature is withdrawn")
    with open_store(data).writing(who, at) as writing:
        row = one_row.row_of(writing.connection, signoffs, subject.row_id)
        there = rows.typed_row(Signoff, row) if row else None
        if there is not None and there["version"] == version and there["state"] == WITHDRAWN:
            raise UsageError("this signature is withdrawn already")
        values = {"state": WITHDRAWN, "reason": said[:WORDS]}
        return rows.typed_row(Signoff, writing.change(signoffs, subject.row_id, version, values))
