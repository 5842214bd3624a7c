"""Taking a backup while others write: each part as it stood at one moment, the file whole or not.

The store comes first: what it names (snapshots that a decision was sealed with) is there by then,
and stays. Files that are never written again are linked, not copied, so that the moment at which
imports wait is short, and pruning takes nothing away that is still to be written.
"""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import IO

from dashboard import __version__, catalogue, snapshots
from dashboard.access.audit import open_audit
from dashboard.access.witness import FILE, has_audit
from dashboard.backups import account as accounts
from dashboard.backups.account import COPIED, LEFT_OUT, LINKED, Account
from dashboard.errors import ContentError, UsageError
from dashboard.ingest import scratch
from dashboard.snapshots.manifest import sha256
from dashboard.store import is_there, keeping
from dashboard.store.engine import PATIENCE_SECONDS

OWN_NAME = "scd-dashboard-*Z.tar"


@dataclass(frozen=True)
class Backup:
    """A backup that was taken: its file, its account, and what does not stand in it, in words."""

    file: Path
    account: Account
    passed_over: list[str]


def own_name(moment: datetime) -> str:
    """The name of a backup that was told a folder alone: 'scd-dashboard-20320712T053000Z.tar'."""
    return f"scd-dashboard-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar"


def older_beyond(folder: Path, keep: int) -> list[Path]:
    """The backups of a folder, by the names that they give themselves, but the `keep` newest."""
    return sorted(folder.glob(OWN_NAME))[:-keep]


def take(data: Path, to: Path) -> Backup:
    """Writes a backup of a data folder into the file `to`, or under its own name into the folder.

    raises  ContentError where there is nothing to back up, or a staged file is damaged;
            UsageError where the file can't be written
    """
    if not any((data / part).is_dir() for part in (*LINKED, "state")):
        raise ContentError(f"there is nothing to back up in {data}: nothing is imported there")
    moment = datetime.now(UTC)
    file = to / own_name(moment) if to.is_dir() else to
    if file.resolve().is_relative_to(data.resolve()):
        raise UsageError("a backup lies outside the data folder, best on another disk")
    part = file.with_name(f".{file.name}.part")
    try:
        with scratch.folder(data / "state", "backup") as place:
            store = _store(data, place / accounts.STORE)
            passed_over = _gather(data, place / accounts.DATA)
            held = snapshots.listing(place / accounts.DATA)
            told = Account(
                program=__version__,
                made_at=moment.isoformat(timespec="seconds"),
                store=store,
                audit=_audit(data, place / accounts.DATA),
                snapshots=[(str(item.as_at), item.id) for item in held],
                outside=_outside(data),
            )
            # What people wrote and who looked is for nobody else on the machine.
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                _write(place, told, out)
                out.flush()
                os.fsync(out.fileno())
        part.replace(file)
    except OSError as error:
        raise UsageError(f"{file} can't be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
    return Backup(file, told, passed_over)


def _store(data: Path, file: Path) -> tuple[str, int] | None:
    if not is_there(data):
        return None
    made = keeping.dump(data, file)
    return made.revision, sum(made.rows.values())


def _audit(data: Path, place: Path) -> tuple[int, str] | None:
    """Copies the audit as at one moment; returns its head."""
    if not has_audit(data):
        return None
    copy = place / FILE
    copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(data / FILE, timeout=PATIENCE_SECONDS)) as connection:
            # Written anew, so that nothing of what was erased is left in a free page.
            connection.execute("vacuum into ?", (str(copy),))
    except sqlite3.Error as error:
        raise ContentError(f"the audit can't be copied: {error}") from error
    copied = open_audit(place)
    try:
        return copied.head()
    finally:
        copied.engine.dispose()


def _outside(data: Path) -> str:
    """The catalogue's folder where it is no part of the data folder nor of the program."""
    folder = catalogue.folder_of(data)
    inside = folder.resolve().is_relative_to(data.resolve()) or folder == catalogue.PACKAGED
    return "" if inside else str(folder)


def _gather(data: Path, place: Path) -> list[str]:
    """Links or copies the parts of the data folder; returns what is passed over, in words."""
    place.mkdir()
    whole, faults = snapshots.scan(data)
    for info in whole:
        target = place / info.path.relative_to(data)
        try:
            _put_all(info.path, target, os.link)
        except FileNotFoundError:  # pruned this moment
            shutil.rmtree(target, ignore_errors=True)
    for kind in sorted((data / "staging").glob("*/")):
        # An import puts a file in another's place; its sidecar and rows belong together.
        with scratch.turn(kind, ""):
            _put_all(kind, place / "staging" / kind.name, os.link)
    for part in COPIED:
        if (data / part).is_dir():
            _put_all(data / part, place / part, _copy)
    known = {*LINKED, *COPIED}
    others = sorted(item.name for item in data.iterdir() if item.name not in known)
    return faults + [f"{name} is no part of a data folder" for name in others]


def _put_all(folder: Path, to: Path, put: Callable[[Path, Path], object]) -> None:
    for path in _files(folder):
        target = to / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            put(path, target)
        except FileNotFoundError:
            raise
        except OSError:  # a file system without links
            _copy(path, target)


def _copy(path: Path, to: Path) -> None:
    """Copies a file; what was moved away this moment is not there."""
    with suppress(FileNotFoundError):
        shutil.copy2(path, to)


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in order, but those left out and folders that are worked in."""
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.name, pattern) for pattern in LEFT_OUT):
            continue
        if path.is_file():
            yield path
        elif not (path / scratch.HELD).exists():
            yield from _files(path)


def _write(place: Path, told: Account, out: io.BufferedWriter) -> None:
    """Writes all that was gathered as members of a tar file, and the account of them last."""
    every = sorted(
        path for path in place.rglob("*") if path.is_file() and path.name != scratch.HELD
    )
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in every:
            name = path.relative_to(place).as_posix()
            told.files[name] = (path.stat().st_size, sha256(path))
            _add(tar, name, told.files[name][0], path.open("rb"))
        text = told.text()
        _add(tar, accounts.NAME, len(text), io.BytesIO(text))


def _add(tar: tarfile.TarFile, name: str, size: int, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size = size
    with content:
        tar.addfile(member, content)
