"""A decision's counts before and after it: what came, what would have, what was expected of it."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Any, TypedDict

import altair as alt
import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.charts import axes, marks, theme
from dashboard.reports.decisions.one import Point

TALL = 230


class Label(TypedDict):
    """The words of a line, at its end."""

    period_start: date
    place: Annotated[float | None, "null: the line has no end"]
    words: str


@cache
def spec(height: int = TALL, decided: int = 1) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows`, `after`, `labels` and `decisions` stand beside
    it.

    decided  lines of decisions above the chart: the decision's own
    """
    x = alt.X(
        "period_start:T",
        title=None,
        scale=alt.Scale(type="utc", padding=10),
        axis=alt.Axis(format="%b %Y", tickCount=6, labelOverlap="greedy"),
    )
    y = alt.Y(
        "n:Q",
        title=None,
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(tickCount=4, labelExpr=axes.label("n")),
    )
    tips = [
        alt.Tooltip("period:N", title="Fortnight"),
        alt.Tooltip("n:Q", title="Count"),
        alt.Tooltip("expected:Q", title="Without the action", format=".1f"),
        alt.Tooltip("wanted:Q", title="Expected with it", format=".1f"),
    ]
    rows, after = axes.Chart(alt.NamedData("rows")), axes.Chart(alt.NamedData("after"))
    band = after.mark_area(color=theme.BAND, interpolate="step").encode(
        x=x, y=alt.Y("low:Q"), y2="high:Q"
    )
    without = after.mark_line(color=theme.QUIET, strokeDash=[4, 3], strokeWidth=1.8).encode(
        x=x, y=alt.Y("expected:Q")
    )
    wanted = after.mark_line(color=theme.TARGET, strokeWidth=1.8).encode(x=x, y=alt.Y("wanted:Q"))
    line = rows.mark_line(color=theme.LINE, strokeWidth=2).encode(x=x, y=y)
    points = rows.mark_point(filled=True, color=theme.LINE, size=34, opacity=1).encode(
        x=x, y=y, tooltip=tips
    )
    said = (
        axes.Chart(alt.NamedData("labels"))
        .mark_text(align="right", baseline="bottom", dx=-4, dy=-3, fontSize=12)
        .encode(
            x=alt.X("period_start:T"),
            y=alt.Y("place:Q"),
            text="words:N",
            color=alt.Color("words:N", scale=_colours(), legend=None),
        )
    )
    # The value axis is declared first: the layers share it.
    axis = rows.mark_point(opacity=0).encode(x=x, y=y)
    above = marks.layers(decided)
    layers = [axis, band, without, wanted, line, points, said, *above]
    return axes.layered(layers, height=height + marks.room(decided), width="container")


LABELS = {"without it": theme.QUIET, "expected with it": theme.TARGET}


def _colours() -> alt.Scale:
    return alt.Scale(domain=list(LABELS), range=list(LABELS.values()))


def data(disclosed: Disclosed, decided: Disclosed | None = None) -> dict[str, pa.Table]:
    """The data sets of `spec` from rows of Point."""
    listed = rows.typed(Point, disclosed.rows)
    after = [row for row in listed if row["phase"] != "before"]
    labels: list[Label] = [
        {"period_start": row["period_start"], "place": place, "words": words}
        for row in after[-1:]
        for place, words in ((row["expected"], "without it"), (row["wanted"], "expected with it"))
    ]
    return {
        "rows": rows.table(Point, [row for row in listed if row["n"] is not None]),
        "after": rows.table(Point, after),
        "labels": rows.table(Label, labels),
    } | marks.beside(decided, disclosed.rows)
