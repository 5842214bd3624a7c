"""A file as tables, each with headings and batches of text: CSV, gzipped CSV, parquet and XLSX.

Every cell comes as the text it is written as. Which line holds the headings, and which sheet
of a workbook is meant, is settled by the kind (layout.py); what a cell means is decided
afterwards, in one place for all formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dashboard.errors import ContentError, UsageError
from dashboard.ingest import delimited, text_files, workbooks

BATCH_ROWS = 50_000
Progress = Callable[[int, int], None]
Batches = Iterator[tuple[pa.Array, list[pa.Array], int]]


Known = Callable[[str], bool]


@dataclass(frozen=True)
class Head:
    """A line that may be the headings of a table, and how the table below it is opened.

    above      lines above it.
    delimiter  what parts its cells; blank where nothing does.
    """

    cells: tuple[str, ...]
    above: int
    delimiter: str
    open: Callable[[], Source]


@dataclass(frozen=True)
class Table:
    """A table of a file; a workbook has one a sheet.

    sheet  its name; blank where the file has no sheets.
    heads  what says whether a cell is a known heading → the lines that may be its headings.
    """

    sheet: str
    hidden: bool
    heads: Callable[[Known], list[Head]]


@dataclass
class Source:
    """A table opened below its headings.

    header   headings in order, as found.
    batches  given places in the header → (line numbers, text columns, bytes or rows done).
    ragged   lines with too few or too many cells, filled while batches are read.
    lines    record numbers → lines of the file, where the two differ.
    read_as  how the text was decoded where it is not plain UTF-8, in words.
    """

    path: Path
    header: tuple[str, ...]
    batches: Callable[[list[int]], Batches]
    total: int
    ragged: list[tuple[int, str]] = field(default_factory=list)
    lines: Callable[[set[int]], dict[int, int]] | None = None
    read_as: str = ""


def open_tables(path: Path) -> list[Table]:
    """The tables of a file, opened by what it is, not by what it is called.

    raises  UsageError where there is no such file; ContentError where it holds no table.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(512)
    except FileNotFoundError:
        raise UsageError(f"there is no file {shown(path)} to import") from None
    except IsADirectoryError:
        raise UsageError(f"{shown(path)} is a folder; say its files") from None
    except OSError as error:
        raise ContentError(f"{path.name} can't be read: {error.strerror}") from None
    if not start:
        raise ContentError(f"{path.name} is empty")
    if start.startswith(b"PAR1") or path.suffix.lower() == ".parquet":
        return [_parquet(path)]
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        workbooks.check(path, start)
        return _workbook(path)
    if not start.startswith(b"\x1f\x8b") and (inner := text_files.archive(start)):
        raise ContentError(f"{path.name} is {inner}; unpack it and import what it holds")
    return [_csv(path)]


READ_AS = {"cp1252": "the file is not UTF-8 and was read as Windows-1252"}


def shown(path: Path) -> str:
    """A file's name in quotes, with whatever a terminal would obey written out."""
    return repr(path.name)


def _csv(path: Path) -> Table:
    text = text_files.inspect(path)

    def head(headings: delimited.Headings) -> Head:
        def opened() -> Source:
            source = Source(path, headings.cells, lambda _: iter(()), text.size)
            source.read_as = READ_AS.get(text.encoding, "")
            source.batches = lambda places: delimited.batches(text, headings, places, source.ragged)
            source.lines = lambda records: delimited.physical_lines(text, headings, records)
            return source

        return Head(headings.cells, headings.above, headings.delimiter, opened)

    return Table("", False, lambda known: [head(item) for item in delimited.headings(text, known)])


def _parquet(path: Path) -> Table:
    broken = f"{path.name} is not whole parquet: it is cut short or damaged"
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError):
        raise ContentError(broken) from None
    names = file.schema_arrow.names

    def batches(places: list[int]) -> Batches:
        done = 0
        # Column paths, not names, pick columns: a name may hold a dot.
        chosen = [names[place] for place in places]
        try:
            with pq.ParquetFile(path, memory_map=False) as reader:
                for batch in reader.iter_batches(BATCH_ROWS, columns=chosen):
                    lines = pa.array(range(done + 1, done + 1 + batch.num_rows), pa.int64())
                    done += batch.num_rows
                    columns = [_text(batch.column(name), name, path.name) for name in chosen]
                    yield lines, columns, done
        except (pa.ArrowException, OSError):
            raise ContentError(broken) from None

    def opened() -> Source:
        return Source(path, tuple(names), batches, file.metadata.num_rows)

    return Table("", False, lambda _: [Head(tuple(names), 0, "", opened)])


def _text(column: pa.Array, name: str, file: str) -> pa.Array:
    """A typed column as the text that a CSV of it would hold; local times."""
    if pa.types.is_timestamp(column.type) and column.type.tz:
        column = pc.local_timestamp(column.cast(pa.timestamp(column.type.unit, "Europe/London")))
    try:
        return column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise ContentError(f"{file}: column {name} holds {column.type}, not plain cells") from None


def _workbook(path: Path) -> list[Table]:
    try:
        book = fastexcel.read_excel(path)
        return [_sheet(path, book, name) for name in book.sheet_names]
    except (fastexcel.FastExcelError, pa.ArrowException):
        raise ContentError(f"{path.name} can't be read as a workbook") from None


def _sheet(path: Path, book: fastexcel.ExcelReader, name: str) -> Table:
    # Rows keep their numbers: none is skipped, at the top or anywhere.
    sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    grid = pa.Table.from_batches([sheet.to_arrow()]) if sheet.width else pa.table({})

    def heads(known: Known) -> list[Head]:
        listed: list[Head] = []
        for number, row in enumerate(grid.slice(0, delimited.LOOKED).to_pylist()):
            cells = tuple(str(cell or "") for cell in row.values())
            filled = any(cell.strip() for cell in cells)
            if filled and (not listed or any(known(cell) for cell in cells)):
                opened = partial(_below, path, grid, number, cells)
                listed.append(Head(cells, number, "", opened))
        return listed

    return Table(name, sheet.visible != "visible", heads)


def _below(path: Path, table: pa.Table, number: int, header: tuple[str, ...]) -> Source:
    """The rows of a sheet below row `number` (from 0), which holds its headings."""
    body = table.slice(number + 1)

    def batches(places: list[int]) -> Batches:
        for start in range(0, body.num_rows, BATCH_ROWS):
            part = body.slice(start, BATCH_ROWS).combine_chunks()
            columns = [part.column(place).combine_chunks() for place in range(part.num_columns)]
            columns = [_array(column).cast(pa.string()) for column in columns]
            first = number + start + 2
            lines = pa.array(range(first, first + part.num_rows), pa.int64())
            # A sheet often ends in rows that were once formatted: they are no rows.
            kept = pa.array([False] * part.num_rows)
            for column in columns:
                kept = pc.or_(kept, pc.fill_null(pc.not_equal(column, ""), False))
            chosen = [columns[place].filter(kept) for place in places]
            yield lines.filter(kept), chosen, start + part.num_rows

    return Source(path, header, batches, body.num_rows)


def _array(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column


def _said(lines: pa.Array, columns: list[pa.Array]) -> tuple[pa.Array, list[pa.Array]]:
    """Without the rows that say nothing in any column: the ends of sheets saved as text."""
    nothing = pa.array([True] * len(lines))
    for column in columns:
        blank = pc.equal(pc.utf8_trim_whitespace(pc.fill_null(column, "")), "")
        nothing = pc.and_(nothing, blank)
        if not pc.any(nothing).as_py():
            return lines, columns
    said = pc.invert(nothing)
    return lines.filter(said), [column.filter(said) for column in columns]


def copy_text(
    source: Source, chosen: dict[str, int], target: Path, progress: Progress | None = None
) -> int:
    """Writes line and the chosen columns, all text, to a parquet file; returns its rows.

    chosen  our name → place in the header.
    raises  ContentError where the file proves to be no table, or cut short.
    """
    schema = pa.schema([("line", pa.int64()), *((name, pa.string()) for name in chosen)])
    rows = 0
    with pq.ParquetWriter(target, schema, compression="lz4") as writer:
        for records, cells, done in source.batches(list(chosen.values())):
            lines, columns = _said(records, cells)
            writer.write_batch(pa.record_batch([lines, *columns], schema=schema))
            rows += len(lines)
            if progress:
                progress(done, source.total)
    if source.ragged and not rows:
        raise ContentError(
            f"{source.path.name} is not a table: its lines have other numbers of cells than "
            f"its {len(source.header)} headings"
        )
    return rows
