"""Writing the small source files, each with the day on which it was known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

# Above this many rows a file is parquet; below it a CSV that people can edit.
MOST_CSV = 5_000


@dataclass(frozen=True)
class SourceFile:
    """A file to import: its kind, where it is, the day it was known, whether it only adds."""

    kind: str
    path: Path
    vintage: date
    delta: bool


def save(
    folder: Path, kind: str, vintage: date, rows: Iterable[dict[str, Any]], delta: bool = False
) -> list[SourceFile]:
    """Writes the rows as one file of `kind`; no file where there are none."""
    frame = pl.DataFrame(list(rows), infer_schema_length=None)
    return save_frame(folder, kind, vintage, frame, delta)


def save_frame(
    folder: Path, kind: str, vintage: date, frame: pl.DataFrame, delta: bool = False
) -> list[SourceFile]:
    """Writes a frame as one file of `kind`; no file where it is empty."""
    if frame.is_empty():
        return []
    if frame.height > MOST_CSV:
        path = folder / f"{kind}-{vintage}.parquet"
        frame.write_parquet(path, compression="zstd")
    else:
        path = folder / f"{kind}-{vintage}.csv"
        frame.write_csv(path)
    return [SourceFile(kind, path, vintage, delta)]
