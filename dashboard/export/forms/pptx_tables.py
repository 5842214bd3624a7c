"""A result's table on slides: cut into parts that fit one each, and drawn as a table to edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from textwrap import wrap
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from dashboard.access import Disclosed
from dashboard.charts import theme
from dashboard.export.forms import beside
from dashboard.export.forms.pptx_boxes import BODY_TOP, EDGE, WIDE, box, colour, paragraph
from dashboard.export.forms.printed import widths, written
from dashboard.export.forms.sheets import Column, Sheet
from dashboard.export.forms.stamping import description
from dashboard.reports.tasking.bar_rows import Bar

MOST_SLIDES, MOST_ROWS = 6, 90  # of one table
TALL = 4.5  # inches that a slide has for rows and headings
SIZE = 11  # points of a letter
ROW, LINE = 0.1, 0.19  # inches of a row beside its lines, and of each line
ROOM = 148  # letters across, the widest
USUAL = 1.15  # times as many of usual width
EVEN = 40  # steps in which a slide's rows are made fewer, to be as many on each
LETTERS = 260  # of a cell before it is cut
# What is drawn of a row: letters across, inches at most from top to bottom; pixels of a line.
DRAWN_WIDE, DRAWN_TALL, LINE_SIZE = 15, 0.34, (96, 32)


@dataclass(frozen=True)
class Table:
    """The part of a table that one slide shows: its columns with their widths in letters, its
    rows in words, and the columns that are drawn."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    rows: tuple[list[str], ...]
    drawn: tuple[beside.DrawnColumn, ...] = ()

    @property
    def heads(self) -> list[str]:
        return [column.heading for column in self.columns]


def parts(
    sheet: Sheet,
    past: str = "",
    most: int = MOST_ROWS,
    bars: Sequence[Bar | None] = (),
    above: float = 0.0,
) -> list[Table]:
    """The table's parts, as many rows in each as fit, MOST_SLIDES at most; one where no row is.

    past   the column of a row's past figures, drawn at its end; '' where there are none
    most   rows of the table that are shown
    bars   of the rows, drawn at their ends
    above  inches that sentences take above the table
    """
    said = [
        [_short(written(value, kind)) for value, kind in zip(line, kinds, strict=True)]
        for line, kinds in islice(sheet.told(), most)
    ]
    drawn = beside.columns(sheet.rows.slice(0, len(said)), past, bars, LINE_SIZE)
    heads = [item.heading for item in sheet.columns]
    room = ROOM - DRAWN_WIDE * len(drawn)
    needed = widths(heads, said, room)
    wide = [int(width * room / sum(needed)) for width in needed]  # what is over goes to all
    tall = [_tall(line, wide) for line in said]
    begun = _begun(tall, TALL - above - _tall(heads, wide))
    ends = [*begun[1:], len(said)]
    return [
        Table(
            sheet.columns,
            tuple(wide),
            tuple(said[start:end]),
            tuple(column.part(start, end) for column in drawn),
        )
        for start, end in list(zip(begun, ends, strict=True))[:MOST_SLIDES]
    ]


def _begun(tall: list[float], room: float) -> list[int]:
    """The rows with which slides begin: as few slides as hold them, and these as full as each
    other, or the last would have a row alone.

    tall  inches of each row
    room  inches that a slide has for them
    """
    fewest = len(_filled(tall, room))
    if fewest > MOST_SLIDES:  # it is cut anyhow: as much as there is room for
        return _filled(tall, room)
    step = room / EVEN
    tries = (room - step * less for less in range(EVEN - 1, -1, -1))
    return next(begun for each in tries if len(begun := _filled(tall, each)) == fewest)


def _filled(tall: list[float], room: float) -> list[int]:
    begun, used = [0], 0.0
    for at, inches in enumerate(tall):
        if used + inches > room and at > begun[-1]:
            begun.append(at)
            used = 0.0
        used += inches
    return begun


def _short(words: str) -> str:
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 2]} …"


def _tall(line: list[str], wide: list[int]) -> float:
    """The inches that a row takes, by its cell of the most lines."""
    deep = max(
        len(wrap(words, round(width * USUAL))) or 1 for words, width in zip(line, wide, strict=True)
    )
    return ROW + LINE * deep


def add(slide: Slide, table: Table, disclosed: Disclosed, above: float = 0.0) -> None:
    """Draws the part on its slide; where it has no row, the slide says so.

    above  inches that sentences take above it
    """
    top = BODY_TOP + above
    if not table.rows:
        empty = box(slide, "No rows", EDGE, top, WIDE - 2 * EDGE, 0.5)
        paragraph(empty, "There are no rows.", 16, theme.INK)
        return
    columns = [*table.columns, *(Column("", each.heading, "series") for each in table.drawn)]
    wide = [*table.widths, *(DRAWN_WIDE for _ in table.drawn)]
    place = Inches(EDGE), Inches(top), Inches(WIDE - 2 * EDGE), Inches(TALL - above)
    shape = slide.shapes.add_table(len(table.rows) + 1, len(columns), *place)
    shape.name = "Table"
    shape._element.nvGraphicFramePr.cNvPr.set("descr", description(disclosed))
    grid = shape.table
    for at, (column, width) in enumerate(zip(columns, wide, strict=True)):
        grid.columns[at].width = Emu(round(Inches(WIDE - 2 * EDGE) * width / sum(wide)))
        _cell(grid.cell(0, at), column.heading, column, head=True)
    for number, line in enumerate((table.heads, *table.rows)):
        grid.rows[number].height = Inches(_tall(line, list(table.widths)))
    for number, line in enumerate(table.rows, 1):
        for at, words in enumerate(line):
            _cell(grid.cell(number, at), words, table.columns[at])
    for at, drawn in enumerate(table.drawn, len(table.columns)):
        for number, picture in enumerate(drawn.cells, 1):
            _draw(slide, grid.cell(number, at), picture, grid.rows[number].height / Inches(1))


def _cell(cell: Any, words: str, column: Column, head: bool = False) -> None:
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.margin_left = cell.margin_right = Pt(5)
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(theme.BAND if head else "#FFFFFF")
    paragraph(
        cell.text_frame,
        words,
        SIZE,
        theme.INK,
        bold=head,
        side="right" if column.is_number else "left",
    )


def _draw(slide: Slide, cell: Any, picture: beside.Picture, tall: float) -> None:
    """What is drawn of a row as the picture that fills its cell, no taller than DRAWN_TALL: it
    stays in its row and goes where the reader moves the table.

    tall  inches of the row
    """
    if not picture.svg:
        _cell(cell, "", Column("", "", "series"))
        return
    _, held = slide.part.get_or_add_image_part(BytesIO(beside.png(picture)))
    edge = round(50_000 * max(0.0, 1 - DRAWN_TALL / tall))  # in thousandths of a percent
    cell._tc.get_or_add_tcPr().append(
        parse_xml(
            f'<a:blipFill {nsdecls("a", "r")} rotWithShape="1"><a:blip r:embed="{held}"/>'
            f'<a:stretch><a:fillRect t="{edge}" b="{edge}"/></a:stretch></a:blipFill>'
        )
    )
