"""Which cells of a table were hidden: kept by snapshot, so that it is hidden alike each time.

A later as-at reads which earlier ones told: what was hidden there must not follow from here.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from dashboard.store.plain import storable
from dashboard.store.store import Store
from dashboard.store.tables import kept_patterns as table
from dashboard.store.upsert import insert_or
from dashboard.store.writing import now

PROGRAM = "the program"  # who chose what is hidden


def keep_pattern(store: Store, snapshot_id: str, as_at: date, name: str, pattern: Any) -> Any:
    """The pattern that stands for a table of a snapshot: `pattern`, or the one kept before.

    name     of the table with what it was asked for
    pattern  what JSON can say: the hidden cells
    """
    key = {"snapshot_id": snapshot_id, "name": name}
    values = storable(key | {"pattern": pattern}) | {"as_at": as_at, "written_at": now()}
    chosen = select(table.c.pattern).where(table.c.snapshot_id == snapshot_id, table.c.name == name)
    with store.writing(PROGRAM) as writing:
        writing.connection.execute(insert_or(writing.connection, table, values, replace=False))
        return writing.connection.execute(chosen).scalar_one()


def kept_for(store: Store, begins: str) -> dict[str, date]:
    """The as-at of each snapshot, pruned or not, that a pattern is kept of, by its id.

    begins  how the names of the patterns begin
    """
    chosen = select(table.c.snapshot_id, table.c.as_at).where(table.c.name.startswith(begins))
    with store.reading() as connection:
        return {row.snapshot_id: row.as_at for row in connection.execute(chosen)}
