"""The table under a chart of periods: a row a period, newest first. Pure."""

from __future__ import annotations

from typing import Any

from dashboard.reports import Disclosed
from dashboard.ui.kit.markup import Column
from dashboard.ui.kit.section import Grid

PERIODS = (
    Column("Period"),
    Column("Figure", "right"),
    Column("Usual", "right"),
    Column("Limits", "right"),
    Column("Target", "right"),
    Column("Why marked"),
)


def grid(found: Disclosed, *, folded: bool = True) -> Grid:
    """The periods of a chart as a section's table."""
    return Grid(PERIODS, cells(found.rows.to_pylist()), folded=folded)


def cells(rows: list[dict[str, Any]]) -> list[list[Any]]:
    """The rows under an SPC chart, newest first."""
    return [
        [
            row["period"],
            row["said"],
            row["mean_said"] or "",
            f"{row['lower_said']} to {row['upper_said']}" if row["upper_said"] else "",
            row["target_said"] or "",
            row["rule"],
        ]
        for row in reversed(rows)
    ]
