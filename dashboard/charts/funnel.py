"""Units against what their own size lets expect: funnel limits laid out one unit a line.

Not a league table: the lines stand in the organisation's order, and a unit is marked only
where it lies outside the limits for its own size.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached

LINE_HEIGHT, AXIS = 30, 26  # pixels of a unit, and of the axis below all
MARK = "▸"  # before the name of the one that is asked for
NAMED = "unit_code", "unit_name"
LINE = 12  # pixels of one line of a unit's name
LETTERS, BREAK = 26, "|"  # of a unit's name on one of its lines; between two of them
OUTSIDE = "datum.state === 'outside'"
# A container of so few pixels has the names above the lines: beside them they would leave none.
NARROW = "containerSize()[0] < 360"


@cached
def spec(unit: str, lines: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data set `rows` stands beside it.

    unit   percent for shares, n for a ratio of seen to expected
    lines  how many units there are: sets the height
    """
    rows = axes.Chart(alt.NamedData("rows"))
    y = alt.Y(
        "lines:N",
        title=None,
        sort=None,
        axis=alt.Axis(
            domain=False,
            ticks=False,
            labelLimit=170,
            labelFontSize=11,
            labelLineHeight=LINE,
            labelColor=theme.INK,
            labelExpr=f"{NARROW} ? '' : split(datum.label, '{BREAK}')",
            # Its lines stand about the unit's own height, not below it.
            labelOffset={"condition": _raised(), "value": 0},
        ),
    )
    label = axes.label("percent") if unit == "percent" else "format(datum.value, '.1f')"
    axis = alt.Axis(tickCount=4, labelExpr=label, grid=True)
    x = alt.X("value:Q", title=None, axis=axis, scale=alt.Scale(zero=True))
    layers = [*_limits(rows, y), *_values(rows, x, y), _above(rows, y)]
    padding = {"left": 4, "top": 4, "bottom": 4, "right": 8}
    height = LINE_HEIGHT * max(lines, 1) + AXIS
    return axes.layered(layers, height=height, width="container", padding=padding)


def _raised() -> list[dict[str, Any]]:
    """How far the first of several lines stands above the middle of all."""
    return [
        {"test": f"length(split(datum.label, '{BREAK}')) === {n}", "value": -(n - 1) * LINE / 2}
        for n in (2, 3)
    ]


def _limits(rows: alt.Chart, y: alt.Y) -> list[alt.Chart]:
    tall, tick = (alt.ExprRef(f"{NARROW} ? {low} : {high}") for low, high in ((9, 16), (11, 22)))
    wide = rows.mark_bar(height=tall, color=theme.BAND).encode(
        x=alt.X("low_998:Q", title=None), x2="high_998:Q", y=y
    )
    narrow = rows.mark_bar(height=tall, color=theme.GRID).encode(
        x=alt.X("low_95:Q", title=None), x2="high_95:Q", y=y
    )
    whole = rows.mark_tick(color=theme.QUIET, thickness=1.5, height=tick).encode(
        x=alt.X("target:Q", title=None), y=y
    )
    return [wide, narrow, whole]


def _above(rows: alt.Chart, y: alt.Y) -> alt.Chart:
    """The names where there is no room beside the lines."""
    named = rows.transform_calculate(name=f"join(split(datum.lines, '{BREAK}'), ' ')")
    size = alt.ExprRef(f"{NARROW} ? 11 : 0")
    return named.mark_text(
        align="left", baseline="bottom", dy=-6, fontSize=size, color=theme.INK
    ).encode(x=alt.value(0), y=y, text="name:N")


def _values(rows: alt.Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    point = rows.mark_point(filled=True, opacity=1).encode(
        x=x,
        y=y,
        shape=alt.condition(OUTSIDE, alt.value("diamond"), alt.value("circle")),
        color=alt.condition(OUTSIDE, alt.value(theme.FOCUS), alt.value(theme.LINE)),
        size=alt.condition(OUTSIDE, alt.value(110), alt.value(55)),
        tooltip=[
            alt.Tooltip("unit_name:N", title="Unit"),
            alt.Tooltip("said:N", title="Figure"),
            alt.Tooltip("limits:N", title="Limits for its size"),
        ],
    )
    words = rows.mark_text(align="left", dx=8, fontSize=11, color=theme.INK).encode(
        x=alt.value("width"), y=y, text="said:N"
    )
    return [point, words]


def data(disclosed: Disclosed, part: str | None = None) -> dict[str, pa.Table]:
    """The data set of `spec`: unit_name, place, value, target, low_95, high_95, low_998,
    high_998, said, limits, state ('inside' or 'outside') and the name's lines; one row a unit.

    part  code of the unit that is asked for: its name has a mark
    """
    pairs = zip(*(disclosed.rows.column(name).to_pylist() for name in NAMED), strict=True)
    names = [f"{MARK} {name}" if part and code == part else name for code, name in pairs]
    lines = [BREAK.join(wrap(name, LETTERS)) for name in names]
    return {"rows": disclosed.rows.append_column("lines", pa.array(lines, pa.string()))}
