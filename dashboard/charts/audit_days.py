"""What was done by day: a bar a day, in a few kinds told apart by colour and by their words."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached

HEIGHT = 170
COLOURS = (theme.LINE, theme.OTHER, theme.FOCUS, theme.FAINT)


@cached
def spec(groups: tuple[str, ...], since: date, until: date) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data set `rows` stands beside it.

    groups        the words of the kinds, at most as many as there are COLOURS; the first lies
                  lowest
    since, until  the days of its axis, `until` exclusive
    """
    ends = [alt.DateTime(year=d.year, month=d.month, date=d.day, utc=True) for d in (since, until)]
    x = alt.X(
        "day:T",
        timeUnit="utcyearmonthdate",
        title=None,
        scale=alt.Scale(type="utc", domain=ends),
        axis=alt.Axis(format="%-d %b", labelOverlap="greedy", tickCount=8),
    )
    y = alt.Y("sum(n):Q", title=None, axis=alt.Axis(tickCount=4, format=",d", tickMinStep=1))
    colour = alt.Color(
        "group:N",
        title=None,
        scale=alt.Scale(domain=list(groups), range=list(COLOURS[: len(groups)])),
        legend=alt.Legend(orient="top", symbolType="square"),
    )
    tips = [
        alt.Tooltip("day:T", title="Day", format="%-d %b %Y", timeUnit="utcyearmonthdate"),
        alt.Tooltip("kind:N", title="What"),
        alt.Tooltip("n:Q", title="Lines"),
    ]
    bars = (
        axes.Chart(alt.NamedData("rows"))
        .mark_bar(stroke=None)
        .encode(x=x, y=y, color=colour, order=alt.Order("place:O"), detail="kind:N", tooltip=tips)
    )
    return axes.finished(bars, height=HEIGHT, width="container")


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data set of `spec`: day, kind, group, place, n; a row a day and kind."""
    return {"rows": disclosed.rows}
