"""The tables that an analyst's own SQL may ask: a database file that holds nothing else.

It is made once for a snapshot and scope. Of tables of records it holds those that the scope may
open; columns that tell a person's protected characteristics are left out, so that no count of
people by group can be made of what is there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard.access import records
from dashboard.access.scope import Scope
from dashboard.snapshots import listed, relations, store
from dashboard.snapshots.manifest import SnapshotInfo

FOLDER = Path("state") / "own_sql"
_building = threading.Lock()


def columns(info: SnapshotInfo, scope: Scope) -> dict[str, dict[str, pa.DataType]]:
    """The tables that the scope may ask with its own SQL, each with its columns by name, and what
    type each is of."""
    kept = {}
    held = {table.table for table in records.TABLES}
    for name, path in relations.files(info).items():
        if scope.sees == "none" or (name in held and not scope.opened):
            continue
        kept[name] = {
            column: type_
            for column, type_ in relations.types(path).items()
            if column not in records.PROTECTED
        }
    return kept


def database(info: SnapshotInfo, scope: Scope, data: Path) -> Path:
    """The database file of the scope's tables; made where it is not there yet."""
    told = f"{info.manifest['seal']} {scope.sees} {scope.borough} {sorted(scope.opened)}"
    target = data / FOLDER / info.id / f"{hashlib.sha256(told.encode()).hexdigest()[:24]}.duckdb"
    with _building:
        if not target.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_suffix(f".{os.getpid()}.building")
            beside.unlink(missing_ok=True)
            _write(beside, info, scope)
            beside.replace(target)
    return target


def clear(data: Path) -> None:
    """Removes the database files of snapshots that are there no more."""
    kept = {info.id for info in listed.listing(data)}
    with _building:
        for item in (data / FOLDER).glob("*"):
            if item.name in kept:
                continue
            if item.is_dir():
                shutil.rmtree(item)
            else:
                item.unlink()


def _write(path: Path, info: SnapshotInfo, scope: Scope) -> None:
    held = {table.table for table in records.TABLES}
    rows = {
        name: store.connect(info, scope).table(
            f"{name}_open" if name in held else name, list(names)
        )
        for name, names in columns(info, scope).items()
    }
    connection = duckdb.connect(str(path))
    try:
        connection.execute("set python_enable_replacements = false")
        # One transaction: a table each would wait for the disk thirty times.
        connection.begin()
        for name, table in rows.items():
            connection.register("rows_of_it", table)
            connection.execute(f"create table {name} as select * from rows_of_it")
            connection.unregister("rows_of_it")
        connection.commit()
    finally:
        connection.close()
