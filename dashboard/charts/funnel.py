"""Units against what their own size lets expect: funnel limits laid out one unit a line.

Not a league table: the lines stand in the organisation's order, and a unit is marked only
where it lies outside the limits for its own size.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached

LINE_HEIGHT, AXIS = 30, 26  # pixels of a unit, and of the axis below all
MARK = "▸"  # before the name of the one that is asked for
NAMED = "unit_code", "unit_name"
BAR = 9  # pixels of a band's height
OUTSIDE = "datum.state === 'outside'"


@cached
def spec(unit: str, lines: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data set `rows` stands beside it.

    unit   percent for shares, n for a ratio of seen to expected
    lines  how many units there are: sets the height
    """
    rows = axes.Chart(alt.NamedData("rows"))
    y = alt.Y("unit_name:N", sort=None, axis=None)
    label = axes.label("percent") if unit == "percent" else "format(datum.value, '.1f')"
    axis = alt.Axis(tickCount=4, labelExpr=label, grid=True)
    x = alt.X("value:Q", title=None, axis=axis, scale=alt.Scale(zero=True))
    layers = [*_limits(rows, y), *_values(rows, x, y), _above(rows, y)]
    padding = {"left": 4, "top": 4, "bottom": 4, "right": 8}
    height = LINE_HEIGHT * max(lines, 1) + AXIS
    return axes.layered(layers, height=height, width="container", padding=padding)


def _limits(rows: alt.Chart, y: alt.Y) -> list[alt.Chart]:
    wide = rows.mark_bar(height=BAR, color=theme.BAND).encode(
        x=alt.X("low_998:Q", title=None), x2="high_998:Q", y=y
    )
    narrow = rows.mark_bar(height=BAR, color=theme.GRID).encode(
        x=alt.X("low_95:Q", title=None), x2="high_95:Q", y=y
    )
    whole = rows.mark_tick(color=theme.QUIET, thickness=1.5, height=BAR + 2).encode(
        x=alt.X("target:Q", title=None), y=y
    )
    return [wide, narrow, whole]


def _above(rows: alt.Chart, y: alt.Y) -> alt.Chart:
    """The names above the lines: beside them they would leave a phone no room."""
    return rows.mark_text(
        align="left", baseline="bottom", dy=-BAR // 2 - 1, fontSize=11, color=theme.INK
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
    high_998, said, limits, state ('inside' or 'outside') and the name as drawn; one row a unit.

    part  code of the unit that is asked for: its name has a mark
    """
    pairs = zip(*(disclosed.rows.column(name).to_pylist() for name in NAMED), strict=True)
    names = [f"{MARK} {name}" if part and code == part else name for code, name in pairs]
    return {"rows": disclosed.rows.append_column("name", pa.array(names, pa.string()))}
