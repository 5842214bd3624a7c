"""A funnel of boroughs: seen over expected (or a share) against each one's size, with limits.

No ranking: a borough's place across is its size, and it is named only where it lies outside
the 95 % limits.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached
from dashboard.words.names import area_word
from dashboard.words.phrases import sentence

FAR = "indexof(datum.status, '998') > 0"
OUTSIDE = "datum.status !== 'within'"


@cached
def spec(unit: str, basis: str, height: int = 200) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data set `rows` stands beside it.

    unit   percent for shares, n for a ratio of seen to expected
    basis  what a count is expected by, in words
    """
    rows = axes.Chart(alt.NamedData("rows"))
    size = alt.X(
        "size:Q",
        title="Cases" if unit == "percent" else f"Expected by {basis}",
        scale=alt.Scale(zero=False, nice=False, padding=14),
        axis=alt.Axis(tickCount=5, grid=False),
    )
    title = "Share" if unit == "percent" else "Counted ÷ expected"
    layers = [*_limits(rows, size, title), *_points(rows, size, _value(unit, title))]
    # The last size of the axis is wider than half its mark.
    padding = {"left": 4, "top": 8, "bottom": 4, "right": 16}
    return axes.layered(layers, height=height, width="container", padding=padding)


def _value(unit: str, title: str) -> alt.Y:
    label = axes.label("percent") if unit == "percent" else "format(datum.value, '.1f')"
    return alt.Y("value:Q", title=title, scale=alt.Scale(zero=True), axis=alt.Axis(labelExpr=label))


def _limits(rows: alt.Chart, size: alt.X, title: str) -> list[alt.Chart]:
    def area(low: str, high: str, colour: str) -> alt.Chart:
        return rows.mark_area(color=colour, interpolate="monotone").encode(
            x=size, y=alt.Y(f"{low}:Q", title=title), y2=f"{high}:Q"
        )

    target = rows.mark_line(color=theme.QUIET, strokeWidth=1).encode(
        x=size, y=alt.Y("target:Q", title=title)
    )
    return [
        area("low_998", "high_998", theme.BAND),
        area("low_95", "high_95", theme.GRID),
        target,
    ]


def _points(rows: alt.Chart, size: alt.X, value: alt.Y) -> list[alt.Chart]:
    point = rows.mark_point(filled=True, opacity=1).encode(
        x=size,
        y=value,
        shape=alt.condition(FAR, alt.value("diamond"), alt.value("circle")),
        color=alt.condition(FAR, alt.value(theme.FOCUS), alt.value(theme.LINE)),
        size=alt.condition(FAR, alt.value(90), alt.value(34)),
        tooltip=[
            alt.Tooltip("borough_name:N", title=sentence(area_word())),
            alt.Tooltip("said:N", title="Figure"),
            alt.Tooltip("words:N", title="Limits for its size"),
        ],
    )
    name = (
        rows.transform_filter(OUTSIDE)
        .mark_text(align="left", dx=7, fontSize=10, color=theme.INK)
        .encode(x=size, y=value, text="borough_name:N")
    )
    return [point, name]


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data set of `spec`: the rows of dashboard.reports.boroughs.matrix.funnel by size.

    The limits hang on the effective size, which a history makes smaller than what is expected.
    """
    return {"rows": disclosed.rows.sort_by("size")}
