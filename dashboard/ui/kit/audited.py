"""What is done on a page, as the audit keeps it: written before anything is shown or handed out."""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from dashboard import snapshots

if TYPE_CHECKING:
    from dashboard.access.audit import Audit

AGAIN_SECONDS = 600  # the same rows seen again by the same person are the same view
_seen: dict[tuple[str, str, str], float] = {}
_lock = Lock()


@lru_cache(maxsize=4)
def audit_of(data: Path) -> Audit:
    """The audit of a data folder.

    raises  AuditError where it can't be opened; then it is tried anew the next time
    """
    from dashboard.access.audit import open_audit  # late: nothing else here waits for SQLAlchemy

    return open_audit(data)


def record(
    kind: str,
    who: str,
    what: str,
    *,
    rows: int | None = None,
    snapshot: str | None = None,
    unit: str | None = None,
) -> None:
    """Writes a line.

    raises  AuditError for a record view, an export or a statement that can't be written
    """
    from dashboard.access.audit import NEEDED, Kind, log
    from dashboard.errors import AuditError

    try:
        audit = audit_of(snapshots.data_folder())
    except AuditError as error:
        if Kind(kind) in NEEDED:
            raise
        log.error("a line of the audit is missing (%s): %s", kind, error)
        return
    audit.record(Kind(kind), who, what, rows=rows, snapshot=snapshot, unit=unit)


def view(who: str, what: str, rows: int, snapshot: str, unit: str | None) -> None:
    """Writes that records were looked at, once in AGAIN_SECONDS for each person and selection.

    raises  AuditError where that can't be written
    """
    key, now = (who, what, snapshot), time.monotonic()
    with _lock:
        if now - _seen.get(key, float("-inf")) < AGAIN_SECONDS:
            return
    record("record view", who, what, rows=rows, snapshot=snapshot, unit=unit)
    with _lock:
        _seen[key] = now
        if len(_seen) > 10_000:
            _seen.clear()
