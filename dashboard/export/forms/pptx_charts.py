"""A chart that PowerPoint draws itself, with its numbers in a sheet that opens for editing."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from dashboard.access import Disclosed
from dashboard.charts import theme
from dashboard.export.forms import pptx_grafts
from dashboard.export.forms.native import (
    COLOURS,
    Figures,
    Look,
    Native,
    axis_format,
    figures,
    formats,
    spacing,
)
from dashboard.export.forms.pptx_boxes import BODY_TOP, EDGE, FONT, WIDE, colour
from dashboard.export.forms.stamping import description

TYPES = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "dots": XL_CHART_TYPE.LINE_MARKERS,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
}
DASHES = {"limit": MSO_LINE.DASH, "target": MSO_LINE.ROUND_DOT}
SHAPES = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "up": XL_MARKER_STYLE.TRIANGLE,
    "down": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
}
GAP = 60  # per cent of a bar's width
MANY = 16  # bars or dots from which their names are written small


def add(slide: Slide, chart: Native, disclosed: Disclosed, bottom: float) -> None:
    """Puts the chart between the slide's heading and `bottom` (inches)."""
    drawn = figures(chart, disclosed)
    data: Any = CategoryChartData(formats()[chart.unit] if chart.unit != "n" else "General")
    data.categories = drawn.categories
    for words, values in pptx_grafts.behind(drawn):
        data.add_series(words, values)
    for series, values in drawn.values:
        data.add_series(series.words, values)
    for words, values in pptx_grafts.rules(drawn):
        data.add_series(words, values)
    shape: Any = slide.shapes.add_chart(
        TYPES[chart.kind],
        Inches(EDGE),
        Inches(BODY_TOP),
        Inches(WIDE - 2 * EDGE),
        Inches(bottom - BODY_TOP),
        data,
    )
    shape.name = "Chart"
    shape._element.nvGraphicFramePr.cNvPr.set("descr", description(disclosed))
    graphic = shape.chart
    graphic.has_title = False  # the slide's title is the chart's
    graphic.font.size, graphic.font.name = Pt(12), FONT
    graphic.font.color.rgb = colour(theme.QUIET)
    graphic.has_legend = len(drawn.values) > 1 and not drawn.ends
    if graphic.has_legend:
        graphic.legend.position = XL_LEGEND_POSITION.BOTTOM
        graphic.legend.include_in_layout = False
    _axes(graphic, chart, drawn, spacing(chart, drawn))
    lines = list(graphic.plots[0].series)
    first = len(pptx_grafts.behind(drawn))
    own = lines[first : first + len(drawn.values)]
    for line, (series, _) in zip(own, drawn.values, strict=True):
        _look(line, chart, series.role)
        if chart.band and series.column in chart.band and drawn.band:
            line.format.line.fill.background()  # the band's own edges
    for at, look in drawn.looks.items():
        _mark_point(own[0].points[at].marker, look)
    pptx_grafts.graft(graphic, chart.kind, drawn, lines, first)


def _axes(graphic: Any, chart: Native, drawn: Figures, every: int) -> None:
    names, values, rows = graphic.category_axis, graphic.value_axis, len(drawn.categories)
    names.has_major_gridlines = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = colour(theme.GRID)
    _write_every(names, every)
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = colour(theme.GRID)
    values.tick_labels.number_format = axis_format(chart.unit)
    values.tick_labels.number_format_is_linked = False
    if chart.kind != "bar":
        values.minimum_scale, values.maximum_scale, values.major_unit = pptx_grafts.axis(
            drawn, whole=chart.unit == "n"
        )
    if chart.kind == "dots" and rows > MANY:
        names.tick_labels.font.size = Pt(9)
    if chart.kind == "bar":
        # Bars begin at 0, the first row stands at the top, the figures' axis at the bottom.
        if not drawn.below_zero:
            values.minimum_scale = 0
        names.reverse_order = True
        values._element.crosses.val = XL_AXIS_CROSSES.MAXIMUM  # the library sets the other's only
        names.tick_labels.font.size = Pt(12 if rows <= MANY else 8)
        graphic.plots[0].gap_width = GAP
        _write_figures(graphic.plots[0], chart, 10 if rows <= MANY else 8)


def _write_figures(plot: Any, chart: Native, size: int) -> None:
    """The figure at each bar's end."""
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = axis_format(chart.unit), False
    labels.font.size = Pt(size)


def _write_every(names: Any, every: int) -> None:
    """Every how many categories one is written; the library has no word for it."""
    skip = names._element.makeelement(qn("c:tickLblSkip"), {"val": str(every)})
    last = names._element.find(qn("c:noMultiLvlLbl"))
    names._element.insert(list(names._element).index(last), skip)


def _look(line: Any, chart: Native, role: str) -> None:
    ink = colour(COLOURS[role])
    if chart.kind == "bar":
        line.format.fill.solid()
        line.format.fill.fore_color.rgb = ink
        line.invert_if_negative = False
        return
    line.smooth = False
    line.format.line.color.rgb = ink
    line.format.line.width = Pt(2 if role == "main" else 1.25)
    if role in DASHES:
        line.format.line.dash_style = DASHES[role]
    if chart.kind == "dots":
        line.format.line.fill.background()
    if role in ("main", "expected") or chart.kind == "dots":
        _mark(line.marker, role, ink)
    else:
        line.marker.style = XL_MARKER_STYLE.NONE


def _mark(marker: Any, role: str, ink: RGBColor) -> None:
    marker.style = XL_MARKER_STYLE.CIRCLE if role == "main" else XL_MARKER_STYLE.DASH
    marker.size = 6 if role == "main" else 10
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = ink
    marker.format.line.color.rgb = ink


def _mark_point(marker: Any, look: Look) -> None:
    """One point that is told from the rest, as on the screen."""
    ink = colour(look.colour)
    marker.style, marker.size = SHAPES[look.shape], look.size
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour("#FFFFFF") if look.hollow else ink
    marker.format.line.color.rgb = ink
