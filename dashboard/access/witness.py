"""Who does something, as the audit keeps it: written before anything is shown or handed out.

The one way into the audit. Pages, commands, packs and files write through a Witness; a line that
must stand before something happens and can't be written stops it.
"""

from __future__ import annotations

import getpass
import os
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING

from dashboard.access.disclosure import Disclosed, leaving
from dashboard.access.records import REFERENCES
from dashboard.errors import AuditError

if TYPE_CHECKING:
    import pyarrow as pa

    from dashboard.access.audit import Audit

FILE = Path("state") / "audit.sqlite"
AGAIN_SECONDS = 600  # the same rows seen again by the same person are the same view
MOST_KEPT = 10_000
# The column of a result that says whose its records are: the widest of those in records.TABLES.
UNITS = ("ocu", "unit_code", "owner")
Seen = tuple[Path, str, str, str, str | None]
_seen: dict[Seen, float] = {}
_lock = Lock()


@lru_cache(maxsize=4)
def audit_of(data: Path) -> Audit:
    """The audit of a data folder.

    raises  AuditError where it can't be opened; then it is tried anew the next time
    """
    from dashboard.access.audit import open_audit  # late: nothing else here waits for SQLAlchemy

    return open_audit(data)


def has_audit(data: Path) -> bool:
    """Whether a data folder has an audit."""
    return (data / FILE).is_file()


def local_user() -> str:
    """The reference of whoever works on this machine: the system's name of them, marked local."""
    try:
        return f"local {getpass.getuser()}"
    except (ImportError, KeyError, OSError):  # an account without a name
        return f"local {os.getuid()}"


def whose(rows: pa.Table, named: str | None) -> dict[str | None, int]:
    """How many records of which unit rows hold; {} where they hold none.

    named  the unit that was asked for: whose they are where no column says it
    """
    if not REFERENCES & set(rows.column_names):
        return {}
    told = next((name for name in UNITS if name in rows.column_names), None)
    if told is None or not rows.num_rows:
        return {named: rows.num_rows}
    return dict(Counter(rows.column(told).to_pylist()))


@dataclass(frozen=True)
class Witness:
    """Tells the audit of a data folder what somebody does.

    who  their reference; `what` must name nobody, for it is never erased
    """

    data: Path
    who: str

    def record(
        self,
        kind: str,
        what: str,
        *,
        rows: int | None = None,
        snapshot: str | None = None,
        unit: str | None = None,
    ) -> None:
        """Writes a line.

        raises  AuditError for a record view, an export or a statement that can't be written
        """
        self._written(kind, what, {unit: rows}, snapshot)

    def _written(
        self, kind: str, what: str, of: Mapping[str | None, int | None], snapshot: str | None
    ) -> None:
        """Writes a line for each unit with its rows."""
        from dashboard.access.audit import NEEDED, Kind, log

        try:
            audit = audit_of(self.data)
        except AuditError as error:
            if Kind(kind) in NEEDED:
                raise
            log.error("a line of the audit is missing (%s): %s", kind, error)
            return
        audit.record_all(Kind(kind), self.who, what, list(of.items()), snapshot)

    def once(
        self,
        kind: str,
        what: str,
        of: Mapping[str | None, int | None] = MappingProxyType({None: None}),
        snapshot: str | None = None,
    ) -> None:
        """Writes a line for each unit with its rows, unless the same stands there since
        AGAIN_SECONDS: a page is drawn often.

        raises  AuditError as `record` does
        """
        begun = self.data, self.who, f"{kind} {what}", snapshot or ""
        now = time.monotonic()
        with _lock:
            new = {
                unit: rows
                for unit, rows in of.items()
                if now - _seen.get((*begun, unit), float("-inf")) >= AGAIN_SECONDS
            }
        if not new:
            return
        self._written(kind, what, new, snapshot)
        with _lock:
            if len(_seen) > MOST_KEPT:
                _seen.clear()
            _seen.update(dict.fromkeys(((*begun, unit) for unit in new), now))

    def view(self, what: str, rows: pa.Table, snapshot: str, named: str | None) -> None:
        """Writes that records were looked at, a line for each unit that they are of.

        named   the unit that was asked for, if one was
        raises  AuditError where that can't be written
        """
        self.once("record view", what, whose(rows, named), snapshot)

    def export(self, what: str, of: Sequence[Disclosed] = (), snapshot: str | None = None) -> None:
        """Writes that something leaves; of records a line for each unit that they are of.

        of        the results in it
        snapshot  which it is of, where no result says so
        raises    NotAllowedError where one may not leave the screen; AuditError where it can't be
                  written
        """
        leaving(of)
        records: Counter[str | None] = Counter()
        for item in of:
            records.update(whose(item.rows, dict(item.stamp.filters).get("unit")))
        source = of[0].stamp.snapshot_id if of else snapshot
        rows = sum(item.rows.num_rows for item in of) if of else None
        self._written("export", what, records or {None: rows}, source)
