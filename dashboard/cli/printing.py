"""What commands print: tables, JSON, CSV, and how far long work has come."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from dashboard.errors import visible
from dashboard.periods import day_words
from dashboard.words.headings import heading
from dashboard.words.numbers import number
from dashboard.words.spreadsheets import safe

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
    """Prints the rows of a query, under the names that its SQL gives to its columns."""
    if format_ is Format.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(rows.column_names)
        for batch in rows.to_batches():
            for row in batch.to_pylist():
                cells = (safe(plain(value)) for value in row.values())
                writer.writerow("" if value is None else value for value in cells)
    elif format_ is Format.json:
        _print_json(rows.to_pylist())
    else:
        lines = ([_raw(value) for value in row.values()] for row in rows.to_pylist())
        _print_lines(rows.column_names, lines)


def print_rows(rows: list[dict[str, Any]], as_json: bool) -> None:
    """Prints a list: as JSON by its names and values, as a table in words."""
    if as_json:
        _print_json(rows)
        return
    names = list(rows[0]) if rows else []
    counted = {name for name in names if any(_is_number(row[name]) for row in rows)}
    lines = ([in_words(value) for value in row.values()] for row in rows)
    _print_lines([heading(name) for name in names] or ["Nothing to show"], lines,
                 [heading(name) for name in counted])  # fmt: skip


def _print_json(rows: list[dict[str, Any]]) -> None:
    print(json.dumps(rows, default=plain, ensure_ascii=False))


def _print_lines(
    headings: Sequence[str], lines: Iterable[Sequence[str]], right: Sequence[str] = ()
) -> None:
    table = Table()
    for said in headings:
        table.add_column(said, justify="right" if said in right else "left")
    for line in lines:
        table.add_row(*(escape(visible(cell)) for cell in line))
    out.print(table)


def print_listed(disclosed: Disclosed, names: Sequence[str], as_json: bool) -> None:
    """Prints a result's title and these columns as a table; as JSON all of its rows."""
    rows = disclosed.rows.to_pylist()
    if not as_json:
        print(f"{disclosed.title}.")
        rows = [{name: row[name] for name in names} for row in rows]
    print_rows(rows, as_json)


def in_words(value: Any) -> str:
    """A value as a list shows it: a day, a number with thousands apart, yes or no; '' of none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{day_words(value.date())}, {value:%H:%M}"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, int | float):
        return number(value, 0 if float(value).is_integer() else 2)
    return str(value)


def _raw(value: Any) -> str:
    return "" if value is None else str(plain(value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def plain(value: Any) -> Any:
    """A value as JSON and CSV hold it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, bool | int | float | str):
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
