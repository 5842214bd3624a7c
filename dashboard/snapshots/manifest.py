"""manifest.json: what a snapshot holds, sealed so that an edit by hand shows."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict, cast

from dashboard.errors import ContentError
from dashboard.ingest.sidecars import Source

NAME = "manifest.json"
SCHEMA = 1


class Served(TypedDict):
    """A span of one source that serves a measure, in ISO's spelling; see serving.served_by."""

    measure: str
    source: str
    grain: str
    since: str
    until: str  # exclusive
    unit_code: str
    n: int


class Mart(TypedDict):
    """A table of the snapshot."""

    rows: int
    sha256: str


class File(TypedDict):
    """A file of the snapshot."""

    bytes: int
    sha256: str
    rows: NotRequired[int]  # of a table


class Manifest(TypedDict):
    """What manifest.json says; what may lack, an older program did not write."""

    schema: int
    as_at: str
    id: str
    published_at: str
    program: str
    catalogue_hash: str
    sample: NotRequired[bool]
    sources: list[Source]
    served: list[Served]
    unasked: NotRequired[dict[str, list[str]]]
    marts: dict[str, Mart]
    files: dict[str, File]
    warnings: NotRequired[list[str]]
    seal: NotRequired[str]


@dataclass(frozen=True)
class SnapshotInfo:
    """One published snapshot: what was known before `as_at`, under `id`."""

    as_at: date
    id: str
    path: Path
    published_at: str
    manifest: Manifest = field(repr=False, hash=False, compare=False)

    @property
    def sample(self) -> bool:
        return bool(self.manifest.get("sample"))

    @property
    def program(self) -> str:
        """The version that published it."""
        return self.manifest["program"]


def sha256(path: Path) -> str:
    """Hex sha256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def seal(manifest: Mapping[str, Any]) -> str:
    """sha256 over everything in the manifest but the seal itself."""
    bare = {key: value for key, value in manifest.items() if key != "seal"}
    return hashlib.sha256(json.dumps(bare, sort_keys=True).encode()).hexdigest()


def write(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest, sealed and synced to disk; the last file of a snapshot."""
    manifest = {**manifest, "seal": seal(manifest)}
    with (folder / NAME).open("w", encoding="utf-8") as stream:
        json.dump(manifest, stream, indent=1, ensure_ascii=False)
        stream.flush()
        os.fsync(stream.fileno())


def read(folder: Path) -> SnapshotInfo:
    """The snapshot in `folder`; its manifest is parsed once for as long as the file stays.

    raises  ContentError where the manifest is missing, cut short or edited by hand.
    """
    try:
        stat = (folder / NAME).stat()
    except OSError:
        return _read(folder, 0, 0)
    return _read(folder, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=256)
def _read(folder: Path, _modified_ns: int, _size: int) -> SnapshotInfo:
    name = f"{folder.parent.name}/{folder.name}"
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentError(f"snapshot {name} has no manifest: it was not copied whole") from None
    except (json.JSONDecodeError, UnicodeDecodeError, OSError) as error:
        raise ContentError(f"the manifest of snapshot {name} can't be read") from error
    if not isinstance(said, dict) or said.get("seal") != seal(said):
        raise ContentError(f"the manifest of snapshot {name} was changed after publishing")
    if said.get("schema") != SCHEMA:
        raise ContentError(
            f"snapshot {name} has schema {said.get('schema')!r}; this program reads {SCHEMA}"
        )
    manifest = cast(Manifest, said)
    if manifest["id"] != folder.name or manifest["as_at"] != folder.parent.name:
        raise ContentError(f"snapshot {name} was moved: it says {manifest['as_at']}")
    return SnapshotInfo(
        as_at=date.fromisoformat(manifest["as_at"]),
        id=manifest["id"],
        path=folder,
        published_at=manifest["published_at"],
        manifest=manifest,
    )


def missing_files(info: SnapshotInfo) -> list[str]:
    """Files that the manifest names and that are absent or of another size (quick check)."""
    faults, folder = [], str(info.path)
    for name, entry in info.manifest["files"].items():
        try:
            there = os.stat(os.path.join(folder, name))  # a page asks this of hundreds of files
        except OSError:
            there = None
        if there is None or not stat.S_ISREG(there.st_mode):
            faults.append(f"{name} is missing")
        elif there.st_size != entry["bytes"]:
            faults.append(f"{name} has {there.st_size} bytes; published with {entry['bytes']}")
    return faults


def changed_files(info: SnapshotInfo) -> list[str]:
    """Every fault of the snapshot's files against their sha256 (reads all of them)."""
    faults = missing_files(info)
    named = {fault.split(" ", 1)[0] for fault in faults}
    for name, entry in info.manifest["files"].items():
        if name not in named and sha256(info.path / name) != entry["sha256"]:
            faults.append(f"{name} differs from what was published")
    return faults
