"""What is said of an alert: beside its figure on every page and paper, in the as-at's clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.access.roles import needs
from dashboard.decisions import remarks
from dashboard.decisions.remarks import MARKS, Subject, subject_of
from dashboard.errors import NotAllowedError
from dashboard.periods import day_words
from dashboard.reports import clock
from dashboard.reports.alerts.alert_row import Row
from dashboard.reports.request import Request

RIGHT = "explain"


def may(request: Request, unit: str) -> bool:
    """Whether the role speaks of a unit's alerts: who holds it for a unit, of its own alone."""
    role = request.role
    own = role.unit is None or role.unit in (unit, *request.catalogue.ancestors(unit))
    return RIGHT in role.may and own


@dataclass(frozen=True)
class Remarks:
    """What is said of alerts, as it stood at a meeting; a page reads it once."""

    rows: Mapping[Subject, Row]

    def of(self, alert: Row) -> Row | None:
        """What is said of a row of the alert list; None where nothing is, or it was taken back."""
        row = self.rows.get(subject_of(alert))
        return row if row and (row["mark"] or row["words"]) else None

    def words(self, alert: Row) -> str:
        """What is said of an alert in a sentence; '' where nothing is."""
        row = self.of(alert)
        return said(row) if row else ""

    def short(self, alert: Row) -> str:
        """'marked as acted on', 'explained by its unit', where there is little room."""
        row = self.of(alert)
        if row is None:
            return ""
        return f"marked as {MARKS[row['mark']]}" if row["mark"] else "explained by its unit"

    @property
    def marked(self) -> str:
        """'Marked at their meetings: 2 known, 1 noise.', of all alerts so far; '' where none is."""
        counts = Counter(row["mark"] for row in self.rows.values() if row["mark"])
        parts = [f"{counts[mark]:,} {words}" for mark, words in MARKS.items() if counts[mark]]
        return f"Marked at their meetings: {', '.join(parts)}." if parts else ""


def known(request: Request) -> Remarks:
    """All that is said of alerts up to the request's meeting."""
    return Remarks(remarks.known(request.data, clock.end(request)))


def put(
    request: Request, who: str, alert: Row, mark: str | None, words: str, version: int | None
) -> Row:
    """Says something of an alert, in place of what was said before.

    version  of the remark that the person saw; None where there was none
    raises   NotAllowedError for a role that may not, or of another unit; UsageError for a remark
             that says nothing; ConflictError where somebody was faster
    """
    needs(request.role, RIGHT)
    if not may(request, alert["unit_code"]):
        raise NotAllowedError(f"the role {request.role.said} explains alerts of its own unit only")
    subject = subject_of(alert)
    there = remarks.now(request.data, subject)
    moment = clock.moment(request, there["changed_at"] if there else None)
    return remarks.put(
        request.data, who, moment, subject, mark, words,
        request.as_at, request.snapshot.id, version,
    )  # fmt: skip


def said(row: Row) -> str:
    """'Marked as acted on by DI Smith on 12 July 2032: two are charged'."""
    mark = f"Marked as {MARKS[row['mark']]}" if row["mark"] else "Explained"
    by = f"{mark} by {row['changed_by']} on {day_words(row['changed_at'].date())}"
    return f"{by}: {row['words']}" if row["words"] else f"{by}."


def beside(request: Request, alerts: Disclosed) -> Disclosed:
    """The alerts with what is said of each in a column `explanation`."""
    spoken = known(request)
    words = [spoken.words(row) for row in alerts.rows.to_pylist()]
    column = pa.array(words, pa.string())
    return replace(alerts, rows=alerts.rows.append_column("explanation", column))
