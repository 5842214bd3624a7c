"""Small multiples: a row a thing, a panel a figure: a bar, its words above it, what it is held to.

Each bar has a scale of its own row or panel from 0. The words of a row stand above its bars, so
that a phone has room for both; what follows a line break in them stands small below the first line.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.charts import axes, theme
from dashboard.charts.axes import cached
from dashboard.charts.bullets import COLOURS

ROW = 62  # pixels of a row: its words, its figures, its bars
NOTE = 15  # more where the words of a row have a second line
ROOM = 0.86  # of a panel that its longest bar takes
MARK = 0.012  # width of a mark, of a panel
# Words wider than the page would leave the panels no width; 0 is no limit, where no page is.
NO_WIDER = "max(0, (containerSize()[0] || 0) - 16)"
TONES = COLOURS | {"faint": theme.FAINT}
PLACED = pa.schema(
    [
        *((name, pa.string()) for name in ("line", "label", "note", "head", "said", "tone")),
        *((name, pa.float64()) for name in ("start", "bar", "low", "high", "mark", "mark_end")),
    ]
)


@dataclass(frozen=True)
class Cell:
    """A figure of a row: `said` in words; bar, low, high, mark on one scale, None where unknown."""

    said: str
    bar: float | None = None
    low: float | None = None
    high: float | None = None
    mark: float | None = None
    tone: str = "quiet"

    @property
    def most(self) -> float:
        known = (self.bar, self.high, self.mark)
        return max((value for value in known if value is not None), default=0.0)


@dataclass(frozen=True)
class Panels:
    """Heads of the panels, and rows of (words, a cell a panel).

    by_row  whether a row's cells share a scale (years of one measure); else a panel's do
    """

    heads: tuple[str, ...]
    rows: Sequence[tuple[str, Sequence[Cell]]] = field(default_factory=tuple)
    by_row: bool = False


@cached
def spec(heads: tuple[str, ...], lines: int, noted: bool = False) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data set `rows` stands beside it.

    noted  whether a row's words have a second line
    """
    row, down = ROW + NOTE * noted, NOTE * noted // 2
    rows = axes.Chart(alt.NamedData("rows"))
    scale = alt.Scale(domain=[0, len(heads)], nice=False)
    names = alt.Axis(
        orient="top", values=list(range(len(heads))), labelAlign="left", domain=False, ticks=False,
        labelExpr=f"{json.dumps(list(heads))}[datum.value]", labelOverlap=False, grid=False,
        labelPadding=2, labelLimit=140,
    )  # fmt: skip
    y = alt.Y("line:O", axis=None, sort=None, scale=alt.Scale(padding=0))
    toned = alt.Color(
        "tone:N", legend=None, scale=alt.Scale(domain=list(TONES), range=list(TONES.values()))
    )
    tips = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("head:N", title="Figure"),
        alt.Tooltip("said:N", title="Value"),
    ]

    def across(start: str, end: str) -> dict[str, Any]:
        return {"x": alt.X(f"{start}:Q", title=None, scale=scale, axis=names), "x2": f"{end}:Q"}

    words = rows.transform_filter("datum.start == 0").mark_text(
        align="left", baseline="top", yOffset=8 - row // 2, fontSize=14, fontWeight="bold",
        limit=alt.ExprRef(NO_WIDER),
    )  # fmt: skip
    note = rows.transform_filter("datum.start == 0").mark_text(
        align="left", baseline="top", yOffset=8 + 17 - row // 2, fontSize=12, color=theme.QUIET,
        limit=alt.ExprRef(NO_WIDER),
    )  # fmt: skip
    said = rows.mark_text(align="left", yOffset=3 + down, fontSize=13, color=theme.INK)
    band = rows.transform_filter("isValid(datum.low)").mark_bar(
        height=16, yOffset=20 + down, opacity=0.38
    )
    bar = rows.transform_filter("isValid(datum.bar)").mark_bar(height=9, yOffset=20 + down)
    mark = rows.transform_filter("isValid(datum.mark)").mark_bar(
        height=18, yOffset=20 + down, color=theme.INK
    )
    at = alt.X("start:Q", title=None, scale=scale, axis=names)
    layers = [
        words.encode(x=alt.value(0), y=y, text="label:N"),
        note.encode(x=alt.value(0), y=y, text="note:N"),
        said.encode(x=at, y=y, text="said:N", tooltip=tips),
        band.encode(**across("low", "high"), y=y, color=toned, tooltip=tips),
        bar.encode(**across("start", "bar"), y=y, color=toned, tooltip=tips),
        mark.encode(**across("mark", "mark_end"), y=y, tooltip=tips),
    ]
    padding = {"left": 4, "top": 2, "bottom": 2, "right": 4}
    # The height is that of the rows: a head that took its room from a single one would lie on it.
    return axes.layered(
        layers,
        height=row * max(lines, 1),
        width="container",
        padding=padding,
        autosize={"type": "fit-x", "contains": "padding"},
    )


def data(panels: Panels) -> dict[str, pa.Table]:
    """The data set of `spec`."""
    placed = []
    for line, (words, cells) in enumerate(panels.rows):
        label, _, note = words.partition("\n")
        for at, cell in enumerate(cells):
            column = [row[at] for _, row in panels.rows]
            most = max(item.most for item in (cells if panels.by_row else column)) or 1.0
            placed.append(
                {"line": f"{line:03d}", "label": label, "note": note, "head": panels.heads[at]}
                | {"said": cell.said, "tone": cell.tone, "start": float(at)}
                | _placed(at, cell, most)
            )
    return {"rows": pa.Table.from_pylist(placed, PLACED)}


def _placed(at: int, cell: Cell, most: float) -> dict[str, float | None]:
    values = {"bar": cell.bar, "low": cell.low, "high": cell.high, "mark": cell.mark}
    ends: dict[str, float | None] = {
        name: None if value is None else at + ROOM * max(value, 0.0) / most
        for name, value in values.items()
    }
    return ends | {"mark_end": None if ends["mark"] is None else ends["mark"] + MARK}
