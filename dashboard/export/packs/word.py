"""A pack as a Word document: headings, sentences and tables that can be edited.

Charts, and the past of a row, are pictures; a chart's own rows are in the pack's XLSX.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from dashboard.export.forms import beside, pictures
from dashboard.export.forms.sheets import sheet_of
from dashboard.export.forms.stamping import Produced, banner, clean, description, filters
from dashboard.export.packs.document import Printed, table_of
from dashboard.export.packs.drawing import Drawing
from dashboard.periods import day_words
from dashboard.reports.packs.block import Block, Pack

LONG, SHORT, EDGE = Mm(297), Mm(210), Mm(16)
# What is drawn of a row, and its column's letters; a small chart.
DRAWN, DRAWN_WIDE, HALF = Mm(19), 13, Mm(150)
SMALL, STYLE = Pt(8.5), "Light Grid Accent 1"


def document(pack: Pack, produced: Produced, drawing: Drawing) -> bytes:
    """The file; marked at the top and bottom of each page, and stamped.

    raises  ContentError where a chart can't be drawn
    """
    word = Document()
    core, stamp = word.core_properties, pack.about.stamp
    core.title, core.author, core.language = pack.about.title, produced.by, "en-GB"
    core.created = core.modified = produced.at.replace(tzinfo=None, microsecond=0)
    page = word.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, LONG, SHORT
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = EDGE
    for strip in (page.header, page.footer):
        strip.paragraphs[0].text = banner(stamp)
    word.add_heading(clean(pack.about.title), 0)
    for words in (
        pack.about.subtitle,
        f"As at {day_words(stamp.as_at)} · filters: {filters(stamp)} · snapshot"
        f" {stamp.snapshot_id} · produced by {produced.words}",
    ):
        word.add_paragraph(clean(words))
    for section in pack.sections:
        word.add_heading(clean(section.heading), 1)
        for block in section.blocks:
            if isinstance(block, str):
                word.add_paragraph(clean(block), style="List Bullet")
            else:
                _part(word, block, drawing)
        if section.fault:
            word.add_paragraph(clean(section.fault))
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _part(word: Any, part: Block, drawing: Drawing) -> None:
    shown = part.shown
    word.add_heading(clean(shown.title), 2)
    word.add_paragraph(clean(shown.subtitle))
    chart = drawing.chart(part)
    if chart:
        wide = HALF if part.half else LONG - 2 * EDGE
        _picture(word.add_paragraph(), pictures.png(chart, shown), wide, description(shown))
    if part.printed or not chart:
        _table(word, table_of(sheet_of(shown, part.unit), part))
    for words in shown.plain_notes:
        word.add_paragraph(clean(words))


def _table(word: Any, content: Printed) -> None:
    """The table, its heads repeated on each page and no row torn between two."""
    drawn = content["drawn"]
    heads = [*content["heads"], *(column["heading"] for column in drawn)]
    wide = [*content["widths"], *(DRAWN_WIDE for _ in drawn)]
    table = word.add_table(rows=1, cols=len(heads), style=STYLE)
    _write(table.rows[0].cells, heads)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for place, row in enumerate(content["rows"]):
        cells = table.add_row().cells
        _write(cells, row)
        for cell, column in zip(cells[len(row) :], drawn, strict=True):
            if (picture := column["cells"][place]).svg:
                _picture(cell.paragraphs[0], beside.png(picture), DRAWN, picture.words)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for column, letters in zip(table.columns, wide, strict=True):
        column.width = round((LONG - 2 * EDGE) * letters / sum(wide))
        for cell in column.cells:
            cell.width = column.width


def _write(cells: Any, line: list[str]) -> None:
    """A row's words, from its first cell on."""
    for cell, words in zip(cells, line, strict=False):
        cell.text = clean(words)
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                run.font.size = SMALL


def _picture(paragraph: Any, content: bytes, wide: int, words: str) -> None:
    """A picture with its words for who can't see it."""
    shape = paragraph.add_run().add_picture(io.BytesIO(content), width=wide)
    shape._inline.docPr.set("descr", clean(words))
