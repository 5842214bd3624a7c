"""What stands beside a chart of periods: the year so far, and a row a period, newest first."""

from __future__ import annotations

from typing import Any

from dashboard import rows
from dashboard.reports import Disclosed, Request
from dashboard.reports.measure import identity, year_words
from dashboard.reports.measure.chart_rows import Charted
from dashboard.reports.measure.tracks import MeasureSeries, total
from dashboard.ui.kit.markup import Column, Html, figure, join
from dashboard.ui.kit.section import Grid
from dashboard.words.figures import FIGURE_OF

PERIODS = (
    Column("Period"),
    Column("Figure", "right"),
    Column("Usual", "right"),
    Column("Limits", "right"),
    Column("Target", "right"),
    Column("Why marked"),
)


class Explained(Charted, total=False):
    """A point of a chart with what is said of it, where anything is."""

    explanation: str


def grid(chart: Disclosed, *, folded: bool = True) -> Grid:
    """The periods of a chart as a section's table."""
    return Grid(PERIODS, cells(rows.typed(Explained, chart.rows)), folded=folded)


def year_to_date(request: Request, track: MeasureSeries) -> Html:
    """The figure of the year so far with what it is beside; nothing where there is none."""
    words, rest = year_words.year_so_far(track)
    year = total(track.measure, track.year)
    if year is None:
        return Html("")
    row = {
        FIGURE_OF: identity.of_points(request, track, track.year),
        "value": year.value(track.measure.is_rate),
    }
    return join([figure(words, row), rest])


def cells(points: list[Explained]) -> list[list[Any]]:
    """The rows under an SPC chart, newest first."""
    return [
        [
            row["period"],
            figure(row["said"], row),
            figure(row["mean_said"] or "", row, "mean"),
            f"{row['lower_said']} to {row['upper_said']}" if row["upper_said"] else "",
            figure(row["target_said"] or "", row, "target"),
            ". ".join(filter(None, (row["rule"], row.get("explanation")))),
        ]
        for row in reversed(points)
    ]
