"""A pack as a Word document: headings, sentences and tables that can be edited; no pictures.

The charts' rows stand as tables; the PDF has the charts drawn.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from dashboard.export.forms.sheets import sheet_of
from dashboard.export.forms.stamping import Produced, banner, clean, filters
from dashboard.export.packs.document import table_of
from dashboard.periods import day_words
from dashboard.reports.packs.block import Pack, Part

LONG, SHORT, EDGE = Mm(297), Mm(210), Mm(16)
SMALL, STYLE = Pt(8.5), "Light Grid Accent 1"


def document(pack: Pack, produced: Produced) -> bytes:
    """The file; marked at the top and bottom of each page, and stamped."""
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
                _part(word, block)
        if section.fault:
            word.add_paragraph(clean(section.fault))
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _part(word: Any, part: Part) -> None:
    word.add_heading(clean(part.shown.title), 2)
    word.add_paragraph(clean(part.shown.subtitle))
    found = table_of(sheet_of(part.shown, part.unit), part)
    table = word.add_table(rows=1, cols=len(found["heads"]), style=STYLE)
    for line in (found["heads"], *found["rows"]):
        cells = table.rows[0].cells if line is found["heads"] else table.add_row().cells
        for cell, words in zip(cells, line, strict=True):
            cell.text = clean(words)
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = SMALL
    for words in part.shown.plain_notes:
        word.add_paragraph(clean(words))
