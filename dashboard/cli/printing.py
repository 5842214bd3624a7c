"""What commands print: tables, JSON, CSV, and how far long work has come."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    import pyarrow as pa

    from dashboard.access import Disclosed

# Elsewhere than on a terminal no column is cut to eighty characters.
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 240)


class Format(StrEnum):
    """How `query` prints its rows."""

    table = "table"
    csv = "csv"
    json = "json"


def print_table(rows: pa.Table, format_: Format) -> None:
    """Prints the rows of a query."""
    if format_ is Format.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(rows.column_names)
        for batch in rows.to_batches():
            for row in batch.to_pylist():
                writer.writerow(["" if value is None else plain(value) for value in row.values()])
        return
    print_rows(rows.to_pylist(), format_, rows.column_names)


def print_rows(rows: list[dict[str, Any]], format_: Format, names: list[str] | None = None) -> None:
    """Prints rows as JSON or as a table; `names` are its columns where there are no rows."""
    if format_ is Format.json:
        print(json.dumps(rows, default=plain, ensure_ascii=False))
        return
    table = Table()
    for name in names or (list(rows[0]) if rows else ["nothing to show"]):
        table.add_column(name)
    for row in rows:
        table.add_row(*("" if value is None else str(plain(value)) for value in row.values()))
    out.print(table)


def print_listed(found: Disclosed, names: Sequence[str], as_json: bool) -> None:
    """Prints a result's title and these columns as a table; as JSON all of its rows."""
    rows = found.rows.to_pylist()
    if not as_json:
        print(f"{found.title}.")
        rows = [{name: row[name] for name in names} for row in rows]
    print_rows(rows, Format.json if as_json else Format.table)


def plain(value: Any) -> Any:
    """A value as JSON and CSV hold it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool | int | float | str):
        return value
    return str(value)


@contextmanager
def progress(words: str, quiet: bool = False) -> Iterator[Any]:
    """A progress bar on a terminal, one plain line elsewhere, nothing before JSON."""
    if quiet or not sys.stderr.isatty():
        if not quiet:
            print(f"{words} …", file=sys.stderr)
        yield lambda _done, _total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
