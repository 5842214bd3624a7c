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
from dashboard.export.forms.native import (
    COLOURS,
    Figures,
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
GAP = 60  # per cent of a bar's width
MANY = 16  # bars from which their names are written small


def add(slide: Slide, chart: Native, disclosed: Disclosed, bottom: float) -> None:
    """Puts the chart between the slide's heading and `bottom` (inches)."""
    drawn = figures(chart, disclosed)
    data: Any = CategoryChartData(formats()[chart.unit] if chart.unit != "n" else "General")
    data.categories = drawn.categories
    for series, values in drawn.values:
        data.add_series(series.words, values)
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
    found = shape.chart
    found.has_title = False  # the slide's title is the chart's
    found.font.size, found.font.name = Pt(12), FONT
    found.font.color.rgb = colour(theme.QUIET)
    found.has_legend = len(drawn.values) > 1
    if found.has_legend:
        found.legend.position = XL_LEGEND_POSITION.BOTTOM
        found.legend.include_in_layout = False
    _axes(found, chart, drawn, spacing(chart, drawn))
    for line, (series, _) in zip(found.plots[0].series, drawn.values, strict=True):
        _look(line, chart, series.role)


def _axes(found: Any, chart: Native, drawn: Figures, every: int) -> None:
    names, values, rows = found.category_axis, found.value_axis, len(drawn.categories)
    names.has_major_gridlines = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = colour(theme.GRID)
    _write_every(names, every)
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = colour(theme.GRID)
    values.tick_labels.number_format = axis_format(chart.unit)
    values.tick_labels.number_format_is_linked = False
    if chart.kind == "bar":
        # Bars begin at 0, the first row stands at the top, the figures' axis at the bottom.
        if not drawn.below_zero:
            values.minimum_scale = 0
        names.reverse_order = True
        values._element.crosses.val = XL_AXIS_CROSSES.MAXIMUM  # the library sets the other's only
        names.tick_labels.font.size = Pt(12 if rows <= MANY else 8)
        found.plots[0].gap_width = GAP
        _write_figures(found.plots[0], chart, 10 if rows <= MANY else 8)


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
    if role == "main" or chart.kind == "dots":
        _mark(line.marker, role, ink)
    else:
        line.marker.style = XL_MARKER_STYLE.NONE


def _mark(marker: Any, role: str, ink: RGBColor) -> None:
    marker.style = XL_MARKER_STYLE.CIRCLE if role == "main" else XL_MARKER_STYLE.DASH
    marker.size = 6 if role == "main" else 10
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = ink
    marker.format.line.color.rgb = ink
