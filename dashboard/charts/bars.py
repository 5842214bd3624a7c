"""What a figure is made of: a bar a group, with a mark where it stood a year before."""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached

LINE_HEIGHT = 24


@cached
def spec(lines: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data set `rows` stands beside it. `lines` sets the height."""
    rows = axes.Chart(alt.NamedData("rows"))
    y = alt.Y(
        "label:N",
        title=None,
        sort=None,
        axis=alt.Axis(domain=False, ticks=False, labelLimit=150, labelColor=theme.INK),
    )
    scale = alt.Scale(zero=True)
    tips = [
        alt.Tooltip("label:N", title="Group"),
        alt.Tooltip("said:N", title="Now"),
        alt.Tooltip("before_said:N", title="A year before"),
    ]
    bar = rows.mark_bar(height=13, color=theme.LINE).encode(
        x=alt.X("n:Q", title=None, axis=None, scale=scale), y=y, tooltip=tips
    )
    before = rows.mark_tick(color=theme.FOCUS, thickness=2.5, height=18).encode(
        x=alt.X("before:Q", title=None, axis=None, scale=scale), y=y, tooltip=tips
    )
    words = rows.mark_text(align="left", dx=8, fontSize=11, color=theme.INK).encode(
        x=alt.value("width"), y=y, text="said:N"
    )
    height = LINE_HEIGHT * max(lines, 1)
    padding = {"left": 4, "top": 2, "bottom": 2, "right": 8}
    layers = [bar, before, words]
    return axes.layered(layers, height=height, width="container", padding=padding)


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data set of `spec`: label, place, n, before, said, before_said; one row a group."""
    return {"rows": disclosed.rows}
