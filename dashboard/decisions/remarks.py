"""What is said of a figure: a commander's explanation of an exception and, of an alert, whether it
was known, acted on or noise. One remark a figure: what is said next is its next version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, TypedDict
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Column, Date, Index, String

from dashboard import rows
from dashboard.decisions import one_row
from dashboard.decisions.tables import CODE, WORDS
from dashboard.errors import UsageError
from dashboard.periods import next_start, planning_year_start
from dashboard.store import versioned
from dashboard.store.tables import Versioned
from dashboard.words import figures

KNOWN, ACTED_ON, NOISE = "known", "acted_on", "noise"
MARKS = {KNOWN: "known", ACTED_ON: "acted on", NOISE: "noise"}
PLACES = 400  # letters of the codes of an alert's boroughs

remarks = versioned(
    "remarks",
    Column("measure", String(CODE), nullable=False),
    Column("unit_code", String(CODE), nullable=False),
    Column("borough", String(PLACES)),
    Column("window_since", Date, nullable=False),
    Column("window_until", Date, nullable=False),
    Column("mark", String(12)),
    Column("words", String(WORDS)),
    Column("as_at", Date, nullable=False),
    Column("snapshot_id", String(CODE), nullable=False),
    Index(None, "window_since"),
)


class Remark(Versioned):
    """A row of `remarks`."""

    measure: str
    unit_code: str
    borough: Annotated[str | None, "null: all areas"]
    window_since: date
    window_until: date
    mark: Annotated[str | None, "null: not marked"]  # a key of MARKS
    words: Annotated[str | None, "null: nothing was said, or it was taken back"]
    as_at: date
    snapshot_id: str


class Spoken(TypedDict):
    """Of a row what says which figure is spoken of; see Subject."""

    measure: str
    unit_code: str
    borough: str | None
    window_since: date
    window_until: date


@dataclass(frozen=True)
class Subject:
    """The figure that is spoken of: a measure of a unit in some boroughs, in one period.

    borough  None of all; codes joined of an alert of several
    window_since, window_until  the period; until is exclusive
    """

    measure: str
    unit_code: str
    borough: str | None
    window_since: date
    window_until: date

    @property
    def row_id(self) -> str:
        """The id of its row, the same for whoever speaks first."""
        said = ":".join(str(part or "") for part in vars(self).values())
        return uuid5(NAMESPACE_URL, f"remark:{said}").hex


def subject_of(row: Spoken) -> Subject:
    """The subject of a row of the table, or of the alert list."""
    return Subject(
        row["measure"],
        row["unit_code"],
        row["borough"],
        row["window_since"],
        row["window_until"],
    )


def of_figure(spelt: str) -> Subject:
    """The subject that a figure is, by its identity: the same at every as-at."""
    figure = figures.parsed_figure(spelt)
    return Subject(figure.measure, figure.unit, figure.area or None, figure.since, figure.until)


def of_year(spelt: str) -> Subject:
    """The verdict on the target of a figure's planning year: one for the whole year."""
    year = planning_year_start(figures.parsed_figure(spelt).since)
    return replace(of_figure(spelt), window_since=year, window_until=next_start(year, "year"))


def remarks_at(data: Path, moment: datetime) -> dict[Subject, Remark]:
    """Each remark as it stood just before a moment of the as-at's clock."""
    return one_row.known(data, remarks, Remark, moment, subject_of)


def now(data: Path, subject: Subject) -> Remark | None:
    """The remark on a figure as it stands, whenever it was written; None where there is none."""
    row = one_row.now(data, remarks, subject.row_id)
    return rows.typed_row(Remark, row) if row else None


def put(
    data: Path,
    who: str,
    at: datetime,
    subject: Subject,
    mark: str | None,
    words: str,
    as_at: date,
    snapshot_id: str,
    version: int | None,
) -> Remark:
    """Says something of a figure, in place of what was said before.

    mark     of MARKS; None where it is not marked
    version  of the remark that the person saw; None where there was none
    raises   UsageError for a remark that says nothing or too much; ConflictError where somebody
             else has spoken meanwhile
    """
    said = words.strip()
    if mark is not None and mark not in MARKS:
        raise UsageError(f"a figure is marked as {', '.join(MARKS)}; got: {mark!r}")
    if not said and mark is None and version is None:
        raise UsageError("write what explains it, or mark it")
    if len(said) > WORDS:
        raise UsageError(f"an explanation has at most {WORDS:,} letters; it has {len(said):,}")
    values = {
        "measure": subject.measure,
        "unit_code": subject.unit_code,
        "borough": subject.borough,
        "window_since": subject.window_since,
        "window_until": subject.window_until,
        "mark": mark,
        "words": said or None,
        "as_at": as_at,
        "snapshot_id": snapshot_id,
    }
    return rows.typed_row(
        Remark, one_row.put(data, who, at, remarks, subject.row_id, values, version)
    )
