"""The rules of an XmR chart, one function each: limits, outside, shift, trend, two in three.

Exactly those of NHS England's "Making data count" as the R package NHSRplotthedots 0.2.2
has them (MIT, commit 050b07d7). Points are numbered from 0; a missing point (NaN) ends a
moving range and every run, and is itself never unusual.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import ArrayLike

TO_LIMIT = 2.66  # 3 / 1.128: mean moving range to three sigma (Wheeler & Chambers)
TO_NEAR_LIMIT = 2 * TO_LIMIT / 3
SCREEN = 3.267  # a moving range beyond this many mean moving ranges is screened out
RUN = 7  # points on one side of the mean, or moving one way
ROUNDING = 1e-12  # relative: what a mean of equal numbers may be off by


@dataclass(frozen=True)
class Limits:
    """Mean, process limits (three sigma) and near limits (two sigma), in the values' unit."""

    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float


def limits(values: ArrayLike, screen_outliers: bool = True) -> Limits | None:
    """Mean ± 2.66 mean moving ranges; None with fewer than three points or no moving range.

    Moving ranges beyond 3.267 times their mean are left out, once; but all are kept where only
    zeros would be left, as limits without width round a mean that no point need have would mark
    every point (.docs/methods/limits.md). Where all points are equal the limits fall on the mean.
    """
    series = np.asarray(values, dtype=float)
    known = series[~np.isnan(series)]
    ranges = moving_ranges(series)
    ranges = ranges[~np.isnan(ranges)]
    if len(known) < 3 or not len(ranges):
        return None
    mean, average = fsum(known) / len(known), float(ranges.mean())
    if screen_outliers and average > 0:
        screened = float(ranges[ranges < SCREEN * average].mean())
        average = screened if screened > 0 else average
    far, near = TO_LIMIT * average, TO_NEAR_LIMIT * average
    return Limits(mean, mean - far, mean + far, mean - near, mean + near)


def is_degenerate(values: ArrayLike) -> bool:
    """Whether most moving ranges are 0: they say little of how far points usually lie apart.

    A mean then lies beside the usual value, and a shift rule would mark every usual point; the
    chart of such a series is about its median (.docs/methods/limits.md).
    """
    ranges = moving_ranges(values)
    ranges = ranges[~np.isnan(ranges)]
    return 2 * int((ranges == 0).sum()) > len(ranges)


def moving_ranges(values: ArrayLike) -> np.ndarray:
    """|value − value before|, NaN at the first point and on both sides of a missing one."""
    series = np.asarray(values, dtype=float)
    return np.abs(np.diff(series, prepend=np.nan))


def side_of(values: ArrayLike, line: float) -> np.ndarray:
    """1 above the line, −1 below it, 0 on it or missing. Rounding counts as on the line."""
    apart = np.asarray(values, dtype=float) - line
    return np.where(np.abs(apart) > ROUNDING * abs(line), np.sign(apart), 0).astype(int)


def beyond(values: ArrayLike, lower: float, upper: float) -> np.ndarray:
    """1 above the upper limit, −1 below the lower, else 0; a point on a limit is inside."""
    above, below = side_of(values, upper) > 0, side_of(values, lower) < 0
    return above.astype(int) - below.astype(int)


def run_ends(marks: ArrayLike, length: int) -> np.ndarray:
    """The mark where it is the same, and not 0, at this point and the `length` − 1 before."""
    total = _sum_of_last(np.asarray(marks, dtype=int), length)
    return np.where(np.abs(total) == length, np.sign(total), 0)


def shift(side: ArrayLike) -> np.ndarray:
    """Side (1, −1) of every point in a run of seven or more on one side of the mean, else 0."""
    return _spread(run_ends(side, RUN), RUN)


def trend_ends(values: ArrayLike) -> np.ndarray:
    """1 where a seventh point in a row has risen, −1 fallen: six strict steps; a tie breaks."""
    series = np.asarray(values, dtype=float)
    steps = np.sign(np.nan_to_num(np.diff(series, prepend=np.nan)))
    return run_ends(steps, RUN - 1)


def trend(values: ArrayLike) -> np.ndarray:
    """Direction of every point in a rise (1) or fall (−1) of seven points or more, else 0.

    A turning point that ends one and begins the other takes the step after it.
    """
    return _spread(trend_ends(values), RUN)


def two_in_three(near: ArrayLike, side: ArrayLike) -> np.ndarray:
    """Near points of any three in a row on one side of the mean of which two are near."""
    marks, sides = np.asarray(near, dtype=bool), np.asarray(side, dtype=int)
    full = (run_ends(sides, 3) != 0) & (_sum_of_last(marks.astype(int), 3) >= 2)
    return marks & (_spread(full.astype(int), 3) != 0)


def _sum_of_last(marks: np.ndarray, length: int) -> np.ndarray:
    """At each point the sum of it and the `length` − 1 before it."""
    total = np.concatenate([np.zeros(length, dtype=int), np.cumsum(marks)])
    return total[length:] - total[: len(marks)]


def _spread(ends: np.ndarray, length: int) -> np.ndarray:
    """Marks every point of each run, given its last; of two runs the later has the point."""
    marks = np.zeros(len(ends), dtype=int)
    for end in np.flatnonzero(ends):
        marks[end - length + 1 : end + 1] = ends[end]
    return marks
