"""Packs that are kept: their files as they were made, and the snapshot they were made of.

A kept pack is a folder of state/packs with its files and `pack.json`. It is written beside and
renamed, so that it is whole or not there; nothing changes it afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NotRequired, TypedDict

from dashboard.access import Scope
from dashboard.access.records import REFERENCES, TABLES
from dashboard.errors import ContentError, NotFoundError
from dashboard.export.forms.stamping import Produced
from dashboard.reports.packs.block import Pack

FOLDER = Path("state") / "packs"
ACCOUNT = "pack.json"
ID = re.compile(r"[0-9a-f]{12}")
PARTS = frozenset(name for table in TABLES for name in table.units)  # columns that name units
PLAIN_NAME = re.compile(r"[^/\\:\x00-\x1f]{1,160}")


class Scoped(TypedDict):
    """Whose figures a pack was made of, as its account says it."""

    sees: str
    borough: str | None
    opened: list[str]


class Account(TypedDict):
    """What stands beside the files of a kept pack; an older program wrote no scope."""

    name: str
    title: str
    as_at: str
    snapshot_id: str
    parameters: dict[str, str]
    query_hash: str
    produced_by: str
    produced_at: str
    files: dict[str, str]
    scope: NotRequired[Scoped | None]


@dataclass(frozen=True)
class Kept:
    """A kept pack: what it is, of which snapshot, and the sha256 of each of its files.

    scope  whose figures it was made of; opened are the units whose records it holds
    """

    id: str
    folder: Path
    name: str
    title: str
    as_at: date
    snapshot_id: str
    parameters: dict[str, str]
    produced_by: str
    produced_at: str
    files: dict[str, str]
    scope: Scope | None = None

    def open_to(self, scope: Scope, restricted: bool) -> bool:
        """Whether it may be opened in a scope: it covers what the pack was made in and holds.

        restricted  whether the role opens records kept to a unit's own people: a pack of an older
                    program says not what it holds, and opens to such a role only
        """
        return restricted if self.scope is None else scope.covers(self.scope)

    def read(self, file: str) -> bytes:
        """A file as it was kept.

        raises  NotFoundError for a file that isn't one of the pack's; ContentError where it is
                gone or is no longer what was kept
        """
        if file not in self.files:
            raise NotFoundError("file of this pack", file, tuple(self.files))
        try:
            content = (self.folder / file).read_bytes()
        except FileNotFoundError as error:
            raise ContentError(f"{file} of the kept pack {self.id} is gone") from error
        if _hash(content) != self.files[file]:
            raise ContentError(f"{file} of the kept pack {self.id} is not what was kept")
        return content

    def faults(self) -> list[str]:
        """Every file that is gone or changed, in words; none where the pack is whole."""
        sentences = []
        for file in self.files:
            try:
                self.read(file)
            except ContentError as error:
                sentences.append(str(error))
        return sentences


def keep(
    data: Path,
    pack: Pack,
    files: Mapping[str, bytes],
    produced: Produced,
    parameters: Mapping[str, str] | None = None,
    scope: Scope | None = None,
) -> Kept:
    """Keeps the files of a pack; the same files of the same pack are kept once.

    files       content by file name
    parameters  what the pack was asked for: unit, borough
    scope       in which it was made
    return      the kept pack
    raises      ContentError for a file name that could lead elsewhere
    """
    for file in files:
        if not PLAIN_NAME.fullmatch(file) or file in {".", "..", ACCOUNT}:
            raise ContentError(f"{file[:40]!r} is no name for a file of a pack")
    stamp = pack.about.stamp
    account: Account = {
        "name": pack.name,
        "title": pack.about.title,
        "as_at": stamp.as_at.isoformat(),
        "snapshot_id": stamp.snapshot_id,
        "parameters": dict(parameters or {}),
        "query_hash": stamp.query_hash,
        "produced_by": produced.by,
        "produced_at": produced.at.isoformat(timespec="seconds"),
        "files": {file: _hash(content) for file, content in files.items()},
        "scope": _told(pack, scope) if scope else None,
    }
    code = _hash(json.dumps(account, sort_keys=True).encode())[:12]
    folder = data / FOLDER / code
    if not folder.is_dir():
        _write(folder, account, files)
    return _read(folder)


def _told(pack: Pack, scope: Scope) -> Scoped:
    """The scope that a reader needs: of units those whose records stand in the pack."""
    opened: set[str] = set()
    for part in pack.parts:
        rows = part.shown.rows
        if REFERENCES & set(rows.column_names) and rows.num_rows:
            told = [name for name in PARTS if name in rows.column_names]
            named = {item for name in told for item in rows.column(name).to_pylist() if item}
            # Records that name no unit may be of any that the scope opens.
            opened |= named & scope.opened or scope.opened
    return {"sees": scope.sees, "borough": scope.borough, "opened": sorted(opened)}


def _scope(said: Scoped | None) -> Scope | None:
    return Scope(said["sees"], said["borough"], frozenset(said["opened"])) if said else None


def _write(folder: Path, account: Account, files: Mapping[str, bytes]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder.parent))
    try:
        said = json.dumps(account, ensure_ascii=False, indent=2).encode()
        for file, content in {**files, ACCOUNT: said}.items():
            with (beside / file).open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
        beside.chmod(0o755)
        try:
            beside.rename(folder)
        except OSError:
            # Someone kept the same pack in the meantime: theirs is as good.
            if not (folder / ACCOUNT).is_file():
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def kept(data: Path) -> tuple[list[Kept], list[str]]:
    """All kept packs, the newest first, and a sentence for each that can't be read."""
    packs, faults = [], []
    for folder in sorted((data / FOLDER).glob("[!.]*")):
        if not folder.is_dir() or not ID.fullmatch(folder.name):
            continue
        try:
            packs.append(_read(folder))
        except ContentError as error:
            faults.append(str(error))
    return sorted(packs, key=lambda item: item.produced_at, reverse=True), faults


def last_before(data: Path, name: str, as_at: date, scope: Scope, restricted: bool) -> Kept | None:
    """The kept pack of a name that an earlier as-at has last, of those that open to the scope."""
    folder = data / FOLDER
    if not folder.is_dir():
        return None
    earlier = [
        item
        for item in _of_name(folder, folder.stat().st_mtime_ns, name)
        if item.as_at < as_at and item.open_to(scope, restricted)
    ]
    return max(earlier, key=lambda item: (item.as_at, item.produced_at), default=None)


@lru_cache(maxsize=8)
def _of_name(folder: Path, _changed: int, name: str) -> tuple[Kept, ...]:
    # A pack is renamed into the folder, which says when that was; nothing changes it afterwards.
    return tuple(item for item in kept(folder.parent.parent)[0] if item.name == name)


def kept_snapshots(data: Path) -> frozenset[str]:
    """Ids of the snapshots that kept packs were made of: pruning leaves them alone.

    raises  ContentError where a kept pack can't be read, as its snapshot isn't known then
    """
    packs, faults = kept(data)
    if faults:
        raise ContentError(faults[0])
    return frozenset(item.snapshot_id for item in packs)


def _read(folder: Path) -> Kept:
    try:
        said: Account = json.loads((folder / ACCOUNT).read_text(encoding="utf-8"))
        return Kept(
            id=folder.name,
            folder=folder,
            name=said["name"],
            title=said["title"],
            as_at=date.fromisoformat(said["as_at"]),
            snapshot_id=said["snapshot_id"],
            parameters=said["parameters"],
            produced_by=said["produced_by"],
            produced_at=said["produced_at"],
            files=said["files"],
            scope=_scope(said.get("scope")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ContentError(
            f"the kept pack {folder.name} has no account that can be read"
        ) from error


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
