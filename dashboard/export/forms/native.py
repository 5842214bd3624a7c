"""A chart as Office draws it itself, so that it can be edited: categories and series of numbers.

It holds no figure of its own: `figures` reads them from a result's rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from typing import Any, Literal

from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.charts import theme
from dashboard.export.forms.stamping import clean
from dashboard.words import dates

Row = dict[str, Any]
Role = Literal["main", "limit", "mean", "target", "before", "expected"]
COLOURS: dict[str, str] = {
    "main": theme.LINE,
    "limit": theme.FAINT,
    "mean": theme.QUIET,
    "target": theme.TARGET,
    "before": theme.FOCUS,
    "expected": theme.QUIET,
}
# Office number formats by unit, as the tables' too.
FORMATS = {
    "n": "#,##0",
    "decimal": "#,##0.0###",
    "percent": "0.0%",
    "hours": "#,##0.0",
    "date": "d mmm yyyy",
}
MOST_WORDS, MOST_DATES = 13, 9  # along an axis that goes right
MOST_SAID = 12  # points beside which words have room; of more only those that stand out have any
NO_BREAK = "\u00a0"  # Office would put the year of a date below its month
AXES = {"percent": "0%", "hours": "#,##0", "n": "#,##0"}


def formats() -> dict[str, str]:
    """Office's number format of each kind of cell."""
    return FORMATS | {"gbp": f"{_money_sign()}#,##0.00"}


def axis_format(unit: str) -> str:
    """Office's number format of an axis of a measure's unit."""
    return f"{_money_sign()}#,##0" if unit == "gbp" else AXES.get(unit, "General")


def _money_sign() -> str:
    """As a number format takes it: more than one letter in quotes."""
    sign = ours().currency
    return sign if len(sign) == 1 else f'"{sign}"'


@dataclass(frozen=True)
class Series:
    """One line or set of bars: its column, its words, and what it is to the reader."""

    column: str
    words: str
    role: Role = "main"


@dataclass(frozen=True)
class Look:
    """How one point is told from the rest: its shape, colour and size; hollow where it may still
    change."""

    shape: Literal["circle", "up", "down", "diamond"]
    colour: str
    hollow: bool = False
    size: int = 9


@dataclass(frozen=True)
class End:
    """Words at a line's end: of the series `column`, written at the height `place` (in its unit)
    so that none lies on another."""

    column: str
    words: str
    place: float


@dataclass(frozen=True)
class Native:
    """A chart of a result's rows.

    kind      line (time goes right), bar (one row below another, in the rows' order) or dots
              (a row beside another, its series as marks above each other)
    category  the column whose words stand along the axis
    unit      n, percent, gbp or hours: of the measure, for axis and table
    of        only rows that hold this value in this column are drawn
    last_of   only rows that hold the greatest value of this column are drawn
    columns   of the table that goes with it on slides; all that say something where left out
    dates     the column of the periods' first days, and their grain: they are written short
    band      the columns of its lower and upper edge, drawn as an area behind the lines
    broken    the column that names a break in the series
    piece     the column that says of which piece of a broken series a row is
    said      the column of the words beside the points of the first series
    at_zero   whether the axis of figures begins at 0, of the rows
    look      of a row's point in the first series; None where it is like the rest
    ends      the words at the lines' ends, of the rows; without them a legend says the series
    """

    kind: Literal["line", "bar", "dots"]
    category: str
    series: tuple[Series, ...]
    unit: str = "n"
    of: tuple[str, str] | None = None
    last_of: str | None = None
    columns: tuple[str, ...] = ()
    dates: tuple[str, str] | None = None
    band: tuple[str, str] | None = None
    broken: str = ""
    piece: str = ""
    said: str = ""
    at_zero: Callable[[Disclosed], bool] = lambda _: True
    look: Callable[[Row], Look | None] = lambda _: None
    ends: Callable[[Disclosed], tuple[End, ...]] = lambda _: ()


@dataclass(frozen=True)
class Figures:
    """What a native chart draws: categories, and values for each series (None is a gap).

    band    lower and upper edge of each category; () without one
    looks   of points of the first series, by their place
    breaks  their words, by their place
    begun   places at which a piece of a broken series begins
    said    words beside the points of the first series, by their place
    """

    categories: tuple[str, ...]
    values: tuple[tuple[Series, tuple[float | None, ...]], ...]
    band: tuple[tuple[float | None, float | None], ...] = ()
    looks: Mapping[int, Look] = field(default_factory=dict)
    breaks: Mapping[int, str] = field(default_factory=dict)
    begun: tuple[int, ...] = ()
    said: Mapping[int, str] = field(default_factory=dict)
    ends: tuple[End, ...] = ()
    at_zero: bool = True

    @property
    def span(self) -> tuple[float, float]:
        """The least and the greatest of all that is drawn, and 0 where the axis begins there."""
        edges = [value for pair in self.band for value in pair]
        held = [value for _, row in self.values for value in row] + edges
        drawn = [value for value in held if value is not None] or [0.0]
        return min([*drawn, 0.0] if self.at_zero else drawn), max(drawn)

    @property
    def below_zero(self) -> bool:
        """Whether any figure is negative: bars then lie on both sides of 0."""
        return any(value is not None and value < 0 for _, row in self.values for value in row)


def figures(chart: Native, disclosed: Disclosed) -> Figures:
    """The numbers of the chart, from the result's rows; a series without any value is left out."""
    rows = disclosed.rows.to_pylist()
    if chart.of:
        column, kind = chart.of
        rows = [row for row in rows if row[column] == kind]
    if chart.last_of and rows:
        last = max(row[chart.last_of] for row in rows if row[chart.last_of] is not None)
        rows = [row for row in rows if row[chart.last_of] == last]
    values = [
        (series, tuple(_number(row[series.column]) for row in rows)) for series in chart.series
    ]
    looks = {at: look for at, row in enumerate(rows) if (look := chart.look(row)) is not None}
    said = {at: clean(row[chart.said]) for at, row in enumerate(rows) if row.get(chart.said)}
    if len(said) > MOST_SAID:
        said = {at: words for at, words in said.items() if at in looks}
    return Figures(
        tuple(_category(chart, row) for row in rows),
        tuple(pair for pair in values if any(value is not None for value in pair[1])),
        _band(chart, rows),
        looks,
        {at: clean(row[chart.broken]) for at, row in enumerate(rows) if row.get(chart.broken)},
        _begun([row.get(chart.piece) for row in rows]),
        said,
        chart.ends(disclosed) if rows else (),
        chart.at_zero(disclosed),
    )


def _category(chart: Native, row: Row) -> str:
    if chart.dates:
        column, grain = chart.dates
        return dates.short(row[column], grain).replace(" ", NO_BREAK)
    return clean("" if row[chart.category] is None else str(row[chart.category]))


def _begun(pieces: list[Any]) -> tuple[int, ...]:
    return tuple(at for at in range(1, len(pieces)) if pieces[at] != pieces[at - 1])


def _band(chart: Native, rows: list[Row]) -> tuple[tuple[float | None, float | None], ...]:
    """Its edges; none where one lies below 0, from which bars can't be piled up."""
    if not chart.band:
        return ()
    low, high = chart.band
    edges = tuple((_number(row[low]), _number(row[high])) for row in rows)
    some = [edge for edge, _ in edges if edge is not None]
    return edges if some and min(some) >= 0 else ()


def spacing(chart: Native, drawn: Figures) -> int:
    """Every how many categories one is written along the axis: all bars, at most a dozen dates."""
    most = MOST_DATES if chart.dates else MOST_WORDS
    return 1 if chart.kind == "bar" else -(-len(drawn.categories) // most) or 1


def _number(value: float | Decimal | None) -> float | None:
    if value is None or not isfinite(value):
        return None
    return float(value) if isinstance(value, Decimal) else value
