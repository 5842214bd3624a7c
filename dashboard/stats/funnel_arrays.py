"""Exact funnel limits of many units at once: those of dashboard.stats.funnel, as arrays.

A matrix of measures by boroughs needs a thousand of them; one call each would take a second.

source  as dashboard.stats.funnel; a test holds the two equal, but for a share's upper limit
        where its quantile is all of the cases: interpolation would put it below 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import binom, poisson

from dashboard.errors import StatisticsError
from dashboard.stats.funnel import INNER, OUTER

EDGES = ((1 - INNER) / 2, (1 + INNER) / 2, (1 - OUTER) / 2, (1 + OUTER) / 2)


def count_limits(expected: ArrayLike) -> np.ndarray:
    """Limits on counts given what is expected: a row a unit, low and high 95 %, then 99.8 %.

    raises  StatisticsError where an expected count is not above 0
    """
    sizes = np.asarray(expected, dtype=float)
    if not (sizes > 0).all():
        raise StatisticsError(f"an expected count is above 0; got: {sizes.min()}")
    return _limits(poisson, (sizes[:, None],))


def share_limits(denominators: ArrayLike, overall: float) -> np.ndarray:
    """Limits on shares of so many cases, given the share of the whole (0 to 1)."""
    sizes = np.asarray(denominators, dtype=float)
    if not (sizes >= 1).all() or not 0 <= overall <= 1:
        raise StatisticsError(
            f"a share of 0 to 1 and a case or more are needed; got: {overall}, {sizes.min()}"
        )
    if overall in (0, 1):
        return np.full((len(sizes), len(EDGES)), float(overall))
    cases = np.round(sizes)[:, None]
    found = np.minimum(_limits(binom, (cases, overall)) / sizes[:, None], 1.0)
    # Where even all of its cases are no surprise, nothing lies above: 1 of 1 when 9 in 10 are.
    return np.where(binom.ppf(EDGES, cases, overall) >= cases, 1.0, found)


def _limits(spread: Any, parameters: tuple[Any, ...]) -> np.ndarray:
    p = np.array(EDGES)[None, :]
    quantile = spread.ppf(p, *parameters)
    apart = (spread.cdf(quantile, *parameters) - p) / spread.pmf(quantile, *parameters)
    return np.maximum(quantile - apart, 0.0)
