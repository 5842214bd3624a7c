"""The charts of the screen as Office draws them: one function a chart of dashboard.charts.

Each says what its picture says: band, breaks, marked points and the words at the lines' ends.
"""

from __future__ import annotations

from typing import Literal, TypedDict

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import fortnights, line_words, theme
from dashboard.charts import spc as spc_chart
from dashboard.export.forms.native import End, Look, Native, Row, Series
from dashboard.rows import typed, typed_row

BUILT: dict[str, Literal["line", "bar", "dots"]] = {"line": "line", "bar": "bar", "point": "dots"}
MOST_BUILT = 500  # categories of a chart that an analyst puts together
# Office has no triangle that points down: a square stands for it.
SHAPES: dict[str, Literal["circle", "up", "down", "diamond"]] = {
    "circle": "circle",
    "triangle-up": "up",
    "triangle-down": "down",
    "diamond": "diamond",
}


def spc(unit: str = "n", grain: str = "month") -> Native:
    """For the rows of dashboard.charts.spc: the series with its limits, mean and target."""
    return Native(
        "line",
        "period",
        (
            Series("value", "Figure"),
            Series("mean", "Usual (mean)", "mean"),
            Series("upper", "Upper limit", "limit"),
            Series("lower", "Lower limit", "limit"),
            Series("target", "Target", "target"),
        ),
        unit,
        columns=("period", "said", "mean_said", "lower_said", "upper_said", "target_said", "rule"),
        dates=("period_start", grain),
        band=("lower", "upper"),
        broken="note",
        piece="segment",
        at_zero=spc_chart.starts_at_zero,
        look=_judged,
        ends=_limits,
    )


class Judged(TypedDict):
    """Of a row of a process chart what its mark says."""

    point: str | None
    provisional: bool | None


class Label(TypedDict):
    """Words at a line's end."""

    line: str
    words: str
    place: float


class Own(TypedDict):
    """Of a row of an alert's year whether it is the alert's own window."""

    now: bool


class Held(TypedDict):
    """Of a row of a funnel how it lies by its limits."""

    state: str


def _judged(row: Row) -> Look | None:
    """As the screen marks it: beyond its usual range, or still to change."""
    judged = typed_row(Judged, row)
    shape, colour = spc_chart.POINTS[judged["point"] or "common"]
    hollow = bool(judged["provisional"])
    if judged["point"] in (None, "common"):
        return Look("circle", colour, hollow, 6) if hollow else None
    return Look(SHAPES[shape], colour, hollow)


def _limits(disclosed: Disclosed) -> tuple[End, ...]:
    return _ends(line_words.labels(disclosed.rows, from_zero=spc_chart.starts_at_zero(disclosed)))


def _ends(labels: pa.Table) -> tuple[End, ...]:
    """The words that the screen writes, at the heights at which it writes them."""
    return tuple(End(row["line"], row["words"], row["place"]) for row in typed(Label, labels))


def windows() -> Native:
    """For the rows of dashboard.charts.fortnights: the year, the last of it marked, and what was
    expected of it with its band."""
    return Native(
        "line",
        "period",
        (Series("n", "Count"), Series("expected", "Expected", "expected")),
        dates=("period_start", "fortnight"),
        band=("low", "high"),
        look=lambda row: (
            Look("circle", theme.FOCUS, size=14) if typed_row(Own, row)["now"] else None
        ),
        ends=lambda found: _ends(fortnights.labels(fortnights.data(found)["now"])),
    )


def mix() -> Native:
    """For the rows of dashboard.charts.bars: now, and a year before."""
    return Native("bar", "label", (Series("n", "Now"), Series("before", "A year before", "before")))


def funnel(unit: str = "n") -> Native:
    """For the rows of dashboard.charts.funnel: a share, or of counts seen over expected, and its
    limits."""
    return Native(
        "dots",
        "unit_name",
        (Series("value", "Figure"), Series("target", "All together", "mean")),
        unit if unit == "percent" else "decimal",
        band=("low_998", "high_998"),
        said="said",
        look=lambda row: (
            Look("diamond", theme.FOCUS, size=11)
            if typed_row(Held, row)["state"] == "outside"
            else None
        ),
    )


def tiles(unit: str = "n") -> Native:
    """For the rows of dashboard.charts.tiles: each area's latest period."""
    return Native("bar", "name", (Series("value", "Latest period"),), unit, last_of="slot")


def built(kind: str, x: str, y: str, rows: pa.Table) -> Native | None:
    """For the rows of dashboard.charts.built, two of their columns.

    None where Office would draw another picture than the page: where an x comes twice, a line
    goes back, or there are more marks than its axis can hold.
    """
    along = rows.column(x).to_pylist()
    if not 0 < len(along) <= MOST_BUILT or None in along or len(set(along)) < len(along):
        return None
    if kind == "line" and along != sorted(along):
        return None
    held = rows.schema.field(y).type
    whole = pa.types.is_integer(held) or (pa.types.is_decimal(held) and held.scale == 0)
    return Native(BUILT[kind], x, (Series(y, y),), "n" if whole else "decimal")
