"""A chart that Excel draws itself, on a sheet of its own with the numbers that it draws."""

from __future__ import annotations

from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.charts import theme
from dashboard.export.forms.native import COLOURS, Figures, Native, axis_format, figures, spacing
from dashboard.export.forms.stamping import clean, description
from dashboard.export.forms.xlsx_pages import FONT, HEAD, Item, Styles, begin, end

CHART_TALL, CHART_WIDE = 420, 900
CHART_ROWS = 24  # sheet rows that the drawn chart covers
GAP = 60  # per cent of a bar's width
LONGEST_TITLE = 250  # letters that Excel takes
DASHES = {
    "main": "solid",
    "limit": "dash",
    "mean": "solid",
    "target": "square_dot",
    "before": "round_dot",
    "expected": "solid",
}


def add(
    book: xlsxwriter.Workbook, page: Worksheet, item: Item, chart: Native, styles: Styles
) -> None:
    """A sheet with the chart, and below it the numbers that it draws; a gap is an empty cell.

    The chart can't stand on the table itself: Excel draws the '[x]' of a gap as 0.
    """
    drawn = figures(chart, item.sheet.disclosed)
    page.set_column(0, 0, 32)
    page.set_column(1, len(drawn.values), 14)
    begin(page, item, styles, len(drawn.values) + 1)
    top = HEAD + CHART_ROWS
    drawing = _drawing(book, page.get_name(), item, chart, drawn, top)
    page.insert_chart(HEAD, 0, drawing, {"description": description(item.sheet.disclosed)})
    page.write_string(top, 0, "What the chart draws", styles.head)
    for place, (series, _) in enumerate(drawn.values, 1):
        page.write_string(top, place, series.words, styles.number_head)
    style = styles.kinds["decimal" if chart.unit == "n" and not _whole(drawn) else chart.unit]
    for number, category in enumerate(drawn.categories):
        page.write_string(top + 1 + number, 0, category, styles.text)
        for place, (_, values) in enumerate(drawn.values, 1):
            if values[number] is not None:
                page.write_number(top + 1 + number, place, values[number], style)
    end(page, top + 1 + len(drawn.categories), item, styles, len(drawn.values) + 1)


def _whole(drawn: Figures) -> bool:
    return all(value is None or value % 1 == 0 for _, row in drawn.values for value in row)


def _drawing(
    book: xlsxwriter.Workbook, name: str, item: Item, chart: Native, drawn: Figures, top: int
) -> Any:
    last = top + len(drawn.categories)
    drawing = book.add_chart({"type": "bar" if chart.kind == "bar" else "line"})
    for place, (series, _) in enumerate(drawn.values, 1):
        drawing.add_series(
            {
                "name": [name, top, place],
                "categories": [name, top + 1, 0, last, 0],
                "values": [name, top + 1, place, last, place],
                **_look(chart, series.role),
            }
        )
    said = item.sheet.disclosed
    drawing.set_title(
        {
            "name": clean(said.title)[:LONGEST_TITLE],
            "name_font": {"name": FONT, "size": 13, "color": theme.INK},
            "overlay": False,
        }
    )
    words = {"name": FONT, "size": 9, "color": theme.QUIET}
    values: dict[str, Any] = {
        "num_format": axis_format(chart.unit),
        "num_font": words,
        "major_gridlines": {"visible": True, "line": {"color": theme.GRID}},
    }
    names: dict[str, Any] = {"num_font": words, "interval_unit": spacing(chart, drawn)}
    if chart.kind == "bar":
        # The names stand at the side, the first at the top, the figures' axis at the bottom.
        drawing.set_y_axis(names | {"reverse": True, "crossing": "max"})
        drawing.set_x_axis(values if drawn.below_zero else values | {"min": 0})
    else:
        drawing.set_x_axis(names)
        drawing.set_y_axis(values)
    drawing.set_legend({"position": "bottom", "font": words})
    drawing.show_blanks_as("gap")
    drawing.set_size({"width": CHART_WIDE, "height": CHART_TALL})
    return drawing


def _look(chart: Native, role: str) -> dict[str, Any]:
    colour = COLOURS[role]
    if chart.kind == "bar":
        labels = {"value": True, "num_format": axis_format(chart.unit)}
        return {"fill": {"color": colour}, "gap": GAP, "data_labels": labels}
    if chart.kind == "dots":
        return {"line": {"none": True}, "marker": _mark(role, colour)}
    line = {"color": colour, "width": 2 if role == "main" else 1.25, "dash_type": DASHES[role]}
    marker = _mark(role, colour) if role in ("main", "expected") else {"type": "none"}
    return {"line": line, "marker": marker}


def _mark(role: str, colour: str) -> dict[str, Any]:
    shape = ("circle", 6) if role == "main" else ("long_dash", 9)
    paint = {"color": colour}
    return {"type": shape[0], "size": shape[1], "fill": paint, "border": paint}
