"""A stock against its own changes: what stands open at an end mostly stood open at the one before.

Limits round a mean suppose that one figure says nothing of the next. Of a stock they mark every
point, as it lies where the one before lay; its changes from end to end are what may be usual.

source  XmR limits of the changes (Wheeler & Chambers), about their median, so that a surge does
        not move what is usual; by the ranges' mean or, where wider, 3.145 times their median
        (Wheeler), never under one: things are counted whole (.docs/methods/limits.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy  # its parts when first asked: they take long
from numpy.typing import ArrayLike

from dashboard.stats import xmr_rules

TO_LIMIT_OF_MEDIAN = 3.145  # of a median moving range, as 2.66 is of a mean one
LEAST_RANGE = 1.0  # a moving range of things that are counted whole
CHANGE, DRIFT, COMMON = "change", "drift", "common"
BY_CHANCE = 0.01  # a year's course that chance brings less often is a climb or a fall


@dataclass(frozen=True)
class Stock:
    """One entry a point in each array, in time order; NaN or 'common' where no change is known.

    expected … upper  where the point was to lie, from the one before and the usual change
    rules   'change': it changed by more than the limits; 'drift': one of seven changes in a row on
            one side of the usual one; 'common'
    sides   1 where it changed by more than usual, −1 by less, else 0
    usual, least, most  the usual change of a period, and its limits
    """

    expected: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    rules: np.ndarray
    sides: np.ndarray
    usual: float
    least: float
    most: float


def stock(values: ArrayLike) -> Stock | None:
    """What stood at each end, in time order, NaN where missing; None with under three changes."""
    series = np.asarray(values, dtype=float)
    changes = np.diff(series, prepend=np.nan)
    known = changes[~np.isnan(changes)]
    if len(known) < 3:
        return None
    usual, apart = float(np.median(known)), _reach(changes)
    before = series - changes
    out = xmr_rules.beyond(changes, usual - apart, usual + apart)
    run = xmr_rules.shift(xmr_rules.side_of(changes, usual))
    return Stock(
        expected=before + usual,
        lower=before + usual - apart,
        upper=before + usual + apart,
        rules=np.select([out != 0, run != 0], [CHANGE, DRIFT], COMMON),
        sides=np.where(out != 0, out, run),
        usual=usual,
        least=usual - apart,
        most=usual + apart,
    )


@dataclass(frozen=True)
class Course:
    """A year of a stock: what stood at its two ends, and how often chance alone moves it so far.

    chance  two-sided, that the changes of the year add up to so much where none of them tends to
            be a rise or a fall
    """

    began: float
    ended: float
    chance: float

    @property
    def side(self) -> int:
        """1 where it has climbed, −1 where it has fallen by more than chance, else 0."""
        return int(np.sign(self.ended - self.began)) if self.chance < BY_CHANCE else 0


def course(values: ArrayLike, periods: int) -> Course | None:
    """The last `periods` changes together; None where either end or too many between are missing.

    source  the sum of the changes against its own spread, Student's t; where a change is like the
            one before (lag-one correlation r > 0) the spread is √((1 + r) / (1 − r)) as wide
            (Bayley & Hammersley 1946), as that many changes tell less than their number.
    """
    series = np.asarray(values, dtype=float)[-periods - 1 :]
    changes = np.diff(series)
    known = changes[~np.isnan(changes)]
    if len(series) <= periods or len(known) < 3 or np.isnan(series[[0, -1]]).any():
        return None
    moved, spread = float(series[-1] - series[0]), float(known.std(ddof=1))
    if spread == 0:
        return Course(float(series[0]), float(series[-1]), float(moved == 0))
    apart = known - known.mean()
    alike = max(float(apart[1:] @ apart[:-1] / (apart @ apart)), 0.0)
    spread *= np.sqrt(periods * (1 + alike) / (1 - alike))
    chance = 2 * float(scipy.stats.t.sf(abs(moved) / spread, len(known) - 1))
    return Course(float(series[0]), float(series[-1]), chance)


def _reach(changes: np.ndarray) -> float:
    """How far from the usual change a change may lie."""
    ranges = xmr_rules.moving_ranges(changes)
    ranges = ranges[~np.isnan(ranges)]
    if not len(ranges):
        return xmr_rules.TO_LIMIT * LEAST_RANGE
    average = float(ranges.mean())
    if not xmr_rules.is_degenerate(changes):
        average = float(ranges[ranges < xmr_rules.SCREEN * average].mean())
    return max(
        xmr_rules.TO_LIMIT * max(average, LEAST_RANGE),
        TO_LIMIT_OF_MEDIAN * float(np.median(ranges)),
    )
