"""The rows that broke the contract, for the analyst who mends the source."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from dashboard.ingest.reading import Source
from dashboard.ingest.staging import sync
from dashboard.ingest.work import Work

COLUMNS = ("file", "line", "column", "value", "rule")
BATCH = 10_000


def write_rejects(work: Work, source: Source, path: Path) -> None:
    """Writes file, line, column, value and rule of every fault; a line may have several.

    line  of the file for a CSV, row of the sheet for a workbook, row for parquet.
    """
    lines = _lines(work, source)
    built = work.scratch / "rejects.csv"
    with built.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for line, column, value, rule in _faults(work):
            writer.writerow((work.file, lines.get(line, line), column, value, rule))
    sync(built)
    path.parent.mkdir(parents=True, exist_ok=True)
    built.replace(path)


def _faults(work: Work) -> Iterator[tuple[int, str, str | None, str]]:
    for line, text in work.ragged:
        yield line, "", text, "wrong_number_of_cells"
    result = work.connection.execute(
        "select line, column_name, value, rule from faults order by line, column_name, rule"
    )
    while rows := result.fetchmany(BATCH):
        yield from rows


def _lines(work: Work, source: Source) -> dict[int, int]:
    """Record → line of the file, where they differ: quoted line ends and blank lines."""
    if source.lines is None:
        return {}
    faulty = {row[0] for row in work.all("select distinct line from faults")}
    return source.lines(faulty | {line for line, _ in work.ragged})
