"""Restoring a backup: unpacked beside its place, checked as a whole, then put there by a rename."""

from __future__ import annotations

import os
import re
import shutil
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from dashboard import ingest, snapshots
from dashboard.access.audit import Kind, open_audit
from dashboard.access.witness import local_user
from dashboard.backups import account as accounts
from dashboard.backups.account import COPIED, LINKED, Account
from dashboard.backups.serving import unserved
from dashboard.errors import ContentError, UsageError
from dashboard.ingest import scratch
from dashboard.store import keeping

PIECE = 1 << 20
# A plain path below the backup: no '..', nothing absolute, no letter that steers anything.
SAFE = re.compile(r"(?!.*(?:^|/)\.\.?(?:/|$))[^/\\:\x00-\x1f][^\\:\x00-\x1f]*")


@dataclass(frozen=True)
class Restored:
    """What was restored, and where what stood there before lies now; None where nothing stood."""

    account: Account
    before: Path | None


def restore(file: Path, data: Path, *, replace: bool = False) -> Restored:
    """Makes the data folder what it was when the backup was taken.

    replace  what stands there is moved aside, whole
    raises   UsageError where something stands there, or a server serves it; ContentError for a
             backup that was cut or changed; nothing is put in place then
    """
    held = [name for name in (*LINKED, *COPIED) if _holds(data / name)]
    if held and not replace:
        raise UsageError(
            f"{data} holds {held[0]} already: name a folder that is not there yet, or say --replace"
            " (what stands there is moved aside)"
        )
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        with unserved(data), scratch.folder(data.parent, f".{data.name}.restoring") as place:
            told = _unpacked(file, place)
            whole = place / accounts.DATA
            whole.mkdir(exist_ok=True)
            _verify(told, whole)
            if told.store:
                keeping.restore(whole, place / accounts.STORE, replace=replace)
            if told.audit:
                _note(whole, told)
            return Restored(told, _placed(whole, data))
    except OSError as error:
        raise UsageError(
            f"{data} can't be put in place: {error.strerror or error}; name a folder that this"
            " account may make (a mounted disk can't be replaced: name a folder on it)"
        ) from error


def _holds(part: Path) -> bool:
    """Whether there is any file in a part; locks that a look around left count for nothing."""
    return any(path.is_file() and path.suffix != ".lock" for path in part.rglob("*"))


def _unpacked(file: Path, place: Path) -> Account:
    """Unpacks a backup and compares each file with the account that comes last.

    raises  ContentError where the backup was cut or changed; UsageError where it can't be read
    """
    unpacked: dict[str, tuple[int, str]] = {}
    told: Account | None = None
    try:
        with tarfile.open(file, "r|") as tar:
            for member in tar:
                if told or not member.isreg() or not SAFE.fullmatch(member.name):
                    raise ContentError(f"{file} holds what no backup holds: {member.name!r}")
                if member.name == accounts.NAME:
                    content = tar.extractfile(member)
                    told = accounts.read(content.read() if content else b"", str(file))
                else:
                    unpacked[member.name] = _unpack(tar, member, place / member.name)
    except tarfile.TarError as error:
        raise ContentError(f"{file} is no backup, or was cut: take another") from error
    except FileNotFoundError as error:
        raise UsageError(f"there is no file {file}") from error
    if told is None:
        raise ContentError(f"{file} was cut: its last part isn't there; take an older backup")
    names = sorted({*unpacked, *told.files})
    if wrong := [name for name in names if unpacked.get(name) != told.files.get(name)]:
        raise ContentError(f"{file}: {wrong[0]} is not what was backed up; take an older backup")
    return told


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> tuple[int, str]:
    """Writes a member where it belongs; returns its size and hash."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = sha256(), 0
    content = tar.extractfile(member)
    assert content is not None, "a regular file has content"
    with target.open("xb") as out:
        while piece := content.read(PIECE):
            digest.update(piece)
            size += out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return size, digest.hexdigest()


def _verify(told: Account, whole: Path) -> None:
    """raises  ContentError where a snapshot, a staged file or the audit is not what it says"""
    held, faults = snapshots.scan(whole)
    if [(str(item.as_at), item.id) for item in held] != told.snapshots:
        faults.append("the snapshots are not those that its account names")
    for item in held:
        faults += [f"snapshot {item.as_at}/{item.id}: {text}" for text in snapshots.verify(item)]
    if faults:
        raise ContentError(f"the backup is damaged: {faults[0]}; take an older backup")
    ingest.staged(whole)
    if told.audit:
        audit = open_audit(whole)
        try:
            faults = audit.faults(dict([told.audit]))
        finally:
            audit.engine.dispose()
        if faults:
            raise ContentError(f"the audit of the backup is not whole: {faults[0]}")


def _note(whole: Path, told: Account) -> None:
    """Has the restored audit say that it was restored, and of which moment."""
    audit = open_audit(whole)
    try:
        audit.record(Kind.command, local_user(), f"restore, of the backup of {told.made_at}")
    finally:
        audit.engine.dispose()


def _placed(whole: Path, data: Path) -> Path | None:
    """Puts the folder in its place; returns where what stood there lies now."""
    if not data.exists():
        whole.rename(data)
        return None
    before = data.with_name(f"{data.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    data.rename(before)
    try:
        whole.rename(data)
    except OSError:
        before.rename(data)
        raise
    if not _holds(before):
        shutil.rmtree(before)
        return None
    return before
