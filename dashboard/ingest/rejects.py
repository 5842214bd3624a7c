"""The rows that broke the contract, for the analyst who mends the source."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dashboard.ingest.staging import sync
from dashboard.ingest.work import PART_LINES, Work
from dashboard.words.spreadsheets import as_found

# What a rule says of a cell, as `… rejected: 2 blank` goes on.
RULES = {
    "required": "blank",
    "not_a_number": "not a number",
    "thousands_marks": "with thousands marks (write 1250, not 1,250)",
    "decimal_comma": "with a decimal comma (write 12, not 12,0)",
    "too_large": "beyond what a count can be",
    "negative": "below 0",
    "not_whole": "not whole",
    "bad_date": "with a date that can't be read (write YYYY-MM-DD)",
    "impossible_date": "with a day that the calendar has not",
    "two_readings": "with a date that can be read two ways (say --dates dmy or mdy)",
    "after_vintage": "dated after the vintage",
    "not_period_start": "not dated by the first day of a period",
    "columns_disagree": "that two columns of one meaning say otherwise",
    "unknown_value": "with a word that is none of those known",
    "unknown_unit": "of a unit that organisation.csv has not",
    "duplicate_reference": "with a reference that stands before",
    "out_of_range": "out of range",
    "bad_time": "with a time that can't be read",
    "a_name": "with what looks like a person's name",
    "reported_before_committed": "reported before it was committed",
    "ends_before_it_starts": "that end before they start",
    "over_a_day": "longer than 24 hours",
    "not_text": "with text that is not UTF-8 or holds control characters",
    "share_above_1": "with a part larger than its whole",
    "wrong_number_of_cells": "with too many or too few cells",
}
COLUMNS = ("file", "line", "column", "value", "rule")
BATCH = 10_000


def write_rejects(work: Work, path: Path) -> None:
    """Writes file, line, column, value and rule of every fault, and the whole row as it was read,
    each cell under its own heading; a line may have several.

    No cell of it is a formula or holds what can't be seen, whatever the source holds.

    file  with the sheet in brackets where several sheets were read.
    line  of the file for a CSV, row of the sheet for a workbook, row for parquet.
    """
    lines = _lines(work)
    built = work.scratch / "rejects.csv"
    with built.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        faults, heads = _faults(work)
        writer.writerow((*COLUMNS, *(as_found(f"row: {head}") for head in heads)))
        for line, column, value, rule, *row in faults:
            part, own = divmod(line, PART_LINES)
            sheet = f" [{work.parts[part].sheet}]" if len(work.parts) > 1 else ""
            file, head, cell = map(as_found, (work.file + sheet, column, value or ""))
            whole = (as_found(item or "") for item in row)
            writer.writerow((file, lines.get(line, own), head, cell, rule, *whole))
    sync(built)
    path.parent.mkdir(parents=True, exist_ok=True)
    built.replace(path)


def rejected_words(rules: list[tuple[str, int]], what: str, total: int) -> str:
    """'3 counts rejected: 2 blank, 1 not a number'.

    rules  (rule, how many broke it), the commonest first
    total  how many were rejected; less than all together where one broke several rules
    """
    each = ", ".join(f"{number:,} {RULES.get(rule, rule)}" for rule, number in rules)
    return f"{total:,} {what}{'' if total == 1 else 's'} rejected: {each}"


def _faults(work: Work) -> tuple[Iterator[tuple[Any, ...]], list[str]]:
    """(line, column, value, rule, then the row's cells) of every fault, and the cells' headings.
    A line with too many or too few cells has no row: its text is the value."""
    raws = " union all by name ".join(work.raw(number) for number in range(len(work.parts)))
    result = work.connection.execute(
        f"select f.line, f.column_name, f.value, f.rule, r.* exclude (line) from faults as f "
        f"left join ({raws}) as r on f.line = r.line order by f.line, f.column_name, f.rule"
    )
    heads = [name for name, *_ in result.description[4:]]

    def rows() -> Iterator[tuple[Any, ...]]:
        for line, text in work.ragged:
            yield line, "", text, "wrong_number_of_cells"
        while batch := result.fetchmany(BATCH):
            yield from batch

    return rows(), heads


def _lines(work: Work) -> dict[int, int]:
    """Record → line of the file, where they differ: quoted line ends and blank lines."""
    faulty = {row[0] for row in work.all("select distinct line from faults")}
    return line_numbers(work, faulty | {line for line, _ in work.ragged})


def line_numbers(work: Work, records: set[int]) -> dict[int, int]:
    """The line of the file, or row of the sheet, on which each of the records stands."""
    by_record: dict[int, int] = {}
    for number, part in enumerate(work.parts):
        first = number * PART_LINES
        own = {record - first for record in records if record // PART_LINES == number}
        lines = part.source.lines(own) if part.source.lines and own else {}
        by_record |= {first + record: lines.get(record, record) for record in own}
    return by_record
