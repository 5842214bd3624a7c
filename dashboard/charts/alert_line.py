"""An alert from across the room: its windows, what was expected, and the one beyond it.

Made for a wall: no axis, the words beside the line, at a size that is read from four metres.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any, TypedDict

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.periods import MONTHS, calendar
from dashboard.rows import typed

WIDTH, HEIGHT = 1010, 560
WORDS, LARGE = 45, 84  # pixels at 1920 × 1080
LETTER, EDGE = 0.0205, 0.025  # shares of the width: of a letter, of the gap beside the line
BELOW, ABOVE = 0.16, 0.12  # of the largest value: room for the words below, for the large figure
USUAL = pa.schema([(name, pa.float64()) for name in ("left", "right", "zero", "low", "high")])
APART = 0.19  # of the largest value, between the large figure and the words of the range


@cache
def spec() -> dict[str, Any]:
    """The chart's Vega-Lite spec; data sets `rows`, `range`, `now` and `words` stand beside it."""
    rows, usual, now, words = (
        axes.Chart(alt.NamedData(name)) for name in ("rows", "range", "now", "words")
    )
    band = (
        usual.transform_filter("isValid(datum.high)")
        .mark_rect(color=theme.BAND, opacity=1)
        .encode(_x("left"), _y("low"), x2="right:Q", y2="high:Q")
    )
    floor = usual.mark_rule(color=theme.FAINT, strokeWidth=2).encode(
        _x("left"), _y("zero"), x2="right:Q"
    )
    line = rows.mark_line(color=theme.LINE, strokeWidth=6, strokeJoin="round").encode(
        _x("x"), _y("y"), order="x:Q"
    )
    latest = now.mark_circle(color=theme.FOCUS, size=1100, opacity=1).encode(_x("x"), _y("y"))
    large = now.mark_text(
        align="left", baseline="middle", dx=30, fontSize=LARGE, fontWeight="bold", color=theme.FOCUS
    ).encode(_x("x"), _y("y"), text="words:N")
    said = [
        words.transform_filter(f"datum.align === '{align}'")
        .mark_text(align=align, baseline="middle", fontSize=WORDS, color=theme.QUIET)
        .encode(_x("x"), _y("y"), text="words:N")
        for align in ("left", "right")
    ]
    layers = [band, floor, line, latest, large, *said]
    return axes.layered(layers, width=WIDTH, height=HEIGHT, padding=0)


class Window(TypedDict):
    """A row that is drawn: a window of the alert's year."""

    period_start: date
    n: float | None
    low: float | None
    high: float | None


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))


def _y(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False, zero=False))


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data sets of `spec` from rows of Window: on the last low and high are null where nothing
    was to be expected, and then no band is drawn.

    Places are shares of the picture; from 0 upwards, with room below and above for words.
    """
    rows = typed(Window, disclosed.rows)
    latest = rows[-1]
    came = latest["n"] or 0.0  # an alert's own window is covered
    figure, low, high = f"{came:,.0f}", latest["low"], latest["high"]
    band = None if low is None or high is None else (low, high)
    top = max([row["n"] for row in rows if row["n"] is not None] + [high or 0.0, 1.0])
    range_words = f"expected: {band[0]:,.0f} to {band[1]:,.0f}" if band else ""
    letters = max(len(range_words), len(figure) * LARGE / WORDS)
    right = 1 - 2 * EDGE - LETTER * letters
    step = right / max(len(rows) - 1, 1)

    def up(value: float) -> float:
        return (value / top + BELOW) / (1 + BELOW + ABOVE)

    points = [
        {"x": at * step, "y": None if row["n"] is None else up(row["n"])}
        for at, row in enumerate(rows)
    ]
    now = points[-1] | {"words": figure}
    usual: dict[str, float | None] = {"left": 0.0, "right": right, "zero": up(0.0)}
    usual |= {"low": up(band[0]) if band else None, "high": up(band[1]) if band else None}
    below = up(-BELOW * top / 2)
    first = rows[0]["period_start"]
    last = latest["period_start"] + calendar().window - timedelta(days=1)
    said = [
        (f"{MONTHS[first.month - 1][:3]} {first.year}", 0.0, below, "left"),
        (f"{last.day} {MONTHS[last.month - 1]}", right, below, "right"),
    ]
    if band:
        # The range's words stand at its own height, but clear of the large figure.
        beside = min(sum(band) / 2, came - APART * top)
        said.insert(0, (range_words, right + EDGE, up(beside), "left"))
    words = [dict(zip(("words", "x", "y", "align"), item, strict=True)) for item in said]
    return {
        "rows": pa.Table.from_pylist(points, pa.schema([("x", pa.float64()), ("y", pa.float64())])),
        "range": pa.Table.from_pylist([usual], USUAL),
        "now": pa.Table.from_pylist([now]),
        "words": pa.Table.from_pylist(words),
    }
