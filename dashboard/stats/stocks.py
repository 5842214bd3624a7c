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
from numpy.typing import ArrayLike

from dashboard.stats import xmr_rules

TO_LIMIT_OF_MEDIAN = 3.145  # of a median moving range, as 2.66 is of a mean one
LEAST_RANGE = 1.0  # a moving range of things that are counted whole
CHANGE, DRIFT, COMMON = "change", "drift", "common"


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
