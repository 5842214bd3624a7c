"""Results as slides: a statement title, a chart that PowerPoint draws and lets edit, or its
picture; the table where it is asked for.

Each slide has the marking at top and bottom, the stamp at its foot, and in its speaker notes
how the figures came to be. Tables go over as many slides as they need, up to MOST_SLIDES; a
table that is cut says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from io import BytesIO
from itertools import islice
from math import ceil
from typing import Any

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from dashboard.charts import theme
from dashboard.export.forms import accounts, pptx_charts
from dashboard.export.forms.native import Native
from dashboard.export.forms.pptx_boxes import (
    BODY_TOP,
    EDGE,
    TALL,
    WIDE,
    box,
    colour,
    mark,
    paragraph,
    title_only,
)
from dashboard.export.forms.sheets import Cell, Column, Sheet
from dashboard.export.forms.stamping import Produced, banner, clean, description, footer
from dashboard.periods import MONTHS
from dashboard.words import numbers, phrases

LINES = 12  # of a table on one slide; a cell's second line counts as a half
ACROSS = 168  # letters that a slide's table has room for
MOST_SLIDES = 6  # of one table
MOST_COLUMNS = 8
FEET = 0.62  # inches above the lower marking: notes and stamp
LETTERS = 34  # of a cell before it is cut
NOTES = 3  # of a result that stand on its slide; all stand in the speaker notes
DIGITS = 4  # of a decimal that is neither a count nor a share


@dataclass(frozen=True)
class Item:
    """One result of a deck: its table, its chart, and the columns that its slides show.

    chart    that PowerPoint draws
    picture  makes the chart as a PNG instead, where there is none to draw or the reader wants it
    columns  of the table; the chart's where left out
    table    whether there are slides of it, too; without chart or picture there always are
    """

    sheet: Sheet
    chart: Native | None = None
    columns: tuple[str, ...] = ()
    table: bool = True
    picture: Callable[[], bytes] | None = None


def deck(items: Sequence[Item], produced: Produced, title: str = "") -> bytes:
    """The file: of each item a slide with its chart, then slides with its table.

    items  at least one; title: of the whole, the first item's where it is left out
    """
    found = Presentation()
    found.slide_width, found.slide_height = Inches(WIDE), Inches(TALL)
    feet: list[tuple[Slide, Item]] = []
    for item in items:
        feet += [(slide, item) for slide in _slides(found, item, produced)]
    for page, (slide, item) in enumerate(feet, 1):
        _foot(slide, item, footer(item.sheet.disclosed, produced, page, len(feet)))
    first, about = items[0].sheet.disclosed, found.core_properties
    about.title, about.author = clean(title or first.title)[:255], clean(produced.by)[:255]
    about.subject = banner(first.stamp)[:255]
    about.last_modified_by = about.author
    about.created = about.modified = produced.at.astimezone(UTC).replace(tzinfo=None)
    out = BytesIO()
    found.save(out)
    return out.getvalue()


def _slides(found: Deck, item: Item, produced: Produced) -> list[Slide]:
    """The item's slides, without their feet, which need to know how many there are in all."""
    slides = []
    if item.picture is not None and item.sheet.length:
        slides.append(_begin(found, item, produced, ""))
        _picture(slides[0], item, item.picture())
    elif item.chart is not None and item.sheet.length:
        slides.append(_begin(found, item, produced, ""))
        pptx_charts.add(slides[0], item.chart, item.sheet.disclosed, TALL - FEET - 0.55)
    if item.table or not slides:
        slides += _tables(found, item, produced)
    return slides


def _picture(slide: Slide, item: Item, content: bytes) -> None:
    """The picture, as large as it fits between heading and foot."""
    wide, tall = WIDE - 2 * EDGE, TALL - FEET - 0.55 - BODY_TOP
    shape: Any = slide.shapes.add_picture(BytesIO(content), Inches(0), Inches(0))
    scale = min(Inches(wide) / shape.width, Inches(tall) / shape.height)
    shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
    shape.left = Inches(EDGE) + (Inches(wide) - shape.width) // 2
    shape.top = Inches(BODY_TOP) + (Inches(tall) - shape.height) // 2
    shape.name = "Picture"
    shape._element.nvPicPr.cNvPr.set("descr", description(item.sheet.disclosed))


def _begin(found: Deck, item: Item, produced: Produced, more: str) -> Slide:
    """A slide with marking, statement title, subtitle and speaker notes."""
    disclosed = item.sheet.disclosed
    slide = title_only(found, clean(disclosed.title + more))
    mark(slide, banner(disclosed.stamp))
    words = box(slide, "Subtitle", EDGE, BODY_TOP - 0.42, WIDE - 2 * EDGE, 0.36)
    paragraph(words, clean(disclosed.subtitle), 14, theme.QUIET)
    said = accounts.account(item.sheet, produced, sql=False)
    notes = "\n".join(f"{label}: {text}" if label else text for label, text in said)
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = notes
    return slide


def _tables(found: Deck, item: Item, produced: Produced) -> list[Slide]:
    columns = item.columns or (item.chart.columns if item.chart else ())
    sheet = item.sheet.brief(MOST_COLUMNS, columns)
    said_lines = [
        [written(value, kind) for value, kind in zip(line, sheet.kinds(line), strict=True)]
        for line in islice(sheet.lines(), LINES * MOST_SLIDES)
    ]
    shares = _shares([[column.heading for column in sheet.columns], *said_lines])
    parts = _parts(said_lines, shares)[:MOST_SLIDES]
    slides = []
    for number, part in enumerate(parts, 1):
        more = f" ({number} of {len(parts)})" if len(parts) > 1 else ""
        slide = _begin(found, item, produced, more)
        _table(slide, sheet, part, shares)
        slides.append(slide)
    said = _left_out(item.sheet, sheet, sum(map(len, parts)))
    if said:
        words = box(slides[-1], "What is left out", EDGE, TALL - FEET - 0.75, WIDE - 2 * EDGE, 0.3)
        paragraph(words, said, 12, theme.INK, bold=True)
    return slides


def _parts(said: list[list[str]], shares: list[float]) -> list[list[list[str]]]:
    """The lines by slide, as many as fit where long cells go over two lines or more."""
    parts: list[list[list[str]]] = [[]]
    used = 0.0
    for line in said:
        deep = max(
            ceil(min(len(text), LETTERS) / max(share * ACROSS - 2, 1))
            for text, share in zip(line, shares, strict=True)
        )
        taken = (1 + deep) / 2
        if used + taken > LINES:
            parts.append([])
            used = 0.0
        parts[-1].append(line)
        used += taken
    return parts


def _left_out(whole: Sheet, shown: Sheet, rows: int) -> str:
    """What of the table no slide shows; '' where all is there."""
    said = []
    if rows < whole.length:
        said.append(f"{rows:,} of {whole.length:,} rows")
    if len(shown.columns) < len(whole.columns):
        said.append(f"{len(shown.columns)} of {len(whole.columns)} columns")
    return f"Shown: {phrases.listed(said)}; the XLSX and the CSV have them all." if said else ""


def _table(slide: Slide, sheet: Sheet, said: list[list[str]], shares: list[float]) -> None:
    if not sheet.length:
        words = box(slide, "No rows", EDGE, BODY_TOP, WIDE - 2 * EDGE, 0.5)
        paragraph(words, "There are no rows.", 16, theme.INK)
        return
    shape = slide.shapes.add_table(
        len(said) + 1,
        len(sheet.columns),
        Inches(EDGE),
        Inches(BODY_TOP),
        Inches(WIDE - 2 * EDGE),
        Inches(0.33 * (len(said) + 1)),
    )
    shape.name = "Table"
    shape._element.nvGraphicFramePr.cNvPr.set("descr", description(sheet.disclosed))
    grid = shape.table
    for place, (column, share) in enumerate(zip(sheet.columns, shares, strict=True)):
        grid.columns[place].width = Emu(round(Inches(WIDE - 2 * EDGE) * share))
        _cell(grid.cell(0, place), column.heading, column, head=True)
        for number, line in enumerate(said, 1):
            _cell(grid.cell(number, place), line[place], column)


def _shares(said: list[list[str]]) -> list[float]:
    """The columns' shares of the width, by their longest words."""
    longest = [min(max(map(len, column)), LETTERS) + 4 for column in zip(*said, strict=True)]
    return [width / sum(longest) for width in longest]


def _cell(cell: Any, words: str, column: Column, head: bool = False) -> None:
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.margin_left = cell.margin_right = Pt(5)
    short = words if len(words) <= LETTERS else f"{words[: LETTERS - 2]} …"
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(theme.BAND if head else "#FFFFFF")
    paragraph(
        cell.text_frame,
        short,
        11,
        theme.INK,
        bold=head,
        side="right" if column.is_number else "left",
    )


def written(value: Cell, kind: str) -> str:
    """A cell as the screen writes it: '1,234', '24 %', '12 Jul 2032'."""
    if isinstance(value, str):
        return value.replace("\n", " ")
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"
    if kind == "decimal":
        return f"{value:,.1f}" if abs(value) >= 1 else f"{value:.{DIGITS - 1}g}"
    return numbers.figure(value, kind)


def _foot(slide: Slide, item: Item, said: str) -> None:
    """Notes and stamp above the lower marking."""
    notes = item.sheet.disclosed.notes
    feet = box(slide, "Stamp", EDGE, TALL - FEET - 0.45, WIDE - 2 * EDGE, FEET + 0.1)
    kept = "; ".join(notes[:NOTES]) + (" …" if len(notes) > NOTES else "")
    if kept:
        paragraph(feet, clean(kept)[:240], 10, theme.QUIET)
    paragraph(feet, said, 9, theme.QUIET)
