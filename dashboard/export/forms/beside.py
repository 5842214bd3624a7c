"""What is drawn at the end of a table's row: its bar, its past as a small line; as SVG or PNG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, repeat
from typing import NamedTuple

import pyarrow as pa
import vl_convert

from dashboard.charts import bullets, spark
from dashboard.reports.tasking.bar_rows import Bar

PAST, BARS = "Past", "So far, year’s end, target"
SIZE = 74, 18  # pixels
SCALE = 4.0  # of a PNG, which is printed and shown large


class Picture(NamedTuple):
    """The drawing, '' where the row has no figure, and what it shows in words."""

    svg: str
    words: str


@dataclass(frozen=True)
class DrawnColumn:
    """A column of a table that is drawn, a picture a row."""

    heading: str
    cells: tuple[Picture, ...]

    def part(self, start: int, end: int) -> DrawnColumn:
        """The column of rows `start` to before `end`."""
        return replace(self, cells=self.cells[start:end])


def columns(
    rows: pa.Table, past: str, bars: Sequence[Bar | None], size: tuple[int, int] = SIZE
) -> tuple[DrawnColumn, ...]:
    """What is drawn of the rows: their bars, then their past; none of what they have not.

    past  the column of figures in time order, '' where there are none; a row's `name` says whose
    bars  of the first rows in their order, None where a row has none
    size  of a line in pixels; a bar takes the room that its cell has
    """
    held = islice(chain(bars, repeat(None)), rows.num_rows)
    drawn = []
    if any(bars):
        drawn.append(DrawnColumn(BARS, tuple(_bar(each) for each in held)))
    if past:
        pairs = zip(rows["name"].to_pylist(), rows[past].to_pylist(), strict=True)
        drawn.append(DrawnColumn(PAST, tuple(_line(name, line, size) for name, line in pairs)))
    return tuple(drawn)


def _bar(bar: Bar | None) -> Picture:
    if bar is None:
        return Picture("", "")
    words = f"{bar['label']}: {bar['figure']}, {bar['said']}"
    return Picture(bullets.svg(bar, words), words)


def _line(name: str, values: Sequence[float | None] | None, size: tuple[int, int]) -> Picture:
    wide, tall = size
    drawing = spark.svg(values or [], label=name, width=wide, height=tall)
    return Picture(drawing, f"{name}, the last {len(values or [])} periods")


def png(picture: Picture) -> bytes:
    """The drawing with a clear ground."""
    return vl_convert.svg_to_png(picture.svg, scale=SCALE)
