"""Listing, finding, verifying, comparing and pruning snapshots; opening one for queries."""

from __future__ import annotations

import os
import shutil
import threading
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.access import LOCAL
from dashboard.access.scope import Scope, scope_of
from dashboard.errors import MOST_NEAR, ContentError, NotFoundError
from dashboard.snapshots import identity, manifest, relations, series_marts, signal_marts
from dashboard.snapshots.manifest import SnapshotInfo

ROOT = Path(__file__).resolve().parent.parent.parent
YOUNG = timedelta(days=1)
_open: dict[tuple[str, str, Scope], queries.Connection] = {}
_lock = threading.Lock()


def data_folder(data: Path | str | None = None) -> Path:
    """The data folder: as told, else DASHBOARD_DATA, else data/ of the project."""
    return Path(data or os.environ.get("DASHBOARD_DATA") or ROOT / "data")


def scan(data: Path) -> tuple[list[SnapshotInfo], list[str]]:
    """All whole snapshots, by as-at then time of publishing, and a sentence for each other."""
    found, faults = [], []
    for folder in sorted((data / "snapshots").glob("[0-9]*/[!.]*")):
        if not folder.is_dir():
            continue
        try:
            info = manifest.read(folder)
            broken = manifest.missing_files(info)
            if broken:
                raise ContentError(f"snapshot {info.as_at}/{info.id} is not whole: {broken[0]}")
            found.append(info)
        except ContentError as error:
            faults.append(str(error))
    return sorted(found, key=lambda item: (item.as_at, item.published_at)), faults


def listing(data: Path) -> list[SnapshotInfo]:
    """All whole snapshots, oldest as-at first; what is not whole is passed over (see `scan`)."""
    return scan(data)[0]


def get(data: Path, as_at: date | None = None, snapshot_id: str | None = None) -> SnapshotInfo:
    """The snapshot asked for: by id, else the newest of the as-at, else the newest of all.

    raises  NotFoundError with the as-ats there are; ContentError where it is damaged.
    """
    found, faults = scan(data)
    chosen = [
        item
        for item in found
        if (as_at is None or item.as_at == as_at)
        and (snapshot_id is None or item.id == snapshot_id)
    ]
    if chosen:
        return chosen[-1]
    wanted = " ".join(str(part) for part in (as_at, snapshot_id) if part)
    for fault in faults:
        if wanted and all(part in fault for part in wanted.split()):
            raise ContentError(fault)
    if not wanted:
        raise NotFoundError("snapshot", "in this data folder")
    days = sorted({item.as_at for item in found})
    if as_at is None:
        raise NotFoundError("snapshot", wanted, [str(day) for day in days])
    # Days are near in time, not by their letters.
    days.sort(key=lambda day: abs(day - as_at))
    raise NotFoundError("snapshot", wanted, near=[str(day) for day in days[:MOST_NEAR]])


def connect(info: SnapshotInfo, scope: Scope) -> queries.Connection:
    """A locked-down connection that holds the views of `scope`; one a process, snapshot, scope."""
    key = (str(info.path), info.manifest["seal"], scope)
    with _lock:
        if key not in _open:
            # Once a process: damage of the same size shows before a figure is read from it.
            if key[:2] not in {opened[:2] for opened in _open} and (changed := verify(info)):
                raise ContentError(
                    f"snapshot {info.as_at}/{info.id} is damaged: {changed[0]}; publish it again"
                )
            _open[key] = queries.Connection(views(info, scope))
        return _open[key]


def views(info: SnapshotInfo, scope: Scope) -> duckdb.DuckDBPyConnection:
    """A new connection, locked down, that holds the views of `scope` over the snapshot."""
    connection = _own_views(info, scope)
    _complete(connection, info, scope)
    folder = str(info.path.resolve()).replace("'", "''")
    # Views go on reading the snapshot's own files; nothing else can be read from SQL.
    connection.execute(f"set allowed_directories = ['{folder}']")
    connection.execute("set enable_progress_bar = false")
    connection.execute("set python_enable_replacements = false")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _own_views(info: SnapshotInfo, scope: Scope) -> duckdb.DuckDBPyConnection:
    """The views of what the snapshot itself holds."""
    connection = duckdb.connect(":memory:")
    relations.create(connection, info, scope)
    connection.execute(
        "create table snapshot as select ?::date as as_at, ? as id", [info.as_at, info.id]
    )
    series_marts.stand_in_gaps(connection, info.path / "marts")
    series_marts.add_macros(connection)
    series_marts.stand_in(connection, info.path / "marts")
    return connection


def _complete(connection: duckdb.DuckDBPyConnection, info: SnapshotInfo, scope: Scope) -> None:
    """The signals of a snapshot that was published without them, as its scope sees them."""
    if not (lacking := signal_marts.lacking(info.path / "marts")):
        return
    tables = completed(info)
    for name in lacking:
        connection.register(f"{name}_rows", tables[name])
        names = frozenset(tables[name].column_names)
        rows = relations.seen(name, names, f"select * from {name}_rows", scope)
        connection.execute(f"create table {name} as {rows}")
        connection.unregister(f"{name}_rows")


@lru_cache(maxsize=16)
def completed(info: SnapshotInfo) -> dict[str, pa.Table]:
    """The signals of a snapshot that was published without them, all that there are."""
    if kept := signal_marts.kept(_beside(info)):
        return kept
    catalogue = relations.catalogue_of(info)
    coverage = [
        row | {day: date.fromisoformat(row[day]) for day in ("since", "until")}
        for row in info.manifest["served"]
    ]
    with _own_views(info, scope_of(LOCAL, catalogue)) as whole:
        return signal_marts.completed(
            whole, _beside(info), catalogue, info.as_at, info.id, coverage
        )


def _beside(info: SnapshotInfo) -> Path:
    """Where what completes a snapshot is kept, by this program's own method."""
    kept = info.path.parents[2] / "state" / "completed" / f"{info.as_at} {info.id}"
    return kept / identity.method()[:12]


def verify(info: SnapshotInfo) -> list[str]:
    """Every file of the snapshot that is missing, cut short or changed, in words."""
    return manifest.changed_files(info)


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


def prune(data: Path, keep: frozenset[str] = frozenset()) -> list[SnapshotInfo]:
    """Removes all but the newest snapshot of each as-at; never one under a day old or in `keep`."""
    found = listing(data)
    newest = {item.as_at: item.id for item in found}
    removed = []
    for item in found:
        young = datetime.now(UTC) - datetime.fromisoformat(item.published_at) < YOUNG
        if item.id == newest[item.as_at] or young or item.id in keep:
            continue
        doomed = item.path.with_name(f".{item.id}.pruned")
        item.path.rename(doomed)
        shutil.rmtree(doomed)
        shutil.rmtree(_beside(item).parent, ignore_errors=True)
        removed.append(item)
    return removed
