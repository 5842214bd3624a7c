"""One question over several snapshots: how a figure moved from as-at to as-at."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.errors import NotFoundError
from dashboard.snapshots import store
from dashboard.snapshots.manifest import SnapshotInfo

_open: dict[tuple[SnapshotInfo, ...], queries.Connection] = {}
_lock = threading.Lock()


def editions(data: Path, until: date) -> tuple[SnapshotInfo, ...]:
    """The newest snapshot of each as-at up to and including `until`, oldest as-at first."""
    newest = {info.as_at: info for info in store.listing(data) if info.as_at <= until}
    return tuple(newest[as_at] for as_at in sorted(newest))


def holding(infos: Sequence[SnapshotInfo], table: str) -> tuple[SnapshotInfo, ...]:
    """Those of the snapshots that hold the mart or facts `table`; older programs wrote fewer."""
    return tuple(info for info in infos if _file(info, table).is_file())


def across(
    infos: tuple[SnapshotInfo, ...], name: str, params: dict[str, Any] | None = None
) -> pa.Table:
    """Rows of queries/across/<name>.sql over the snapshots; kept while the program runs.

    raises  NotFoundError where there is no such query
    """
    known = queries.find("across")
    if name not in known:
        raise NotFoundError("query", name, tuple(known))
    return _rows(infos, known[name], tuple(sorted((params or {}).items())))


@lru_cache(maxsize=128)
def _rows(
    infos: tuple[SnapshotInfo, ...], query: queries.Query, params: tuple[tuple[str, Any], ...]
) -> pa.Table:
    values = {key: list(item) if isinstance(item, tuple) else item for key, item in params}
    return _connect(infos).run(query, values)


def _connect(infos: tuple[SnapshotInfo, ...]) -> queries.Connection:
    with _lock:
        if infos not in _open:
            _open[infos] = queries.Connection(_views(infos))
        return _open[infos]


# What a question over snapshots may read of each; units are those of the newest.
MACROS = ("period_end", "period_start", "behind_figure")
TABLES = (
    "observations",
    "measure_coverage",
    "coverage",
    "sources_loaded",
    "faults",
    "crimes",
    "corporate",
)


def _views(infos: tuple[SnapshotInfo, ...]) -> duckdb.DuckDBPyConnection:
    """A connection in which each of TABLES holds the rows of all snapshots, with known_as_at."""
    connection = duckdb.connect(":memory:")
    for table in TABLES:
        found = holding(infos, table)
        if found:
            parts = [f"select *, {_as_at(info)} from {_read(info, table)}" for info in found]
            connection.execute(f"create view {table} as {' union all by name '.join(parts)}")
    listed = " union all ".join(f"select {_as_at(info)}" for info in infos)
    connection.execute(f"create table snapshots as {listed}")
    connection.execute(f"create view units as select * from {_read(infos[-1], 'units')}")
    for name in MACROS:
        connection.execute(queries.find("macros")[name].sql)
    connection.execute("set python_enable_replacements = false")
    return connection


def _as_at(info: SnapshotInfo) -> str:
    return f"date '{info.as_at}' as known_as_at"


def _file(info: SnapshotInfo, table: str) -> Path:
    marts = info.path / "marts" / f"{table}.parquet"
    return marts if marts.is_file() else info.path / "facts" / f"{table}.parquet"


def _read(info: SnapshotInfo, table: str) -> str:
    path = str(_file(info, table)).replace("'", "''")
    return f"read_parquet('{path}')"
