"""A series year over year: one line a planning year, the present one strong."""

from __future__ import annotations

from typing import Any, TypedDict

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached
from dashboard.charts.line_words import apart, whole_steps
from dashboard.rows import typed

ROOM = 8  # pixels beyond the years' names
GAP = 0.07  # of the highest value: the least distance between two of these names
STROKES: list[list[float]] = [
    [1, 0],
    [9, 3],
    [2, 3],
    [1, 5],
]  # of the last year, the one before it, and so on
MONTHS = ("Apr", "Jul", "Oct", "Jan")
# grain → slots of the planning year at which an axis word stands, and the words
TICKS: dict[str, tuple[tuple[float, ...], tuple[str, ...]]] = {
    "week": ((0, 13, 26, 39), MONTHS),
    "fortnight": ((0, 6.5, 13, 19.5), MONTHS),
    "month": (
        tuple(range(12)),
        tuple("Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb Mar".split()),
    ),
    "quarter": ((0, 1, 2, 3), ("Apr–Jun", "Jul–Sep", "Oct–Dec", "Jan–Mar")),
}


class Ending(TypedDict):
    """What is said where a year's line ends."""

    label: str  # the year's name; '' elsewhere
    slot: int
    value: float | None
    present: bool


@cached
def spec(unit: str, grain: str, height: int = 190) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows` and `labels` stand beside it.

    unit   n, percent, gbp or hours: how the axis writes its figures
    grain  of the periods: week, fortnight, month or quarter
    """
    rows = axes.Chart(alt.NamedData("rows"))
    x = alt.X("slot:Q", title=None, axis=_axis(grain), scale=alt.Scale(nice=False, padding=6))
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(tickCount=4, labelExpr=axes.label(unit), tickMinStep=whole_steps(unit)),
    )
    # Past years are told apart by their strokes: the last one whole, the older the more broken.
    strokes = alt.StrokeDash(
        "back:O",
        legend=None,
        scale=alt.Scale(domain=[1, 2, 3, 4], range=STROKES),
    )
    earlier = _line(rows, False, theme.QUIET, 1.3).encode(x=x, y=y, strokeDash=strokes)
    present = _line(rows, True, theme.LINE, 2.6).encode(x=x, y=y)
    layers = [earlier, present, *_points(rows, x, y), *_names()]
    padding = {"left": 4, "top": 8, "bottom": 4, "right": ROOM}
    return axes.layered(layers, height=height, padding=padding, width="container")


def _axis(grain: str) -> alt.Axis:
    places, words = TICKS[grain]
    pairs = ", ".join(f"'{place:g}': '{word}'" for place, word in zip(places, words, strict=True))
    return alt.Axis(values=list(places), labelExpr=f"{{{pairs}}}[datum.value]", grid=False)


def _line(rows: alt.Chart, now: bool, colour: str, width: float) -> alt.Chart:
    which = "datum.present" if now else "!datum.present"
    lines = rows.transform_filter(which).mark_line(color=colour, strokeWidth=width)
    return lines.encode(detail=alt.Detail("year:N"))


def _points(rows: alt.Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Points of the present year, hollow where they may still change; unseen ones to hover."""
    said = [
        alt.Tooltip("year:N", title="Year"),
        alt.Tooltip("period:N", title="Period"),
        alt.Tooltip("said:N", title="Figure"),
    ]
    hover = rows.mark_point(filled=True, opacity=0, size=60).encode(x=x, y=y, tooltip=said)
    now = rows.transform_filter("datum.present").mark_point(
        filled=True, opacity=1, size=32, stroke=theme.LINE, strokeWidth=1.5
    )
    fill = alt.condition("datum.provisional", alt.value(theme.BAND), alt.value(theme.LINE))
    return [now.encode(x=x, y=y, fill=fill, tooltip=said), hover]


def _names() -> list[alt.Chart]:
    """The year at its line's end: the present one where it stops, earlier ones at the edge."""
    labels = axes.Chart(alt.NamedData("labels"))
    place = alt.Y("place:Q", title=None)
    edge = labels.transform_filter("!datum.present").mark_text(
        align="left", baseline="middle", dx=8, fontSize=11, color=theme.QUIET
    )
    now = labels.transform_filter("datum.present")
    # Other years' lines pass below these words.
    here = axes.words_over(
        now,
        theme.LINE,
        align="left",
        baseline="bottom",
        dx=6,
        dy=-4,
        fontSize=11,
        fontWeight="bold",
    )
    return [
        edge.encode(x=alt.value("width"), y=place, text="words:N"),
        *(layer.encode(x=alt.X("slot:Q"), y=place, text="words:N") for layer in here),
    ]


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data sets of `spec`: rows of reports.trend_season, one a period, and the years' names."""
    return {"rows": _with_back(disclosed.rows), "labels": labels(disclosed.rows)}


def _with_back(rows: pa.Table) -> pa.Table:
    """The rows with how many years back each lies, at most as many as there are strokes."""
    years = sorted(set(rows.column("year").to_pylist()), reverse=True)
    back = [min(years.index(year), len(STROKES)) for year in rows.column("year").to_pylist()]
    return rows.append_column("back", pa.array(back, pa.int64()))


def labels(rows: pa.Table) -> pa.Table:
    """words, slot, place (in the value's unit), present; earlier years kept GAP apart."""
    named = [
        (row, row["value"])
        for row in typed(Ending, rows)
        if row["label"] and row["value"] is not None
    ]
    values = [value for value in rows.column("value").to_pylist() if value is not None]
    least = GAP * max(values, default=0.0)
    earlier = sorted((one for one in named if not one[0]["present"]), key=lambda one: -one[1])
    places = apart([value for _, value in earlier], least, 0.0)
    now = [one for one in named if one[0]["present"]]
    told = [row for row, _ in (*earlier, *now)]
    return pa.table(
        {
            "words": pa.array([row["label"] for row in told], pa.string()),
            "slot": pa.array([row["slot"] for row in told], pa.int64()),
            "place": pa.array([*places, *(value for _, value in now)], pa.float64()),
            "present": pa.array([row["present"] for row in told], pa.bool_()),
        }
    )
