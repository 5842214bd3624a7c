"""What a file was told is kept with it, and holds for the next one of the same layout.

A layout is the headings of a table without those that are months: a download has others of these
each time. Columns and sheet are taken over; the order of days only where a file leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard.ingest.asked import Request
from dashboard.ingest.columns import listed, spelling
from dashboard.ingest.days import a_month
from dashboard.ingest.reading import Table
from dashboard.ingest.staging import Staged
from dashboard.periods import day_words

ORDER_WORDS = {"dmy": "day first", "mdy": "month first"}


@dataclass(frozen=True)
class Kept:
    """What an earlier file of a layout was told."""

    columns: dict[str, str]
    dates: str | None
    sheet: str | None
    of: Staged

    @property
    def words(self) -> str:
        """In a sentence what it was, and of which file."""
        said = [f"{heading} as {column}" for column, heading in self.columns.items()]
        said += [f"dates {ORDER_WORDS[self.dates]}"] if self.dates else []
        said += [f"the sheet {self.sheet}"] if self.sheet else []
        known = f"{self.of.file}, known on {day_words(self.of.vintage)}"
        return f"read as the file before it ({known}): {listed(said)}"


def layout(header: Sequence[str]) -> list[str]:
    """Headings by which a later table is known to be like this one.

    >>> layout(("Borough", "MinorText", "202401", "Feb-24", ""))
    ['borough', 'minortext']
    """
    named = [name for name in header if name.strip() and a_month(name) is None]
    return sorted({spelling(name) for name in named})


def kept(tables: Iterable[Table], kind: str, earlier: Iterable[Staged]) -> Kept | None:
    """What the last file of the kind that has a table of the same headings was told; None where
    there is none, or it was told nothing."""
    tables = list(tables)
    for item in sorted(earlier, key=lambda item: -item.sequence):
        layouts = item.sidecar.get("layouts", [])
        if item.adapter != kind or not layouts:
            continue
        told = item.sidecar["options"]
        sheet = told.get("sheet")
        if not any(_is_like(table, layouts, sheet) for table in tables):
            continue
        if not (told["columns"] or told.get("dates") or sheet):
            return None
        return Kept(told["columns"], told.get("dates"), sheet, item)
    return None


def _is_like(table: Table, layouts: list[list[str]], sheet: str | None) -> bool:
    if sheet and table.sheet.casefold() != sheet.casefold():
        return False
    names = {name for own in layouts for name in own}
    heads = table.heads(lambda cell: spelling(cell) in names)
    return any(layout(head.cells) in layouts for head in heads)


def recalled(
    request: Request, tables: Sequence[Table], earlier: Iterable[Staged]
) -> tuple[Request, str | None]:
    """The request with what the last file of its layout was told, and that in words."""
    remembered = kept(tables, request.kind, earlier)
    if remembered is None:
        return request, None
    columns = dict(remembered.columns)
    told = replace(request, columns=columns, sheet=remembered.sheet, usual_dates=remembered.dates)
    return told, remembered.words
