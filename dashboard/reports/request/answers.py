"""What a snapshot's questions answered, kept for the processes to come: a page reads, asks nothing.

A snapshot never changes, so what it once told all who see the same figures it tells always. Whoever
publishes asks what pages ask first (cli/reckoning.py); the answers of each snapshot are then one
small file in the state folder, named by the program and by who sees them. Records are never among
them: whose may be opened differs.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from dashboard.access import Scope
from dashboard.queries import FOLDER as SQL
from dashboard.queries import Query
from dashboard.snapshots import SnapshotInfo, listed

PACKAGE = Path(__file__).resolve().parents[2]
DRAWN = ("ui", "charts", "export", "cli")  # rooms that change no row
SMALL = pa.ipc.IpcWriteOptions(compression="zstd")

Question = tuple[Query, tuple[Any, ...]]
Told = dict[str, pa.Table]
Gathered = dict[tuple[SnapshotInfo, Scope], Told]
_asked: ContextVar[Gathered | None] = ContextVar("asked", default=None)


def held(snapshot: SnapshotInfo, figures: Scope, asked: Question) -> pa.Table | None:
    """What was answered before; None where nobody kept it."""
    kept = file_of(_file(snapshot, figures)).get(_key(asked))
    return None if kept is None else pa.ipc.open_stream(kept).read_all()


def note(snapshot: SnapshotInfo, figures: Scope, asked: Question, rows: pa.Table) -> None:
    """Hears of an answer, where they are being gathered."""
    gathered = _asked.get()
    if gathered is not None:
        gathered.setdefault((snapshot, figures), {})[_key(asked)] = rows


@contextmanager
def kept() -> Iterator[None]:
    """What is answered inside is kept, beside what was before."""
    gathered: Gathered = {}
    token = _asked.set(gathered)
    try:
        yield
    finally:
        _asked.reset(token)
        for (snapshot, figures), told in gathered.items():
            _keep(_file(snapshot, figures), told)


def folder(snapshot: SnapshotInfo) -> Path:
    """Where this program keeps what it reckons of a snapshot."""
    return listed.completed_folder(snapshot) / f"reckoned-{program()[:12]}"


@cache
def program() -> str:
    """A hash of the code and the SQL by which this program reckons."""
    digest = hashlib.sha256()
    rooms = sorted(path for path in PACKAGE.iterdir() if path.name not in DRAWN)
    code = [file for room in rooms for file in (sorted(room.rglob("*.py")) or [room])]
    for file in [*code, *sorted(SQL.rglob("*.sql"))]:
        if file.is_file():
            digest.update(f"{file.name}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _file(snapshot: SnapshotInfo, figures: Scope) -> Path:
    on = repr((snapshot.manifest["seal"], figures.sees, figures.borough))
    digest = hashlib.sha256(on.encode()).hexdigest()
    return folder(snapshot) / f"answers-{digest[:16]}.arrow"


def _key(asked: Question) -> str:
    query, params = asked
    return hashlib.sha256(repr((query.name, query.sql, params)).encode()).hexdigest()


@lru_cache(maxsize=32)
def file_of(file: Path) -> dict[str, bytes]:
    """The answers of a file, each as written; none where there is none."""
    table = table_of(file)
    if table is None:
        return {}
    return dict(zip(table["asked"].to_pylist(), table["rows"].to_pylist(), strict=True))


def _keep(file: Path, told: Told) -> None:
    every = file_of(file) | {key: _stream(rows) for key, rows in told.items()}
    rows = pa.array(every.values(), pa.large_binary())
    keep(file, pa.table({"asked": pa.array(every, pa.string()), "rows": rows}), None)
    file_of.cache_clear()


def _stream(rows: pa.Table) -> bytes:
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, rows.schema, options=SMALL) as writer:
        writer.write_table(rows)
    return bytes(out.getvalue())


def table_of(file: Path) -> pa.Table | None:
    """The rows that are kept in a file; None where there is none, or one that was cut short."""
    try:
        with pa.OSFile(str(file)) as source, pa.ipc.open_file(source) as kept:
            return kept.read_all()
    except (OSError, pa.ArrowInvalid):
        return None


def keep(file: Path, rows: pa.Table, options: pa.ipc.IpcWriteOptions | None = SMALL) -> None:
    """Keeps rows in a file. Where the folder can't be written they are reckoned, or asked for,
    again."""
    making = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with (
            pa.OSFile(str(making), "wb") as out,
            pa.ipc.new_file(out, rows.schema, options=options) as writer,
        ):
            writer.write_table(rows)
        making.replace(file)
    except OSError:
        making.unlink(missing_ok=True)
