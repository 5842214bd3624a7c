"""All areas in one chart: a tile a borough, by the catalogue's layout, each with its line.

All lines share one scale from 0, so that heights
compare. What has no borough stands beside the map: tiles and the rest are the total.
An area that the force does not police has a tile that says so.
"""

from __future__ import annotations

from typing import Any, TypedDict

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached
from dashboard.rows import table, typed

COLUMNS, LINES = 8, 7
SIDES = ("left", "top", "right", "bottom")
REST_PLACES = (
    (6, 6),
    (7, 6),
    (7, 5),
    (0, 6),
    (0, 5),
    (0, 1),
)  # free cells of the layout
GAP = 0.025  # of a cell, between two tiles
LEFT, WIDE = 0.12, 0.74  # the line's place in its cell
BASE, TALL = 0.86, 0.42


class Slot(TypedDict):
    """A row that is drawn: one of the last periods in an area."""

    code: str
    name: str
    short: str
    kind: str
    grid_x: int | None
    grid_y: int | None
    slot: int  # from 0, the oldest
    value: float | None
    figure: str  # of the last period
    stands_out: bool


class Placed(TypedDict):
    """A tile: its words, its edges and where the words stand."""

    code: str
    name: str
    said: str
    figure: str
    aside: str
    state: str
    left: float
    right: float
    top: float
    bottom: float
    words_left: float
    words_right: float
    words_y: float
    aside_y: float


class Placing(TypedDict):
    """A point of an area's line."""

    code: str
    slot: int
    x: float
    y: float | None
    last: bool
    stands_out: bool


@cached
def spec(height: int = 224) -> dict[str, Any]:
    """The map's Vega-Lite spec; data sets `areas` (one row each) and `points` stand beside it."""
    layers = [*_frames(), *_lines(), *_words()]
    return axes.layered(
        layers,
        resolve={"scale": {"color": "independent", "opacity": "independent"}},
        height=height,
        width="container",
        padding=dict.fromkeys(SIDES, 2),
    )


def _x(field: str, **more: Any) -> alt.X:
    return alt.X(
        f"{field}:Q",
        axis=None,
        scale=alt.Scale(domain=[0, COLUMNS], nice=False),
        **more,
    )


def _y(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, LINES], nice=False, reverse=True)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _frames() -> list[alt.Chart]:
    """The tiles: dashed where there is no figure, framed in the alert colour where one is."""
    areas = axes.Chart(alt.NamedData("areas")).encode(
        x=_x("left"),
        x2="right:Q",
        y=_y("top"),
        y2="bottom:Q",
        tooltip=[
            alt.Tooltip("said:N", title="Area"),
            alt.Tooltip("figure:N", title="Latest"),
        ],
    )
    plain = areas.transform_filter("datum.state !== 'stands_out'").mark_rect(
        fill=theme.BAND, fillOpacity=0.45, stroke=theme.GRID
    )
    without = areas.transform_filter("datum.state === 'missing'").mark_rect(
        fill="transparent", stroke=theme.FAINT, strokeDash=[2, 2]
    )
    alert = areas.transform_filter("datum.state === 'stands_out'").mark_rect(
        fill=theme.FOCUS, fillOpacity=0.14, stroke=theme.FOCUS, strokeWidth=2
    )
    return [plain, without, alert]


def _lines() -> list[alt.Chart]:
    points = axes.Chart(alt.NamedData("points")).encode(x=_x("x"), y=_y("y"))
    line = points.mark_line(strokeWidth=1.2, color=theme.LINE).encode(
        detail="code:N", order="slot:Q"
    )
    last = (
        points.transform_filter("datum.last")
        .mark_circle(size=22, opacity=1)
        .encode(
            color=alt.condition("datum.stands_out", alt.value(theme.FOCUS), alt.value(theme.LINE))
        )
    )
    return [line, last]


def _words() -> list[alt.Chart]:
    areas = axes.Chart(alt.NamedData("areas")).encode(y=_y("words_y"))
    name = areas.mark_text(align="left", baseline="middle", fontSize=9, color=theme.QUIET).encode(
        x=_x("words_left"), text="name:N"
    )
    figure = areas.mark_text(
        align="right",
        baseline="middle",
        fontSize=10,
        fontWeight="bold",
        color=theme.INK,
    ).encode(x=_x("words_right"), text="figure:N")
    aside = axes.Chart(alt.NamedData("areas")).encode(y=_y("aside_y"))
    # A word a line: on a phone a tile is no wider.
    aside = aside.mark_text(
        align="left", fontSize=9, lineHeight=9, lineBreak=" ", color=theme.FAINT
    ).encode(x=_x("words_left"), text="aside:N")
    return [name, figure, aside]


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data sets of `spec`.

    disclosed  rows of Slot; one an area and period
    """
    rows = typed(Slot, disclosed.rows)
    areas = _placed({row["code"]: row for row in rows})
    return {
        "areas": table(Placed, list(areas.values())),
        "points": table(Placing, _points(rows, areas)),
    }


def _placed(latest: dict[str, Slot]) -> dict[str, Placed]:
    """One row an area with its tile's edges; what has no place of its own gets a free cell."""
    free = iter(REST_PLACES)
    placed: dict[str, Placed] = {}
    for code, row in latest.items():
        x, y = row["grid_x"], row["grid_y"]
        if x is None or y is None:
            x, y = next(free)
        placed[code] = {
            "code": code,
            "name": row["short"],
            "said": row["name"],
            "figure": _figure(row),
            "aside": "not policed" if row["kind"] == "not_policed" else "",
            "state": _state(row),
            "left": x + GAP,
            "right": x + 1 - GAP,
            "top": y + GAP,
            "bottom": y + 1 - GAP,
            "words_left": x + 0.07,
            "words_right": x + 0.95,
            "words_y": y + 0.24,
            "aside_y": y + 0.52,
        }
    return placed


def _figure(row: Slot) -> str:
    if row["kind"] == "not_policed":
        return ""
    return f"▲{row['figure']}" if row["stands_out"] else row["figure"]


def _state(row: Slot) -> str:
    if row["stands_out"]:
        return "stands_out"
    return "missing" if row["kind"] == "not_policed" or row["value"] is None else "plain"


def _points(rows: list[Slot], areas: dict[str, Placed]) -> list[Placing]:
    """Each value's place on the one scale that all tiles share, from 0 to the largest."""
    shown = [row for row in rows if row["kind"] != "not_policed"]
    largest = max((row["value"] for row in shown if row["value"] is not None), default=0) or 1
    slots = max((row["slot"] for row in shown), default=0)
    return [
        {
            "code": row["code"],
            "slot": row["slot"],
            "x": areas[row["code"]]["left"] + LEFT + WIDE * row["slot"] / max(slots, 1),
            "y": None
            if row["value"] is None
            else areas[row["code"]]["top"] + BASE - TALL * row["value"] / largest,
            "last": row["slot"] == slots and row["value"] is not None,
            "stands_out": row["stands_out"],
        }
        for row in shown
    ]
