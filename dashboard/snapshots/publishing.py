"""Publish: staged sources → facts → marts → observations, all or nothing.

A snapshot is built beside its place, synced and renamed there: a reader sees a whole
snapshot or none. Its id is a hash of what went in, so that publishing the same again
changes nothing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from dashboard import __version__, ingest, queries
from dashboard import catalogue as catalogues
from dashboard.catalogue import Catalogue, Target
from dashboard.errors import ContentError
from dashboard.ingest import Staged, scratch
from dashboard.snapshots import binding, facts, fault_rules, identity, listed, manifest, marts
from dashboard.snapshots.manifest import SnapshotInfo

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """The accepted targets that go into a snapshot; why each of the others is left out."""

    targets: tuple[Target, ...]
    left_out: list[str]


MEMORY = "3GB"
# What is to be done about a file that is held.
WAYS = "imports pass N --reason TEXT lets it through, imports withdraw N takes it back"


def day_to_publish(data: Path, asked: date | None = None) -> date:
    """The day that was asked for; else the day after the newest vintage that is not held.

    raises  ContentError where nothing that is staged would go into it
    """
    staged = ingest.staged(data)
    if not staged:
        raise ContentError("nothing is imported, so nothing is published: import a file first")
    serving = [item for item in staged if not item.held]
    if not serving:
        raise ContentError(f"all that is imported is held, so nothing is published: {WAYS}")
    day = asked or max(item.vintage for item in serving) + timedelta(days=1)
    if not any(item.goes_into(day) for item in serving):
        first = min(item.vintages[0] for item in serving)
        raise ContentError(
            f"nothing that is imported was known before {day}, so nothing is published: "
            f"the first was known on {first}"
        )
    return day


def publish(
    as_at: date,
    data: Path,
    progress: Progress | None = None,
    accepted: Iterable[Target] = (),
) -> SnapshotInfo:
    """Builds the snapshot of what was known before `as_at`.

    accepted  targets that units proposed and the board accepted; those set before `as_at` are
              rows of the snapshot's targets, and part of its id
    return  the new snapshot; the one already there where nothing that goes in has changed.
    raises  ContentError where the catalogue, a query or a staged file is at fault, or the
            disk is full; nothing is left behind then.
    """
    try:
        with scratch.turn(data / "state", f"publish-{as_at}"):
            return _publish_alone(as_at, data, progress, tuple(accepted))
    except OSError as error:
        raise ContentError(f"the snapshot can't be written: {error.strerror or error}") from error


def _publish_alone(
    as_at: date, data: Path, progress: Progress | None, accepted: tuple[Target, ...]
) -> SnapshotInfo:
    """Publishes while no other process publishes the same as-at."""
    catalogue = catalogues.load(catalogues.folder_of(data))
    catalogues.keep(catalogue.directorate)
    staged = [item for item in ingest.staged(data) if item.goes_into(as_at)]
    _refuse_a_mix(staged)
    ids = queries.measure_ids(catalogue.directorate)
    plan = Plan(*catalogues.accepted.fitting(catalogue, accepted, as_at, ids))
    made_of = identity.identity(as_at, staged, catalogue, plan.targets)
    target = data / "snapshots" / str(as_at) / made_of
    _clear(target.parent)
    if target.is_dir():
        info = manifest.read(target)
        if not listed.verify(info):
            return info
    binding.refuse_unsound(catalogue)
    building = target.with_name(f".{made_of}.{os.getpid()}.building")
    try:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True)
        _build(building, as_at, made_of, staged, catalogue, plan, data, progress)
        _place(building, target)
    except OSError as error:
        raise ContentError(f"the snapshot can't be written: {error.strerror or error}") from error
    except duckdb.Error as error:
        line = str(error).splitlines()[0]
        raise ContentError(f"the snapshot can't be built: {line}") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return manifest.read(target)


def _refuse_a_mix(staged: list[Staged]) -> None:
    """raises  ContentError where files of the synthetic sample lie beside others: their figures
    would be added up, and no page could say which they are"""
    others = [item for item in staged if not item.sample]
    synthetic = len(staged) - len(others)
    if synthetic and others:
        files = f"{synthetic} files" if synthetic > 1 else "a file"
        raise ContentError(
            f"{files} of the synthetic sample and {len(others)} other{'s'[: len(others) > 1]} are "
            f"imported here, {others[0].file} among them, so nothing is published: import your own "
            "files into a folder of their own (--data FOLDER), or withdraw the ones or the others "
            "(imports list, imports withdraw)"
        )


def _build(
    folder: Path,
    as_at: date,
    made_of: str,
    staged: list[Staged],
    catalogue: Catalogue,
    plan: Plan,
    data: Path,
    progress: Progress | None,
) -> None:
    shutil.copytree(catalogue.folder, folder / "catalogue")
    if plan.targets:
        catalogues.accepted.write(folder / "catalogue", plan.targets)
        catalogue = catalogues.load(folder / "catalogue")
    with scratch.folder(data / "state", "spill") as spill:
        connection = _connection(spill)
        try:
            marts.register_catalogue(connection, catalogue)
            coverage, warnings = facts.write_all(
                connection, staged, catalogue, folder / "facts", as_at
            )
            if progress:
                progress(1, marts.steps())
            served, held = marts.write_all(
                connection, folder, as_at, made_of, catalogue, coverage, staged, progress
            )
        finally:
            connection.close()
    files: dict[str, manifest.File] = {}
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        sync(path)
        files[str(path.relative_to(folder))] = _entry(path)
    manifest.write(
        folder,
        {
            "schema": manifest.SCHEMA,
            "as_at": str(as_at),
            "id": made_of,
            "published_at": datetime.now(UTC).isoformat(timespec="microseconds"),
            "program": __version__,
            "catalogue_hash": catalogue.hash,
            "sample": any(item.sample for item in staged),
            "sources": [item.summary() for item in staged],
            "served": served,
            "unasked": fault_rules.unasked(staged),
            "marts": {
                Path(name).stem: {"rows": entry["rows"], "sha256": entry["sha256"]}
                for name, entry in files.items()
                if name.startswith("marts/")
            },
            "files": files,
            "warnings": [*warnings, *held, *plan.left_out],
        },
    )


def _entry(path: Path) -> manifest.File:
    entry: manifest.File = {"bytes": path.stat().st_size, "sha256": manifest.sha256(path)}
    if path.suffix == ".parquet":
        entry["rows"] = pq.read_metadata(path).num_rows
    return entry


def _clear(folder: Path) -> None:
    """Removes what killed runs left beside the snapshots of an as-at: all but whole names."""
    for mark in ("building", "damaged", "pruned"):
        for path in folder.glob(f".*.{mark}"):
            shutil.rmtree(path, ignore_errors=True)


def _connection(spill: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute("set memory_limit = ?", [MEMORY])
    connection.execute("set temp_directory = ?", [str(spill)])
    connection.execute("set enable_progress_bar = false")
    connection.execute("set python_enable_replacements = false")
    return connection


def _place(building: Path, target: Path) -> None:
    """Renames the finished snapshot into place; a damaged one that stood there moves aside."""
    if target.exists():
        target.rename(target.with_name(f".{target.name}.{os.getpid()}.damaged"))
    building.rename(target)
    for folder in (target, target.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
