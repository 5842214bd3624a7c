"""What slides are put together from: title, boxes, paragraphs, the marking. All in inches."""

from __future__ import annotations

from typing import Literal

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Inches, Pt

from dashboard.charts import theme

WIDE, TALL = 13.333, 7.5  # 16:9
EDGE = 0.5
MARK = 0.3  # height of the marking
BODY_TOP = 1.55
TITLE_ONLY = 5  # the layout of the library's own template that has a title and nothing else
FONT = "Arial"  # on every machine; slides can't bring their own
SIDES = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
LONG_TITLE = 90  # letters beyond which a title gets smaller


def colour(code: str) -> RGBColor:
    """A colour of dashboard.charts.theme."""
    return RGBColor.from_string(code.lstrip("#"))


def title_only(deck: Deck, words: str) -> Slide:
    """A new slide with a title, in the title's own place, so that outlines and readers find it."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    title = slide.shapes.title
    if title is not None:
        title.left, title.top = Inches(EDGE), Inches(MARK + 0.1)
        title.width, title.height = Inches(WIDE - 2 * EDGE), Inches(0.72)
        title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        size = 24 if len(words) <= LONG_TITLE else 18
        paragraph(title.text_frame, words, size, theme.INK, bold=True)
    return slide


def box(
    slide: Slide,
    name: str,
    left: float,
    top: float,
    wide: float,
    tall: float,
    ground: str | None = None,
) -> TextFrame:
    """A text box of that name, filled with the colour `ground`; `paragraph` writes into it."""
    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(wide), Inches(tall))
    shape.name = name
    shape.text_frame.word_wrap = True
    if ground is not None:
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(ground)
    return shape.text_frame


def paragraph(
    frame: TextFrame,
    words: str,
    size: float,
    ink: str,
    *,
    bold: bool = False,
    side: Literal["left", "center", "right"] = "left",
) -> None:
    """One more paragraph; the first takes the empty one that every frame has."""
    first = frame.paragraphs[0]
    line = first if not first.runs and len(frame.paragraphs) == 1 else frame.add_paragraph()
    line.alignment = SIDES[side]
    run = line.add_run()
    run.text = words
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = colour(ink)


def mark(slide: Slide, words: str) -> None:
    """The marking at the slide's top and bottom."""
    for name, top in (("Marking, top", 0.0), ("Marking, bottom", TALL - MARK)):
        frame = box(slide, name, 0, top, WIDE, MARK, theme.INK)
        frame.margin_top = frame.margin_bottom = Pt(0)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph(frame, words, 12, "#FFFFFF", bold=True, side="center")
