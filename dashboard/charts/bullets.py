"""Rows of bars: what there is, where it will lie, what it is held against.

Each row has a scale of its own from 0, so that targets of different units stand side by side. The
picture holds no word: figures and names stand beside it, so that they grow with the page.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any, TypedDict

import altair as alt
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.rows import typed

WIDTH, ROW = 600, 90
TRACK, BAR, MARK = (0.2, 0.8), (0.4, 0.6), (0.06, 0.94)  # of a row, from its top
MARK_WIDE = 0.014  # of the track
COLOURS = {"bad": theme.FOCUS, "good": theme.LINE, "quiet": theme.QUIET, "plain": theme.QUIET}
PLACED = pa.schema(
    [
        ("tone", pa.string()),
        *(
            (name, pa.float64())
            for name in ("start", "whole", "bar", "low", "high", "mark", "mark_end")
        ),
        *((f"{name}_{edge}", pa.float64()) for name in ("track", "bar", "mark") for edge in "ab"),
    ]
)

SIZE = 150, 24  # of a bar by itself, in pixels; it may be stretched
STYLE = theme.on_both(
    f".track{{fill:{theme.BAND}}}.mark{{fill:{theme.INK}}}.band{{opacity:.38}}"
    + "".join(f".{tone}{{fill:{colour}}}" for tone, colour in COLOURS.items())
)


class Bar(TypedDict):
    """What is drawn of a row: bar, low, high and mark as shares of `end`, null where not known."""

    tone: str
    bar: float | None
    low: float | None
    high: float | None
    mark: float | None
    end: float


def svg(row: Bar, label: str) -> str:
    """One row of `data` as an `<svg>` document; what is not known is not drawn.

    label  what a screen reader says in place of the picture
    """
    placed, (wide, tall), tone = _placed(0, row), SIZE, row["tone"]
    parts = (
        ("track", "start", "whole", "track"),
        (f"band {tone}", "low", "high", "track"),
        (tone, "start", "bar", "bar"),
        ("mark", "mark", "mark_end", "mark"),
    )
    boxes = "".join(
        f'<rect class="{name}" x="{wide * placed[start]:.1f}" y="{tall * placed[f"{part}_a"]:.1f}"'
        f' width="{wide * (placed[end] - placed[start]):.1f}"'
        f' height="{tall * (placed[f"{part}_b"] - placed[f"{part}_a"]):.1f}"/>'
        for name, start, end, part in parts
        if placed[start] is not None and placed.get(end) is not None
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(label)}"'
        f' preserveAspectRatio="none" viewBox="0 0 {wide} {tall}"><style>{STYLE}</style>'
        f"{boxes}</svg>"
    )


@cache
def spec(rows: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec for that many rows; data set `rows` stands beside it."""
    held = axes.Chart(alt.NamedData("rows"))

    def across(start: str, end: str, part: str) -> dict[str, Any]:
        right = alt.Scale(domain=[0, 1], nice=False)
        down = alt.Scale(domain=[0, rows], nice=False, reverse=True)
        return {
            "x": alt.X(f"{start}:Q", axis=None, scale=right),
            "x2": f"{end}:Q",
            "y": alt.Y(f"{part}_a:Q", axis=None, scale=down),
            "y2": f"{part}_b:Q",
        }

    toned = alt.Color(
        "tone:N", legend=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
    )
    track = held.mark_rect(color=theme.BAND, opacity=1).encode(**across("start", "whole", "track"))
    band = (
        held.transform_filter("isValid(datum.low)")
        .mark_rect(opacity=0.38)
        .encode(**across("low", "high", "track"), color=toned)
    )
    bar = (
        held.transform_filter("isValid(datum.bar)")
        .mark_rect(opacity=1)
        .encode(**across("start", "bar", "bar"), color=toned)
    )
    mark = (
        held.transform_filter("isValid(datum.mark)")
        .mark_rect(color=theme.INK, opacity=1)
        .encode(**across("mark", "mark_end", "mark"))
    )
    layers = [track, band, bar, mark]
    return axes.layered(layers, width=WIDTH, height=ROW * rows, padding=0)


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data set of `spec` from rows of Bar."""
    rows = [_placed(at, row) for at, row in enumerate(typed(Bar, disclosed.rows))]
    return {"rows": pa.Table.from_pylist(rows, PLACED)}


def _placed(at: int, row: Bar) -> dict[str, Any]:
    values = {"bar": row["bar"], "low": row["low"], "high": row["high"], "mark": row["mark"]}
    shares: dict[str, float | None] = {
        name: None if value is None else max(value, 0.0) / row["end"]
        for name, value in values.items()
    }
    if shares["mark"] is not None:
        shares["mark"] = min(shares["mark"], 1 - MARK_WIDE)
        shares["mark_end"] = shares["mark"] + MARK_WIDE
    edges = {
        f"{name}_{edge}": at + share
        for name, part in (("track", TRACK), ("bar", BAR), ("mark", MARK))
        for edge, share in zip("ab", part, strict=True)
    }
    return {"start": 0.0, "whole": 1.0, "tone": row["tone"]} | shares | edges
