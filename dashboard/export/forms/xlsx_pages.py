"""What all sheets of a workbook share: its items, its formats, its heads and its cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.charts import theme
from dashboard.export.forms.kinds import Cell
from dashboard.export.forms.native import Native, formats
from dashboard.export.forms.sheets import WORDS, Sheet
from dashboard.export.forms.stamping import banner, clean

HEAD = 4  # rows above a table's headings: marking, title, subtitle, an empty one
LONGEST = 32_767  # letters in a cell
CUT = " … (cut: the CSV has the whole text)"
FONT = "Arial"  # on every machine; a workbook can't bring its own
A4 = 9  # as Excel counts papers
WIDEST = 44  # letters of a column; longer text goes over lines
LINE, HIGHEST = 13.0, 409.0  # points of a line of text, and of the highest row Excel has
FIRST_YEAR = 1900  # of Excel's calendar


@dataclass(frozen=True)
class Item:
    """One result of a workbook: its table, and the chart that goes with it."""

    sheet: Sheet
    name: str  # the stem of its files
    chart: Native | None = None


class Styles:
    """The formats of a workbook, made once each."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        def style(**more: Any) -> Any:
            return book.add_format({"font_name": FONT, "font_size": 10, "valign": "top"} | more)

        self.mark = style(bold=True, bg_color=theme.INK, font_color="#FFFFFF")
        self.title = style(bold=True, font_size=14, font_color=theme.INK)
        self.quiet = style(font_color=theme.QUIET)
        self.label = style(bold=True)
        self.text = style(indent=1)
        self.wrapped = style(text_wrap=True, indent=1)
        self.head = style(bold=True, text_wrap=True, bottom=1, bg_color=theme.BAND, indent=1)
        self.number_head = style(
            bold=True, text_wrap=True, bottom=1, bg_color=theme.BAND, align="right"
        )
        self.missing = style(align="right", font_color=theme.QUIET)
        self.link = style(font_color=theme.LINE, underline=1)
        self.kinds = {
            kind: style(num_format=form, align="right") for kind, form in formats().items()
        }
        self.plain = style(num_format="General")


def begin(page: Worksheet, item: Item, styles: Styles, across: int) -> None:
    """Marking, title and subtitle at the top of a sheet, and the marking on its printed pages."""
    disclosed = item.sheet.disclosed
    said = banner(disclosed.stamp).replace("&", "&&")
    page.set_header(f"&C&B{said}")
    page.set_footer(f"&L{_brief(item)}&C&B{said}&RPage &P of &N")
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    _marking(page, 0, item, styles, across)
    page.write_string(1, 0, cut(disclosed.title), styles.title)
    page.write_string(2, 0, cut(disclosed.subtitle), styles.quiet)


def _brief(item: Item) -> str:
    stamp = item.sheet.disclosed.stamp
    return f"As at {stamp.as_at.isoformat()}, snapshot {stamp.snapshot_id}".replace("&", "&&")


def end(page: Worksheet, row: int, item: Item, styles: Styles, across: int) -> None:
    """The marking below the last row."""
    _marking(page, row, item, styles, across)


def _marking(page: Worksheet, row: int, item: Item, styles: Styles, across: int) -> None:
    page.write_string(row, 0, banner(item.sheet.disclosed.stamp), styles.mark)
    for column in range(1, across):
        page.write_blank(row, column, None, styles.mark)


def write(page: Worksheet, row: int, place: int, value: Cell, kind: str, styles: Styles) -> None:
    """One cell, by its own type; text always as text."""
    if isinstance(value, str):
        style = styles.text if kind in WORDS else styles.missing
        if kind == "text" and len(value) > WIDEST:
            style = styles.wrapped
        page.write_string(row, place, cut(value), style)
    elif isinstance(value, date):
        if value.year < FIRST_YEAR:
            page.write_string(row, place, value.isoformat(), styles.missing)
        else:
            page.write_datetime(row, place, value, styles.kinds["date"])
    else:
        page.write_number(row, place, value, styles.kinds.get(kind, styles.plain))


def raise_row(page: Worksheet, row: int, cells: Iterable[tuple[Cell, int]]) -> None:
    """Makes a row as high as its longest text needs; before its cells are written.

    Not every program finds the height by itself.
    cells  value and width of its column in letters
    """
    tall = max(
        (_lines(value, width) for value, width in cells if isinstance(value, str)), default=1
    )
    if tall > 1:
        page.set_row(row, min(tall * LINE, HIGHEST))


def _lines(words: str, width: int) -> int:
    """Lines that a text takes in a column; only text over WIDEST letters is wrapped."""
    if len(words) <= WIDEST:
        return 1
    across = max(width - 3, 1)  # the indent, and words that don't fill a line
    return sum(-(-max(len(part), 1) // across) for part in words.splitlines())


def cut(words: str) -> str:
    """Text that a cell can hold; where it is cut, it says so."""
    said = clean(words)
    return said if len(said) <= LONGEST else said[: LONGEST - len(CUT)] + CUT
