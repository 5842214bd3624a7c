"""A series against its own usual range: the SPC (XmR) chart.

Colour and shape both say what a point is. The limits are an area, the mean and the
target path are lines, a break in the series is a rule with its words. Points of periods
that may still change are hollow. Words stand at the line's end, not in a legend.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme

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
LINES = {
    "upper": "upper limit",
    "mean": "usual",
    "lower": "lower limit",
    "target": "target",
}
ROOM = 104  # pixels at the right for the words at the lines' ends
WORDS = 230  # pixels that the words of a break may take
GAP = 0.085  # of the chart's height: the least distance between two of these words
NEAR_ZERO = 0.55  # the axis starts at 0 unless the lowest value is above this share of the top


@cache
def spec(
    unit: str,
    grain: str,
    *,
    from_zero: bool,
    limits: bool = True,
    target: bool = True,
    breaks: bool = True,
    height: int = 190,
) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows`, `labels` and `breaks` stand beside it.

    unit       n, percent, gbp or hours: how the axis writes its figures
    grain      of the periods: how the axis writes its dates
    from_zero  whether the axis starts at 0 (see `starts_at_zero`)
    limits, target, breaks  whether there are any to draw
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
        scale=alt.Scale(zero=from_zero, nice=True),
        axis=alt.Axis(tickCount=4, labelExpr=axes.label(unit)),
    )
    rows = alt.Chart(alt.NamedData("rows"))
    # The value axis is declared first: the layers share it.
    layers = [rows.mark_point(opacity=0).encode(x=x, y=y)]
    layers += _range(rows, x) * limits + [_target(rows, x)] * target
    layers += _series(rows, x, y) + [_words(y)] * (limits or target) + _breaks(x) * breaks
    padding = {"left": 4, "top": 18, "bottom": 4, "right": ROOM}
    return axes.finished(alt.layer(*layers), height=height, padding=padding, width="container")


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
    """The path to the target."""
    return rows.mark_line(color=theme.TARGET, strokeDash=[4, 3], strokeWidth=1.5).encode(
        x=x, y=alt.Y("target:Q", title=None)
    )


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
    breaks = alt.Chart(alt.NamedData("breaks")).encode(x=x)
    layers = [breaks.mark_rule(color=theme.FAINT, strokeDash=[2, 3])]
    sides: tuple[tuple[Literal["left", "right"], str], ...] = (("left", "early"), ("right", "late"))
    for align, field in sides:
        words = breaks.mark_text(
            align=align, baseline="bottom", dy=-3, fontSize=11, color=theme.QUIET, limit=WORDS
        )
        layers.append(words.encode(y=alt.value(0), text=f"{field}:N"))
    return layers


def _words(y: alt.Y) -> alt.Chart:
    """'usual 159' and its like at the right edge, kept apart."""
    return (
        alt.Chart(alt.NamedData("labels"))
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


def spec_for(disclosed: Disclosed, unit: str, grain: str) -> dict[str, Any]:
    """The spec that suits the rows: with an axis from 0 or not, a target and breaks or none."""
    return spec(
        unit,
        grain,
        from_zero=starts_at_zero(disclosed),
        limits=bool(_numbers(disclosed.rows, ("mean",))),
        target=bool(_numbers(disclosed.rows, ("target",))),
        breaks=breaks(disclosed.rows).num_rows > 0,
    )


def starts_at_zero(disclosed: Disclosed) -> bool:
    """Whether the value axis starts at 0: always, unless that would flatten the series."""
    values = _numbers(disclosed.rows, ("value", "lower", "target"))
    return not values or min(values) < NEAR_ZERO * max(_numbers(disclosed.rows, ("value", "upper")))


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data sets of `spec`: rows as they are, words at the lines' ends, and breaks.

    disclosed  rows with period_start, period, value, said, mean, lower, upper, segment,
               target, point, rule, provisional, note; one a period, in time order
    """
    rows = disclosed.rows
    return {"rows": rows, "labels": labels(rows), "breaks": breaks(rows)}


def breaks(rows: pa.Table) -> pa.Table:
    """The breaks: period_start, and the note as `early` or, in the later half, as `late`."""
    notes = rows.column("note").to_pylist()
    found = [index for index, note in enumerate(notes) if note is not None]
    early = [notes[index] if index <= len(notes) / 2 else "" for index in found]
    late = [notes[index] if index > len(notes) / 2 else "" for index in found]
    days = rows.column("period_start").take(pa.array(found, pa.int64()))
    words = (pa.array(part, pa.string()) for part in (early, late))
    return pa.table(dict(zip(("period_start", "early", "late"), (days, *words), strict=True)))


def labels(rows: pa.Table) -> pa.Table:
    """The words at the lines' ends: words, place (in the value's unit), kind (limit, target).

    They keep their order and at least GAP of the drawn height from each other.
    """
    said = _ends(rows)
    spread = _numbers(rows, ("value", "lower", "upper", "target"))
    least = GAP * ((max(spread) - min(spread)) if spread else 0)
    places: list[float] = []
    for _, value, _ in said:
        places.append(value if not places else min(value, places[-1] - least))
    return pa.table(
        {
            "words": pa.array([words for words, _, _ in said], pa.string()),
            "place": pa.array(places, pa.float64()),
            "kind": pa.array([kind for _, _, kind in said], pa.string()),
        }
    )


def _ends(rows: pa.Table) -> list[tuple[str, float, str]]:
    """Words, value and kind of each line at its end, highest first."""
    if not rows.num_rows:
        return []
    last, found = rows.slice(rows.num_rows - 1).to_pylist()[0], []
    for name, words in LINES.items():
        if last[name] is not None:
            kind = "target" if name == "target" else "limit"
            found.append((f"{words} {last[f'{name}_said']}", last[name], kind))
    return sorted(found, key=lambda item: -item[1])


def _numbers(rows: pa.Table, names: tuple[str, ...]) -> list[float]:
    return [value for name in names for value in rows.column(name).to_pylist() if value is not None]
