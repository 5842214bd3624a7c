"""A bar a row, made of parts that add up: what is overdue of a unit, what came of recommendations.

A part's figure stands in it where there is room, the sum at its end.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.charts import axes, theme
from dashboard.charts.axes import cached

ROW = 26  # pixels of a bar and the gap to the next
KEY = 40  # pixels of the key above the bars, which their frame takes in
KEY_ROW = 18  # pixels of one more row of it
ROOM = 0.02  # share of the longest bar that a figure takes
# Parts in their order, each in its colour and that of the figure in it.
PAINTS = (
    (theme.LINE, theme.BAND),
    (theme.FOCUS, theme.ON_FOCUS),
    (theme.OTHER, theme.ON_FOCUS),
    (theme.FAINT, theme.ON_FOCUS),
    (theme.TARGET, theme.BAND),
    (theme.CATEGORICAL[4], theme.BAND),
)
IN_A_ROW = 2  # parts whose words stand in one row of the key: as many as a phone has room for


@cached
def spec(lines: int, parts: tuple[str, ...], colours: tuple[int, ...] = ()) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows` and `sums` stand beside it.

    lines    how many bars it is to hold, in the order of the rows
    parts    their words, in the order in which they follow one another
    colours  of each part its place in PAINTS; in their order where left out
    """
    paints = [PAINTS[place] for place in colours or range(len(parts))]
    rows, sums = axes.Chart(alt.NamedData("rows")), axes.Chart(alt.NamedData("sums"))
    y = alt.Y(
        "label:N",
        title=None,
        sort=None,
        axis=alt.Axis(domain=False, ticks=False, labelColor=theme.INK, labelLimit=190),
    )
    scale = alt.Scale(zero=True, nice=False)
    bar = rows.mark_bar(height=ROW - 8).encode(
        x=alt.X("start:Q", title=None, axis=None, scale=scale),
        x2="end:Q",
        y=y,
        color=alt.Color(
            "part:N",
            title=None,
            sort=None,
            scale=alt.Scale(domain=list(parts), range=[colour for colour, _ in paints]),
            legend=alt.Legend(orient="top", symbolType="square", labelLimit=0, columns=IN_A_ROW),
        ),
        tooltip=[
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("part:N", title="Part"),
            alt.Tooltip("n:Q", title="Number", format=","),
        ],
    )
    inside = [
        rows.transform_filter(alt.FieldEqualPredicate(field="part", equal=part))
        .transform_filter("datum.room")
        .mark_text(fontSize=12, fontWeight="bold", color=ink)
        .encode(x=alt.X("middle:Q", scale=scale), y=y, text=alt.Text("n:Q", format=","))
        for part, (_, ink) in zip(parts, paints, strict=True)
    ]
    sum_ = sums.mark_text(align="left", dx=6, fontSize=12, color=theme.INK).encode(
        x=alt.X("end:Q", scale=scale), y=y, text=alt.Text("n:Q", format=",")
    )
    padding = {"left": 4, "top": 2, "bottom": 2, "right": 30}
    return axes.layered(
        [bar, *inside, sum_],
        height=ROW * max(lines, 1) + KEY + KEY_ROW * ((len(parts) - 1) // IN_A_ROW),
        width="container",
        padding=padding,
    )


def data(figures: list[tuple[str, str, int]]) -> dict[str, pa.Table]:
    """The data sets of `spec` from (label of the bar, part, figure), in their order."""
    totals: Counter[str] = Counter()
    for label, _, n in figures:
        totals[label] += n
    longest = max(totals.values(), default=0)
    sums: Counter[str] = Counter()
    shown = []
    for label, part, n in figures:
        start, sums[label] = sums[label], sums[label] + n
        place = {"start": start, "end": start + n, "middle": start + n / 2}
        shown.append({"label": label, "part": part, "n": n, **place, "room": n > ROOM * longest})
    return {
        "rows": pa.Table.from_pylist(shown, ROWS),
        "sums": pa.table(
            {"label": list(sums), "n": list(sums.values()), "end": list(sums.values())}
        ),
    }


ROWS = pa.schema(
    [
        *((name, pa.string()) for name in ("label", "part")),
        *((name, pa.int64()) for name in ("n", "start", "end")),
        ("middle", pa.float64()),
        ("room", pa.bool_()),
    ]
)
