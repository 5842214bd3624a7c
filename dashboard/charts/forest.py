"""A forest plot: figures with their intervals, a line each, beside what they are held against.

The words of a line stand above it, so that a phone has room for both. What has no figure is not
drawn: it stands in the table, with its symbol.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.charts import axes, theme
from dashboard.charts.axes import cached

ROW = 34  # pixels of a line and its words


@dataclass(frozen=True)
class Mark:
    """Columns of a figure and its interval, and how they are drawn.

    beyond  marked where the interval lies wholly on one side of the only reference
    """

    value: str
    low: str
    high: str
    colour: str = theme.LINE
    shape: str = "circle"
    beyond: bool = False


@dataclass(frozen=True)
class Look:
    """What a forest plot is of.

    across      the title of its axis
    references  what the figures are held against, each a dashed line
    log         twice as much and half as much lie equally far from a reference of 1
    domain      of the axis where it isn't the figures' own; what lies outside stands at its edge
    """

    across: str
    marks: tuple[Mark, ...]
    references: tuple[float, ...]
    ticks: tuple[float, ...]
    label: str = "format(datum.value, '~g')"
    log: bool = False
    domain: tuple[float, float] | None = None


LIKE = Look(
    "Detected ÷ expected of the same offences (logarithmic)",
    (Mark("like", "like_low", "like_high", beyond=True),),
    (1.0,),
    (0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.6, 2, 4),
    log=True,
)
HELD = Look(
    "Share of forecasts inside the band; dashed: what was said",
    (
        Mark("share_80", "low_80", "high_80"),
        Mark("share_95", "low_95", "high_95", theme.OTHER, "diamond"),
    ),
    (0.80, 0.95),
    (0.6, 0.7, 0.8, 0.9, 1),
    label=axes.LABELS["percent"],
    domain=(0.6, 1.0),
)


@cached
def spec(look: Look, lines: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows` and `references` stand beside it.

    lines  how many it is to hold, drawn in the order of the rows
    """
    rows = axes.Chart(alt.NamedData("rows"))
    kind: dict[str, Any] = {"type": "log"} if look.log else {}
    kind |= {"domain": list(look.domain), "clamp": True} if look.domain else {}
    scale = alt.Scale(nice=False, padding=12, **kind)
    ticks = alt.Axis(values=list(look.ticks), labelExpr=look.label, labelOverlap=True)

    def across(name: str) -> alt.X:
        return alt.X(f"{name}:Q", title=look.across, scale=scale, axis=ticks)

    down = alt.Y("line:N", sort=None, axis=None)
    layers = [
        axes.Chart(alt.NamedData("references"))
        .mark_rule(color=theme.FAINT, strokeDash=[3, 3])
        .encode(x=across("reference"))
    ]
    for mark in look.marks:
        colour, shape = _drawn(look, mark)
        span = rows.mark_rule(strokeWidth=2).encode(
            x=across(mark.low), x2=f"{mark.high}:Q", y=down, color=colour
        )
        point = rows.mark_point(filled=True, opacity=1, size=70).encode(
            x=across(mark.value),
            y=down,
            color=colour,
            shape=shape,
            tooltip=[alt.Tooltip("line:N", title=" ")],
        )
        layers += [span, point]
    words = [
        layer.encode(x=alt.value(2), y=down, text="line:N")
        for layer in axes.words_over(rows, theme.QUIET, align="left", dy=-12, fontSize=11)
    ]
    padding = {"left": 4, "top": 8, "bottom": 4, "right": 12}
    layers = [*layers, *words]
    return axes.layered(layers, height=ROW * lines, width="container", padding=padding)


def _drawn(look: Look, mark: Mark) -> tuple[Any, Any]:
    """Colour and shape of a mark: another where it lies beyond the reference."""
    if not mark.beyond:
        return alt.value(mark.colour), alt.value(mark.shape)
    (held,) = look.references
    beyond = f"datum.{mark.low} > {held} || datum.{mark.high} < {held}"
    return (
        alt.condition(beyond, alt.value(theme.FOCUS), alt.value(mark.colour)),
        alt.condition(beyond, alt.value("diamond"), alt.value(mark.shape)),
    )


def data(look: Look, rows: pa.Table, lines: Sequence[str]) -> dict[str, pa.Table]:
    """The data sets of `spec`: the rows that have every figure, each with its words.

    lines  of each row, no two alike
    """
    named = rows.append_column("line", pa.array(lines, pa.string()))
    return {
        "rows": _known(named, look),
        "references": pa.table({"reference": list(look.references)}),
    }


def _known(rows: pa.Table, look: Look) -> pa.Table:
    for mark in look.marks:
        rows = rows.filter(rows.column(mark.value).is_valid())
    return rows
