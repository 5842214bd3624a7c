"""The chart that an analyst puts together: two columns, perhaps a third as colour."""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached

KINDS = ("line", "bar", "point")
MOST_COLOURS = 40  # words that a legend still holds
MOST_ROWS = 5_000  # marks that a browser still draws at once


def kinds(x_type: str) -> list[str]:
    """What fits a column that stands across, the first of it the usual: between words, such as the
    names of boroughs, there is nothing that a line could join."""
    return [kind for kind in KINDS if x_type != "N" or kind != "line"]


@cached
def spec(
    kind: str, x: str, x_type: str, y: str, colour: str | None = None, *, adds: bool = True
) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data set `rows` stands beside it.

    kind    one of KINDS
    x_type  'T' for days, 'Q' for numbers, 'N' for words (see `type_of`); words stay in the order
            of the rows
    adds    whether bars of one place are stacked: a row's number is never added
    """
    rows = axes.Chart(alt.NamedData("rows"))
    marks = {
        "line": rows.mark_line(strokeWidth=1.8, point=True),
        "bar": rows.mark_bar(),
        "point": rows.mark_point(filled=True, size=40, opacity=0.8),
    }
    order: dict[str, Any] = {"sort": None} if x_type == "N" else {}
    stack: dict[str, Any] = {} if adds else {"stack": None}
    channels: dict[str, Any] = {
        "x": alt.X(field=_name(x), type=TYPES[x_type], title=x, axis=AXES[x_type], **order),
        "y": alt.Y(field=_name(y), type="quantitative", title=y, **stack),
        "tooltip": [
            alt.Tooltip(field=_name(x), type=TYPES[x_type], title=x),
            alt.Tooltip(field=_name(y), type="quantitative", title=y),
        ],
    }
    if colour:
        channels["color"] = alt.Color(field=_name(colour), type="nominal", title=colour, sort=None)
    else:
        channels["color"] = alt.value(theme.LINE)
    return axes.finished(marks[kind].encode(**channels), height=280, width="container")


AXES: dict[str, Any] = {
    "T": alt.Axis(format="%-d %b %Y", tickCount=6, labelOverlap="greedy"),
    "Q": alt.Axis(tickCount=8),
    "N": alt.Axis(labelLimit=140, labelOverlap="greedy", labelAngle=-40),
}
TYPES: dict[str, Any] = {"T": "temporal", "Q": "quantitative", "N": "nominal"}


def _name(column: str) -> str:
    """A column's name as a field: dots and brackets would be read as a path."""
    return column.replace("\\", "\\\\").replace(".", "\\.").replace("[", "\\[").replace("]", "\\]")


def type_of(column: pa.DataType) -> str:
    """'T', 'Q' or 'N' for a column."""
    if pa.types.is_temporal(column):
        return "T"
    numeric = pa.types.is_integer(column) or pa.types.is_floating(column)
    return "Q" if numeric or pa.types.is_decimal(column) else "N"


def numbers(rows: pa.Table) -> list[str]:
    """The columns that can be drawn upwards: of numbers, and not all empty."""
    return [
        field.name
        for field in rows.schema
        if type_of(field.type) == "Q" and rows.column(field.name).null_count < rows.num_rows
    ]


def is_row_number(rows: pa.Table, column: str) -> bool:
    """Whether a column only numbers the rows: each whole number from 0 or 1 on, once."""
    values = rows.column(column)
    if not pa.types.is_integer(values.type) or values.null_count or rows.num_rows < 2:
        return False
    held = sorted(values.to_pylist())
    return held[0] in (0, 1) and held == list(range(held[0], held[0] + len(held)))


def usual(rows: pa.Table) -> tuple[str, str, str | None]:
    """What a chart of rows shows unless another is asked for: across, upwards, and the colour.

    Days go across before all others, a row's number upwards last. Where several rows share a place
    across, the words that tell them apart are the colour.

    rows  with a column of numbers, as `numbers` finds it
    """
    heights = sorted(numbers(rows), key=lambda name: is_row_number(rows, name))
    y = heights[0]
    others = [name for name in rows.column_names if name != y] or rows.column_names
    x = min(others, key=lambda name: type_of(rows.schema.field(name).type) != "T")
    if len(rows.column(x).unique()) == rows.num_rows:
        return x, y, None
    words = [
        name
        for name in others
        if name != x
        and type_of(rows.schema.field(name).type) == "N"
        and 1 < len(rows.column(name).unique()) <= MOST_COLOURS
    ]
    return x, y, words[0] if words else None


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data set of `spec`: the first rows, as many as are drawn. A decimal is drawn as a number
    of 16 digits: browsers know no other."""
    rows = disclosed.rows.slice(0, MOST_ROWS)
    for place, field in enumerate(rows.schema):
        if pa.types.is_decimal(field.type):
            rows = rows.set_column(place, field.name, rows.column(place).cast(pa.float64()))
    return {"rows": rows}
