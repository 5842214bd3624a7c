"""Rows that are reckoned once for all processes, and read from then on.

What compares meetings is in no snapshot, and takes long: how wide past bands had to be, what past
years came to, what the board says of each target. Whoever publishes asks for it (cli/reckoning.py),
else who looks first; it is then kept as a small file in the state folder, named by all that it
hangs on: the program, the snapshots up to its own, what of them is seen. What hangs on what people
write is kept by no file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard import rows
from dashboard.reports.request import answers
from dashboard.reports.request.kept import Kept, kept
from dashboard.reports.request.request import LOOKING, STORE, Request

Row = TypeVar("Row")
Asked = Callable[..., list[Row]]


def reckoned(kind: type[Row], most: int = 32) -> Callable[[Asked[Row]], Kept[..., list[Row]]]:
    """Keeps the rows of `kind` that the function it stands over gives: for this process as `kept`
    does, for those to come in a file. The function takes a request, then words."""

    def over(function: Asked[Row]) -> Kept[..., list[Row]]:
        @kept(most)
        @wraps(function)
        def found(request: Request, *words: str) -> list[Row]:
            if type(request) is not Request:  # told more than its snapshot: it is its own alone
                return rows.typed(kind, _looked(kind, function, request, words)[0])
            file = _file(request, f"{function.__module__}.{function.__qualname__}", words)
            held = _read(file)
            if held is None:
                held, lasting = _looked(kind, function, request, words)
                if lasting:
                    _write(file, held)
            return rows.typed(kind, held)

        return found

    return over


def _looked(
    kind: type[Row], function: Asked[Row], request: Request, words: tuple[str, ...]
) -> tuple[pa.Table, bool]:
    """The rows, and whether they hang on nothing that people write."""
    around, seen = LOOKING.get(), set[str]()

    def looking(at: str) -> None:
        seen.add(at)
        around(at)

    token = LOOKING.set(looking)
    try:
        return rows.table(kind, function(request, *words)), STORE not in seen
    finally:
        LOOKING.reset(token)


def _file(request: Request, name: str, words: tuple[str, ...]) -> Path:
    """Where the rows are kept: another name for all that could make them others."""
    seen = request.scope.figures
    up_to = [
        (item.as_at, item.id, item.manifest["seal"])
        for item in request.listed
        if item.as_at <= request.as_at
    ]
    on: list[Any] = [request.snapshot.manifest["seal"], seen.sees, seen.borough, up_to, words]
    digest = hashlib.sha256(repr(on).encode()).hexdigest()
    folder = answers.folder(request.snapshot)
    return folder / f"{name.removeprefix('dashboard.reports.')}-{digest[:16]}.parquet"


def _read(file: Path) -> pa.Table | None:
    """None where there is none, or one that was cut short: it is reckoned again."""
    try:
        return pq.read_table(file, memory_map=False)
    except (OSError, pa.ArrowInvalid):
        return None


def _write(file: Path, table: pa.Table) -> None:
    making = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, making, compression="zstd")
        making.replace(file)
    except OSError:
        # A folder that can't be written: the next process reckons again.
        making.unlink(missing_ok=True)
