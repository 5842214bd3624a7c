"""The staging folder: what has been imported, one parquet file and one sidecar a source file.

The sidecar is written last: a parquet file without one is an import that never ended, and
is passed over.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.errors import ContentError


@dataclass(frozen=True)
class Staged:
    """One staged file.

    vintage   day on which it was known; the latest where its rows have several (counts only:
              each row then carries its own).
    sequence  order of import; within a vintage the later import is believed.
    """

    path: Path
    sidecar: dict[str, Any] = field(repr=False, hash=False)

    @property
    def kind(self) -> str:
        return self.sidecar["kind"]

    @property
    def adapter(self) -> str:
        return self.sidecar["adapter"]

    @property
    def file(self) -> str:
        return self.sidecar["file"]

    @property
    def sha256(self) -> str:
        return self.sidecar["sha256"]

    @property
    def vintages(self) -> tuple[date, ...]:
        return tuple(date.fromisoformat(text) for text in self.sidecar["vintages"])

    @property
    def vintage(self) -> date:
        return self.vintages[-1]

    @property
    def sequence(self) -> int:
        return self.sidecar["sequence"]

    @property
    def delta(self) -> bool:
        return self.sidecar["delta"]

    @property
    def sample(self) -> bool:
        return self.sidecar["sample"]

    @property
    def coverage(self) -> list[dict[str, str]]:
        """publisher, grain, subject, value, vintage, since, until (exclusive), as ISO text."""
        return self.sidecar["coverage"]

    @property
    def accounts(self) -> dict[str, Any]:
        return self.sidecar["accounts"]

    @property
    def warnings(self) -> list[str]:
        return self.sidecar["warnings"]

    def known_before(self, as_at: date) -> bool:
        """Whether any of it was known before `as_at` (exclusive)."""
        return self.vintages[0] < as_at

    def summary(self) -> dict[str, Any]:
        """The source as a manifest tells it."""
        names = (
            "kind adapter file sha256 vintages delta sample imported_at accounts coverage warnings"
        )
        return {name: self.sidecar[name] for name in names.split()} | {"vintage": str(self.vintage)}


def staged(data: Path) -> list[Staged]:
    """Everything in staging, by kind, vintage, then order of import.

    raises  ContentError where a staged file is missing, cut short or can't be read.
    """
    found = [_read(path, data) for path in Path(data).glob("staging/*/[0-9]*.json")]
    return sorted(found, key=lambda item: (item.kind, item.vintage, item.sequence))


def _read(path: Path, data: Path) -> Staged:
    name = path.relative_to(data)
    try:
        sidecar = json.loads(path.read_text(encoding="utf-8"))
        item = Staged(path.with_suffix(".parquet"), sidecar)
        item.summary(), item.sequence, sidecar["bytes"]
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        raise ContentError(f"{name} can't be read; delete it and import its file again") from None
    if not item.path.is_file():
        raise ContentError(f"{name} has lost its parquet file; delete it and import {item.file}")
    if item.path.stat().st_size != sidecar["bytes"]:
        raise ContentError(f"the parquet file of {name} is not whole; import {item.file} again")
    return item


def next_sequence(earlier: list[Staged]) -> int:
    """A number above all before it; of two imports at once, the one that ends later is higher."""
    return max([time.time_ns(), *(item.sequence + 1 for item in earlier)])


def commit(built: Path, target: Path, sidecar: dict[str, Any]) -> Staged:
    """Puts a built parquet file and its sidecar in place, whole or not at all.

    An older import of the same file under the same vintage is replaced.
    raises  OSError where the disk is full; then neither stands.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sidecar = sidecar | {"bytes": built.stat().st_size}
    note = target.with_name(f".{target.stem}.json.part")
    beside = target.with_name(f".{target.name}.part")
    try:
        sync(built)
        note.write_text(json.dumps(sidecar, ensure_ascii=False, indent=1), encoding="utf-8")
        sync(note)
        os.replace(built, beside)
        target.with_suffix(".json").unlink(missing_ok=True)
        os.replace(beside, target)
        os.replace(note, target.with_suffix(".json"))
    except OSError:
        note.unlink(missing_ok=True)
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    return Staged(target, sidecar)


def sync(path: Path) -> None:
    """Forces a written file to disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    # Windows can't open a folder; there the rename itself is durable enough.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
