"""What is said of an alert: beside its figure on every page and paper, in the as-at's clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.access.roles import needs
from dashboard.decisions import remarks
from dashboard.decisions.remarks import MARKS, subject_of
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


def of(request: Request, alert: Row) -> Row | None:
    """What is said of a row of the alert list, as it stood at the request's meeting."""
    return remarks.known(request.data, clock.end(request)).get(subject_of(alert))


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


def said(row: Row | None) -> str:
    """'Acted on, says DI Smith on 12 July 2032: two are charged.'; '' where nothing is said."""
    if row is None or not (row["mark"] or row["words"]):
        return ""
    mark = f"Marked as {MARKS[row['mark']]}" if row["mark"] else "Explained"
    by = f"{mark} by {row['changed_by']} on {day_words(row['changed_at'].date())}"
    return f"{by}: {row['words']}" if row["words"] else f"{by}."


def short(request: Request, alert: Row) -> str:
    """'acted on', 'explained', where there is room for a word; '' where nothing is said."""
    row = of(request, alert)
    if row is None or not (row["mark"] or row["words"]):
        return ""
    return f"marked as {MARKS[row['mark']]}" if row["mark"] else "explained by its unit"


def of_alert(request: Request, alert: Row) -> str:
    """What is said of an alert, in words."""
    return said(of(request, alert))


def beside(request: Request, alerts: Disclosed) -> Disclosed:
    """The alerts with what is said of each in a column `explanation`."""
    said = [of_alert(request, row) for row in alerts.rows.to_pylist()]
    return replace(
        alerts, rows=alerts.rows.append_column("explanation", pa.array(said, pa.string()))
    )


def marked(request: Request) -> str:
    """'Marked at their meetings: 2 known, 1 noise.', of all alerts up to the request's meeting;
    '' where none is marked."""
    rows = remarks.known(request.data, clock.end(request)).values()
    counts = Counter(row["mark"] for row in rows if row["mark"])
    parts = [f"{counts[mark]:,} {words}" for mark, words in MARKS.items() if counts[mark]]
    return f"Marked at their meetings: {', '.join(parts)}." if parts else ""
