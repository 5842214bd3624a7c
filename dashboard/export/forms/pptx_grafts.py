"""What the library has no word for in a chart that PowerPoint draws: a band, breaks, words at ends.

The band is two series of bars piled up without a gap, the lower without paint: it steps where the
limits do and ends where they end, and its edges can be edited like any other figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Any

from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.charts import theme
from dashboard.export.forms.native import End, Figures
from dashboard.export.forms.pptx_boxes import FONT, colour

Values = tuple[float | None, ...]
BAND = ("Lower edge of the band", "Band, from its lower to its upper edge")
OVER = {"line": 0, "dots": 160}  # per cent of a band's width between it and the next
BREAKS = "Breaks"
# Shares of the chart's frame that lines are drawn in; the words at their ends stand beside it.
LEFT, TOP, ACROSS, DOWN = 0.055, 0.09, 0.755, 0.71
TICKS = 5
SIZE = 11  # points of the words at ends and breaks
ROW = 0.035  # of the frame's height: one row of the words of breaks


def behind(drawn: Figures) -> list[tuple[str, Values]]:
    """The two series that the band is piled up of; none without a band."""
    if not drawn.band:
        return []
    widths = tuple(None if low is None or high is None else high - low for low, high in drawn.band)
    return list(zip(BAND, (tuple(low for low, _ in drawn.band), widths), strict=True))


def rules(drawn: Figures) -> list[tuple[str, Values]]:
    """The series whose points stand at the top of each break; none without breaks."""
    if not drawn.breaks:
        return []
    top = axis(drawn)[1]
    places = range(len(drawn.categories))
    return [(BREAKS, tuple(top if at in drawn.breaks else None for at in places))]


def axis(drawn: Figures, whole: bool = False) -> tuple[float, float, float]:
    """Where the axis of figures begins and ends, and its step: 1, 2 or 5 of a power of ten.

    whole  what is counted has no steps between whole numbers
    """
    least, most = drawn.span
    most = most if most > least else least + 1
    rough = (most - least) / TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(power * part for part in (1, 2, 5, 10) if power * part >= rough)
    step = max(step, 1.0) if whole else step
    return floor(least / step) * step, ceil(most / step) * step, step


def graft(chart: Any, kind: str, drawn: Figures, lines: Sequence[Any], first: int) -> None:
    """Draws what the series of `behind` and `rules` are there for, and the words at the ends.

    lines  all series of the chart's one plot; the first `first` are the band's
    """
    area = chart._chartSpace.chart.plotArea
    if drawn.breaks:
        _breaks(lines[-1], drawn)
    if drawn.ends:
        _inner(area)
        shown = {series.column: at for at, (series, _) in enumerate(drawn.values, first)}
        low, high, _ = axis(drawn)
        for end in drawn.ends:
            if end.column in shown:
                values = drawn.values[shown[end.column] - first][1]
                _end(lines[shown[end.column]], values, end, high - low)
    if first:
        _band(area, [line._element for line in lines[:first]], OVER[kind])
        if chart.has_legend:
            hidden = parse_xml(
                f'<c:legendEntry {nsdecls("c")}><c:idx val="0"/><c:delete val="1"/></c:legendEntry>'
            )
            chart.legend._element.find(qn("c:legendPos")).addnext(hidden)
    if drawn.begun:
        for line in lines[first + 1 : first + len(drawn.values)]:
            for at in drawn.begun:
                line.points[at].format.line.fill.background()  # no line from piece to piece
    for at, words in drawn.said.items():
        _say(lines[first].points[at].data_label, words, theme.INK, XL_LABEL_POSITION.RIGHT)


def _band(area: Any, elements: Sequence[Any], gap: int) -> None:
    """Takes the band's series out of the lines and puts them behind, as bars on the same axes."""
    plot = area.find(qn("c:lineChart"))
    axes = "".join(f'<c:axId val="{item.get("val")}"/>' for item in plot.findall(qn("c:axId")))
    bars = parse_xml(
        f'<c:barChart {nsdecls("c")}><c:barDir val="col"/><c:grouping val="stacked"/>'
        f'<c:varyColors val="0"/><c:gapWidth val="{gap}"/><c:overlap val="100"/>{axes}</c:barChart>'
    )
    at = list(bars).index(bars.find(qn("c:gapWidth")))
    for place, element in enumerate(elements):
        for name in ("c:marker", "c:smooth", "c:dPt", "c:spPr"):
            for part in element.findall(qn(name)):
                element.remove(part)
        paint = f'<a:solidFill><a:srgbClr val="{theme.BAND.lstrip("#")}"/></a:solidFill>'
        look = parse_xml(
            f"<c:spPr {nsdecls('c', 'a')}>{paint if place else '<a:noFill/>'}"
            "<a:ln><a:noFill/></a:ln></c:spPr>"
        )
        element.insert(list(element).index(element.find(qn("c:tx"))) + 1, look)
        bars.insert(at + place, element)
    plot.addprevious(bars)


def _breaks(line: Any, drawn: Figures) -> None:
    """A dashed rule down from each point, and the break's words beside its top."""
    line.format.line.fill.background()
    line.marker.style = XL_MARKER_STYLE.NONE
    half = len(drawn.categories) / 2
    for row, (at, words) in enumerate(drawn.breaks.items()):
        side = XL_LABEL_POSITION.RIGHT if at <= half else XL_LABEL_POSITION.LEFT
        _say(line.points[at].data_label, words, theme.QUIET, side)
        _move(line.points[at].data_label, -ROW * (1 + row % 2))
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="minus"/>'
        '<c:errValType val="percentage"/><c:noEndCap val="1"/><c:val val="100"/><c:spPr>'
        f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{theme.FAINT.lstrip("#")}"/></a:solidFill>'
        '<a:prstDash val="dash"/></a:ln></c:spPr></c:errBars>'
    )
    line._element.find(qn("c:cat")).addprevious(bars)


def _end(line: Any, values: Values, end: End, span: float) -> None:
    """Words at the last point that has a figure, moved up or down to the height of their own."""
    last = max(at for at, value in enumerate(values) if value is not None)
    ink = theme.TARGET if end.column == "target" else theme.QUIET
    label = line.points[last].data_label
    _say(label, end.words, ink, XL_LABEL_POSITION.RIGHT)
    if (off := end.place - (values[last] or 0.0)) != 0:
        _move(label, -off / span * DOWN)


def _say(label: Any, words: str, ink: str, side: Any) -> None:
    label.text_frame.text = words
    run = label.text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.name = Pt(SIZE), FONT
    run.font.color.rgb = colour(ink)
    label.position = side


def _move(label: Any, down: float) -> None:
    """Moves a label from its usual place, by a share of the chart's height."""
    element = label._dLbl
    moved = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="0"/>'
        f'<c:y val="{down:.4f}"/></c:manualLayout></c:layout>'
    )
    element.find(qn("c:idx")).addnext(moved)


def _inner(area: Any) -> None:
    """The frame that lines are drawn in, so that there is room for the words beside it."""
    for part in area.findall(qn("c:layout")):
        area.remove(part)
    sizes = zip("xywh", (LEFT, TOP, ACROSS, DOWN), strict=True)
    parts = "".join(f'<c:{name} val="{value}"/>' for name, value in sizes)
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
            f'<c:xMode val="edge"/><c:yMode val="edge"/>{parts}</c:manualLayout></c:layout>'
        ),
    )
