"""One transaction of one person: rows are added and changed, and each change is kept.

Two may edit a row at once. Each says which version it saw; the second is told what changed
and keeps what it typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import Connection, Table, insert, select, update

from dashboard.errors import DashboardError, NotFoundError
from dashboard.store.plain import plain, plain_row, storable, typed_row
from dashboard.store.tables import OWN, Versioned, history

Row = dict[str, Any]


class ConflictError(DashboardError):
    """Somebody changed the row since the loser saw it.

    seen     the row as the loser saw it
    now      the row as it stands
    by, version  who wrote it last, and its version: what to write on
    wanted   what the loser was about to write; nothing of it is lost
    changed  column: (as seen, as it stands), for the columns that differ
    """

    exit_code = 1

    def __init__(self, seen: Row, now: Row, wanted: Row):
        self.seen, self.now, self.wanted = seen, now, wanted
        self.changed = {
            name: (seen.get(name), value)
            for name, value in now.items()
            if name not in OWN and seen.get(name) != value
        }
        own = cast(Versioned, now)
        self.by, self.version = own["changed_by"], own["version"]
        moment = own["changed_at"].isoformat(sep=" ", timespec="minutes")
        super().__init__(
            f"{self.by} changed this at {moment} while you edited it"
            f" ({', '.join(self.changed) or 'to the same again'}): nothing of yours is lost;"
            " look at both and save again"
        )

    @property
    def both(self) -> set[str]:
        """Columns that both wanted to change, to different values."""
        return {
            name
            for name in self.changed.keys() & self.wanted.keys()
            if self.wanted[name] != self.now[name]
        }


@dataclass(frozen=True)
class Writing:
    """What one person writes in one transaction; it holds as a whole or not at all.

    at          the time in the as-at's clock
    written_at  the time of the computer
    """

    connection: Connection
    who: str
    at: datetime
    written_at: datetime

    def add(self, table: Table, values: Mapping[str, Any], row_id: str | None = None) -> Row:
        """The new row, at version 1, under `row_id` or an id of its own."""
        row = storable(_others(values)) | self._own(row_id or uuid4().hex, 1)
        self.connection.execute(insert(table).values(row))
        return self._kept(table, None, row)

    def change(self, table: Table, row_id: str, version: int, values: Mapping[str, Any]) -> Row:
        """The row with `values`, one version on.

        version  the one that the person saw
        raises   NotFoundError where there is no such row; ConflictError where it has been
                 changed since
        """
        wanted = storable(_others(values))
        # The lock holds a second writer on PostgreSQL; on SQLite there is only one anyway.
        locked = select(table).where(table.c.id == row_id).with_for_update()
        before = self.connection.execute(locked).mappings().one_or_none()
        if before is None:
            raise NotFoundError(f"row of {table.name}", row_id)
        if cast(Versioned, before)["version"] != version:
            raise ConflictError(self._seen(table, row_id, version), dict(before), wanted)
        row = dict(before) | wanted | self._own(row_id, version + 1)
        self.connection.execute(update(table).where(table.c.id == row_id).values(row))
        return self._kept(table, dict(before), row)

    def _own(self, row_id: str, version: int) -> Row:
        return {"id": row_id, "version": version, "changed_by": self.who, "changed_at": self.at}

    def _kept(self, table: Table, before: Row | None, row: Row) -> Row:
        """The row as the database holds it, after its line of the history is written."""
        own = cast(Versioned, row)
        stored = select(table).where(table.c.id == own["id"])
        after = dict(self.connection.execute(stored).mappings().one())
        line = {
            "table_name": table.name,
            "row_id": own["id"],
            "version": own["version"],
            "by": self.who,
            "at": self.at,
            "written_at": self.written_at,
            "before": plain_row(before) if before else None,
            "after": plain_row(after),
        }
        self.connection.execute(insert(history).values(line))
        return after

    def _seen(self, table: Table, row_id: str, version: int) -> Row:
        line = select(history.c.after).where(
            history.c.table_name == table.name,
            history.c.row_id == row_id,
            history.c.version == version,
        )
        after = self.connection.execute(line).scalar_one_or_none()
        if after is None:
            raise NotFoundError(f"version of this row of {table.name}", str(plain(version)))
        return typed_row(table.columns, after)


def _others(values: Mapping[str, Any]) -> Mapping[str, Any]:
    if own := sorted(set(values) & set(OWN)):
        raise ValueError(f"{', '.join(own)} is set by the store itself")
    return values


def now() -> datetime:
    """The computer's time, as UTC."""
    return datetime.now(UTC)
