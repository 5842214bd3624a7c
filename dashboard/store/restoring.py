"""Restoring a dump: at its own revision, then migrated to the program's; whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, URL, Connection, MetaData, Table, func, insert, select, text

from dashboard.errors import ContentError, StoreError, UsageError
from dashboard.store import migrating
from dashboard.store.dumping import Dump, read_dump, tables, write_dump
from dashboard.store.engine import database_engine, transaction
from dashboard.store.plain import typed

AT_ONCE = 500  # rows of one insert


@dataclass(frozen=True)
class Restored:
    """What was restored, and the dump of what stood there before."""

    dump: Dump
    backup: Path | None


def restore(url: URL, data: Path, file: Path, *, replace: bool = False) -> Restored:
    """Puts a dump into a store that is empty, or in place of what it holds.

    replace  what the store holds goes, after a dump of it into state/backups
    raises   UsageError where the store isn't empty; ContentError for a damaged dump;
             StoreError for a dump of a newer program
    """
    dump = read_dump(file)
    if dump.revision not in migrating.known_revisions():
        raise StoreError(
            f"the dump is of a newer program (revision {dump.revision}; this one knows up to"
            f" {migrating.head()}): restore it with that program"
        )
    migrating.folder_of(url)
    engine = database_engine(url, foreign_keys=False)
    try:
        with transaction(engine, writing=True) as connection:
            migrating.lock(connection)
            backup = _cleared(connection, data, replace)
            migrating.upgrade(connection, dump.revision)
            _fill(connection, dump)
            migrating.upgrade(connection, migrating.head())
            migrating.whole(connection)
    finally:
        engine.dispose()
    return Restored(dump, backup)


def _cleared(connection: Connection, data: Path, replace: bool) -> Path | None:
    """Leaves no table; returns the dump that was made of rows that stood there."""
    revision = migrating.revision_of(connection)
    if revision is None:
        return None
    held = sum(
        connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables(connection)
    )
    if held and not replace:
        raise UsageError(
            f"the store holds {held:,} rows: say --replace to put the dump in their place"
        )
    backup = None
    if held:
        backup = migrating.backup_file(data, revision)
        write_dump(connection, revision, backup)
    known = MetaData()
    known.reflect(connection)
    known.drop_all(connection)
    return backup


def _fill(connection: Connection, dump: Dump) -> None:
    known = {table.name: table for table in tables(connection)}
    for table in known.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type.none_as_null = True  # nothing, rather than JSON's null
    rows: list[dict[str, Any]] = []
    last = ""
    for name, row in dump.lines():
        if name not in known or not set(row) <= set(known[name].columns.keys()):
            raise ContentError(f"revision {dump.revision} has no such table or column: {name}")
        if rows and (name != last or len(rows) == AT_ONCE):
            connection.execute(insert(known[last]), rows)
            rows = []
        rows.append(_row(connection, known[name], row))
        last = name
    if rows:
        connection.execute(insert(known[last]), rows)
    if connection.dialect.name == "postgresql":
        for table in known.values():
            _count_on(connection, table)


def _row(connection: Connection, table: Table, row: dict[str, Any]) -> dict[str, Any]:
    values = {name: typed(table.columns[name], value) for name, value in row.items()}
    for name, value in values.items():
        if connection.dialect.name == "sqlite" and hasattr(value, "astimezone"):
            values[name] = value.astimezone(UTC).replace(tzinfo=None)
    return values


def _count_on(connection: Connection, table: Table) -> None:
    """Lets PostgreSQL number new rows after those that were restored."""
    for column in table.primary_key:
        sequence = connection.execute(
            text("select pg_get_serial_sequence(:table, :column)"),
            {"table": table.name, "column": column.name},
        ).scalar_one()
        if sequence:
            highest = connection.execute(select(func.max(column))).scalar_one()
            if highest is not None:
                connection.execute(
                    text("select setval(cast(:sequence as regclass), :highest)"),
                    {"sequence": sequence, "highest": highest},
                )
