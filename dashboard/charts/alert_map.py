"""Where an alert is: the boroughs as tiles, by the catalogue's layout.

On a wall tiles that are not marked hold no word, so that those that are can be large.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypedDict

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.tiles import COLUMNS, LINES
from dashboard.rows import typed

WIDE, TALL = 96, 80  # of a tile, in pixels at 1920 × 1080
NAMED = (112, 84, 44)  # of a tile that holds a name above its mark, and the words' size
WORDS = 45  # drawn smaller where the sentences above take room: never below 42
KEY = (4.2, 6.5, "light: up here too")  # in the free corner of the layout
SHADED = "datum.state === 'raised' || datum.state === 'counted'"
UNMARKED = "(datum.state === 'quiet' || datum.state === 'outside') && datum.figure !== ''"
BOLD, PLAIN = alt.FontWeight("bold"), alt.FontWeight("normal")
PADDING = dict.fromkeys(("left", "right", "top", "bottom"), 2)  # the browser writes into it
# How an alert's tile is painted, by the kind that it is of; of later kinds as the last. On each,
# words in ON_FOCUS are read on light pages and on dark.
KINDS = (theme.FOCUS, theme.OTHER, theme.CATEGORICAL[5])
ABOVE, BELOW = 0.26, 0.72  # of a tile: where its name stands over its mark, and the mark
GAP = 0.03  # of a tile, on each side
PLACED = pa.schema(
    [
        *((name, pa.string()) for name in ("name", "figure", "state", "mark")),
        *((name, pa.float64()) for name in ("left", "right", "top", "bottom", "x", "y", "below")),
        ("paint", pa.int64()),
    ]
)


class Tile(TypedDict):
    """A row that is drawn; state is alert, raised, counted, quiet or outside."""

    name: str
    figure: str
    state: str
    mark: str
    grid_x: int
    grid_y: int
    kind: int | None


@cache
def spec(wide: int = WIDE, tall: int = TALL, words: int = WORDS) -> dict[str, Any]:
    """The map's Vega-Lite spec; data sets `tiles` and `key` stand beside it.

    wide, tall, words  of a tile and of what stands on it, in pixels
    """
    line = words / WORDS  # how thick, of what it is on a wall
    tiles = axes.Chart(alt.NamedData("tiles"))
    x = alt.Scale(domain=[0, COLUMNS], nice=False)
    y = alt.Scale(domain=[0, LINES], nice=False, reverse=True)
    box = {
        "x": alt.X("left:Q", axis=None, scale=x),
        "x2": "right:Q",
        "y": alt.Y("top:Q", axis=None, scale=y),
        "y2": "bottom:Q",
    }
    plain = tiles.transform_filter("datum.state === 'quiet'").mark_rect(
        fill=theme.BAND, fillOpacity=1, stroke=theme.GRID
    )
    outside = tiles.transform_filter("datum.state === 'outside'").mark_rect(
        fill="transparent",
        stroke=theme.FAINT,
        strokeDash=[6 * line, 6 * line],
        strokeWidth=2 * line,
    )
    raised = tiles.transform_filter(SHADED).mark_rect(
        fill=theme.FOCUS, fillOpacity=0.28, stroke=theme.FOCUS, strokeWidth=2 * line
    )
    alerts = [
        tiles.transform_filter(f"datum.state === 'alert' && datum.paint === {at}").mark_rect(
            fill=fill, fillOpacity=1, stroke=theme.INK, strokeWidth=4 * line
        )
        for at, fill in enumerate(KINDS)
    ]
    place = {
        "x": alt.X("x:Q", axis=None, scale=x),
        "y": alt.Y("y:Q", axis=None, scale=y),
        "text": "figure:N",
    }
    said = [
        tiles.transform_filter(state)
        .mark_text(fontSize=words, fontWeight=weight, baseline="middle", color=colour)
        .encode(**place)
        for state, weight, colour in (
            ("datum.state === 'alert'", BOLD, theme.ON_FOCUS),
            (SHADED, BOLD, theme.INK),
            (UNMARKED, PLAIN, theme.QUIET),
        )
    ]
    mark = tiles.transform_filter("datum.mark !== ''").mark_text(
        fontSize=words, fontWeight=BOLD, baseline="middle", color=theme.ON_FOCUS
    )
    said.append(mark.encode(x=place["x"], y=alt.Y("below:Q", axis=None, scale=y), text="mark:N"))
    key = (
        axes.Chart(alt.NamedData("key"))
        .mark_text(fontSize=words, align="left", baseline="middle", color=theme.QUIET)
        .encode(**place)
    )
    boxes = [part.encode(**box) for part in (plain, outside, raised, *alerts)]
    layers = [*boxes, *said, key]
    return axes.layered(layers, width=wide * COLUMNS, height=tall * LINES, padding=PADDING)


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data sets of `spec` from rows of Tile."""
    tiles = typed(Tile, disclosed.rows)
    rows = [
        {
            "name": row["name"],
            "figure": row["figure"],
            "state": row["state"],
            "mark": row["mark"],
            "paint": min(row["kind"] or 1, len(KINDS)) - 1,
            "left": row["grid_x"] + GAP,
            "right": row["grid_x"] + 1 - GAP,
            "top": row["grid_y"] + GAP,
            "bottom": row["grid_y"] + 1 - GAP,
            "x": row["grid_x"] + 0.5,
            "y": row["grid_y"] + (ABOVE if row["mark"] else 0.5),
            "below": row["grid_y"] + BELOW,
        }
        for row in tiles
    ]
    x, y, words = KEY
    shaded = any(row["state"] == "raised" for row in tiles)
    key = [{"x": x, "y": y, "figure": words}] if shaded else []
    return {
        "tiles": pa.Table.from_pylist(rows, PLACED),
        "key": pa.Table.from_pylist(key, PLACED),
    }
