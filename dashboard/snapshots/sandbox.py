"""An analyst's own SQL: read only, the role's views only, in a process that can be ended.

Defence in depth: what runs is written anew from the tree that was checked (statements.py), DuckDB
holds the role's tables and reaches no file beside them (own_tables.py), and the process has limits
of time, memory and rows, two of them at a time.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from dashboard.errors import UsageError
from dashboard.snapshots.statements import checked
from dashboard.snapshots.unread import unbound

if TYPE_CHECKING:
    from dashboard.snapshots.sandbox_child import Order

CHILD = Path(__file__).with_name("sandbox_child.py")
POLL = 0.1  # seconds between two looks at the process
LONGEST_START = 60.0  # seconds until the process has opened the database; before the question
MORE_MB = 384  # what the process may map beyond what it maps when it has opened the database
MOST_AT_ONCE = 2  # questions at work on one server
MOST_WAITING = 8
_turns = threading.BoundedSemaphore(MOST_AT_ONCE)
_waiting = threading.BoundedSemaphore(MOST_WAITING)
MEMORY = "the question needs more memory than it may use: ask for less, or add it up"
# One thread and no start-up files; of the rest of the environment only what Windows needs.
ENVIRONMENT = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    **{name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
}


@dataclass(frozen=True)
class Limits:
    """What a question may take: seconds, rows and bytes of its answer, memory of its process."""

    seconds: float = 10.0
    most_rows: int = 50_000
    most_bytes: int = 64_000_000
    memory_mb: int = 512


@dataclass(frozen=True)
class Answer:
    """The rows; `cut` where there were more than the limits let through."""

    rows: pa.Table
    cut: bool
    seconds: float


def run(
    database: Path,
    sql: str,
    tables: frozenset[str],
    limits: Limits | None = None,
    waiting: Callable[[float], None] | None = None,
    columns: Collection[str] = (),
) -> Answer:
    """The answer to one question over the `tables` of a database file.

    waiting  told ten times a second for how many seconds it runs (0 while others are before it
             and while its process starts); what it raises ends the question, as Cancel does
    columns  there are, of which those near a misspelt one are said
    raises   UsageError, NotAllowedError as `checked`, NotFoundError for a column that is none, and
             UsageError where the question fails or takes more time or memory than it may
    """
    bounds = limits or Limits()
    order: Order = {
        "sql": checked(sql, tables),
        "database": str(database.resolve()),
        # One more than is kept, so that a cut shows.
        "most_rows": bounds.most_rows + 1,
        "most_bytes": bounds.most_bytes,
        "memory_mb": min(bounds.memory_mb // 2, MORE_MB),
        "more_mb": MORE_MB,
    }
    with _turn(waiting):
        return _run(order, bounds, waiting, columns)


@contextmanager
def _turn(waiting: Callable[[float], None] | None) -> Iterator[None]:
    """A place among those at work, once one is free.

    raises  UsageError where too many wait already
    """
    if not _waiting.acquire(blocking=False):
        raise UsageError("too many questions wait already: try again in a minute")
    try:
        while not _turns.acquire(timeout=POLL):
            if waiting:
                waiting(0.0)
    finally:
        _waiting.release()
    try:
        yield
    finally:
        _turns.release()


def _run(
    order: Order,
    bounds: Limits,
    waiting: Callable[[float], None] | None,
    columns: Collection[str],
) -> Answer:
    with _child(order) as (process, out, err):
        seconds = _watched(process, err, bounds, waiting)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            said = err.read().decode(errors="replace")
            failed = unbound(said, columns)
            raise failed or UsageError(_sentence(said, process.returncode))
        table = _read(out.read())
    kept = table.slice(0, bounds.most_rows)
    cut = table.num_rows > bounds.most_rows or table.nbytes >= bounds.most_bytes
    return Answer(kept, cut, seconds)


def _watched(
    process: subprocess.Popen[bytes],
    err: io.BufferedRandom,
    bounds: Limits,
    waiting: Callable[[float], None] | None,
) -> float:
    """For how many seconds the question itself ran; returns once its process has ended.

    raises  UsageError for more time or memory than it may take, and for a start that takes too long
    """
    launched = time.monotonic()
    began = None
    while process.poll() is None:
        now = time.monotonic()
        # The child's first word: what its start took on a busy machine is no time of the question.
        if began is None and os.fstat(err.fileno()).st_size:
            began = now
        if began is None and now - launched > LONGEST_START:
            raise UsageError("the server is too busy to begin this question: try again in a minute")
        elapsed = now - began if began else 0.0
        if elapsed > bounds.seconds:
            raise UsageError(
                f"stopped after {bounds.seconds:.0f} seconds: ask for less, or count first"
            )
        if (resident_mb(process.pid) or 0) > bounds.memory_mb:
            raise UsageError(MEMORY)
        if waiting:
            waiting(elapsed)
        time.sleep(POLL if elapsed > 1 else 0.02)
    return time.monotonic() - began if began else 0.0


def resident_mb(pid: int) -> float | None:
    """Memory that a process holds, in MB; None where the system does not say."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576
    except (OSError, ValueError, IndexError, AttributeError):
        pass
    try:
        said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True)
        return int(said.stdout) / 1024
    except (OSError, ValueError):
        return None


@contextmanager
def _child(
    order: Order,
) -> Iterator[tuple[subprocess.Popen[bytes], io.BufferedRandom, io.BufferedRandom]]:
    """The process at work, its answer and its complaint in files that nobody else can open."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        # -I: no path, no environment and no site of the user's reaches it.
        process = subprocess.Popen(
            [sys.executable, "-I", str(CHILD)],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=err,
            env=ENVIRONMENT,
        )
        try:
            assert process.stdin is not None  # it was asked for
            process.stdin.write(json.dumps(order).encode())
            process.stdin.close()
            yield process, out, err
        finally:
            process.kill()
            process.wait()


def _read(answer: bytes) -> pa.Table:
    with pa.ipc.open_stream(answer) as reader:
        return reader.read_all()


def _sentence(said: str, code: int) -> str:
    """Why the process ended, as one sentence that names no place on this machine."""
    lines = [line for line in said.strip().splitlines() if "Error" in line]
    if not lines:
        return f"the question ended without an answer (code {code}): ask for less"
    if "Out of Memory" in lines[0] or lines[0].startswith("MemoryError"):
        return MEMORY
    words = re.sub(r"(/[\w.@-]+){2,}", "a file", lines[0])
    return re.sub(r"^[\w ]+Error: ", "", words)[:400]
