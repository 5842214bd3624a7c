"""The tiles of areas as small drawings, and where each stands on their grid.

The page lays them out as real links in a grid of HTML, so that each can be reached by keyboard
and is read out; here are the places and the lines.
All lines share one scale from 0, so that heights compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from types import MappingProxyType
from typing import TypedDict

from dashboard.access import Disclosed
from dashboard.charts import theme
from dashboard.charts.tiles import COLUMNS, LINES, REST_PLACES
from dashboard.rows import typed
from dashboard.words.figures import parsed_figure

WIDTH, HEIGHT, PAD = 66, 20, 2.5
PAINT = (
    ".l{{fill:none;stroke:{line};stroke-width:1.3}}.d{{fill:{line}}}.o{{fill:{focus}}}"
    ".m{{fill:{ink}}}"
)
FAR = ("above_998", "below_998")


def _paint(swap: dict[str, str]) -> str:
    colours = {"line": theme.LINE, "focus": theme.FOCUS, "ink": theme.INK}
    return PAINT.format(**{name: swap.get(value, value) for name, value in colours.items()})


STYLE = f"{_paint({})}@media(prefers-color-scheme:dark){{{_paint(theme.DARK)}}}"


class Drawn(TypedDict):
    """What is drawn of a row of the report; see reports.boroughs.london.Tile."""

    code: str
    kind: str
    grid_x: int | None
    grid_y: int | None
    status: str
    values: list[float | None]
    figure_of: str | None


@dataclass(frozen=True)
class Tile:
    """One area: its row of the report, its place (from 1) and its line as an SVG; '' without.

    acted  days within its line on which a decision was made that acts in it
    """

    row: Drawn
    column: int
    line: int
    drawing: str
    acted: tuple[date, ...] = ()

    @property
    def beside(self) -> bool:
        """Whether it stands beside the map, as it is no borough."""
        return self.row["grid_x"] is None


def tiles(
    disclosed: Disclosed, acted: Mapping[str, Sequence[date]] = MappingProxyType({})
) -> list[Tile]:
    """The tiles of dashboard.reports.boroughs.london.tiles, in the order of its rows.

    acted   by the code of an area the days on which it was decided to act in it
    raises  ValueError where more areas stand beside the map than it has free cells
    """
    rows = typed(Drawn, disclosed.rows)
    # What is beside the map may be far larger than any borough: it sets no scale.
    inside = [row for row in rows if row["kind"] == "borough"]
    shown = [v for row in inside for v in row["values"] if v is not None and isfinite(v)]
    largest, free = max(shown, default=0.0) or 1.0, list(REST_PLACES)
    drawn = []
    for row in rows:
        if row["grid_x"] is None or row["grid_y"] is None:
            if not free:
                raise ValueError("more areas stand beside the map than it has free cells")
            x, y = free.pop(0)
        else:
            x, y = row["grid_x"], row["grid_y"]
        if not (0 <= x < COLUMNS and 0 <= y < LINES):
            raise ValueError(f"the map is {COLUMNS} by {LINES} cells; got: {x}, {y}")
        marked = _within(row, acted.get(row["code"], ()))
        drawing = svg(
            row["values"], largest, stands_out=row["status"] in FAR, marks=list(marked.values())
        )
        drawn.append(Tile(row, x + 1, y + 1, drawing, tuple(marked)))
    return drawn


def _within(row: Drawn, days: Sequence[date]) -> dict[date, int]:
    """The days that lie in the line's months, and the place of each month in it."""
    if not row["figure_of"]:
        return {}
    until, months = parsed_figure(row["figure_of"]).until, len(row["values"])
    back = {day: (until.year - day.year) * 12 + until.month - day.month for day in days}
    return {day: months - gone for day, gone in back.items() if 1 <= gone <= months}


def svg(
    values: Sequence[float | None],
    largest: float,
    *,
    stands_out: bool = False,
    marks: Sequence[int] = (),
) -> str:
    """A line from 0 to `largest`; a missing value breaks it; '' where there is none at all.

    marks  places of the line above which a small triangle stands
    """
    runs = _runs([None if v is None or not isfinite(v) else v for v in values])
    if not runs:
        return ""
    across, up = (WIDTH - 2 * PAD) / max(len(values) - 1, 1), HEIGHT - 2 * PAD

    def at(place: int, value: float) -> str:
        height = min(value / largest, 1.0)
        return f"{PAD + place * across:.1f},{HEIGHT - PAD - up * height:.1f}"

    lines = "".join(
        f'<polyline class="l" points="{" ".join(at(i, v) for i, v in run)}"/>' for run in runs
    )
    place, value = runs[-1][-1]
    dot = ""
    if place == len(values) - 1:
        x, y = at(place, value).split(",")
        dot = f'<circle class="{"o" if stands_out else "d"}" cx="{x}" cy="{y}" r="2.3"/>'
    lines += "".join(
        f'<path class="m" d="M{PAD + place * across - 2.5:.1f},0h5l-2.5,4z"/>' for place in marks
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}"><style>{STYLE}</style>{lines}{dot}</svg>'
    )


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((place, value))
    return [run for run in runs if run]
