"""Comma-separated text: encoding, header and records, streamed; gzipped or not."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa
import pyarrow.csv as pa_csv

from dashboard.errors import ContentError

BLOCK = 4 << 20
KEPT_TEXT = 80  # of a line with too many cells, enough to find it


@dataclass(frozen=True)
class Text:
    """What a text file turned out to be.

    ended  whether its last line is ended; one cut short seldom is.
    size   in bytes, as stored.
    """

    path: Path
    zipped: bool
    encoding: str
    header: tuple[str, ...]
    header_lines: int
    ended: bool
    size: int


class Counted(io.RawIOBase):
    """A file that knows how far it was read, for the progress bar."""

    def __init__(self, path: Path):
        self.raw = path.open("rb")
        self.done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        count = self.raw.readinto(buffer) or 0
        self.done += count
        return count

    def close(self) -> None:
        self.raw.close()
        super().close()


def inspect(path: Path) -> Text:
    """Reads the file once for its encoding, and its header.

    raises  ContentError where it is empty, cut short, not text or has no header.
    """
    with path.open("rb") as stream:
        zipped = stream.read(2) == b"\x1f\x8b"
    encoding, ended = _encoding(path, zipped)
    with _opened(path, zipped)[0] as stream:
        reader = csv.reader(io.TextIOWrapper(stream, encoding=encoding, newline=""))
        try:
            header = next(reader, None)
        except (csv.Error, UnicodeError):
            raise ContentError(
                f"{path.name} is not a table: its first line can't be read"
            ) from None
        lines = reader.line_num
    if not header:
        raise ContentError(f"{path.name} has no header row" if lines else f"{path.name} is empty")
    return Text(path, zipped, encoding, tuple(header), lines, ended, path.stat().st_size)


def _opened(path: Path, zipped: bool) -> tuple[BinaryIO, Counted]:
    counted = Counted(path)
    stream = gzip.GzipFile(fileobj=counted) if zipped else io.BufferedReader(counted, BLOCK)
    return cast(BinaryIO, stream), counted


def _encoding(path: Path, zipped: bool) -> tuple[str, bool]:
    """The encoding, and whether the last line is ended.

    UTF-8 (with or without BOM) where every byte fits, UTF-16 by its BOM, else Windows Latin-1.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    valid, first, end = True, True, b""
    stream, _ = _opened(path, zipped)
    try:
        with stream:
            while piece := stream.read(BLOCK):
                if first and piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                    return "utf-16", True
                first, end = False, piece[-1:]
                if b"\0" in piece:
                    raise ContentError(f"{path.name} is neither CSV, parquet nor XLSX")
                if valid:
                    try:
                        decoder.decode(piece)
                    except UnicodeDecodeError:
                        valid = False
            if valid:
                decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        valid = False
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise ContentError(f"{path.name} is not a whole gzip file: it is cut short") from None
    if first:
        raise ContentError(f"{path.name} is empty")
    return "utf-8-sig" if valid else "cp1252", end in (b"\n", b"\r")


class Recoded(io.RawIOBase):
    """Another encoding's bytes as UTF-8, a block at a time; byte-order mark left out."""

    def __init__(self, stream: BinaryIO, encoding: str):
        self.stream, self.left = stream, b""
        # The five bytes that Windows leaves undefined must not stop an import.
        self.decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self.left:
            piece = self.stream.read(BLOCK)
            self.left = self.decoder.decode(piece, final=not piece).encode()
            if not piece:
                break
        count = min(len(buffer), len(self.left))
        buffer[:count], self.left = self.left[:count], self.left[count:]
        return count


def batches(
    text: Text, places: list[int], ragged: list[tuple[int, str]]
) -> Iterator[tuple[pa.Array, list[pa.Array], int]]:
    """(record numbers, chosen columns, bytes read) in batches; record 1 is the header.

    ragged  gets (record number, text) of each record with another number of cells.
    """

    # Records are counted from the header, which may itself run over several lines.
    offset = text.header_lines - 1

    unclosed: list[int] = []

    def keep(row: pa_csv.InvalidRow) -> str:
        ragged.append((row.number - offset, row.text[:KEPT_TEXT]))
        if row.text.count('"') % 2:
            unclosed.append(row.number - offset)
        return "skip"

    names = [str(place) for place in range(len(text.header))]
    stream, counted = _opened(text.path, text.zipped)
    plain = io.BufferedReader(Recoded(stream, text.encoding), BLOCK)
    record, skipped = 2, set[int]()
    try:
        with stream, _reader(plain, names, places, text.header_lines, keep) as reader:
            for batch in reader:
                skipped.update(number for number, _ in ragged[len(skipped) :])
                numbers, record = _numbers(record, batch.num_rows, skipped)
                columns = [batch.column(names[place]) for place in places]
                yield pa.array(numbers, pa.int64()), columns, counted.done
            _check_end(text, record, ragged, unclosed)
    except pa.ArrowInvalid as error:
        if "Empty CSV" not in str(error):
            raise _never_closed(text, record) from None


def _check_end(text: Text, record: int, ragged: list[tuple[int, str]], unclosed: list[int]) -> None:
    """Raises ContentError where the last record shows that the file was cut short."""
    if unclosed:
        raise _never_closed(text, unclosed[0])
    if ragged and ragged[-1][0] >= record and not text.ended:
        raise ContentError(f"{text.path.name} is cut short: its last line is not whole")


def _never_closed(text: Text, record: int) -> ContentError:
    return ContentError(
        f"{text.path.name} can't be read as CSV: a quotation mark in or after record {record} "
        "is never closed"
    )


def _reader(plain, names, places, header_lines, keep) -> pa_csv.CSVStreamingReader:
    return pa_csv.open_csv(
        plain,
        read_options=pa_csv.ReadOptions(
            column_names=names, skip_rows=header_lines, block_size=BLOCK, use_threads=False
        ),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=keep),
        convert_options=pa_csv.ConvertOptions(
            column_types={name: pa.string() for name in names},
            include_columns=[names[place] for place in places],
            strings_can_be_null=False,
        ),
    )


def _numbers(record: int, count: int, skipped: set[int]) -> tuple[range | list[int], int]:
    """Numbers of `count` whole records from `record` on, passing over the skipped ones."""
    if not skipped:
        return range(record, record + count), record + count
    numbers: list[int] = []
    while len(numbers) < count:
        if record not in skipped:
            numbers.append(record)
        record += 1
    return numbers, record


def physical_lines(text: Text, records: set[int]) -> dict[int, int]:
    """Record number → line of the file on which it starts (blank lines and quotes count)."""
    found: dict[int, int] = {}
    last = max(records, default=0)
    stream, _ = _opened(text.path, text.zipped)
    with stream:
        plain = io.TextIOWrapper(stream, encoding=text.encoding, errors="replace", newline="")
        reader, record, before = csv.reader(plain), 0, 0
        csv.field_size_limit(1 << 30)
        for row in reader:
            if row:
                record += 1
                if record in records:
                    found[record] = before + 1
                if record >= last:
                    break
            before = reader.line_num
    return found
