"""A snapshot as an older program wrote it: without what came since."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from dashboard.snapshots import SnapshotInfo, manifest


def older_copy(info: SnapshotInfo, data: Path, without: Iterable[str]) -> SnapshotInfo:
    """A copy of the snapshot in the data folder `data`, whole but for some of its files and
    folders."""
    folder = data / "snapshots" / str(info.as_at) / info.id
    shutil.copytree(info.path, folder)
    for name in without:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    files = {
        name: entry for name, entry in info.manifest["files"].items() if (folder / name).exists()
    }
    manifest.write(folder, info.manifest | {"files": files})
    return manifest.read(folder)
