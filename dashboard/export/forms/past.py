"""A row's past beside it in a table: a small line of its figures, as SVG or PNG."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import vl_convert

from dashboard.charts import spark

HEADING = "Past"
SIZE = 74, 18  # pixels
SCALE = 4.0  # of a PNG, which is printed and shown large


class Line(NamedTuple):
    """The drawing, '' where the row has no figure, and what it shows in words."""

    svg: str
    words: str


def lines(rows: pa.Table, column: str, size: tuple[int, int] = SIZE) -> list[Line]:
    """The line of each row; none where the table has no such column.

    column  of figures in time order, '' where there are none; the row's `name` says whose
    size    of the drawing in pixels
    """
    if not column:
        return []
    wide, tall = size
    return [
        Line(
            spark.svg(row[column] or [], label=row["name"], width=wide, height=tall),
            f"{row['name']}, the last {len(row[column] or [])} periods",
        )
        for row in rows.select(["name", column]).to_pylist()
    ]


def png(line: Line) -> bytes:
    """The drawing as a picture with a clear ground."""
    return vl_convert.svg_to_png(line.svg, scale=SCALE)
