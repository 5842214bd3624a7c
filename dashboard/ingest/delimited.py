"""Delimited text: headings and records, streamed."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from dashboard.errors import ContentError
from dashboard.ingest.text_files import BLOCK, Recoded, Text, empty, opened

LOOKED = 500  # lines at the top, among which the headings are looked for
BLANKS = " \t\r\n\ufeff"
# Never between cells: parts of words, dates, months and quoted text.
NO_DELIMITER = " \"'\r\n_-/.()&\0"
KEPT_TEXT = 80  # of a line with too many cells, enough to find it


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


def headings(text: Text, known: Callable[[str], bool]) -> list[Headings]:
    """The lines that may be the file's headings: the first, and each with a `known` cell.

    Looked for in the first LOOKED lines, with every mark that may part cells.
    raises  ContentError where the file has no line with anything in it.
    """
    lines = _first_lines(text)
    filled = next((n for n, line in enumerate(lines) if line.strip(BLANKS)), None)
    if filled is None:
        raise ContentError(f"{text.path.name} has no header row" if lines else empty(text.path))
    if other := _of_another_form(lines[filled]):
        raise ContentError(
            f"{text.path.name} is {other}, whatever its name says; open it in a spreadsheet and "
            "save it as CSV or XLSX"
        )
    candidates: list[Headings] = []
    for number in range(filled, len(lines)):
        for delimiter in _delimiters(lines[number]):
            reader = csv.reader(lines[number:], delimiter=delimiter)
            try:
                cells = tuple(next(reader, ()))
            except csv.Error:
                continue
            if any(known(cell) for cell in cells) or (not candidates and delimiter == ","):
                candidates.append(Headings(cells, number, number + reader.line_num, delimiter))
    if not candidates:
        raise ContentError(f"{text.path.name} is not a table: its first line can't be read")
    return candidates


def _of_another_form(line: str) -> str | None:
    """What text that is no table begins like this, in words; None of any other."""
    begun = line.strip(BLANKS).lower()
    if begun.startswith(("<!doctype", "<html", "<table", "<?xml")):
        return "a web page or XML"
    return "JSON" if re.match(r"\[?\s*\{|\[\s*\[", begun) else None


def _first_lines(text: Text) -> list[str]:
    stream, _ = opened(text.path, text.zipped)
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
    stream, counted = opened(text.path, text.zipped)
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
    starts: dict[int, int] = {}
    last = max(records, default=0)
    stream, _ = opened(text.path, text.zipped)
    with stream:
        plain = io.TextIOWrapper(stream, encoding=text.encoding, errors="replace", newline="")
        rows = itertools.islice(plain, head.above, None)
        csv.field_size_limit(1 << 30)
        reader, record, before = csv.reader(rows, delimiter=head.delimiter), 0, head.above
        for row in reader:
            if row:
                record += 1
                if record in records:
                    starts[record] = before + 1
                if record >= last:
                    break
            before = head.above + reader.line_num
    return starts
