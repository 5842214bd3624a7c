"""An analyst's own SQL: read only, the role's views only, in a process that can be ended.

Defence in depth: the statement is read before it runs (one SELECT over known views), DuckDB is
locked down, and the process has limits of time, memory, rows and no way to write a file.
"""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from dashboard.errors import NotAllowedError, UsageError
from dashboard.snapshots.manifest import SnapshotInfo

CHILD = Path(__file__).with_name("sandbox_child.py")
LONGEST = 20_000  # letters of a statement
ONLY_SELECT = "only SELECT is allowed here: nothing can be changed, set or copied"
POLL = 0.1  # seconds between two looks at the process
# Table functions that read nothing from outside.
TABLE_FUNCTIONS = frozenset({"range", "generate_series", "unnest"})
# Functions that tell of the machine, or run SQL that was not read here.
REFUSED = re.compile(
    r"^(read_\w+|parquet_\w+|sniff_\w+|glob|query|query_table|getenv|getvariable|current_setting|"
    r"which_secret|pragma_\w+|duckdb_\w+|from_substrait\w*|json_execute\w*|sql_auto_complete|"
    r"nextval|currval|add_parquet_key|write_log|parse_path|test_\w+|icu_\w+|seq_scan|"
    r"arrow_scan\w*|pandas_scan|python_map_function|summary|repeat_row|checkpoint|force_checkpoint)$"
)


# What can't be parsed is refused; that it is, is no news for the log.
logging.getLogger("sqlglot").setLevel(logging.ERROR)


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


def files(info: SnapshotInfo) -> dict[str, Path]:
    """The snapshot's tables by the name they have in SQL."""
    found = sorted([*info.path.glob("facts/*.parquet"), *info.path.glob("marts/*.parquet")])
    return {path.stem: path for path in found}


def checked(sql: str, views: frozenset[str]) -> str:
    """The statement as it may run.

    raises  UsageError for what is no SQL, or more than one statement
            NotAllowedError for what is no SELECT, or reads anything but `views`
    """
    if not sql.strip():
        raise UsageError("write a SELECT first")
    if len(sql) > LONGEST:
        raise UsageError(f"a statement has at most {LONGEST:,} letters; got: {len(sql):,}")
    try:
        parsed = [item for item in sqlglot.parse(sql, read="duckdb") if item is not None]
    except (SqlglotError, RecursionError) as error:
        raise UsageError(f"this can't be read as SQL: {_first_line(error)}") from error
    if len(parsed) != 1:
        raise UsageError(f"one statement at a time; got: {len(parsed)}")
    (statement,) = parsed
    if not isinstance(statement, exp.Query):
        raise NotAllowedError(ONLY_SELECT)
    for node in statement.walk():
        _check(node, views, statement)
    return sql.strip().rstrip(";")


def _check(node: exp.Expr, views: frozenset[str], whole: exp.Expr) -> None:
    changes = exp.Command | exp.DDL | exp.DML | exp.Into | exp.Set | exp.Pragma
    if isinstance(node, changes) and not isinstance(node, exp.Query):
        raise NotAllowedError(ONLY_SELECT)
    if isinstance(node, exp.Table):
        _check_table(node, views | {item.alias for item in whole.find_all(exp.CTE)})
    elif isinstance(node, exp.Func):
        name = (node.name if isinstance(node, exp.Anonymous) else node.sql_name()).lower()
        if REFUSED.match(name):
            raise NotAllowedError(f"the function {name} may not be used here")


def _check_table(node: exp.Table, known: frozenset[str]) -> None:
    inner = node.this
    if isinstance(inner, exp.Func):
        name = (inner.name if isinstance(inner, exp.Anonymous) else inner.sql_name()).lower()
        if name not in TABLE_FUNCTIONS:
            raise NotAllowedError(f"the function {name} may not be read from here")
        return
    folded = {name.lower() for name in known}
    if node.db or node.catalog or node.name.lower() not in folded:
        raise NotAllowedError(f"there is no table {node.name[:40]!r} that may be read here")


def run(
    info: SnapshotInfo,
    sql: str,
    views: Mapping[str, Path],
    limits: Limits | None = None,
    waiting: Callable[[float], None] | None = None,
) -> Answer:
    """The answer to one question over `views` of a snapshot.

    waiting  told ten times a second for how many seconds it runs; what it raises ends the
             question, as a click on Cancel does
    raises   UsageError, NotAllowedError as `checked`, and UsageError where the question fails or
             takes longer than it may
    """
    bounds = limits or Limits()
    order = {
        "sql": checked(sql, frozenset(views)),
        "folder": str(info.path.resolve()),
        "views": {name: str(path.resolve()) for name, path in views.items()},
        # One more than is kept, so that a cut shows.
        "most_rows": bounds.most_rows + 1,
        "most_bytes": bounds.most_bytes,
        "memory_mb": bounds.memory_mb,
    }
    started = time.monotonic()
    with _child(order) as (process, out, err):
        while process.poll() is None:
            elapsed = time.monotonic() - started
            if elapsed > bounds.seconds:
                raise UsageError(
                    f"stopped after {bounds.seconds:.0f} seconds: ask for less, or count first"
                )
            if waiting:
                waiting(elapsed)
            time.sleep(POLL if elapsed > 1 else 0.02)
        seconds = time.monotonic() - started
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise UsageError(_sentence(err.read().decode(errors="replace"), info))
        table = _read(out.read())
    kept = table.slice(0, bounds.most_rows)
    cut = table.num_rows > bounds.most_rows or table.nbytes >= bounds.most_bytes
    return Answer(kept, cut, seconds)


@contextmanager
def _child(order: dict) -> Iterator[tuple[subprocess.Popen, io.BufferedRandom, io.BufferedRandom]]:
    """The process at work, its answer and its complaint in files that nobody else can open."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        # -I: no path, no environment and no site of the user's reaches it.
        process = subprocess.Popen(
            [sys.executable, "-I", str(CHILD)], stdin=subprocess.PIPE, stdout=out, stderr=err
        )
        try:
            assert process.stdin is not None  # it was asked for
            process.stdin.write(json.dumps(order).encode())
            process.stdin.close()
            yield process, out, err  # type: ignore[misc]
        finally:
            process.kill()
            process.wait()


def _read(answer: bytes) -> pa.Table:
    with pa.ipc.open_stream(answer) as reader:
        return reader.read_all()


def _sentence(said: str, info: SnapshotInfo) -> str:
    """The last complaint of the process as one sentence that names no place on this machine."""
    lines = [line for line in said.strip().splitlines() if "Error" in line]
    words = lines[0] if lines else "the question ended without an answer: it needs too much memory"
    words = words.replace(str(info.path), "the snapshot")
    return re.sub(r"(/[\w.@-]+){2,}", "a file", words)[:400]


def _first_line(error: Exception) -> str:
    text = re.sub(r"\x1b\[\d+m", "", str(error)).splitlines()
    return (text[0] if text else type(error).__name__)[:200]
