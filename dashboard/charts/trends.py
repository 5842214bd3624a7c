"""A weekly count beside its expectation: line, expected level, and the limit of the forecast."""

from __future__ import annotations

from typing import Any, TypedDict

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, marks, theme
from dashboard.charts.axes import cached
from dashboard.rows import typed

ROOM = 8  # pixels beyond the words at the lines' ends, for which the chart itself makes room


class Week(TypedDict):
    """What is said beside the last week."""

    expected: float | None
    upper: float | None


@cached
def spec(height: int = 150, decided: int = 0) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows`, `labels` and `decisions` stand beside it.

    A week beyond its limit is a triangle in the alert colour: shape and colour both say so.
    """
    rows = axes.Chart(alt.NamedData("rows"))
    x = alt.X(
        "period_start:T",
        title=None,
        scale=alt.Scale(type="utc", padding=6),
        axis=alt.Axis(format=axes.time_format("week"), tickCount=6, labelOverlap="greedy"),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(tickCount=4, labelExpr=axes.label("n")),
    )
    said = [
        alt.Tooltip("period:N", title="Week"),
        alt.Tooltip("said:N", title="Figure"),
        alt.Tooltip("expected_said:N", title="Expected"),
    ]
    band = rows.mark_area(color=theme.BAND, interpolate="step").encode(
        x=x, y=alt.Y("upper:Q", title=None), y2=alt.datum(0)
    )
    mean = rows.mark_line(color=theme.FAINT, strokeWidth=1.2).encode(
        x=x, y=alt.Y("expected:Q", title=None)
    )
    line = rows.mark_line(color=theme.LINE, strokeWidth=1.5).encode(x=x, y=y)
    points = rows.mark_point(filled=True, opacity=1).encode(
        x=x,
        y=y,
        shape=alt.condition("datum.alarm", alt.value("triangle-up"), alt.value("circle")),
        size=alt.condition("datum.alarm", alt.value(80), alt.value(14)),
        color=alt.condition("datum.alarm", alt.value(theme.FOCUS), alt.value(theme.LINE)),
        tooltip=said,
    )
    words = (
        axes.Chart(alt.NamedData("labels"))
        .mark_text(align="left", baseline="middle", dx=8, fontSize=11, color=theme.QUIET)
        .encode(x=alt.value("width"), y=alt.Y("place:Q", title=None), text="words:N")
    )
    # The value axis is declared first: the layers share it.
    layers = [rows.mark_point(opacity=0).encode(x=x, y=y), band, mean, line, points, words]
    layers += marks.layers(decided)
    padding = {"left": 4, "top": 8, "bottom": 4, "right": ROOM}
    tall = height + marks.room(decided)
    return axes.layered(layers, height=tall, padding=padding, width="container")


def spec_for(
    disclosed: Disclosed, decided: Disclosed | None = None, height: int = 150
) -> dict[str, Any]:
    """The spec with as many lines of decisions as there are on the series."""
    return spec(height, marks.lines(marks.data(decided, disclosed.rows)))


def data(disclosed: Disclosed, decided: Disclosed | None = None) -> dict[str, pa.Table]:
    """The data sets of `spec`: rows of reports.trend_weeks, words at the lines' ends, decisions."""
    rows = disclosed.rows
    return {"rows": rows, "labels": labels(rows)} | marks.beside(decided, rows)


def labels(rows: pa.Table) -> pa.Table:
    """'expected 5.2' and 'up to 10' beside the last week that has an expectation."""
    held = [
        (row["expected"], row["upper"])
        for row in typed(Week, rows)
        if row["expected"] is not None and row["upper"] is not None
    ]
    said = []
    if held:
        expected, upper = held[-1]
        said = [(f"up to {upper:.0f}", upper), (f"expected {expected:.1f}", expected)]
    return pa.table(
        {
            "words": pa.array([words for words, _ in said], pa.string()),
            "place": pa.array([place for _, place in said], pa.float64()),
        }
    )
