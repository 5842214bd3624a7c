"""One question over several snapshots: how a figure moved from as-at to as-at."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.access.scope import Scope
from dashboard.errors import NotFoundError
from dashboard.snapshots import relations, series_marts, signal_marts, store
from dashboard.snapshots.lazily import Lazily, Maker
from dashboard.snapshots.manifest import SnapshotInfo

_open: dict[tuple[tuple[SnapshotInfo, ...], Scope], queries.Connection] = {}
_lock = threading.Lock()


def editions(infos: Iterable[SnapshotInfo], until: date) -> tuple[SnapshotInfo, ...]:
    """The newest snapshot of each as-at up to and including `until`, oldest as-at first.

    infos  in the order of a listing: of one as-at the newest last
    """
    newest = {info.as_at: info for info in infos if info.as_at <= until}
    return tuple(newest[as_at] for as_at in sorted(newest))


def holding(infos: Sequence[SnapshotInfo], table: str) -> tuple[SnapshotInfo, ...]:
    """Those of the snapshots that hold the mart or facts `table`; older programs wrote fewer."""
    return tuple(info for info in infos if _file(info, table).is_file())


def across(
    infos: tuple[SnapshotInfo, ...],
    name: str,
    scope: Scope,
    params: dict[str, Any] | None = None,
) -> pa.Table:
    """Rows of queries/across/<name>.sql over what the scope sees of the snapshots; kept while the
    program runs.

    raises  NotFoundError where there is no such query
    """
    known = queries.find("across")
    if name not in known:
        raise NotFoundError("query", name, tuple(known))
    # None of the views hangs on whose records are open.
    return _rows(infos, scope.figures, known[name], tuple(sorted((params or {}).items())))


@lru_cache(maxsize=128)
def _rows(
    infos: tuple[SnapshotInfo, ...],
    scope: Scope,
    query: queries.Query,
    params: tuple[tuple[str, Any], ...],
) -> pa.Table:
    values = {key: list(item) if isinstance(item, tuple) else item for key, item in params}
    return _connect(infos, scope).run(query, values)


def _connect(infos: tuple[SnapshotInfo, ...], scope: Scope) -> queries.Connection:
    with _lock:
        if (infos, scope) not in _open:
            for info in infos:
                store.refuse_damaged(info)
            held = _lazily(infos, scope)
            _open[infos, scope] = queries.Connection(held.connection, held.make)
        return _open[infos, scope]


# What a question over snapshots may read of each; units are those of the newest.
MACROS = (
    "period_end",
    "period_of",
    "whole_until",
    "counted_crime",
    "recorded_crime",
    "counted_fault",
)
TABLES = (
    "observations",
    "measure_coverage",
    "coverage",
    "sources_loaded",
    "faults",
    "crimes",
    "corporate",
    "improvements",
)

# Signals, which each snapshot has: an older program's is completed.
SIGNALS = ("alert_series", "next_windows", "years_begun")


def views(infos: tuple[SnapshotInfo, ...], scope: Scope) -> duckdb.DuckDBPyConnection:
    """A connection in which each of TABLES and SIGNALS holds the rows of all snapshots, with
    known_as_at."""
    return _lazily(infos, scope).make_all()


def _lazily(infos: tuple[SnapshotInfo, ...], scope: Scope) -> Lazily:
    """The same, before any of them is made."""
    connection = duckdb.connect(":memory:")
    connection.execute("create table viewed as select ? as borough", [scope.borough])
    connection.execute("set python_enable_replacements = false")
    held = [table for table in TABLES if holding(infos, table)]
    listed = " union all ".join(f"select {_as_at(info)}" for info in infos)
    macros = {name: sql for name, sql in series_marts.macros().items() if name in MACROS}
    statements = {
        "snapshots": f"create table snapshots as {listed}",
        "units": f"create view units as select * from {_read(infos[-1], 'units')}",
        **macros,
    }
    made: dict[str, Maker] = {name: partial(str, sql) for name, sql in statements.items()}
    made |= {name: partial(_held, infos, name, scope) for name in held}
    made |= {name: partial(_signals, connection, infos, name, scope) for name in SIGNALS}
    made["organisation"] = lambda: relations.register_organisation(
        connection, relations.catalogue_of(infos[-1])
    )
    return Lazily(connection, made)


def _held(infos: tuple[SnapshotInfo, ...], table: str, scope: Scope) -> str:
    holders = holding(infos, table)
    parts = [f"select *, {_as_at(info)} from {_read(info, table)}" for info in holders]
    names = relations.columns(_file(holders[-1], table))
    rows = relations.seen(table, names, " union all by name ".join(parts), scope)
    return f"create view {table} as {rows}"


def _signals(
    connection: duckdb.DuckDBPyConnection, infos: tuple[SnapshotInfo, ...], table: str, scope: Scope
) -> str:
    parts = [f"select *, {_as_at(i)} from {_signal(connection, i, table)}" for i in infos]
    names = frozenset(signal_marts.columns(table))
    rows = relations.seen(table, names, " union all by name ".join(parts), scope)
    return f"create view {table} as {rows}"


def _as_at(info: SnapshotInfo) -> str:
    return f"date '{info.as_at}' as known_as_at"


def _signal(connection: duckdb.DuckDBPyConnection, info: SnapshotInfo, table: str) -> str:
    """Where the rows of a signal of the snapshot are read from."""
    if _file(info, table).is_file():
        return _read(info, table)
    name = f"{table} {info.as_at} {info.id}"
    # A table: what is registered is not seen by the cursors that questions run in.
    connection.register("rows_of_signal", store.completed(info)[table])
    connection.execute(f'create table "{name}" as select * from rows_of_signal')
    connection.unregister("rows_of_signal")
    return f'"{name}"'


def _file(info: SnapshotInfo, table: str) -> Path:
    marts = info.path / "marts" / f"{table}.parquet"
    return marts if marts.is_file() else info.path / "facts" / f"{table}.parquet"


def _read(info: SnapshotInfo, table: str) -> str:
    path = str(_file(info, table)).replace("'", "''")
    return f"read_parquet('{path}')"
