"""The series of the alert list over all fortnights of a snapshot: one row a series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from dashboard.periods import calendar
from dashboard.reports.alerts.baselines import Series
from dashboard.reports.request import Request

KEYS = ("measure", "family", "unit_code", "borough")


@dataclass(frozen=True)
class Panel:
    """Series × fortnights: counts, NaN where not covered as a whole; and the fortnights' days."""

    series: tuple[Series, ...]
    starts: tuple[date, ...]
    counts: np.ndarray


def panel_of(request: Request, query: str) -> Panel:
    """The series of the alert list that a query of the snapshot gives, whole fortnights only."""
    spans = [
        row
        for row in request.coverage_rows
        if row["grain"] in ("day", "week") and request.measures[row["measure"]].alert
    ]
    covered = pl.DataFrame(
        [(row["measure"], row["since"], row["until"]) for row in spans],
        schema={"measure": pl.String, "covered": pl.Date, "ends": pl.Date},
        orient="row",
    )
    covered = covered.group_by("measure").agg(pl.col("covered").min(), pl.col("ends").max())
    frame = (
        pl.DataFrame(request.run(query))
        .with_columns(pl.col("borough").cast(pl.String))
        .join(covered, on="measure")
        .filter(
            pl.col("period_start") >= pl.col("covered"),
            pl.col("period_start") + calendar().window <= pl.col("ends"),
        )
    )
    if frame.is_empty():
        return Panel((), (), np.empty((0, 0)))
    keys = frame.select(KEYS).unique().sort(KEYS, nulls_last=True).with_row_index("row")
    days = frame["period_start"].to_list()
    first, last = min(days), max(days)
    starts = tuple(
        first + calendar().window * step for step in range((last - first) // calendar().window + 1)
    )
    placed = frame.join(keys, on=KEYS, nulls_equal=True)
    column = (placed["period_start"] - first).dt.total_days().to_numpy() // calendar().window.days
    counts = np.full((keys.height, len(starts)), np.nan)
    counts[placed["row"].to_numpy(), column] = placed["numerator"].to_numpy()
    return Panel(tuple(Series(*key) for key in keys.select(KEYS).iter_rows()), starts, counts)
