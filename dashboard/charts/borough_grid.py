"""Measures by boroughs as one picture for paper: the grid that stands on the screen.

The screen draws it as a table with links. As rows, one a measure and borough, it would be dozens of
pages; as a picture it is one.
"""

from __future__ import annotations

from typing import Any, TypedDict

import altair as alt
import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.charts import axes, theme
from dashboard.charts.axes import cached
from dashboard.words.status import STANDING

WIDE, TALL = 44, 17  # pixels of a cell
LONGEST_NAME = 210  # pixels of a measure's name
PAINT = {"998": "#F9B48F", "95": "#FCDCCB", "": theme.BAND}  # beyond the outer, the inner; within
UNJUDGED = theme.PAGE


class Cell(TypedDict):
    """A row of the matrix, as far as the picture says it."""

    owner: str
    name: str
    short: str
    borough_name: str
    kind: str
    status: str
    figure: str


class Drawn(TypedDict):
    """A cell of the picture."""

    line: str
    short: str
    paint: str
    said: str


@cached
def spec(lines: int, places: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec; data set `rows` stands beside it.

    lines, places  how many measures stand down and boroughs across
    """
    cells = axes.Chart(alt.NamedData("rows")).encode(
        x=alt.X(
            "short:N", sort=None, title=None, axis=alt.Axis(orient="top", labelAngle=0, ticks=False)
        ),
        y=alt.Y(
            "line:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelLimit=LONGEST_NAME, ticks=False, domain=False),
        ),
    )
    grounds = cells.mark_rect(stroke=theme.PAGE, strokeWidth=1).encode(
        color=alt.Color("paint:N", scale=None, legend=None)
    )
    words = cells.mark_text(fontSize=9, color=theme.INK).encode(text="said:N")
    return axes.layered([grounds, words], width=places * WIDE, height=max(lines, 1) * TALL)


def data(disclosed: Disclosed) -> dict[str, pa.Table]:
    """The data set of `spec`: the boroughs by name, each measure under the unit that owns it."""
    held = [row for row in rows.typed(Cell, disclosed.rows) if row["kind"] == "borough"]
    return {"rows": rows.table(Drawn, [_drawn(row) for row in held])}


def size(drawn: dict[str, pa.Table]) -> tuple[int, int]:
    """How many measures and boroughs the data set has."""
    table = drawn["rows"]
    return len(table.column("line").unique()), len(table.column("short").unique())


def _drawn(row: Cell) -> Drawn:
    status = row["status"]
    far = status.rpartition("_")[2]
    shape = STANDING[status].shape if far in ("998", "95") else ""
    return {
        "line": f"{row['owner']} · {row['name']}",
        "short": row["short"],
        "paint": PAINT.get(far, PAINT[""]) if status else UNJUDGED,
        "said": f"{shape}{row['figure']}",
    }
