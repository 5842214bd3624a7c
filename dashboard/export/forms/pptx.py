"""Results as slides: a statement title, a chart that PowerPoint draws and lets edit, or its
picture; the table where it is asked for.

Each slide has the marking at top and bottom, the stamp at its foot, and in its speaker notes
how the figures came to be. Tables go over as many slides as they need, up to a most; one
that is cut says so. A deck of several results shows the first slide of each table, and the
others at its end, so that a meeting is not led through them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Inches, Pt

from dashboard.charts import theme
from dashboard.export.forms import accounts, pptx_charts, pptx_tables
from dashboard.export.forms.native import Native
from dashboard.export.forms.pptx_boxes import (
    BODY_TOP,
    EDGE,
    TALL,
    WIDE,
    box,
    mark,
    paragraph,
    title_only,
)
from dashboard.export.forms.sheets import Sheet
from dashboard.export.forms.stamping import Produced, banner, clean, description, fitting, footer
from dashboard.reports.tasking.bar_rows import Bar
from dashboard.words import phrases

MOST_COLUMNS = 8
FEET = 0.62  # inches above the lower marking: notes and stamp
MOST_LINES, LINE_LETTERS = 11, 115  # of the sentences on a slide
MOST_ABOVE, LINE = 4, 0.3  # lines of sentences above a table; inches of each
BELOW_TITLE, SMALLEST = ((115, 14.0), (300, 10.5)), 9.0  # letters up to which a size fits
NOTES = 500  # letters of notes on a slide, three lines; all stand in the speaker notes


@dataclass(frozen=True)
class Item:
    """One result of a deck: its table, its chart, and the columns that its slides show.

    chart    that PowerPoint draws
    picture  makes the chart as a PNG instead, where there is none to draw or the reader wants it
    past     the column of a row's past figures, drawn as a small line at the row's end
    bars     of the rows, drawn at their ends; None where a row has none
    most     rows of the table that its slides show
    columns  of the table; the chart's where left out
    table    whether there are slides of it, too; without chart or picture there always are
    lines    sentences above the table, or on a slide in place of all these where they are many
             or nothing else is (`fits_above`)
    section  of the deck that it belongs to; '' where there are none
    """

    sheet: Sheet
    chart: Native | None = None
    columns: tuple[str, ...] = ()
    table: bool = True
    picture: Callable[[], bytes] | None = None
    past: str = ""
    bars: tuple[Bar | None, ...] = ()
    most: int = pptx_tables.MOST_ROWS
    lines: tuple[str, ...] = ()
    section: str = ""

    @property
    def only_said(self) -> bool:
        """Whether sentences are all that it has."""
        return bool(self.lines) and not self.table

    @property
    def leads_with_chart(self) -> bool:
        """Whether its first slide has a chart."""
        return bool(self.sheet.length) and (self.chart or self.picture) is not None


@dataclass(frozen=True)
class Later:
    """Slides of an item's table that stand at the end of a deck, the first of them `start`."""

    item: Item
    sheet: Sheet
    parts: tuple[pptx_tables.Table, ...]
    start: int


def fits_above(lines: Sequence[str]) -> bool:
    """Whether the sentences are few enough to stand above a table."""
    return _deep(lines) <= MOST_ABOVE


def _deep(lines: Sequence[str]) -> int:
    return sum(-(-len(line) // LINE_LETTERS) for line in lines)


def deck(items: Sequence[Item], produced: Produced, title: str = "") -> bytes:
    """The file: of each item a slide with its chart, then slides with its table.

    items  at least one; title: of the whole, the first item's where it is left out
    """
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(WIDE), Inches(TALL)
    feet: list[tuple[Slide, Item]] = []
    at_end: list[Later] = []
    for item in items:
        slides, later = _slides(presentation, item, produced, whole=len(items) == 1)
        feet += [(slide, item) for slide in slides]
        at_end += [later] if later else []
    for left in at_end:
        feet += [(slide, left.item) for slide in _rest(presentation, left, produced)]
    for page, (slide, item) in enumerate(feet, 1):
        _foot(slide, item, footer(item.sheet.disclosed, produced, page, len(feet)))
    first, about = items[0].sheet.disclosed, presentation.core_properties
    about.title, about.author = clean(title or first.title)[:255], clean(produced.by)[:255]
    about.subject = banner(first.stamp)[:255]
    about.last_modified_by = about.author
    about.created = about.modified = produced.at.astimezone(UTC).replace(tzinfo=None)
    out = BytesIO()
    presentation.save(out)
    return out.getvalue()


def _slides(
    presentation: Deck, item: Item, produced: Produced, whole: bool
) -> tuple[list[Slide], Later | None]:
    """The item's slides, without their feet, which need to know how many there are in all, and
    those of its table that stand at the deck's end.

    whole  whether all slides of its table stand here
    """
    if item.only_said:
        return [_said(presentation, item, produced)], None
    slides: list[Slide] = []
    if item.picture is not None and item.sheet.length:
        slides.append(_begin(presentation, item, produced, ""))
        _picture(slides[0], item, item.picture())
    elif item.chart is not None and item.sheet.length:
        slides.append(_begin(presentation, item, produced, ""))
        pptx_charts.add(slides[0], item.chart, item.sheet.disclosed, TALL - FEET - 0.55)
    if item.table or not slides:
        return _tables(presentation, item, produced, slides, whole)
    return slides, None


def _said(presentation: Deck, item: Item, produced: Produced) -> Slide:
    """The sentences one below another, the first as many as fit."""
    slide = _begin(presentation, item, produced, "")
    frame = box(slide, "Sentences", EDGE, BODY_TOP, WIDE - 2 * EDGE, TALL - FEET - 0.55 - BODY_TOP)
    room = MOST_LINES
    for at, line in enumerate(item.lines):
        room -= -(-len(line) // LINE_LETTERS)
        if room < 0:
            left = len(item.lines) - at
            paragraph(frame, f"{phrases.many(left, 'more sentence')} in the PDF", 14, theme.QUIET)
            break
        paragraph(frame, clean(line), 16, theme.INK)
        frame.paragraphs[-1].space_after = Pt(8)
    return slide


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


def _begin(presentation: Deck, item: Item, produced: Produced, more: str) -> Slide:
    """A slide with marking, statement title, subtitle and speaker notes."""
    disclosed = item.sheet.disclosed
    slide = title_only(presentation, clean(disclosed.title + more))
    mark(slide, banner(disclosed.stamp))
    words = box(slide, "Subtitle", EDGE, BODY_TOP - 0.42, WIDE - 2 * EDGE, 0.36)
    words.margin_top = words.margin_bottom = Pt(0)
    below = clean(" · ".join(filter(None, (item.section, disclosed.subtitle))))
    # What goes over two lines is so small that both stand above the table.
    size = next((size for most, size in BELOW_TITLE if len(below) <= most), SMALLEST)
    paragraph(words, below, size, theme.QUIET)
    said = accounts.account(item.sheet, produced, sql=False)
    notes = "\n".join(f"{label}: {text}" if label else text for label, text in said)
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = notes
    return slide


def _tables(
    presentation: Deck, item: Item, produced: Produced, before: list[Slide], whole: bool
) -> tuple[list[Slide], Later | None]:
    """The slides before, those of the table that stand here, and those that stand at the end."""
    columns = item.columns or (item.chart.columns if item.chart else ())
    sheet = item.sheet.brief(MOST_COLUMNS, columns)
    above = LINE * _deep(item.lines) + (0.1 if item.lines else 0.0)
    parts = pptx_tables.parts(sheet, item.past, item.most, item.bars, above)
    every = Later(item, sheet, tuple(parts), 0)
    if whole or len(parts) == 1:
        return before + _rest(presentation, every, produced), None
    first = _table(presentation, every, 0, produced)
    here = len(parts[0].rows)
    words = f"{here:,} of {item.sheet.length:,} rows here; more stand at the end of these slides."
    _below(first, words)
    return [*before, first], replace(every, start=1)


def _rest(presentation: Deck, later: Later, produced: Produced) -> list[Slide]:
    """A slide a part; the last says what of the table no slide shows."""
    slides = [
        _table(presentation, later, at, produced) for at in range(later.start, len(later.parts))
    ]
    rows = sum(len(part.rows) for part in later.parts)
    if said := _left_out(later.item.sheet, later.sheet, rows):
        _below(slides[-1], said)
    return slides


def _table(presentation: Deck, of: Later, at: int, produced: Produced) -> Slide:
    item, several = of.item, len(of.parts) > 1
    more = f" ({at + 1} of {len(of.parts)})" if several else ""
    slide = _begin(presentation, item, produced, more)
    above = 0.0
    if item.lines and not at:
        above = LINE * _deep(item.lines) + 0.1
        frame = box(slide, "Sentences", EDGE, BODY_TOP, WIDE - 2 * EDGE, above)
        for line in item.lines:
            paragraph(frame, clean(line), 14, theme.INK)
    pptx_tables.add(slide, of.parts[at], of.sheet.disclosed, above)
    return slide


def _below(slide: Slide, words: str) -> None:
    frame = box(slide, "What is left out", EDGE, TALL - FEET - 0.75, WIDE - 2 * EDGE, 0.3)
    paragraph(frame, words, 12, theme.INK, bold=True)


def _left_out(whole: Sheet, shown: Sheet, rows: int) -> str:
    """What of the table no slide shows; '' where all is there."""
    said = []
    if rows < whole.length:
        said.append(f"{rows:,} of {whole.length:,} rows")
    if len(shown.columns) < len(whole.columns):
        said.append(f"{len(shown.columns)} of {len(whole.columns)} columns")
    return f"Shown: {phrases.listed(said)}; the XLSX and the CSV have them all." if said else ""


def _foot(slide: Slide, item: Item, said: str) -> None:
    """Notes and stamp above the lower marking."""
    notes = item.sheet.disclosed.plain_notes
    feet = box(slide, "Stamp", EDGE, TALL - FEET - 0.45, WIDE - 2 * EDGE, FEET + 0.1)
    if kept := fitting(notes, NOTES):
        paragraph(feet, clean(kept), 10, theme.QUIET)
    paragraph(feet, said, 9, theme.QUIET)
