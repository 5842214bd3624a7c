"""Do events close in place lie closer in time than chance would put them? Knox's test.

source  Knox 1964, "The detection of space-time interactions", Applied Statistics 13: count the
        pairs that are near in both place and time; shuffle the days among the events to learn
        how many such pairs these days and these places give when they have nothing to do with
        each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError

SHUFFLES = 999
LEVEL = 0.95


@dataclass(frozen=True)
class Knox:
    """Pairs near in place and time as found, and as shuffled days give them.

    expected, low, high  mean and middle 95 % of the shuffles
    p                    chance of as many or more: (1 + shuffles with as many) / (1 + shuffles)
    """

    events: int
    pairs: int
    expected: float
    low: float
    high: float
    p: float


def knox(
    days: ArrayLike, near: ArrayLike, within: int, seed: int, shuffles: int = SHUFFLES
) -> Knox | None:
    """The test of one set of events; None with fewer than two of them near in place.

    days    day number of each event
    near    events × events: whether two lie in the same place or in places that touch
    within  most days apart of a pair that is near in time
    seed    of the shuffles: the same events give the same answer
    raises  StatisticsError for shapes that differ or a distance under 0
    """
    when, beside = np.asarray(days, dtype=np.int64), np.asarray(near, dtype=bool)
    if when.ndim != 1 or beside.shape != (len(when), len(when)) or within < 0:
        raise StatisticsError(
            "each event needs a day and a row of neighbours, within 0 days or more"
        )
    first, second = np.nonzero(np.triu(beside, 1))
    if not len(first):
        return None
    found = _pairs(when, first, second, within)
    draw = np.random.default_rng(seed)
    chance = np.array(
        [_pairs(draw.permutation(when), first, second, within) for _ in range(shuffles)]
    )
    low, high = np.quantile(chance, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    p = (1 + int((chance >= found).sum())) / (1 + shuffles)
    return Knox(len(when), found, float(chance.mean()), float(low), float(high), p)


def _pairs(days: np.ndarray, first: np.ndarray, second: np.ndarray, within: int) -> int:
    return int((np.abs(days[first] - days[second]) <= within).sum())
