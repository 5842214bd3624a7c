"""What was changed, by whom and when; and a table as it stood at a moment."""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import URL, ColumnElement, Select, Table, func, select

from dashboard.store.plain import typed_row
from dashboard.store.store import Store
from dashboard.store.tables import history


@dataclass(frozen=True)
class Change:
    """One line of the history: the row before and after; `before` is None where it was added."""

    table: str
    row_id: str
    version: int
    by: str
    at: datetime
    written_at: datetime
    before: dict[str, Any] | None
    after: dict[str, Any]


def changes(store: Store, table: Table, row_id: str) -> list[Change]:
    """Every change of a row, the first first; none where there is no such row."""
    lines = (
        select(history)
        .where(history.c.table_name == table.name, history.c.row_id == row_id)
        .order_by(history.c.version)
    )
    with store.reading() as connection:
        return [
            Change(
                table=line.table_name,
                row_id=line.row_id,
                version=line.version,
                by=line.by,
                at=line.at,
                written_at=line.written_at,
                before=typed_row(table.columns, line.before) if line.before else None,
                after=typed_row(table.columns, line.after),
            )
            for line in connection.execute(lines)
        ]


def last_written(store: Store) -> tuple[Any, ...]:
    """What tells the latest change of a store from every other: () where there is none.

    A page asks this dozens of times: the embedded store is read again once its files have changed.
    """
    url, stamp = store.engine.url, _stamp(store)
    if stamp and (held := _last.get(url)) and held[0] == stamp:
        return held[1]
    last_line = _last_line(store)
    # A file that was written a moment ago may be written again within the same tick of its clock.
    if stamp and time.time_ns() - max(written for written, _ in stamp) > TICK_NS:
        _last[url] = stamp, last_line
    return last_line


# By store: its files as they were when the last line of its history was read, and that line.
_last: dict[URL, tuple[tuple[tuple[int, int], ...], tuple[Any, ...]]] = {}
TICK_NS = 100_000_000  # longer than any file system's clock stands still


def _stamp(store: Store) -> tuple[tuple[int, int], ...]:
    """When each file of an embedded store was written, and its bytes; () of another store."""
    if store.engine.dialect.name != "sqlite":
        return ()
    file = str(store.engine.url.database)
    stamps = []
    for name in (file, f"{file}-wal"):
        try:
            there = os.stat(name)
        except FileNotFoundError:
            stamps.append((0, 0))
        else:
            stamps.append((there.st_mtime_ns, there.st_size))
    return tuple(stamps)


def _last_line(store: Store) -> tuple[Any, ...]:
    line = select(history.c.id, history.c.row_id, history.c.written_at)
    with store.reading() as connection:
        return tuple(connection.execute(line.order_by(history.c.id.desc()).limit(1)).first() or ())


def untouched(store: Store, tables: Collection[Table], last: tuple[Any, ...]) -> bool:
    """Whether nothing was written of the tables after the line that `last_written` told; not where
    that line is no longer there, for the store is another."""
    if not last:
        return False
    kept = select(history.c.id, history.c.row_id, history.c.written_at)
    names = [table.name for table in tables]
    later = select(history.c.id).where(history.c.id > last[0], history.c.table_name.in_(names))
    with store.reading() as connection:
        there = connection.execute(kept.where(history.c.id == last[0])).first()
        if tuple(there or ()) != last:
            return False
        return connection.execute(later.limit(1)).first() is None


def stood(
    store: Store, table: Table, moment: datetime, *wanted: ColumnElement[bool]
) -> list[dict[str, Any]]:
    """As `rows_at`, of the rows that are `wanted` as they are today; what was not changed since
    the moment is read straight from the table."""
    same = select(table).where(table.c.changed_at < moment, *wanted)
    later = select(table.c.id).where(table.c.changed_at >= moment, *wanted)
    with store.reading() as connection:
        unchanged = [dict(row) for row in connection.execute(same).mappings()]
        if connection.execute(later.limit(1)).first() is None:
            return unchanged
    return [*unchanged, *rows_at(store, table, moment, later)]


def rows_at(
    store: Store,
    table: Table,
    moment: datetime,
    ids: Select[Any] | None = None,
    names: Collection[str] | None = None,
) -> list[dict[str, Any]]:
    """The rows of a table as they stood just before a moment of the as-at's clock, by id.

    ids    which of them; all where left out
    names  of the columns that are asked for; all where left out
    """
    chosen = [history.c.table_name == table.name, history.c.at < moment]
    if ids is not None:
        chosen.append(history.c.row_id.in_(ids))
    latest = (
        select(history.c.row_id, func.max(history.c.version).label("version"))
        .where(*chosen)
        .group_by(history.c.row_id)
        .subquery()
    )
    lines = (
        select(history.c.after)
        .join(
            latest,
            (history.c.row_id == latest.c.row_id) & (history.c.version == latest.c.version),
        )
        .where(history.c.table_name == table.name)
        .order_by(history.c.row_id)
    )
    columns = table.columns if names is None else [table.columns[name] for name in names]
    with store.reading() as connection:
        return [typed_row(columns, line.after) for line in connection.execute(lines)]
