"""A year of money: what was profiled, what is spent, and where it heads with its band."""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached
from dashboard.words import numbers

ROOM = 12  # pixels at the right for the words at the lines' ends
GAP = 0.1  # of the drawn height: the least distance between two of these words
LINES = {"profile": "profile", "spent": "spent", "forecast": "forecast"}


@cached
def spec(height: int = 190, forecast: bool = True, rates: bool = False) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `months`, `labels` and `days` stand beside it.

    forecast, rates  whether there are any to draw
    """
    months = axes.Chart(alt.NamedData("months"))
    x = alt.X(
        "day:T",
        title=None,
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(format="%b %Y", tickCount=6, labelOverlap="greedy"),
    )
    y = alt.Y(
        "profile:Q",
        title=None,
        scale=alt.Scale(zero=True),
        axis=alt.Axis(tickCount=4, labelExpr=axes.label("gbp")),
    )
    layers = [months.mark_point(opacity=0).encode(x=x, y=y)]
    layers += _forecast(months, x) * forecast
    layers += _known(months, x) + [_words(), _holidays(x)] + _rates(x) * rates
    padding = {"left": 4, "top": 14, "bottom": 4, "right": ROOM}
    return axes.layered(layers, height=height, padding=padding, width="container")


def _forecast(months: alt.Chart, x: alt.X) -> list[alt.Chart]:
    band = months.mark_area(color=theme.BAND).encode(x=x, y=alt.Y("low:Q", title=None), y2="high:Q")
    line = months.mark_line(color=theme.LINE, strokeDash=[2, 3], strokeWidth=1.5).encode(
        x=x, y=alt.Y("forecast:Q", title=None)
    )
    return [band, line]


def _known(months: alt.Chart, x: alt.X) -> list[alt.Chart]:
    tips = [
        alt.Tooltip("period:N", title="To the end of"),
        alt.Tooltip("said:N", title=numbers.money_word()),
    ]
    profile = months.mark_line(color=theme.TARGET, strokeDash=[4, 3], strokeWidth=1.5).encode(
        x=x, y=alt.Y("profile:Q", title=None)
    )
    spent = months.mark_line(color=theme.LINE, strokeWidth=2, point={"size": 36}).encode(
        x=x, y=alt.Y("spent:Q", title=None), tooltip=tips
    )
    return [profile, spent]


def _words() -> alt.Chart:
    """'forecast £570,743' and its like at the right edge, kept apart."""
    return (
        axes.Chart(alt.NamedData("labels"))
        .mark_text(align="left", baseline="middle", dx=8, fontSize=11, color=theme.QUIET)
        .encode(x=alt.value("width"), y=alt.Y("place:Q", title=None), text="words:N")
    )


def _holidays(x: alt.X) -> alt.Chart:
    """A short mark at the foot for each public holiday."""
    return (
        axes.Chart(alt.NamedData("days"))
        .transform_filter("datum.kind === 'holiday'")
        .mark_tick(color=theme.FAINT, thickness=2, height=8, orient="vertical")
        .encode(
            x=x,
            y=alt.value("height"),
            tooltip=[alt.Tooltip("period:N", title="Public holiday")],
        )
    )


def _rates(x: alt.X) -> list[alt.Chart]:
    """A rule with its words where a statutory rate changes."""
    changed = (
        axes.Chart(alt.NamedData("days"))
        .transform_filter("datum.kind === 'rate'")
        .encode(x=x, tooltip=[alt.Tooltip("said:N", title="Rate")])
    )
    words = changed.mark_text(
        align="left", baseline="bottom", dy=-3, fontSize=11, color=theme.QUIET
    )
    return [
        changed.mark_rule(color=theme.FAINT, strokeDash=[2, 3]),
        words.encode(y=alt.value(0), text="said:N"),
    ]


def spec_for(disclosed: Disclosed, height: int = 190) -> dict[str, Any]:
    """The spec that suits the rows: with a forecast and changed rates or without."""
    kinds = set(disclosed.rows.column("kind").to_pylist())
    known = disclosed.rows.column("forecast").null_count < disclosed.rows.num_rows
    return spec(height, forecast=known, rates="rate" in kinds)


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data sets of `spec`: the months, the words at the lines' ends, and marked days.

    disclosed  rows with day, kind, period, said, profile, spent, forecast, low, high
    """
    rows = disclosed.rows
    of_months = pc.equal(rows.column("kind"), "month")
    months = rows.filter(of_months)
    return {"months": months, "labels": labels(months), "days": rows.filter(pc.invert(of_months))}


def labels(months: pa.Table) -> pa.Table:
    """Words at the lines' ends: words, place (pounds); in order, and at least GAP apart."""
    ends = []
    for name, words in LINES.items():
        values = [value for value in months.column(name).to_pylist() if value is not None]
        if values and not (name == "spent" and months.column("forecast")[-1].is_valid):
            ends.append((values[-1], f"{words} {ours().currency}{values[-1]:,.0f}"))
    ends.sort(reverse=True)
    least = GAP * max((value for value, _ in ends), default=0)
    places: list[float] = []
    for value, _ in ends:
        places.append(value if not places else min(value, places[-1] - least))
    return pa.table(
        {
            "words": pa.array([words for _, words in ends], pa.string()),
            "place": pa.array(places, pa.float64()),
        }
    )
