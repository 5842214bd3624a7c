"""The staging folder: what has been imported, one parquet file and one sidecar a source file.

A sidecar names its parquet file and is put in place last, by one rename: what is staged is
the old state or the new, whenever a run is killed. A parquet file that no sidecar names is an
import that never ended, or was replaced; it is passed over, and cleared by the next import.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard.errors import ContentError, UsageError
from dashboard.ingest import scratch
from dashboard.ingest.sidecars import Account, Covered, Passed, Scope, Sidecar, Source

FEWEST_DIGITS = 4  # of a number that names an import


@dataclass(frozen=True)
class Staged:
    """One staged file.

    vintage   day on which it was known; the latest where its rows have several (counts only:
              each row then carries its own).
    sequence  order of import; within a vintage the later import is believed.
    """

    path: Path
    sidecar: Sidecar = field(repr=False, hash=False)

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
    def complete(self) -> bool:
        """Whether it has all that its file says; an older program left out what stood already."""
        return self.sidecar.get("complete", False)

    @property
    def sample(self) -> bool:
        return self.sidecar["sample"]

    @property
    def coverage(self) -> list[Covered]:
        return self.sidecar["coverage"]

    @property
    def scope(self) -> list[Scope]:
        """What it speaks for (see coverage.scopes); empty where an older program staged it."""
        return self.sidecar.get("scope", [])

    @property
    def columns(self) -> frozenset[str] | None:
        """Of records, the columns that the file has; None where an older program staged it."""
        names = self.sidecar.get("columns")
        return None if names is None else frozenset(names)

    @property
    def accounts(self) -> Account:
        return self.sidecar["accounts"]

    @property
    def warnings(self) -> list[str]:
        return self.sidecar["warnings"]

    @property
    def passed(self) -> Passed | None:
        """Who let a held file pass; None where nobody did."""
        return self.sidecar.get("passed")

    @property
    def held(self) -> tuple[str, ...]:
        """Why it is left out of what is published (see plausible); () where it is not."""
        return () if self.passed else tuple(self.accounts.get("held", ()))

    def known_before(self, as_at: date) -> bool:
        """Whether any of it was known before `as_at` (exclusive)."""
        return self.vintages[0] < as_at

    def goes_into(self, as_at: date) -> bool:
        """Whether it is of the snapshot of `as_at`: known before it, and not held."""
        return self.known_before(as_at) and not self.held

    def summary(self) -> Source:
        """The source as a manifest tells it."""
        source: Source = {
            "kind": self.kind,
            "adapter": self.adapter,
            "file": self.file,
            "sha256": self.sha256,
            "vintages": self.sidecar["vintages"],
            "delta": self.delta,
            "sample": self.sample,
            "imported_at": self.sidecar["imported_at"],
            "accounts": self.accounts,
            "coverage": self.coverage,
            "warnings": self.warnings,
            "vintage": str(self.vintage),
        }
        if self.passed:
            source["passed"] = self.passed
        return source


def staged(data: Path) -> list[Staged]:
    """Everything in staging, by kind, vintage, then order of import.

    raises  ContentError where a staged file is missing, cut short or can't be read.
    """
    files = [_read(path, data) for path in Path(data).glob("staging/*/[0-9]*.json")]
    return sorted(files, key=lambda item: (item.kind, item.vintage, item.sequence))


def _read(path: Path, data: Path) -> Staged:
    name = path.relative_to(data)
    try:
        sidecar: Sidecar = json.loads(path.read_text(encoding="utf-8"))
        parquet = path.with_suffix(".parquet").name
        item = Staged(path.with_name(sidecar.get("parquet", parquet)), sidecar)
        item.summary(), item.sequence, sidecar["bytes"]
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise ContentError(f"{name} can't be read; delete it and import its file again") from None
    if not item.path.is_file():
        raise ContentError(f"{name} has lost its parquet file; delete it and import {item.file}")
    if item.path.stat().st_size != sidecar["bytes"]:
        raise ContentError(f"the parquet file of {name} is not whole; import {item.file} again")
    return item


def short_numbers(items: Iterable[Staged]) -> dict[str, Staged]:
    """Each import by its number as people say it: its last digits, as many as tell all of these
    apart, four at least."""
    every = {str(item.sequence): item for item in items}
    longest = max(map(len, every), default=FEWEST_DIGITS)
    for digits in range(FEWEST_DIGITS, longest + 1):
        short = {number[-digits:]: item for number, item in every.items()}
        if len(short) == len(every):
            return short
    return every


def next_sequence(earlier: list[Staged]) -> int:
    """A number above all before it; of two imports at once, the one that ends later is higher."""
    return max([time.time_ns(), *(item.sequence + 1 for item in earlier)])


def commit(built: Path, folder: Path, stem: str, sidecar: Sidecar) -> Staged:
    """Puts a built parquet file and its sidecar in place, whole or not at all.

    An older import of the same file under the same vintage (the same stem) is replaced.
    raises  OSError where the disk is full; then neither stands.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with scratch.turn(folder, ""):
        _clear(folder)
        target = folder / f"{stem}.parquet"
        number = 2
        while target.exists():
            target, number = folder / f"{stem}.{number}.parquet", number + 1
        account = sidecar["accounts"] | {"staged": target.name}
        sidecar = sidecar | {
            "parquet": target.name,
            "bytes": built.stat().st_size,
            "accounts": account,
        }
        note = folder / f".{stem}.json.part"
        try:
            sync(built)
            note.write_text(json.dumps(sidecar, ensure_ascii=False, indent=1), encoding="utf-8")
            sync(note)
            os.replace(built, target)
            os.replace(note, folder / f"{stem}.json")
        except OSError:
            note.unlink(missing_ok=True)
            target.unlink(missing_ok=True)
            raise
        _sync_folder(folder)
    return Staged(target, sidecar)


def withdraw(item: Staged, data: Path) -> str:
    """Moves a staged file and its sidecar out of staging.

    return  the folder below `data` in which they lie from now on
    """
    kept = Path("withdrawn") / item.kind
    folder = item.path.parent
    with scratch.turn(folder, ""):
        (data / kept).mkdir(parents=True, exist_ok=True)
        # The sidecar goes first: what no sidecar names is passed over.
        note = _note(item)
        os.replace(note, data / kept / note.name)
        os.replace(item.path, data / kept / item.path.name)
        _sync_folder(folder)
    return str(kept)


def let_pass(item: Staged, who: str, reason: str) -> Staged:
    """A held file as it is published from now on, with who let it pass and why.

    raises  UsageError where it is not held, or no reason is said
    """
    if not item.held:
        raise UsageError(f"{item.file} is not held, so there is nothing to let pass")
    if not reason.strip():
        raise UsageError("a held file passes with a reason: say --reason TEXT")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    sidecar = item.sidecar | {"passed": {"by": who, "at": at, "reason": reason.strip()}}
    with scratch.turn(item.path.parent, ""):
        note = _note(item)
        part = note.with_name(f".{note.name}.part")
        part.write_text(json.dumps(sidecar, ensure_ascii=False, indent=1), encoding="utf-8")
        sync(part)
        os.replace(part, note)
        _sync_folder(item.path.parent)
    return Staged(item.path, sidecar)


def _note(item: Staged) -> Path:
    """The sidecar of a staged file."""
    return next(
        path
        for path in item.path.parent.glob("[0-9]*.json")
        if json.loads(path.read_text(encoding="utf-8")).get("sequence") == item.sequence
    )


def _clear(folder: Path) -> None:
    """Removes what killed imports left, and what was replaced; nothing that a sidecar names."""
    named = set()
    for path in folder.glob("[0-9]*.json"):
        try:
            sidecar: Sidecar = json.loads(path.read_text(encoding="utf-8"))
            # An older program named the parquet file as the sidecar.
            named.add(sidecar.get("parquet", f"{path.stem}.parquet"))
        except (OSError, ValueError, AttributeError):
            # Damaged, which `staged` says; what it named can't be told, so all stays.
            return
    for path in [*folder.glob("*.parquet"), *folder.glob(".*.part")]:
        if path.name not in named:
            path.unlink(missing_ok=True)


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
