"""The one table behind all forms of a result: columns with type and heading, and their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
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
from dashboard.access.suppression import CONFIDENTIAL
from dashboard.export.forms.crossed import crossed
from dashboard.export.forms.kinds import (
    OF_THE_MEASURE,
    PENCE,
    UNITS,
    Cell,
    is_text,
    kind_of,
    kind_said,
)
from dashboard.export.forms.named import NAME, short_heading, with_names
from dashboard.export.forms.stamping import clean
from dashboard.rows import ALONE, HIDDEN
from dashboard.words.figures import FIGURE_OF, parsed_figure
from dashboard.words.headings import (
    CODES,
    LAYOUT,
    SAID,
    STATE_COLUMNS,
    STATES,
    SYMBOLS,
    heading,
)
from dashboard.words.numbers import unit_word

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
# The columns that say in which of them a row's figures are, with their headings.
UNIT_COLUMNS = {"unit": "Figures in", "unit_of_parts": "Parts in"}


@dataclass(frozen=True)
class Column:
    """A column: its name in the rows, its heading, and what its cells are.

    kind    n (whole), decimal, percent (held as a share of 1), gbp, hours, date, text, or series
            (the figures of several periods, as text in one cell)
    by_row  the unit of a figure stands in the row's own `unit`
    of      whether it only says what the row's figure is of: too much for a slide
    code    whether another column has the names of its codes
    hidden  what a null of it hides, if anything: a count (rows.ALONE), or also another (rows.AMONG)
    """

    name: str
    heading: str
    kind: str
    by_row: bool = False
    of: bool = False
    code: bool = False
    hidden: bytes = b""

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
        counts = [item.name for item in self.rows.schema if _hidden(item) == ALONE]
        for batch in self.rows.select(names + counts).to_batches(max_chunksize=BATCH):
            lists = [part.to_pylist() for part in batch.columns]
            for row in zip(*lists, strict=True):
                values, hides = row[: len(names)], None in row[len(names) :]
                yield [
                    CONFIDENTIAL
                    if value is None and (column.hidden == ALONE or (column.hidden and hides))
                    else cell(value, column)
                    for value, column in zip(values, self.columns, strict=True)
                ]

    def told(self) -> Iterator[tuple[list[Cell], list[str]]]:
        """The lines, each with the kinds of its cells: the column's, or what the row's own unit
        says, which need not be among the columns."""
        own = "unit" in self.rows.column_names
        units = self.rows.column("unit").to_pylist() if own else [None] * self.length
        for line, unit in zip(self.lines(), units, strict=True):
            yield (
                line,
                [
                    kind_said(unit if column.by_row and unit in UNITS else column.kind, value)
                    for value, column in zip(line, self.columns, strict=True)
                ],
            )

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """The marks that occur in cells, title or notes, in the order of their list."""
        said = " ".join([self.disclosed.title, self.disclosed.subtitle, *self.disclosed.notes])
        return tuple(mark for mark in SYMBOLS if mark in said or self._holds(mark))

    def _holds(self, mark: str) -> bool:
        if any(column.hidden for column in self.columns):
            return any(mark in line for line in self.lines())
        for column in self.columns:
            values = self.rows.column(column.name)
            if mark == MISSING and column.kind not in WORDS and values.null_count:
                return True
            if is_text(values.type) and pc.any(pc.match_substring(values, mark)).as_py():
                return True
        return False

    def brief(self, most: int, names: tuple[str, ...] = ()) -> Sheet:
        """The sheet with what there is room for: the columns `names` in their order, else those
        of the report, else the first `most` that are no codes and are not said in words by
        another."""
        known = {column.name: column for column in self.columns}
        every = (column.name for column in self.columns if self.disclosed.across)
        named = [self._spoken(name) for name in names or self.disclosed.columns or every]
        kept = [known[name] for name in named if name in known] or [
            column
            for column in self.columns
            if column.name not in CODES
            and not column.of
            and not column.code
            and not pa.types.is_list(self._type(column))
            and not known.keys() & set(SAID.get(column.name, (f"{column.name}_said",)))
        ][:most]
        short = {column: short_heading(column.heading) for column in kept}
        single = len(set(short.values())) == len(kept)
        headed = [replace(column, heading=short[column]) if single else column for column in kept]
        return replace(self, columns=tuple(headed) or self.columns[:most])

    def _spoken(self, name: str) -> str:
        """The column that says what the reader calls it: of a code its names."""
        names = self.disclosed.names.get(name)
        said = f"{name}{NAME}"
        there = said in self.rows.column_names
        return said if there and names is not None and not names.spoken else name

    def _type(self, column: Column) -> pa.DataType:
        return self.rows.schema.field(column.name).type


def sheet_of(disclosed: Disclosed, unit: str | None = None, *, flat: bool = False) -> Sheet:
    """The table of a result: as a cross table where it says how it is one. Left out: what only
    places a row in a drawing, and a column that no row has anything in (the target where there is
    none); the figure itself always stays. Of an analyst's own question every column stays: it was
    asked for.

    unit    n, percent, gbp or hours, where all figures of the rows are of one measure
    flat    a row a row in any case, for a program
    raises  NotAllowedError for a result that may not leave the screen
    """
    leaving([disclosed])
    own = bool(disclosed.noted(ASKED))
    across = None if flat else disclosed.across
    known = crossed(disclosed.rows, across) if across else identified(disclosed.rows)
    rows, heads = with_names(disclosed, known, own)
    if across:
        heads |= {name: name for name in known.column_names if name != across.down}
    names = [
        name for name in rows.column_names if own or (name not in LAYOUT and _is_used(rows, name))
    ]
    for name in UNIT_COLUMNS:
        if not own and name in names and _is_of(rows.column(name), UNITS):
            heads[name] = UNIT_COLUMNS[name]
    # An analyst named the columns of an own question: they stay as they are called there.
    said = {name: name if own else heads.get(name) or heading(name) for name in names}
    doubled = Counter(said.values())
    mixed = "unit" in names and is_text(rows.schema.field("unit").type)
    columns = tuple(
        Column(
            name,
            said[name] if doubled[said[name]] == 1 else f"{said[name]} ({name})",
            kind_of(name, rows.column(name), unit),
            mixed and name in OF_THE_MEASURE,
            name.startswith(OF) or name.endswith(FIGURE_OF),
            name in heads and name in disclosed.names,
            _hidden(rows.schema.field(name)),
        )
        for name in names
    )
    return Sheet(disclosed, columns, rows)


def _hidden(field: pa.Field) -> bytes:
    return (field.metadata or {}).get(HIDDEN, b"")


def _is_of(values: pa.ChunkedArray, words: Collection[str]) -> bool:
    """Whether text says nothing but some of these words."""
    return is_text(values.type) and set(values.unique().to_pylist()) - {None} <= set(words)


def identified(rows: pa.Table) -> pa.Table:
    """The rows with what their figure is of in columns of its own, where no other says it."""
    if FIGURE_OF not in rows.column_names:
        return rows
    known = [parsed_figure(item) if item else None for item in rows.column(FIGURE_OF).to_pylist()]
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
    held = rows.column(name).null_count < max(rows.num_rows, 1)
    return held or name == "value" or bool(_hidden(rows.schema.field(name)))


def cell(value: Any, column: Column) -> Cell:
    """One value as a cell. A number or date that is missing is '[x]'; missing words are ''.
    What is hidden is no cell's own: see Sheet.lines."""
    if value is None:
        return "" if column.kind in WORDS else MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and column.name.endswith(PENCE):
        return value / 100
    if isinstance(value, int):
        return value if abs(value) <= EXACT else str(value)
    if isinstance(value, Decimal):  # what DuckDB adds whole numbers up to, too
        return cell(int(value) if value == value.to_integral_value() else float(value), column)
    if isinstance(value, float):
        if not isfinite(value):
            return MISSING
        # A whole number among averages is one.
        whole = column.kind == "n" or (column.kind == "decimal" and value.is_integer())
        return int(value) if whole else value
    if isinstance(value, datetime):
        return value.date() if not any((value.hour, value.minute, value.second)) else str(value)
    if isinstance(value, date):
        return value
    if isinstance(value, list | tuple):
        return clean(" ".join(_item(item) for item in value))
    said = clean(str(value))
    if column.name in UNIT_COLUMNS and column.heading == UNIT_COLUMNS[column.name]:
        return unit_word(said)
    return STATES.get(said, said) if column.name in STATE_COLUMNS else said


def _item(value: Any) -> str:
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return MISSING
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
