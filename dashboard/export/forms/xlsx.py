"""Results as a workbook: cover, one sheet a table, one a chart that Excel draws, notes.

Rows are written one by one and kept nowhere (constant memory). Text is written as text, so that
nothing is ever taken for a formula or a link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.access import Why
from dashboard.export.forms import accounts, xlsx_charts
from dashboard.export.forms.kinds import Cell
from dashboard.export.forms.sheets import Sheet
from dashboard.export.forms.stamping import Produced, banner, clean, file_name, lines
from dashboard.export.forms.xlsx_pages import (
    HEAD,
    WIDEST,
    Item,
    Styles,
    begin,
    cut,
    end,
    raise_row,
    write,
)

LAST_ROW = 1_048_576  # of a sheet, as Excel has it
MOST_ROWS = LAST_ROW - HEAD - 2  # headings above, marking below
NARROWEST = 9  # letters of a column
PRINTED = 230  # letters across a printed page that can still be read
NOTE = 110  # letters of the column with words on the cover and the notes
SAMPLED = 200  # rows that a column's width is taken from
PLAIN_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def fits(rows: int) -> bool:
    """Whether a sheet of a workbook can hold so many rows."""
    return rows <= MOST_ROWS


def too_long(rows: int) -> str:
    """The sentence that stands in place of a table that no sheet can hold."""
    return (
        f"These {rows:,} rows are more than a sheet can hold ({MOST_ROWS:,}):"
        " take the CSV, which has them all."
    )


def workbook(
    items: Sequence[Item],
    produced: Produced,
    title: str = "",
    definitions: Mapping[str, Why] | None = None,
) -> bytes:
    """The file: a cover with stamp and contents, each item's table and chart, the notes.

    items  at least one; marking and as-at of the cover are the first one's
    title  of the whole; the first item's where it is left out
    definitions  by their questions: of measures that the rows name
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN_TEXT)
    first = items[0].sheet.disclosed
    book.set_properties(
        {
            "title": clean(title or first.title),
            "subject": banner(first.stamp),
            "author": clean(produced.by),
            "created": produced.at.astimezone(UTC).replace(tzinfo=None),
        }
    )
    styles = Styles(book)
    names = _names(items)
    cover = book.add_worksheet("Cover")
    for item, (table, chart) in zip(items, names, strict=True):
        if item.chart is not None and item.sheet.length:
            xlsx_charts.add(book, book.add_worksheet(chart), item, item.chart, styles)
        _table(book.add_worksheet(table), item, styles)
    _notes(book.add_worksheet("Notes"), items, definitions or {}, produced, styles)
    _cover(cover, items, names, produced, styles, title)
    book.close()
    return out.getvalue()


def _names(items: Sequence[Item]) -> list[tuple[str, str]]:
    """Names of each item's table and chart sheet, as short and plain as Excel wants them."""
    if len(items) == 1:
        return [("Table", "Chart")]
    return [(f"Table {place}", f"Chart {place}") for place in range(1, len(items) + 1)]


def _table(page: Worksheet, item: Item, styles: Styles) -> None:
    sheet = item.sheet
    # Widths come before rows: a sheet in constant memory is written top to bottom.
    widths = _widths(sheet)
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    begin(page, item, styles, len(sheet.columns))
    page.fit_to_pages(-(-sum(widths) // PRINTED), 0)
    if not fits(sheet.length):
        page.write_string(HEAD, 0, too_long(sheet.length), styles.label)
        whole = file_name(sheet.disclosed.stamp, item.name, "csv")
        page.write_string(HEAD + 1, 0, f"Its name: {whole}", styles.text)
        return
    for place, column in enumerate(sheet.columns):
        style = styles.number_head if column.is_number else styles.head
        page.write_string(HEAD, place, column.heading, style)
    page.freeze_panes(HEAD + 1, 1 if len(sheet.columns) > 1 else 0)
    page.repeat_rows(HEAD)
    page.repeat_columns(0)
    row = HEAD
    for row, (line, kinds) in enumerate(sheet.told(), HEAD + 1):
        cells = zip(line, widths, kinds, strict=True)
        raise_row(page, row, [(value, width) for value, width, kind in cells if kind == "text"])
        for place, (value, kind) in enumerate(zip(line, kinds, strict=True)):
            write(page, row, place, value, kind, styles)
    if sheet.length:
        page.autofilter(HEAD, 0, row, len(sheet.columns) - 1)
    end(page, row + 1, item, styles, len(sheet.columns))


def _widths(sheet: Sheet) -> list[int]:
    """Width of each column in letters, from its heading and its first rows."""
    widest = [min(len(column.heading), 16) for column in sheet.columns]
    for number, line in enumerate(sheet.lines()):
        if number == SAMPLED:
            break
        for place, value in enumerate(line):
            widest[place] = max(widest[place], _letters(value))
    return [min(max(width + 3, NARROWEST), WIDEST) for width in widest]


def _letters(value: Cell) -> int:
    if isinstance(value, str):
        return len(value)
    return 11 if isinstance(value, date) else len(f"{value:,.2f}")


def _notes(
    page: Worksheet,
    items: Sequence[Item],
    definitions: Mapping[str, Why],
    produced: Produced,
    styles: Styles,
) -> None:
    """Of each result: what it counts, its notes and marks, sources, and the SQL behind it."""
    page.set_column(0, 0, 18)
    page.set_column(1, 1, NOTE)
    begin(page, items[0], styles, 2)
    row = HEAD
    for item in items:
        page.write_string(row, 0, "", styles.label)
        page.write_string(row, 1, cut(item.sheet.disclosed.title), styles.title)
        for label, words in accounts.account(item.sheet, produced, sources=False):
            row += 1
            _noted(page, row, label, words, styles)
        row += 2
    for question, why in definitions.items():
        page.write_string(row, 1, cut(question), styles.title)
        for label, words in accounts.definition(why):
            row += 1
            _noted(page, row, label, words, styles)
        row += 2
    # Most results of a workbook come from the same files: each is named once.
    whys = [item.sheet.disclosed.why for item in items]
    for source in dict.fromkeys(file for why in whys if why for file in why.sources):
        _noted(page, row, "Source", source, styles)
        row += 1
    end(page, row, items[0], styles, 2)


def _noted(page: Worksheet, row: int, label: str, words: str, styles: Styles) -> None:
    """A line of the cover or the notes, as high as its words need."""
    raise_row(page, row, [(words, NOTE)])
    page.write_string(row, 0, label, styles.label)
    page.write_string(row, 1, cut(words), styles.wrapped)


def _cover(
    page: Worksheet,
    items: Sequence[Item],
    names: list[tuple[str, str]],
    produced: Produced,
    styles: Styles,
    title: str,
) -> None:
    first = items[0].sheet
    page.set_column(0, 0, 18)
    page.set_column(1, 1, NOTE)
    begin(page, items[0], styles, 2)
    row = HEAD
    said = lines(first.disclosed, produced, first.symbols)
    if title:
        said = [("Title", title), *(line for line in said if line[0] not in {"Title", "About"})]
    for label, words in said:
        _noted(page, row, label, words, styles)
        row += 1
    row += 1
    page.write_string(row, 0, "Sheets", styles.label)
    for item, (table, chart) in zip(items, names, strict=True):
        drawn = item.chart is not None and item.sheet.length
        for name, what in ((chart, "chart"), (table, "table")) if drawn else ((table, "table"),):
            row += 1
            page.write_url(row, 0, f"internal:'{name}'!A1", styles.link, name)
            page.write_string(row, 1, cut(f"{item.sheet.disclosed.title} ({what})"), styles.text)
    row += 1
    page.write_url(row, 0, "internal:'Notes'!A1", styles.link, "Notes")
    page.write_string(row, 1, "Definitions, notes, sources and queries", styles.text)
    end(page, row + 2, items[0], styles, 2)
