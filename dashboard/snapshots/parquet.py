"""A select's rows as a parquet file: one statement, bound once; a staged one as a select."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.ingest import Staged


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


def write_sorted(
    connection: duckdb.DuckDBPyConnection,
    select: str,
    path: Path,
    order: str,
    columns: Sequence[str],
    words: Collection[str],
    row_group_size: int | None = None,
) -> None:
    """Writes the rows of `select` in an order; texts are a byte or two while they are sorted and
    written, which takes half the time, and less memory, where there are many. The file has them
    as the texts that they are.

    columns  those with texts of which each stands in many rows
    words    all texts that stand in them
    """
    kind = f"words_of_{path.stem}"
    listed = pa.array(sorted(words), pa.string())
    connection.register("words_listed", pa.table({"word": listed}))
    connection.execute(f"create type {kind} as enum (select word from words_listed)")
    connection.unregister("words_listed")
    coded = ", ".join(f"{name}::{kind} as {name}" for name in columns)
    # The words are listed in order, so that codes sort as their texts do.
    rows = f"select * replace ({coded}) from ({select}\n) order by {order}"
    write(connection, rows, path, row_group_size=row_group_size)
    connection.execute(f"drop type {kind}")


def words(connection: duckdb.DuckDBPyConnection, rows: str, columns: Sequence[str]) -> set[str]:
    """All texts in some columns of `rows`, a table or what else may stand after FROM."""
    asked = ", ".join(f"list(distinct {name})" for name in columns)
    (texts,) = connection.execute(f"select {asked} from {rows}").fetchall()
    return {word for said in texts for word in said or () if word is not None}


def staged_rows(item: Staged) -> str:
    """The select of a staged file's rows, each with the place of the file among the imports."""
    path = str(item.path).replace("'", "''")
    return f"select *, {item.sequence} as file_sequence from read_parquet('{path}')"
