"""A series against its own usual range: the SPC chart, whichever kind its rows say.

Colour and shape both say what a point is. The limits are an area, the mean and the
target path are lines, a break in the series is a rule with its words. Points of periods
that may still change are hollow. Words stand at the line's end, not in a legend.
"""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, marks, theme
from dashboard.charts.axes import cached
from dashboard.charts.line_words import breaks, labels, numbers, whole_steps

IMPROVES = "#2073BC"
# point (dashboard.stats.spc) → shape, colour; a measure with no better side is neither.
POINTS = {
    "common": ("circle", theme.LINE),
    "concern_high": ("triangle-up", theme.FOCUS),
    "concern_low": ("triangle-down", theme.FOCUS),
    "improvement_high": ("triangle-up", IMPROVES),
    "improvement_low": ("triangle-down", IMPROVES),
    "neutral_high": ("diamond", theme.INK),
    "neutral_low": ("diamond", theme.INK),
}
INK_OF = {"domain": ["limit", "target"], "range": [theme.QUIET, theme.TARGET]}
ROOM = 8  # pixels beyond the words at the lines' ends, for which the chart itself makes room
WORDS = 230  # pixels that the words of a break may take
AXIS = 24  # pixels at the left that the words of an axis take at the least
ROW = 14  # pixels of one row of the words of breaks
NEAR_ZERO = 0.55  # the axis starts at 0 unless the lowest value is above this share of the top


@cached
def spec(
    unit: str,
    grain: str,
    *,
    from_zero: bool,
    limits: bool = True,
    target: bool = True,
    breaks: int = 1,
    decided: int = 0,
    height: int = 190,
    top: float | None = None,
) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows`, `labels`, `breaks` and `decisions` stand
    beside it.

    unit       n, percent, gbp or hours: how the axis writes its figures
    grain      of the periods: how the axis writes its dates
    from_zero  whether the axis starts at 0 (see `starts_at_zero`)
    limits, target  whether there are any to draw
    breaks     0, 1 or 2 for several: then their words stand in two rows
    decided    lines of decisions above the chart
    top        where the axis ends, for charts on one scale; as the rows need when left out
    """
    x = alt.X(
        "period_start:T",
        title=None,
        scale=alt.Scale(type="utc", padding=6),
        axis=alt.Axis(format=axes.time_format(grain), tickCount=6, labelOverlap="greedy"),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        scale=_scale(from_zero, top),
        axis=alt.Axis(tickCount=4, labelExpr=axes.label(unit), tickMinStep=whole_steps(unit)),
    )
    rows = axes.Chart(alt.NamedData("rows"))
    # The value axis is declared first: the layers share it.
    layers = [rows.mark_point(opacity=0).encode(x=x, y=y)]
    layers += _range(rows, x) * limits + [_target(rows, x)] * target
    layers += _series(rows, x, y) + [_words()] * (limits or target) + _breaks(x) * (breaks > 0)
    above = 4 + ROW * breaks
    layers += marks.layers(decided, above)
    padding = {"left": 4, "top": 18 + ROW * (breaks > 1), "bottom": 4, "right": ROOM}
    tall = height + marks.room(decided)
    return axes.layered(layers, height=tall, padding=padding, width="container")


def _scale(from_zero: bool, top: float | None) -> alt.Scale:
    if top is None:
        return alt.Scale(zero=from_zero, nice=True)
    return alt.Scale(domain=[0, top], nice=True)


def _range(rows: alt.Chart, x: alt.X) -> list[alt.Chart]:
    """Limits and mean; each segment of a rebased series on its own."""
    piece = alt.Detail("segment:N")
    band = rows.mark_area(color=theme.BAND).encode(
        x=x, y=alt.Y("lower:Q", title=None), y2="upper:Q", detail=piece
    )
    mean = rows.mark_line(color=theme.FAINT, strokeWidth=1).encode(
        x=x, y=alt.Y("mean:Q", title=None), detail=piece
    )
    return [band, mean]


def _target(rows: alt.Chart, x: alt.X) -> alt.Chart:
    """The path to the target: another year's begins where that year does."""
    return rows.mark_line(
        color=theme.TARGET, strokeDash=[4, 3], strokeWidth=1.5, interpolate="step-after"
    ).encode(x=x, y=alt.Y("target:Q", title=None))


def _series(rows: alt.Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The line, unbroken only where no period is missing, and its points."""
    said = [
        alt.Tooltip("period:N", title="Period"),
        alt.Tooltip("said:N", title="Figure"),
        alt.Tooltip("rule:N", title="Why marked"),
    ]
    names, looks = list(POINTS), list(zip(*POINTS.values(), strict=True))
    shape = alt.Shape("point:N", legend=None, scale=alt.Scale(domain=names, range=list(looks[0])))
    colour = alt.Scale(domain=names, range=list(looks[1]))
    line = rows.mark_line(color=theme.LINE, strokeWidth=1.5).encode(x=x, y=y)
    points = rows.mark_point(filled=True, opacity=1, strokeWidth=1.5).encode(
        x=x,
        y=y,
        shape=shape,
        stroke=alt.Stroke("point:N", legend=None, scale=colour),
        fill=alt.condition(
            "datum.provisional",
            alt.value(theme.BAND),
            alt.Fill("point:N", legend=None, scale=colour),
        ),
        size=alt.condition("datum.point == 'common'", alt.value(24), alt.value(70)),
        tooltip=said,
    )
    return [line, points]


def _breaks(x: alt.X) -> list[alt.Chart]:
    """A rule where the series breaks, with its words at the top, towards the middle."""
    breaks = axes.Chart(alt.NamedData("breaks")).encode(x=x)
    layers = [breaks.mark_rule(color=theme.FAINT, strokeDash=[2, 3])]
    at = "scale('x', datum.period_start)"
    sides: tuple[tuple[Literal["left", "right"], str, str], ...] = (
        ("left", "early", f"width + {ROOM} - {at}"),
        ("right", "late", f"{at} + {AXIS}"),
    )
    for align, field, room in sides:
        for row in (0, 1):
            words = breaks.transform_filter(f"datum.row === {row}").mark_text(
                align=align,
                baseline="bottom",
                dy=-3 - ROW * row,
                fontSize=11,
                color=theme.QUIET,
                limit=alt.ExprRef(f"min({WORDS}, {room})"),
            )
            layers.append(words.encode(y=alt.value(0), text=f"{field}:N"))
    return layers


def _words() -> alt.Chart:
    """'usual 159' and its like at the right edge, kept apart."""
    return (
        axes.Chart(alt.NamedData("labels"))
        .mark_text(align="left", baseline="middle", dx=8, fontSize=11)
        .encode(
            x=alt.value("width"),
            y=alt.Y("place:Q", title=None),
            text="words:N",
            color=alt.Color(
                "kind:N",
                legend=None,
                scale=alt.Scale(domain=INK_OF["domain"], range=INK_OF["range"]),
            ),
        )
    )


def spec_for(
    disclosed: Disclosed,
    unit: str,
    grain: str,
    decided: Disclosed | None = None,
    *,
    height: int = 190,
    top: float | None = None,
) -> dict[str, Any]:
    """The spec that suits the rows: with an axis from 0 or not, a target and breaks or none, and
    the decisions on the series."""
    return spec(
        unit,
        grain,
        height=height,
        top=top,
        from_zero=starts_at_zero(disclosed),
        limits=bool(numbers(disclosed.rows, ("mean",))),
        target=bool(numbers(disclosed.rows, ("target",))),
        breaks=min(breaks(disclosed.rows).num_rows, 2),
        decided=marks.lines(marks.data(decided, disclosed.rows)),
    )


def starts_at_zero(disclosed: Disclosed) -> bool:
    """Whether the value axis starts at 0: always, unless that would flatten the series. One that is
    flat, at its target too, has no other scale."""
    values = numbers(disclosed.rows, ("value", "lower", "target"))
    tops = numbers(disclosed.rows, ("value", "upper"))
    flat = not values or min(values) == max([*values, *tops])
    return flat or min(values) < NEAR_ZERO * max(tops)


def highest(disclosed: Disclosed) -> float:
    """The highest of all that is drawn: where an axis that several charts share must reach."""
    return max(numbers(disclosed.rows, ("value", "upper", "target")), default=0.0)


def data(
    disclosed: Disclosed, height: int = 190, decided: Disclosed | None = None
) -> dict[str, pa.Table]:
    """The data sets of `spec` of that height: rows, words at the lines' ends, breaks, decisions.

    disclosed  rows with period_start, period, value, said, mean, lower, upper, segment,
               target, point, rule, provisional, note; one a period, in time order
    """
    rows = disclosed.rows
    from_zero = starts_at_zero(disclosed)
    return {
        "rows": rows,
        "labels": labels(rows, height, from_zero),
        "breaks": breaks(rows),
    } | marks.beside(decided, rows)
