"""The one table behind all forms of a result: columns with type and heading, and their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from math import isfinite
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.access import Disclosed
from dashboard.access.disclosure import ASKED, leaving
from dashboard.export.forms.stamping import clean
from dashboard.words.figures import FIGURE_OF, read
from dashboard.words.headings import (
    CODES,
    LAYOUT,
    SAID,
    STATE_COLUMNS,
    STATES,
    SYMBOLS,
    heading,
)

MISSING = "[x]"
OF = "of_"  # before the name of a part of what a figure is of
# The parts, and the columns of reports that may say them already.
PARTS = {
    "measure": ("measure",),
    "unit": ("unit_code",),
    "area": ("borough",),
    "since": ("since", "window_since", "period_start"),
    "until": ("until", "window_until"),
    "basis": ("basis",),
    "as_at": ("as_at",),
}
KINDS = dict.fromkeys(PARTS, pa.string()) | dict.fromkeys(("since", "until", "as_at"), pa.date32())
BATCH = 5_000  # rows that are Python objects at a time
EXACT = 2**53  # whole numbers up to here are whole in a spreadsheet
WORDS = frozenset({"text", "series"})
UNITS = ("n", "percent", "gbp", "hours")
# Columns that hold a figure of the measure, in its unit, where a report says the unit.
OF_THE_MEASURE = frozenset(
    "value mean lower upper target path low high latest expected low_95 high_95 low_998 high_998"
    " old new before".split()
)
# Columns that hold a share of 1, of whatever the rows are.
SHARES = frozenset("share promised by_steps target_chance miss".split())
Cell = str | int | float | date


@dataclass(frozen=True)
class Column:
    """A column: its name in the rows, its heading, and what its cells are.

    kind    n (whole), decimal, percent (held as a share of 1), gbp, hours, date, text, or series
            (the figures of several periods, as text in one cell)
    by_row  the unit of a figure stands in the row's own `unit`
    of      whether it only says what the row's figure is of: too much for a slide
    """

    name: str
    heading: str
    kind: str
    by_row: bool = False
    of: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind in {"n", "decimal", "percent", "gbp", "hours"}


@dataclass(frozen=True)
class Sheet:
    """A result as a table without any form: `columns`, and `lines` that follow them.

    rows  those of the result, with what each one's figure is of in columns of its own
    """

    disclosed: Disclosed
    columns: tuple[Column, ...]
    rows: pa.Table

    @property
    def length(self) -> int:
        return self.rows.num_rows

    def lines(self) -> Iterator[list[Cell]]:
        """The rows as cells: str, int, float or date; only BATCH of them in memory at a time."""
        names = [column.name for column in self.columns]
        for batch in self.rows.select(names).to_batches(max_chunksize=BATCH):
            lists = [part.to_pylist() for part in batch.columns]
            for values in zip(*lists, strict=True):
                yield [
                    cell(value, column) for value, column in zip(values, self.columns, strict=True)
                ]

    def kinds(self, line: list[Cell]) -> list[str]:
        """The kind of each cell of a line: the column's, or what the row's own unit says."""
        units = [place for place, column in enumerate(self.columns) if column.name == "unit"]
        said = str(line[units[0]]) if units else ""
        return [
            _kind_said(said, value) if column.by_row and said in UNITS else column.kind
            for value, column in zip(line, self.columns, strict=True)
        ]

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """The marks that occur in cells, title or notes, in the order of their list."""
        said = " ".join([self.disclosed.title, self.disclosed.subtitle, *self.disclosed.notes])
        return tuple(mark for mark in SYMBOLS if mark in said or self._holds(mark))

    def _holds(self, mark: str) -> bool:
        for column in self.columns:
            values = self.rows.column(column.name)
            if mark == MISSING and column.kind not in WORDS and values.null_count:
                return True
            if _is_text(values.type) and pc.any(pc.match_substring(values, mark)).as_py():
                return True
        return False

    def brief(self, most: int, names: tuple[str, ...] = ()) -> Sheet:
        """The sheet with at most `most` columns, for a slide: `names` in their order, else those
        that are no codes and are not said in words by another."""
        known = {column.name: column for column in self.columns}
        kept = [known[name] for name in names if name in known] or [
            column
            for column in self.columns
            if column.name not in CODES
            and not column.of
            and not pa.types.is_list(self._type(column))
            and not known.keys() & set(SAID.get(column.name, (f"{column.name}_said",)))
        ]
        short = {column: heading(column.name).removesuffix(" in words") for column in kept}
        single = len(set(short.values())) == len(kept)
        found = [replace(column, heading=short[column]) if single else column for column in kept]
        return replace(self, columns=tuple(found or self.columns)[:most])

    def _type(self, column: Column) -> pa.DataType:
        return self.rows.schema.field(column.name).type


def sheet_of(disclosed: Disclosed, unit: str | None = None) -> Sheet:
    """The table of a result. Left out: what only places a row in a drawing, and a column that no
    row has anything in (the target where there is none); the figure itself always stays. Of an
    analyst's own question every column stays: it was asked for.

    unit    n, percent, gbp or hours, where all figures of the rows are of one measure
    raises  NotAllowedError for a result that may not leave the screen
    """
    leaving([disclosed])
    rows = identified(disclosed.rows)
    own = bool(disclosed.noted(ASKED))
    names = [
        name for name in rows.column_names if own or (name not in LAYOUT and _is_used(rows, name))
    ]
    doubled = Counter(heading(name) for name in names)
    mixed = "unit" in names and _is_text(rows.schema.field("unit").type)
    columns = tuple(
        Column(
            name,
            heading(name) if doubled[heading(name)] == 1 else f"{heading(name)} ({name})",
            _kind(name, rows.column(name), unit),
            mixed and name in OF_THE_MEASURE,
            name.startswith(OF) or name.endswith(FIGURE_OF),
        )
        for name in names
    )
    return Sheet(disclosed, columns, rows)


def identified(rows: pa.Table) -> pa.Table:
    """The rows with what their figure is of in columns of its own, where no other says it."""
    if FIGURE_OF not in rows.column_names:
        return rows
    known = [read(item) if item else None for item in rows.column(FIGURE_OF).to_pylist()]
    rows = rows.drop_columns([FIGURE_OF])
    for name, of in PARTS.items():
        values = [None if item is None else getattr(item, name) for item in known]
        if not any(_says(rows, held, values) for held in of):
            rows = rows.append_column(f"{OF}{name}", pa.array(values, KINDS[name]))
    return rows


def _says(rows: pa.Table, name: str, values: list[Any]) -> bool:
    """Whether a column holds these values, none of a figure that is not there."""
    if name not in rows.column_names:
        return False
    held = rows.column(name).to_pylist()
    return all(
        value is None or (own or "") == value for own, value in zip(held, values, strict=True)
    )


def _is_used(rows: pa.Table, name: str) -> bool:
    return name == "value" or rows.column(name).null_count < max(rows.num_rows, 1)


def _kind(name: str, values: pa.ChunkedArray, unit: str | None) -> str:
    if pa.types.is_date(values.type) or pa.types.is_timestamp(values.type):
        return "date"
    if pa.types.is_list(values.type):
        return "series"
    if pa.types.is_decimal(values.type):
        return "n" if values.type.scale == 0 else "decimal"
    if not (pa.types.is_integer(values.type) or pa.types.is_floating(values.type)):
        return "text"
    if name.endswith("_gbp"):
        return "gbp"
    if name in SHARES:
        return "percent"
    if unit in UNITS[1:] and name in OF_THE_MEASURE:
        return str(unit)
    whole = pa.types.is_integer(values.type) or _all_whole(values)
    return "n" if whole else "decimal"


def _kind_said(unit: str, value: Cell) -> str:
    """The kind of a cell in a row's own unit; a count that is an average is no whole number."""
    return "decimal" if unit == "n" and isinstance(value, float) and value % 1 else unit


def _all_whole(values: pa.ChunkedArray) -> bool:
    told = pc.filter(values, pc.is_finite(values))
    return bool(len(told)) and pc.all(pc.equal(told, pc.round(told))).as_py()


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def cell(value: Any, column: Column) -> Cell:
    """One value as a cell. A number or date that is missing is '[x]'; missing words are ''."""
    if value is None:
        return "" if column.kind in WORDS else MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value if abs(value) <= EXACT else str(value)
    if isinstance(value, Decimal):  # what DuckDB adds whole numbers up to, too
        return cell(int(value) if value == value.to_integral_value() else float(value), column)
    if isinstance(value, float):
        if not isfinite(value):
            return MISSING
        return int(value) if column.kind == "n" else value
    if isinstance(value, datetime):
        return value.date() if not any((value.hour, value.minute, value.second)) else str(value)
    if isinstance(value, date):
        return value
    if isinstance(value, list | tuple):
        return clean(" ".join(_item(item) for item in value))
    said = clean(str(value))
    return STATES.get(said, said) if column.name in STATE_COLUMNS else said


def _item(value: Any) -> str:
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return MISSING
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
