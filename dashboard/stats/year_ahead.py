"""What a whole year to come will count, from the months before it.

A year holds each season once, so that months are taken as they are: on the published files a
seasonal level came no nearer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dashboard.stats.rate_year_end import levels, part_to_come

YEAR = 12


def year_ahead(months: ArrayLike, wait: ArrayLike = 0) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of the year's count of each series; the variance is more than the mean.

    months  series × months, latest last; NaN where missing
    wait    months from the last one to the year's first, one a series or for all
    raises  StatisticsError for negative counts
    source  a count is a part that belongs to no case, of one case a month (stats.rate_year_end),
            so that level, drift and dispersion are told in one way. Each series by its own errors.
    """
    counts = np.atleast_2d(np.asarray(months, dtype=float))
    cases = np.where(np.isnan(counts), np.nan, 1.0)
    rate_levels = levels(counts, cases, apart=True, together=np.arange(len(counts)))
    waits = np.broadcast_to(np.asarray(wait, dtype=int), len(counts))
    parts = [
        part_to_come(level, YEAR, YEAR, wait=int(apart))
        for level, apart in zip(rate_levels, waits, strict=True)
    ]
    mean, variance = np.reshape(parts, (len(counts), 2)).T
    return mean, variance
