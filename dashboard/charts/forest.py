"""A forest plot: each group's ratio with its interval, beside the line of no difference.

What is marked is what lies wholly on one side of the line. A group whose count is hidden is not
drawn: it stands in the table, with its symbol.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached

ROW = 34  # pixels of a group
TICKS = [0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.6, 2, 4]
ACROSS = "Detected ÷ expected of the same offences (logarithmic)"
NONE = pa.table({"none": [1.0]})  # the line of no difference
BEYOND = "datum.like_low > 1 || datum.like_high < 1"


@cached
def spec(groups: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows` and `line` stand beside it.

    groups  how many it is to hold; they are drawn in the order of the rows
    """
    rows = alt.Chart(alt.NamedData("rows"))
    # Twice as often and half as often lie equally far from the line.
    across = alt.X(
        "like:Q",
        title=ACROSS,
        scale=alt.Scale(type="log", nice=False, padding=12),
        axis=alt.Axis(values=TICKS, format="~g", labelOverlap=True),
    )
    down = alt.Y(
        "group:N", title=None, sort=None, axis=alt.Axis(labelLimit=180, ticks=False, domain=False)
    )
    colour = alt.condition(BEYOND, alt.value(theme.FOCUS), alt.value(theme.LINE))
    line = (
        alt.Chart(alt.NamedData("line"))
        .mark_rule(color=theme.FAINT, strokeDash=[3, 3])
        .encode(x=alt.X("none:Q", title=ACROSS))
    )
    span = rows.mark_rule(strokeWidth=2).encode(
        x=alt.X("like_low:Q", title=ACROSS), x2="like_high:Q", y=down, color=colour
    )
    point = rows.mark_point(filled=True, opacity=1, size=80).encode(
        x=across,
        y=down,
        color=colour,
        shape=alt.condition(BEYOND, alt.value("diamond"), alt.value("circle")),
        tooltip=[
            alt.Tooltip("group:N", title="Group"),
            alt.Tooltip("detected:Q", title="Detected", format=","),
            alt.Tooltip("expected:Q", title="Expected", format=",.0f"),
            alt.Tooltip("like:Q", title="Detected ÷ expected", format=".2f"),
        ],
    )
    # Above its line, where a phone has room for it.
    words = rows.mark_text(align="left", dy=-12, fontSize=11, color=theme.QUIET).encode(
        x=alt.value(2), y=down, text="said:N"
    )
    padding = {"left": 4, "top": 8, "bottom": 4, "right": 12}
    chart = alt.layer(line, span, point, words)
    return axes.finished(chart, height=ROW * groups, width="container", padding=padding)


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data sets of `spec` from rows group, like, like_low, like_high, detected, expected:
    those that have a ratio, each with its parts in words."""
    rows = disclosed.rows.filter(pc.is_valid(disclosed.rows.column("like")))
    said = [
        f"{row['detected']:,} detected, {row['expected']:,.0f} expected" for row in rows.to_pylist()
    ]
    return {"rows": rows.append_column("said", pa.array(said, pa.string())), "line": NONE}
