"""The revision triangle: months down, as-ats across, and what was known then in each cell."""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached

LINE_HEIGHT = 20
# How a cell is painted; `same` stays bare, so that what moved stands out.
PAINT = {"more": (theme.LINE, 0.28), "fewer": (theme.FOCUS, 0.32), "first": (theme.FAINT, 0.16)}


@cached
def spec(months: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data set `rows` stands beside it. `months` sets the height."""
    rows = axes.Chart(alt.NamedData("rows"))
    x = alt.X(
        "as_at:N",
        title="As at",
        sort=alt.EncodingSortField("column", op="min"),
        axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False, labelLimit=110),
    )
    y = alt.Y(
        "period:N",
        title=None,
        sort=alt.EncodingSortField("line", op="min"),
        axis=alt.Axis(domain=False, ticks=False, labelColor=theme.INK),
    )
    tips = [
        alt.Tooltip("period:N", title="Month"),
        alt.Tooltip("as_at:N", title="As at"),
        alt.Tooltip("said:N", title="Known"),
        alt.Tooltip("change:Q", title="Change", format="+,"),
    ]
    states = list(PAINT)
    colour = alt.Color(
        "state:N",
        scale=alt.Scale(domain=states, range=[PAINT[state][0] for state in states]),
        legend=None,
    )
    shade = alt.Opacity(
        "state:N",
        scale=alt.Scale(domain=states, range=[PAINT[state][1] for state in states]),
        legend=None,
    )
    painted = alt.FieldOneOfPredicate(field="state", oneOf=states)
    box = (
        rows.transform_filter(painted)
        .mark_rect()
        .encode(x=x, y=y, color=colour, opacity=shade, tooltip=tips)
    )
    words = rows.mark_text(fontSize=11, color=theme.INK).encode(
        x=x, y=y, text="said:N", tooltip=tips
    )
    height = LINE_HEIGHT * max(months, 1)
    return axes.layered([box, words], height=height, width="container")


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data set of `spec`: period, as_at, n, said, change, state; one row a cell.

    `line` and `column` are the places of month and as-at in time, as words do not sort.
    """
    kept = ("period", "as_at", "n", "said", "change", "state")
    rows = disclosed.rows.select(kept)
    for name, source in (("line", "period_start"), ("column", "known_as_at")):
        days = disclosed.rows.column(source).to_pylist()
        order = {day: place for place, day in enumerate(sorted(set(days)))}
        rows = rows.append_column(name, pa.array([order[day] for day in days], pa.int64()))
    return {"rows": rows}
