"""Which tables of a file are meant, and on which line their headings stand.

A file comes with title rows, cover sheets and marks of its own between the cells. The first
line that has every heading that the kind must have is the header; a workbook is read on every
visible sheet that has one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.errors import ContentError, DashboardError, UsageError
from dashboard.ingest.columns import listed
from dashboard.ingest.reading import Head, Known, Source, Table

Reads = Callable[[Sequence[str]], Any]
MARKS = {"\t": "a tab", ";": "a semicolon", "|": "a bar", ":": "a colon"}


@dataclass(frozen=True)
class Fit:
    """A table that the kind can read.

    sheet   its name; blank where the file has no sheets.
    source  opened below its headings.
    plan    what the kind makes of its headings.
    """

    sheet: str
    source: Source
    plan: Any


def fitting(
    tables: Sequence[Table],
    reads: Reads,
    known: Known,
    file: str,
    kind: str,
    wanted: str | None = None,
) -> tuple[list[Fit], list[str]]:
    """The tables to read, and warnings of what was passed over on the way.

    reads   headings → a plan; raises ContentError where the kind can't read them.
    known   whether a cell is a heading of the kind.
    wanted  the sheet asked for; None: every visible one that fits.
    raises  ContentError where none fits, UsageError where there is no such sheet.
    """
    chosen = _asked_for(tables, file, wanted)
    fits, notes = [], []
    faults: list[tuple[int, str, DashboardError]] = []
    for table in chosen:
        head, plan = None, None
        for head in table.heads(known):
            try:
                plan = reads(head.cells)
                break
            except DashboardError as error:
                faults.append((sum(known(cell) for cell in head.cells), table.sheet, error))
        if head is None:
            faults.append((-1, table.sheet, ContentError(f"{file} is empty")))
        elif plan is not None:
            fits.append(Fit(table.sheet, head.open(), plan))
            notes += _noted(head, table.sheet)
    if not fits:
        raise _none_fits(faults, file, kind, tables)
    left = [table.sheet for table in tables if table.sheet not in {fit.sheet for fit in fits}]
    if left and wanted is None:
        read = listed([fit.sheet for fit in fits])
        notes.append(f"sheets read: {read}; not read: {listed(left)} (say --sheet NAME)")
    elif len(fits) > 1:
        notes.append(f"sheets read: {listed([fit.sheet for fit in fits])}")
    return fits, notes


def _asked_for(tables: Sequence[Table], file: str, wanted: str | None) -> list[Table]:
    if wanted is None:
        # What was hidden was not meant to be seen; --sheet still reads it.
        return [table for table in tables if not table.hidden] or list(tables)
    chosen = [table for table in tables if table.sheet.casefold() == wanted.strip().casefold()]
    if not chosen:
        names = [table.sheet for table in tables if table.sheet]
        there = f"its sheets are {listed(names)}" if names else "it has no sheets"
        raise UsageError(f"{file} has no sheet {wanted!r} for --sheet; {there}")
    return chosen


def _noted(head: Head, sheet: str) -> list[str]:
    where = f"sheet {sheet}: " if sheet else ""
    notes = []
    if head.above:
        lines = "1 line" if head.above == 1 else f"{head.above} lines"
        notes.append(f"{where}{lines} above the headings passed over")
    if head.delimiter not in ("", ","):
        mark = MARKS.get(head.delimiter, head.delimiter)
        notes.append(f"{where}cells are parted by {mark}")
    return notes


def _none_fits(
    faults: list[tuple[int, str, DashboardError]], file: str, kind: str, tables: Sequence[Table]
) -> DashboardError:
    """What the nearest line lacks; of several sheets with their names."""
    _, sheet, fault = max(faults, key=lambda item: item[0])
    if len(tables) == 1:
        return fault
    names = listed([table.sheet + " (hidden)" * table.hidden for table in tables])
    reason = str(fault).removeprefix(f"{file} ").removeprefix(f"{file}: ")
    return ContentError(
        f"{file}: no sheet can be read as {kind}; sheets: {names}; sheet {sheet} {reason}; "
        "say --sheet NAME for the one that is meant"
    )
