"""An alert's year of windows, the one now, and what was expected of it."""

from __future__ import annotations

from typing import Any, TypedDict

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, marks, theme
from dashboard.charts.axes import cached
from dashboard.rows import typed
from dashboard.words import phrases
from dashboard.words.names import window_word

WORDS = 19  # pixels: on a page of a pack


class Last(TypedDict):
    """What is said beside the alert's own window."""

    n: float
    expected: float | None
    low: float | None
    high: float | None


@cached
def spec(words: int = WORDS, decided: int = 0) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows`, `now`, `labels` and `decisions` stand beside
    it.

    words    their size in pixels
    decided  lines of decisions above the chart
    """
    x = alt.X(
        "period_start:T",
        title=None,
        scale=alt.Scale(type="utc", padding=14),
        axis=alt.Axis(format="%b %Y", tickCount=6, labelFontSize=words, labelOverlap="greedy"),
    )
    y = alt.Y(
        "n:Q",
        title=None,
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(tickCount=4, labelFontSize=words, labelExpr=axes.label("n")),
    )
    tips = [
        alt.Tooltip("period:N", title=phrases.sentence(window_word())),
        alt.Tooltip("n:Q", title="Count"),
    ]
    rows, now = axes.Chart(alt.NamedData("rows")), axes.Chart(alt.NamedData("now"))
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
    said = (
        axes.Chart(alt.NamedData("labels"))
        .mark_text(align="left", baseline="middle", dx=26, fontSize=words, color=theme.INK)
        .encode(x=alt.value("width"), y=alt.Y("place:Q"), text="words:N")
    )
    # The value axis is declared first: the layers share it.
    axis = rows.mark_point(opacity=0).encode(x=x, y=y)
    above = marks.layers(decided, words=_beside(words))
    layers = [axis, band, usual, line, points, latest, said, *above]
    padding = {"left": 4, "top": 14, "bottom": 4, "right": 12}
    fit = {"type": "fit", "contains": "padding"}
    size = {"height": "container", "width": "container"}
    return axes.layered(layers, **size, padding=padding, autosize=fit)


def _beside(words: int) -> int:
    """The size of the words of decisions beside words of that size."""
    return min(words, marks.SIZE + 3)


def spec_for(
    disclosed: Disclosed, height: int, words: int = WORDS, decided: Disclosed | None = None
) -> dict[str, Any]:
    """The spec of a height, and as much higher as the lines of decisions on the series need."""
    lines = marks.lines(marks.data(decided, disclosed.rows))
    return spec(words, lines) | {"height": height + marks.room(lines, _beside(words))}


def data(disclosed: Disclosed, decided: Disclosed | None = None) -> dict[str, pa.Table]:
    """The data sets of `spec` from rows period_start, period, n, now, expected, low, high."""
    rows = disclosed.rows
    now = rows.filter(rows.column("now"))
    return {"rows": rows, "now": now, "labels": labels(now)} | marks.beside(decided, rows)


def labels(now: pa.Table) -> pa.Table:
    """The words beside the last fortnight, each at its own height: what came, what was expected."""
    row = typed(Last, now)[0]
    lines = [("n", f"{row['n']:,.0f} now", row["n"])]
    expected, low, high = row["expected"], row["low"], row["high"]
    # Of some of its days alone nothing is known.
    if expected is not None and low is not None and high is not None:
        lines.append(("expected", f"{expected:.1f} expected ({low:,.0f}–{high:,.0f})", expected))
    return pa.table(
        {
            "words": pa.array([words for _, words, _ in lines], pa.string()),
            "place": pa.array([place for _, _, place in lines], pa.float64()),
            "line": pa.array([name for name, _, _ in lines], pa.string()),
        }
    )
