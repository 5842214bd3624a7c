"""Opening a snapshot for queries, and comparing two."""

from __future__ import annotations

import threading

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.access.scope import Scope
from dashboard.errors import ContentError
from dashboard.snapshots import manifest, relations, series_marts
from dashboard.snapshots.manifest import SnapshotInfo

_open: dict[tuple[str, str, Scope], queries.Connection] = {}
_lock = threading.Lock()


def connect(info: SnapshotInfo, scope: Scope) -> queries.Connection:
    """A locked-down connection that holds the views of `scope`; one a process, snapshot, scope."""
    key = (str(info.path), info.manifest["seal"], scope)
    with _lock:
        if key not in _open:
            # Once a process: damage of the same size shows before a figure is read from it.
            if key[:2] not in {opened[:2] for opened in _open} and (
                changed := manifest.changed_files(info)
            ):
                raise ContentError(
                    f"snapshot {info.as_at}/{info.id} is damaged: {changed[0]}; publish it again"
                )
            _open[key] = queries.Connection(views(info, scope))
        return _open[key]


def views(info: SnapshotInfo, scope: Scope) -> duckdb.DuckDBPyConnection:
    """A new connection, locked down, that holds the views of `scope` over the snapshot."""
    connection = duckdb.connect(":memory:")
    folder = str(info.path.resolve()).replace("'", "''")
    relations.create(connection, info, scope)
    connection.execute(
        "create table snapshot as select ?::date as as_at, ? as id", [info.as_at, info.id]
    )
    series_marts.stand_in_gaps(connection, info.path / "marts")
    series_marts.add_macros(connection)
    series_marts.stand_in(connection, info.path / "marts")
    # Views go on reading the snapshot's own files; nothing else can be read from SQL.
    connection.execute(f"set allowed_directories = ['{folder}']")
    connection.execute("set enable_progress_bar = false")
    connection.execute("set python_enable_replacements = false")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def compare(older: SnapshotInfo, newer: SnapshotInfo) -> pa.Table:
    """Figures by measure, unit, borough and month that differ between two snapshots.

    return  measure, unit_code, borough, grain, period_start, old_numerator,
            old_denominator, new_numerator, new_denominator; biggest change first.
    """
    connection = duckdb.connect(":memory:")
    query = queries.read(queries.FOLDER / "publish" / "compare.sql")
    for name, info in (("older", older), ("newer", newer)):
        path = str(info.path / "marts" / "observations.parquet")
        connection.read_parquet(path).create_view(name)
    return queries.Connection(connection).run(query)
