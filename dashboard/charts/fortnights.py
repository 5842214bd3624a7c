"""An alert from across the room: 26 fortnights, the one now, and what was expected of it."""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached

WORDS = 19  # pixels: read from four metres


@cached
def spec() -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows`, `now` and `labels` stand beside it."""
    x = alt.X(
        "period_start:T",
        title=None,
        scale=alt.Scale(type="utc", padding=14),
        axis=alt.Axis(format="%b %Y", tickCount=6, labelFontSize=WORDS, labelOverlap="greedy"),
    )
    y = alt.Y(
        "n:Q",
        title=None,
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(tickCount=4, labelFontSize=WORDS, labelExpr=axes.label("n")),
    )
    tips = [alt.Tooltip("period:N", title="Fortnight"), alt.Tooltip("n:Q", title="Count")]
    rows, now = alt.Chart(alt.NamedData("rows")), alt.Chart(alt.NamedData("now"))
    band = now.mark_bar(width=26, color=theme.BAND).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    usual = now.mark_tick(width=34, thickness=3, color=theme.QUIET).encode(
        x=x, y=alt.Y("expected:Q")
    )
    line = rows.mark_line(color=theme.LINE, strokeWidth=2.5).encode(x=x, y=y)
    points = rows.mark_point(filled=True, color=theme.LINE, size=50, opacity=1).encode(
        x=x, y=y, tooltip=tips
    )
    latest = now.mark_point(filled=True, color=theme.FOCUS, size=260, opacity=1).encode(
        x=x, y=y, tooltip=tips
    )
    words = (
        alt.Chart(alt.NamedData("labels"))
        .mark_text(align="left", baseline="middle", dx=26, fontSize=WORDS, color=theme.INK)
        .encode(x=alt.value("width"), y=alt.Y("place:Q"), text="words:N")
    )
    # The value axis is declared first: the layers share it.
    axis = rows.mark_point(opacity=0).encode(x=x, y=y)
    chart = alt.layer(axis, band, usual, line, points, latest, words)
    padding = {"left": 4, "top": 14, "bottom": 4, "right": 12}
    fit = alt.AutoSizeParams(type="fit", contains="padding")
    size = {"height": "container", "width": "container"}
    return axes.finished(chart, **size, padding=padding, autosize=fit)


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data sets of `spec` from rows period_start, period, n, now, expected, low, high."""
    rows = disclosed.rows
    now = rows.filter(rows.column("now"))
    return {"rows": rows, "now": now, "labels": labels(now)}


def labels(now: pa.Table) -> pa.Table:
    """The words beside the last fortnight, each at its own height: what came, what was expected."""
    row = now.to_pylist()[0]
    expected = f"{row['expected']:.1f} expected ({row['low']:.0f}–{row['high']:.0f})"
    return pa.table(
        {
            "words": pa.array([f"{row['n']:.0f} now", expected], pa.string()),
            "place": pa.array([row["n"], row["expected"]], pa.float64()),
        }
    )
