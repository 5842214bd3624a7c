"""A file as a header and batches of text: CSV, gzipped CSV, parquet and XLSX alike.

Nothing is guessed: the header is read, never sniffed, and every cell comes as the text it
is written as. What a cell means is decided afterwards, in one place for all formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dashboard.errors import ContentError, UsageError
from dashboard.ingest import delimited

BATCH_ROWS = 50_000
Progress = Callable[[int, int], None]
Batches = Iterator[tuple[pa.Array, list[pa.Array], int]]


@dataclass
class Source:
    """An opened file.

    header   headings in order, as found.
    batches  given places in the header → (line numbers, text columns, bytes or rows done).
    ragged   lines with too few or too many cells, filled while batches are read.
    exact    whether line numbers are those of the file (a CSV counts records; see `lines`).
    """

    path: Path
    header: tuple[str, ...]
    batches: Callable[[list[int]], Batches]
    total: int
    ragged: list[tuple[int, str]] = field(default_factory=list)
    lines: Callable[[set[int]], dict[int, int]] | None = None


def open_source(path: Path) -> Source:
    """The file, opened by what it is, not by what it is called.

    raises  UsageError where there is no such file; ContentError where it is no table.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
    except FileNotFoundError:
        raise UsageError(f"there is no file {path.name!r} to import") from None
    except IsADirectoryError:
        raise UsageError(f"{path.name!r} is a folder; say its files") from None
    except OSError as error:
        raise ContentError(f"{path.name} can't be read: {error.strerror}") from None
    if not start:
        raise ContentError(f"{path.name} is empty")
    if start.startswith(b"PAR1") or path.suffix.lower() == ".parquet":
        return _parquet(path)
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _workbook(path)
    return _csv(path)


def _csv(path: Path) -> Source:
    text = delimited.inspect(path)
    source = Source(path, text.header, lambda _: iter(()), text.size)
    source.batches = lambda places: delimited.batches(text, places, source.ragged)
    source.lines = lambda records: delimited.physical_lines(text, records)
    return source


def _parquet(path: Path) -> Source:
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

    return Source(path, tuple(names), batches, file.metadata.num_rows)


def _text(column: pa.Array, name: str, file: str) -> pa.Array:
    """A typed column as the text that a CSV of it would hold; times in London."""
    if pa.types.is_timestamp(column.type) and column.type.tz:
        column = pc.local_timestamp(column.cast(pa.timestamp(column.type.unit, "Europe/London")))
    try:
        return column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise ContentError(f"{file}: column {name} holds {column.type}, not plain cells") from None


def _workbook(path: Path) -> Source:
    try:
        book = fastexcel.read_excel(path)
        sheet = book.load_sheet(0, header_row=None, dtypes="string")
        table = pa.Table.from_batches([sheet.to_arrow()])
    except (fastexcel.FastExcelError, pa.ArrowException):
        raise ContentError(f"{path.name} can't be read as a workbook") from None
    if not table.num_rows:
        raise ContentError(f"{path.name} is empty")
    header = tuple(str(cell or "") for cell in table.slice(0, 1).to_pylist()[0].values())
    body = table.slice(1)

    def batches(places: list[int]) -> Batches:
        for start in range(0, body.num_rows, BATCH_ROWS):
            part = body.slice(start, BATCH_ROWS).combine_chunks()
            columns = [part.column(place).combine_chunks() for place in range(part.num_columns)]
            columns = [_array(column).cast(pa.string()) for column in columns]
            lines = pa.array(range(start + 2, start + 2 + part.num_rows), pa.int64())
            # A sheet often ends in rows that were once formatted: they are no rows.
            kept = pa.array([False] * part.num_rows)
            for column in columns:
                kept = pc.or_(kept, pc.fill_null(pc.not_equal(column, ""), False))
            chosen = [columns[place].filter(kept) for place in places]
            yield lines.filter(kept), chosen, start + part.num_rows

    return Source(path, header, batches, body.num_rows)


def _array(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column


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
        for lines, columns, done in source.batches(list(chosen.values())):
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
