"""Opening a snapshot for queries, and comparing two."""

from __future__ import annotations

import threading
from collections.abc import Container
from datetime import date
from functools import lru_cache, partial

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.access import LOCAL
from dashboard.access.scope import Scope, scope_of
from dashboard.errors import ContentError
from dashboard.signals.windows import Known
from dashboard.snapshots import identity, listed, manifest, relations, series_marts, signal_marts
from dashboard.snapshots.lazily import Lazily, Maker
from dashboard.snapshots.manifest import SnapshotInfo

_open: dict[tuple[str, str, Scope, bool], queries.Connection] = {}
_building: dict[tuple[str, str, Scope, bool], threading.Lock] = {}
seen_whole: set[tuple[str, str]] = set()  # path and seal
_lock = threading.Lock()


def connect(info: SnapshotInfo, scope: Scope, *, shared: bool = False) -> queries.Connection:
    """A locked-down connection that holds the views of `scope`; one a process, snapshot, scope.

    shared  holds only what is the same for every scope that sees the same figures
    """
    key = (str(info.path), info.manifest["seal"], scope.figures if shared else scope, shared)
    if held := _open.get(key):
        return held
    with _lock:
        mine = _building.setdefault(key, threading.Lock())
    with mine:  # who asks for another waits for none of this
        if key not in _open:
            refuse_damaged(info)
            lazily = _locked(info, scope, shared=shared)
            _open[key] = queries.Connection(lazily.connection, lazily.make)
        return _open[key]


def forget(info: SnapshotInfo) -> None:
    """Lets go of a snapshot that is about to be removed."""
    with _lock:
        for key in [key for key in _open if key[0] == str(info.path)]:
            del _open[key]


def refuse_damaged(info: SnapshotInfo) -> None:
    """Once a process and snapshot: damage of the same size shows before a figure is read from it.

    raises  ContentError where a file is not what was published
    """
    key = (str(info.path), info.manifest["seal"])
    if key in seen_whole:
        return
    if changed := manifest.changed_files(info):
        raise ContentError(
            f"snapshot {info.as_at}/{info.id} is damaged: {changed[0]}; publish it again"
        )
    seen_whole.add(key)


def views(info: SnapshotInfo, scope: Scope, *, shared: bool = False) -> duckdb.DuckDBPyConnection:
    """A new connection, locked down, that holds the views of `scope` over the snapshot; `shared`
    as of connect."""
    return _locked(info, scope, shared=shared).make_all()


def _locked(info: SnapshotInfo, scope: Scope, *, shared: bool) -> Lazily:
    """The same, before any of them is made."""
    connection = duckdb.connect(":memory:")
    lacking = _lacking(info)
    own = _own(connection, info, scope, shared=shared, without=lacking)
    more = {name: partial(_complete, connection, info, scope, name) for name in lacking}
    folder = str(info.path.resolve()).replace("'", "''")
    # Views go on reading the snapshot's own files; nothing else can be read from SQL.
    connection.execute(
        f"set allowed_directories = ['{folder}'];"
        "set enable_progress_bar = false;"
        "set python_enable_replacements = false;"
        "set enable_external_access = false;"
        "set lock_configuration = true"
    )
    return Lazily(connection, own | more)


def _own(
    connection: duckdb.DuckDBPyConnection,
    info: SnapshotInfo,
    scope: Scope,
    *,
    shared: bool = False,
    without: Container[str] = (),
) -> dict[str, Maker]:
    """What makes the views of what the snapshot itself holds; without views for some of what it
    lacks."""
    at = f"create table snapshot as select date '{info.as_at}' as as_at, '{info.id}' as id"
    return {
        **relations.makers(connection, info, scope, shared=shared),
        **series_marts.stand_ins(connection, info.path / "marts", without),
        **{name: partial(str, sql) for name, sql in series_marts.macros().items()},
        "snapshot": lambda: at,
    }


def _lacking(info: SnapshotInfo) -> list[str]:
    """The marts that came after the program that published the snapshot."""
    folder = info.path / "marts"
    return [*series_marts.lacking(folder), *signal_marts.lacking(folder)]


def _complete(
    connection: duckdb.DuckDBPyConnection, info: SnapshotInfo, scope: Scope, name: str
) -> str:
    """What makes the table of what a snapshot was published without, as its scope sees it."""
    table = completed(info)[name]
    connection.register(f"{name}_rows", table)
    names = frozenset(table.column_names)
    rows = relations.seen(name, names, f"select * from {name}_rows", scope)
    return f"create table {name} as {rows}"


@lru_cache(maxsize=16)
def completed(info: SnapshotInfo) -> dict[str, pa.Table]:
    """The marts that a snapshot was published without, with all rows that there are."""
    beside = listed.completed_folder(info) / identity.method()[:12]
    if kept := signal_marts.kept(beside):
        return kept
    catalogue = relations.catalogue_of(info)
    coverage: list[Known] = [
        {
            "measure": row["measure"],
            "grain": row["grain"],
            "since": date.fromisoformat(row["since"]),
            "until": date.fromisoformat(row["until"]),
        }
        for row in info.manifest["served"]
    ]
    folder = info.path / "marts"
    with duckdb.connect(":memory:") as whole:
        Lazily(whole, _own(whole, info, scope_of(LOCAL, catalogue))).make_all()
        tables = series_marts.tables(whole, series_marts.lacking(folder))
        if signal_marts.lacking(folder):
            asked = (whole, catalogue, info.as_at, info.id, coverage)
            tables |= signal_marts.completed(*asked)
    signal_marts.keep(beside, tables)
    return tables


def compare(older: SnapshotInfo, newer: SnapshotInfo) -> pa.Table:
    """Figures by measure, unit, borough and month that differ between two snapshots; money too.

    return  measure, unit_code, borough, grain, period_start, known_until (exclusive; null but of
            months that are counted by day), old_numerator, old_denominator, new_numerator,
            new_denominator; biggest change first.
    """
    connection = duckdb.connect(":memory:")
    query = queries.read(queries.FOLDER / "publish" / "compare.sql")
    money = queries.read(queries.FOLDER / "publish" / "money.sql")
    for name, info in (("older", older), ("newer", newer)):
        for fact in ("overtime", "finance"):
            path = str(info.path / "facts" / f"{fact}.parquet")
            connection.read_parquet(path).create_view(fact, replace=True)
        connection.register("spent", queries.Connection(connection).run(money))
        path = str(info.path / "marts" / "observations.parquet")
        connection.read_parquet(path).create_view("observations", replace=True)
        connection.execute(
            f"create table {name} as select measure::varchar as measure, "
            "* exclude (measure) from observations union all by name from spent"
        )
    return queries.Connection(connection).run(query)
