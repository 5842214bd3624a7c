"""How a difference comes about: each cause from where the one before it ended, then their sum.

Direction is told by the side of zero and by the figure; colour only repeats it.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached
from dashboard.words import numbers

LINE_HEIGHT = 26
COLOURS = {"over": theme.FOCUS, "under": theme.OTHER, "total": theme.LINE}


@cached
def spec(lines: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data set `rows` stands beside it. `lines` sets the height."""
    rows = axes.Chart(alt.NamedData("rows"))
    y = alt.Y(
        "label:N",
        title=None,
        sort=None,
        axis=alt.Axis(domain=False, ticks=False, labelLimit=120, labelColor=theme.INK),
    )
    x = alt.X(
        "start:Q",
        title=None,
        scale=alt.Scale(zero=True),
        axis=alt.Axis(
            tickCount=alt.ExprRef("width < 260 ? 2 : 4"),
            labelExpr=axes.money("datum.value", ","),
            grid=True,
        ),
    )
    colour = alt.Color(
        "kind:N",
        legend=None,
        scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
    )
    tips = [
        alt.Tooltip("label:N", title="Cause"),
        alt.Tooltip("said:N", title=numbers.money_word()),
    ]
    bars = rows.mark_bar(height=14).encode(x=x, x2="end:Q", y=y, color=colour, tooltip=tips)
    zero = (
        axes.Chart(alt.NamedData("rows"))
        .mark_rule(color=theme.FAINT)
        .encode(x=alt.datum(0, type="quantitative"))
    )
    words = rows.mark_text(align="left", dx=8, fontSize=11, color=theme.INK).encode(
        x=alt.value("width"), y=y, text="said:N"
    )
    padding = {"left": 4, "top": 2, "bottom": 2, "right": 12}
    height = LINE_HEIGHT * max(lines, 1)
    return axes.layered([bars, zero, words], height=height, width="container", padding=padding)


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data set of `spec`: label, start, end, kind ('over', 'under', 'total'), said."""
    return {"rows": disclosed.rows}
