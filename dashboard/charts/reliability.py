"""Reliability: how often what was called so likely came true, against where it should lie."""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached

WHOLE = "whole"
DIAGONAL = pa.table({"chance": [0.0, 1.0]})


@cached
def spec(height: int = 220) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `whole`, `boroughs` and `line` stand beside it."""
    scale = alt.Scale(domain=[0, 1])
    percent = axes.label("percent")
    x = alt.X(
        "mean_chance:Q",
        title="Chance said",
        scale=scale,
        axis=alt.Axis(tickCount=5, labelExpr=percent),
    )
    y = alt.Y(
        "share:Q",
        title="Came true",
        scale=scale,
        axis=alt.Axis(tickCount=5, labelExpr=percent),
    )
    line = (
        axes.Chart(alt.NamedData("line"))
        .mark_line(color=theme.FAINT, strokeDash=[3, 3], strokeWidth=1)
        .encode(x=alt.X("chance:Q", title="Chance said"), y=alt.Y("chance:Q", title="Came true"))
    )
    boroughs = axes.Chart(alt.NamedData("boroughs"))
    whole = axes.Chart(alt.NamedData("whole"))
    tips = [
        alt.Tooltip("words:N", title="Said"),
        alt.Tooltip("mean_chance:Q", title="Mean chance", format=".0%"),
        alt.Tooltip("came_true:Q", title="Came true", format=","),
        alt.Tooltip("n:Q", title="of", format=","),
    ]
    layers = [
        line,
        boroughs.mark_point(shape="square", color=theme.FAINT, size=46, strokeWidth=1.5).encode(
            x=x, y=y, tooltip=tips
        ),
        whole.mark_rule(color=theme.LINE, strokeWidth=1.5).encode(
            x=x, y=alt.Y("low:Q", scale=scale, title="Came true"), y2="high:Q"
        ),
        whole.mark_point(filled=True, color=theme.LINE, size=60, opacity=1).encode(
            x=x, y=y, tooltip=tips
        ),
        whole.mark_text(align="left", dx=8, fontSize=11, color=theme.INK).encode(
            x=x, y=y, text=alt.Text("n:Q", format=",")
        ),
    ]
    padding = {"left": 4, "top": 6, "bottom": 4, "right": 40}
    return axes.layered(layers, height=height, width="container", padding=padding)


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data sets of `spec` from rows place, words, mean_chance, share, low, high, n, part_of:
    what is part of another row is not drawn beside it."""
    rows = disclosed.rows.filter(pc.is_null(disclosed.rows.column("part_of")))
    whole = pc.equal(rows.column("place"), WHOLE)
    return {
        "whole": rows.filter(whole),
        "boroughs": rows.filter(pc.invert(whole)),
        "line": DIAGONAL,
    }
