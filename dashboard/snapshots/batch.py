"""Many files and many as-ats at once, two processes wide: how the sample is loaded.

Kinds do not touch each other, and neither do snapshots; the files of one kind go in the
order given.
"""

from __future__ import annotations

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
