"""A select's rows as a parquet file: one statement, bound once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb


def write(
    connection: duckdb.DuckDBPyConnection,
    select: str,
    path: Path,
    values: Mapping[str, Any] | None = None,
    row_group_size: int | None = None,
) -> None:
    """Writes the rows of `select`, with its parameters' values, to `path`."""
    # A relation's own way to parquet binds its select a second time, as long as a small one runs.
    target = str(path).replace("'", "''")
    groups = f", row_group_size {row_group_size}" if row_group_size else ""
    connection.execute(
        f"copy ({select}\n) to '{target}' (format parquet, compression zstd{groups})",
        values or None,
    )
