"""What is said of figures: beside each on every page and paper, in the as-at's clock.

An exception is explained by its unit: an alert, a period beyond its limits, the verdict on a year's
target, claims that break a rule. What is said belongs to the figure (its measure, unit, area and
period), so that it stands wherever the figure does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.access.disclosure import EXPLAINED, Note
from dashboard.access.roles import needs
from dashboard.decisions import remarks
from dashboard.decisions.remarks import (
    MARKS,
    Remark,
    Spoken,
    Subject,
    of_figure,
    of_year,
    subject_of,
)
from dashboard.errors import NotAllowedError
from dashboard.periods import day_words
from dashboard.reports.request import Request, clock
from dashboard.words.figures import FIGURE_OF

RIGHT = "explain"
COLUMN = "explanation"
MOST = 3  # explanations that are said below one chart


def may(request: Request, unit: str) -> bool:
    """Whether the role speaks of a unit's figures: who holds it for a unit, of its own alone."""
    role = request.role
    above = request.catalogue.ancestors(unit) if unit in request.catalogue.units else ()
    return RIGHT in role.may and (role.unit is None or role.unit in (unit, *above))


@dataclass(frozen=True)
class Remarks:
    """What is said of figures, as it stood at a meeting; a page reads it once."""

    rows: Mapping[Subject, Remark]

    def on(self, subject: Subject) -> Remark | None:
        """What is said of a figure; None where nothing is, or it was taken back."""
        row = self.rows.get(subject)
        return row if row and (row["mark"] or row["words"]) else None

    def of(self, alert: Spoken) -> Remark | None:
        """What is said of a row of the alert list."""
        return self.on(subject_of(alert))

    def words(self, alert: Spoken) -> str:
        """What is said of an alert in a sentence; '' where nothing is."""
        row = self.of(alert)
        return remark_words(row) if row else ""

    def of_alerts(self, alerts: Iterable[Spoken]) -> list[str]:
        """What is said of each of some alerts, those of which nothing is left out."""
        return [words for row in alerts if (words := self.words(row))]

    def short(self, alert: Spoken) -> str:
        """'marked as acted on', 'explained by its unit', where there is little room."""
        row = self.of(alert)
        if row is None:
            return ""
        return f"marked as {MARKS[row['mark']]}" if row["mark"] else "explained by its unit"

    def figure(self, spelt: str | None, *, year: bool = False) -> str:
        """What is said of a figure of that identity; with `year` of its planning year's target
        too; '' where nothing is."""
        if not spelt:
            return ""
        subjects = [of_figure(spelt), *([of_year(spelt)] if year else [])]
        return " ".join(remark_words(row) for item in subjects if (row := self.on(item)))

    def year(self, spelt: str) -> str:
        """What is said of the target of a figure's planning year."""
        row = self.on(of_year(spelt))
        return f"On the year’s target: {remark_words(row)}" if row else ""


def all_remarks(request: Request) -> Remarks:
    """All that is said of figures up to the request's meeting."""
    return Remarks(remarks.remarks_at(request.data, clock.end(request)))


def put(
    request: Request, who: str, subject: Subject, mark: str | None, words: str, version: int | None
) -> Remark:
    """Says something of a figure, in place of what was said before.

    version  of the remark that the person saw; None where there was none
    raises   NotAllowedError for a role that may not, or of another unit; UsageError for a remark
             that says nothing; ConflictError where somebody was faster
    """
    needs(request.role, RIGHT)
    if not may(request, subject.unit_code):
        raise NotAllowedError(f"the role {request.role.said} explains figures of its own unit only")
    there = remarks.now(request.data, subject)
    moment = clock.moment(request, there["changed_at"] if there else None)
    return remarks.put(
        request.data, who, moment, subject, mark, words,
        request.as_at, request.snapshot.id, version,
    )  # fmt: skip


def remark_words(row: Remark) -> str:
    """'Marked as acted on by DI Smith on 12 July 2032: two are charged'."""
    mark = f"Marked as {MARKS[row['mark']]}" if row["mark"] else "Explained"
    by = f"{mark} by {row['changed_by']} on {day_words(row['changed_at'].date())}"
    return f"{by}: {row['words']}" if row["words"] else f"{by}."


def beside(request: Request, shown: Disclosed, *, year: bool = False) -> Disclosed:
    """The rows with what is said of each one's figure in a column `explanation`; as they are where
    nothing is said of any.

    year  of the verdict on its planning year's target, too
    """
    spoken = all_remarks(request)
    words = [spoken.figure(spelt, year=year) for spelt in shown.rows[FIGURE_OF].to_pylist()]
    if not any(words):
        return shown
    return replace(
        shown,
        rows=shown.rows.append_column(COLUMN, pa.array(words, pa.string())),
        columns=(*shown.columns, COLUMN) if shown.columns else (),
    )


def charted(request: Request, chart: Disclosed) -> Disclosed:
    """A chart's rows as `beside` has them, with the latest explanations as notes, which go
    wherever the picture goes."""
    told = beside(request, chart)
    notes = (Note(words, EXPLAINED) for words in sentences(told))
    return replace(told, notes=(*notes, *told.notes))


def sentences(explained: Disclosed, label: str = "period") -> list[str]:
    """'May 2032: Explained by …' of a chart's rows with explanations, the latest first.

    label  the column that says of which row it is
    """
    rows = [row for row in explained.rows.to_pylist() if row.get(COLUMN)]
    return [f"{row[label]}: {row[COLUMN]}" for row in reversed(rows[-MOST:])]
