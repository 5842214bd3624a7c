"""A chart as Office draws it itself, so that it can be edited: categories and series of numbers.

It holds no figure of its own: `figures` reads them from a result's rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Literal

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.charts import theme
from dashboard.export.forms.stamping import clean

Role = Literal["main", "limit", "mean", "target", "before"]
COLOURS: dict[str, str] = {
    "main": theme.LINE,
    "limit": theme.FAINT,
    "mean": theme.QUIET,
    "target": theme.TARGET,
    "before": theme.FOCUS,
}
# Office number formats by unit, as the tables' too.
FORMATS = {
    "n": "#,##0",
    "decimal": "#,##0.0###",
    "percent": "0.0%",
    "hours": "#,##0.0",
    "date": "d mmm yyyy",
}
BUILT: dict[str, Literal["line", "bar", "dots"]] = {"line": "line", "bar": "bar", "point": "dots"}
MOST_BUILT = 500  # categories of a chart that an analyst puts together
MOST_WORDS = 13  # along an axis that goes right
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
class Native:
    """A chart of a result's rows.

    kind      line (time goes right), bar (one row below another, in the rows' order) or dots
              (a row beside another, its series as marks above each other)
    category  the column whose words stand along the axis
    unit      n, percent, gbp or hours: of the measure, for axis and table
    last_of   only rows that hold the greatest value of this column are drawn
    columns   of the table that goes with it on slides; all that say something where left out
    """

    kind: Literal["line", "bar", "dots"]
    category: str
    series: tuple[Series, ...]
    unit: str = "n"
    last_of: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """What a native chart draws: categories, and values for each series (None is a gap)."""

    categories: tuple[str, ...]
    values: tuple[tuple[Series, tuple[float | None, ...]], ...]

    @property
    def below_zero(self) -> bool:
        """Whether any figure is negative: bars then lie on both sides of 0."""
        return any(value is not None and value < 0 for _, row in self.values for value in row)


def spc(unit: str = "n") -> Native:
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
    )


def windows() -> Native:
    """For the rows of dashboard.charts.fortnights. What was expected is one point, which a line
    can't show: the title says it."""
    return Native("line", "period", (Series("n", "Count"),))


def mix() -> Native:
    """For the rows of dashboard.charts.bars: now, and a year before."""
    return Native("bar", "label", (Series("n", "Now"), Series("before", "A year before", "before")))


def funnel(unit: str = "n") -> Native:
    """For the rows of dashboard.charts.funnel: a share, or of counts seen over expected, and its
    limits."""
    return Native(
        "dots",
        "unit_name",
        (
            Series("value", "Figure"),
            Series("low_998", "Lower limit, 99.8 %", "limit"),
            Series("high_998", "Upper limit, 99.8 %", "limit"),
        ),
        unit if unit == "percent" else "decimal",
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
    whole = pa.types.is_integer(rows.schema.field(y).type)
    return Native(BUILT[kind], x, (Series(y, y),), "n" if whole else "decimal")


def figures(chart: Native, disclosed: Disclosed) -> Figures:
    """The numbers of the chart, from the result's rows; a series without any value is left out."""
    rows = disclosed.rows.to_pylist()
    if chart.last_of and rows:
        last = max(row[chart.last_of] for row in rows if row[chart.last_of] is not None)
        rows = [row for row in rows if row[chart.last_of] == last]
    values = [
        (series, tuple(_number(row[series.column]) for row in rows)) for series in chart.series
    ]
    return Figures(
        tuple(
            clean("" if row[chart.category] is None else str(row[chart.category])) for row in rows
        ),
        tuple(pair for pair in values if any(value is not None for value in pair[1])),
    )


def spacing(chart: Native, drawn: Figures) -> int:
    """Every how many categories one is written along the axis: all bars, at most a dozen dates."""
    return 1 if chart.kind == "bar" else -(-len(drawn.categories) // MOST_WORDS) or 1


def _number(value: float | None) -> float | None:
    return None if value is None or not isfinite(value) else value
