"""Many files and many as-ats at once, two processes wide: how the sample is loaded.

Kinds do not touch each other, and neither do snapshots; the files of one kind go in the
order given.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from dashboard import ingest
from dashboard.catalogue import Target
from dashboard.snapshots.publishing import publish

WORKERS = min(2, os.cpu_count() or 1)
Progress = Callable[[int, int], None]
BEGUN = Path("snapshots") / ".begun.json"  # of a data folder: the as-ats of a batch under way


@dataclass(frozen=True)
class File:
    """A source file and how it is to be imported."""

    kind: str
    path: Path
    vintage: date
    delta: bool


def import_and_publish(
    data: Path,
    files: Iterable[File],
    as_ats: Sequence[date],
    importing: Progress | None = None,
    publishing: Progress | None = None,
    accepted: Sequence[Target] = (),
) -> None:
    """Imports `files`, then publishes a snapshot for each of `as_ats`.

    accepted  as `publish` has it
    raises  DashboardError as importing and publishing do, one by one.
    """
    kinds: dict[str, list[File]] = {}
    for item in files:
        kinds.setdefault(item.kind, []).append(item)
    # Spawned, not forked: DuckDB's threads do not survive a fork.
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        _wait([pool.submit(_import, data, items) for items in kinds.values()], importing)
        _wait([pool.submit(_publish, data, as_at, tuple(accepted)) for as_at in as_ats], publishing)


def begin(data: Path, as_ats: Iterable[date]) -> None:
    """Notes that these as-ats are to be published, one by one, while others may look on."""
    note = data / BEGUN
    note.parent.mkdir(parents=True, exist_ok=True)
    making = note.with_name(f"{note.name}.{os.getpid()}")
    making.write_text(json.dumps([str(day) for day in as_ats]), "utf-8")
    making.replace(note)


def begun(data: Path) -> list[date]:
    """The as-ats of a batch that was begun and has not ended; none where there is no such."""
    try:
        said = json.loads((data / BEGUN).read_text("utf-8"))
    except FileNotFoundError:
        return []
    return [date.fromisoformat(day) for day in said]


def end(data: Path) -> None:
    """Forgets the batch: all of it is there."""
    (data / BEGUN).unlink(missing_ok=True)


def _wait(jobs: list[Future[None]], progress: Progress | None) -> None:
    for done, job in enumerate(as_completed(jobs), 1):
        job.result()
        if progress:
            progress(done, len(jobs))


def _import(data: Path, items: list[File]) -> None:
    for item in items:
        ingest.import_files(
            item.kind,
            [item.path],
            data=data,
            vintage=item.vintage,
            delta=item.delta,
            columns={},
        )


def _publish(data: Path, as_at: date, accepted: tuple[Target, ...]) -> None:
    publish(as_at, data, accepted=accepted)
