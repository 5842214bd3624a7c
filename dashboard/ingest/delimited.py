"""Delimited text: encoding, headings and records, streamed; gzipped or not."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import itertools
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.csv as pa_csv

from dashboard.errors import ContentError

BLOCK = 4 << 20
LOOKED = 500  # lines at the top, among which the headings are looked for
BLANKS = " \t\r\n\ufeff"
# Never between cells: parts of words, dates, months and quoted text.
NO_DELIMITER = " \"'\r\n_-/.()&\0"
KEPT_TEXT = 80  # of a line with too many cells, enough to find it


@dataclass(frozen=True)
class Text:
    """What a text file turned out to be.

    encoding   utf-8-sig, utf-16 (-le, -be where it has no mark), utf-32 or cp1252.
    ended      whether its last line is ended; one cut short seldom is.
    size       in bytes, as stored.
    """

    path: Path
    zipped: bool
    encoding: str
    ended: bool
    size: int


@dataclass(frozen=True)
class Headings:
    """A line of a text file read as its headings.

    above      lines above it.
    until      line on which it ends (a heading in quotes may run over several), from 1.
    delimiter  what stands between its cells.
    """

    cells: tuple[str, ...]
    above: int
    until: int
    delimiter: str


class Counted(io.RawIOBase):
    """A file that knows how far it was read, for the progress bar."""

    def __init__(self, path: Path):
        self.raw = path.open("rb")
        self.done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self.raw.readinto(buffer) or 0
        self.done += count
        return count

    def close(self) -> None:
        self.raw.close()
        super().close()


def inspect(path: Path) -> Text:
    """Reads the file once for its encoding.

    raises  ContentError where it is empty, cut short, not text, or an archive in an archive.
    """
    with path.open("rb") as stream:
        zipped = stream.read(2) == b"\x1f\x8b"
    encoding, ended = _encoding(path, zipped)
    return Text(path, zipped, encoding, ended, path.stat().st_size)


def headings(text: Text, known: Callable[[str], bool]) -> list[Headings]:
    """The lines that may be the file's headings: the first, and each with a `known` cell.

    Looked for in the first LOOKED lines, with every mark that may part cells.
    raises  ContentError where the file has no line with anything in it.
    """
    lines = _first_lines(text)
    filled = next((n for n, line in enumerate(lines) if line.strip(BLANKS)), None)
    if filled is None:
        raise ContentError(f"{text.path.name} has no header row" if lines else _empty(text.path))
    if other := _of_another_form(lines[filled]):
        raise ContentError(
            f"{text.path.name} is {other}, whatever its name says; open it in a spreadsheet and "
            "save it as CSV or XLSX"
        )
    found: list[Headings] = []
    for number in range(filled, len(lines)):
        for delimiter in _delimiters(lines[number]):
            reader = csv.reader(lines[number:], delimiter=delimiter)
            try:
                cells = tuple(next(reader, ()))
            except csv.Error:
                continue
            if any(known(cell) for cell in cells) or (not found and delimiter == ","):
                found.append(Headings(cells, number, number + reader.line_num, delimiter))
    if not found:
        raise ContentError(f"{text.path.name} is not a table: its first line can't be read")
    return found


def _of_another_form(line: str) -> str | None:
    """What text that is no table begins like this, in words; None of any other."""
    begun = line.strip(BLANKS).lower()
    if begun.startswith(("<!doctype", "<html", "<table", "<?xml")):
        return "a web page or XML"
    return "JSON" if re.match(r"\[?\s*\{|\[\s*\[", begun) else None


def _first_lines(text: Text) -> list[str]:
    stream, _ = _opened(text.path, text.zipped)
    with stream:
        plain = io.TextIOWrapper(stream, encoding=text.encoding, errors="replace", newline="")
        lines, size = [], 0
        for line in plain:
            lines.append(line)
            size += len(line)
            if len(lines) >= LOOKED or size > BLOCK:
                break
        return lines


def _delimiters(line: str) -> list[str]:
    """A comma, then each other mark in the line that may part cells, as often as it stands."""
    marks = Counter(mark for mark in line if mark.isascii() and mark not in NO_DELIMITER)
    others = [mark for mark, _ in marks.most_common() if not mark.isalnum() and mark != ","]
    return [",", *others]


def _empty(path: Path) -> str:
    return f"{path.name} is empty"


def _opened(path: Path, zipped: bool) -> tuple[BinaryIO, Counted]:
    counted = Counted(path)
    stream = gzip.GzipFile(fileobj=counted) if zipped else io.BufferedReader(counted, BLOCK)
    return cast(BinaryIO, stream), counted


def _encoding(path: Path, zipped: bool) -> tuple[str, bool]:
    """The encoding, and whether the last line is ended.

    UTF-8 (with or without BOM) where every byte fits or where at least one letter beyond
    ASCII is UTF-8 (the rows with the other bytes are rejected), UTF-16 and UTF-32 by their
    BOM, UTF-16 also by its zero bytes, else Windows Latin-1.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    valid, first, end, letters = True, True, b"", False
    stream, _ = _opened(path, zipped)
    try:
        with stream:
            while piece := stream.read(BLOCK):
                if first:
                    if zipped and (inner := archive(piece)):
                        raise ContentError(
                            f"{path.name} holds {inner} inside a gzip file; unpack it and "
                            "import what it holds"
                        )
                    if piece.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
                        return "utf-32", True
                    if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                        return "utf-16", True
                    if wide := _without_mark(piece):
                        return wide, True
                first, end = False, piece[-1:]
                if b"\0" in piece:
                    raise ContentError(f"{path.name} is neither CSV, parquet nor XLSX")
                letters = letters or bool(TWO_BYTES.search(piece))
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
        raise ContentError(_empty(path))
    return "utf-8-sig" if valid or letters else "cp1252", end in (b"\n", b"\r")


def _without_mark(piece: bytes) -> str | None:
    """UTF-16 that lacks its byte-order mark: every other byte of plain letters is none."""
    for encoding, empty, filled in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if piece[empty:200:2].strip(b"\0") == b"" and b"\0" not in piece[filled:200:2]:
            return encoding
    return None


# A letter of UTF-8 after a plain one or none: by chance in Latin-1 text it hardly stands.
TWO_BYTES = re.compile(rb"(?:^|[\x00-\x7f])(?:[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x90-\xbf])")
ARCHIVES = {
    b"PK\x03\x04": "a zip archive or workbook",
    b"\x1f\x8b": "a gzip file",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a rar archive",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"\xd0\xcf\x11\xe0": "an Office file",
    b"PAR1": "a parquet file",
}


def archive(start: bytes) -> str | None:
    """What kind of archive begins with these bytes, in words; None where none does."""
    if start[257:262] == b"ustar":
        return "a tar archive"
    return next((words for mark, words in ARCHIVES.items() if start.startswith(mark)), None)


class Recoded(io.RawIOBase):
    """Another encoding's bytes as UTF-8, a block at a time; byte-order mark left out."""

    def __init__(self, stream: BinaryIO, encoding: str):
        self.stream, self.left = stream, b""
        # The five bytes that Windows leaves undefined must not stop an import.
        self.decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.left:
            piece = self.stream.read(BLOCK)
            self.left = self.decoder.decode(piece, final=not piece).encode()
            if not piece:
                break
        count = min(len(buffer), len(self.left))
        buffer[:count], self.left = self.left[:count], self.left[count:]
        return count


def batches(
    text: Text, head: Headings, places: list[int], ragged: list[tuple[int, str]]
) -> Iterator[tuple[pa.Array, list[pa.Array], int]]:
    """(record numbers, chosen columns, bytes read) in batches; record 1 is the header.

    ragged  gets (record number, text) of each record with another number of cells.
    """

    # Records are counted from the header, which may itself run over several lines.
    offset = head.until - 1

    unclosed: list[int] = []

    def keep(row: pa_csv.InvalidRow) -> str:
        ragged.append((row.number - offset, row.text[:KEPT_TEXT]))
        if row.text.count('"') % 2:
            unclosed.append(row.number - offset)
        return "skip"

    names = [str(place) for place in range(len(head.cells))]
    stream, counted = _opened(text.path, text.zipped)
    plain = io.BufferedReader(Recoded(stream, text.encoding), BLOCK)
    record, skipped = 2, set[int]()
    try:
        with stream, _reader(plain, names, places, head, keep) as reader:
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


def _reader(
    plain: Any,
    names: list[str],
    places: Sequence[int],
    head: Headings,
    keep: Callable[[Any], str],
) -> pa_csv.CSVStreamingReader:
    return pa_csv.open_csv(
        plain,
        read_options=pa_csv.ReadOptions(
            column_names=names, skip_rows=head.until, block_size=BLOCK, use_threads=False
        ),
        parse_options=pa_csv.ParseOptions(
            delimiter=head.delimiter, newlines_in_values=True, invalid_row_handler=keep
        ),
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


def physical_lines(text: Text, head: Headings, records: set[int]) -> dict[int, int]:
    """Record number → line of the file on which it starts (blank lines and quotes count)."""
    found: dict[int, int] = {}
    last = max(records, default=0)
    stream, _ = _opened(text.path, text.zipped)
    with stream:
        plain = io.TextIOWrapper(stream, encoding=text.encoding, errors="replace", newline="")
        rows = itertools.islice(plain, head.above, None)
        csv.field_size_limit(1 << 30)
        reader, record, before = csv.reader(rows, delimiter=head.delimiter), 0, head.above
        for row in reader:
            if row:
                record += 1
                if record in records:
                    found[record] = before + 1
                if record >= last:
                    break
            before = head.above + reader.line_num
    return found
