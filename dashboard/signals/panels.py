"""The series of the alert list over all windows of a snapshot: one row a series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
import pyarrow as pa

from dashboard.periods import calendar
from dashboard.signals.windows import KEYS, Days, Series, frame_of


@dataclass(frozen=True)
class Panel:
    """Series × windows: counts, NaN where not covered as a whole; and the windows' first days."""

    series: tuple[Series, ...]
    starts: tuple[date, ...]
    counts: np.ndarray


def panel(rows: pa.Table, known: Days) -> Panel:
    """The series with their whole windows only.

    rows   KEYS, period_start and numerator, one row a series and window
    known  as windows.days_known gives it
    """
    covered = pl.DataFrame(
        [(name, since, until) for name, (since, until) in known.items()],
        schema={"measure": pl.String, "covered": pl.Date, "ends": pl.Date},
        orient="row",
    )
    frame = (
        frame_of(rows)
        .join(covered, on="measure")
        .filter(
            pl.col("period_start") >= pl.col("covered"),
            pl.col("period_start") + calendar().window <= pl.col("ends"),
        )
    )
    return of_frame(frame, "numerator")


def of_frame(frame: pl.DataFrame, count: str) -> Panel:
    """The panel of rows KEYS, period_start and a count."""
    if frame.is_empty():
        return Panel((), (), np.empty((0, 0)))
    keys = frame.select(KEYS).unique().sort(KEYS, nulls_last=True).with_row_index("row")
    days, step = frame["period_start"].to_list(), calendar().window
    first, last = min(days), max(days)
    starts = tuple(first + step * at for at in range((last - first) // step + 1))
    placed = frame.join(keys, on=KEYS, nulls_equal=True)
    column = (placed["period_start"] - first).dt.total_days().to_numpy() // step.days
    counts = np.full((keys.height, len(starts)), np.nan)
    counts[placed["row"].to_numpy(), column] = placed[count].to_numpy()
    return Panel(tuple(Series(*key) for key in keys.select(KEYS).iter_rows()), starts, counts)
