"""The snapshots of a data folder: listing, finding, verifying and pruning them."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dashboard.errors import MOST_NEAR, ContentError, NotFoundError, NothingPublishedError
from dashboard.snapshots import manifest
from dashboard.snapshots.manifest import SnapshotInfo

ROOT = Path(__file__).resolve().parent.parent.parent
YOUNG = timedelta(days=1)


def data_folder(data: Path | str | None = None) -> Path:
    """The data folder: as told, else DASHBOARD_DATA, else data/ of the project."""
    return Path(data or os.environ.get("DASHBOARD_DATA") or ROOT / "data")


def scan(data: Path) -> tuple[list[SnapshotInfo], list[str]]:
    """All whole snapshots, by as-at then time of publishing, and a sentence for each other."""
    infos, faults = [], []
    for folder in sorted((data / "snapshots").glob("[0-9]*/[!.]*")):
        if not folder.is_dir():
            continue
        try:
            info = manifest.read(folder)
            broken = manifest.missing_files(info)
            if broken:
                raise ContentError(f"snapshot {info.as_at}/{info.id} is not whole: {broken[0]}")
            infos.append(info)
        except ContentError as error:
            faults.append(str(error))
    return sorted(infos, key=lambda item: (item.as_at, item.published_at)), faults


def listing(data: Path) -> list[SnapshotInfo]:
    """All whole snapshots, oldest as-at first; what is not whole is passed over (see `scan`)."""
    return scan(data)[0]


def get(data: Path, as_at: date | None = None, snapshot_id: str | None = None) -> SnapshotInfo:
    """The snapshot asked for: by id, else the newest of the as-at, else the newest of all.

    raises  NotFoundError with the as-ats there are; ContentError where it is damaged.
    """
    return choose(*scan(data), as_at, snapshot_id)


def choose(
    infos: list[SnapshotInfo],
    faults: list[str],
    as_at: date | None = None,
    snapshot_id: str | None = None,
) -> SnapshotInfo:
    """As `get`, of what `scan` has found."""
    chosen = [
        item
        for item in infos
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
        raise NothingPublishedError()
    days = sorted({item.as_at for item in infos})
    if as_at is None:
        raise NotFoundError("snapshot", wanted, [str(day) for day in days])
    # Days are near in time, not by their letters.
    days.sort(key=lambda day: abs(day - as_at))
    raise NotFoundError("snapshot", wanted, near=[str(day) for day in days[:MOST_NEAR]])


def verify(info: SnapshotInfo) -> list[str]:
    """Every file of the snapshot that is missing, cut short or changed, in words."""
    return manifest.changed_files(info)


def prune(data: Path, keep: frozenset[str] = frozenset()) -> list[SnapshotInfo]:
    """Removes all but the newest snapshot of each as-at; never one under a day old or in `keep`."""
    infos = listing(data)
    newest = {item.as_at: item.id for item in infos}
    removed = []
    for item in infos:
        young = datetime.now(UTC) - datetime.fromisoformat(item.published_at) < YOUNG
        if item.id == newest[item.as_at] or young or item.id in keep:
            continue
        doomed = item.path.with_name(f".{item.id}.pruned")
        item.path.rename(doomed)
        shutil.rmtree(doomed)
        shutil.rmtree(completed_folder(item), ignore_errors=True)
        removed.append(item)
    return removed


def completed_folder(info: SnapshotInfo) -> Path:
    """Where what an older program's snapshot lacked is kept, a folder a method."""
    return info.path.parents[2] / "state" / "completed" / f"{info.as_at} {info.id}"
