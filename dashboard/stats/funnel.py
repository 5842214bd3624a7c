"""Funnel limits: what a unit of a given size would show if it were like the whole.

Exact Poisson and binomial limits, interpolated, on the observed value given the expected
one. They are not the confidence interval of what was observed.

source  Spiegelhalter 2005, appendix A.1: r = quantile(p), a = (F(r) − p)/f(r), limit r − a.
"""

from __future__ import annotations

from typing import NamedTuple

from scipy.stats import binom, poisson

from dashboard.errors import StatisticsError

INNER, OUTER = 0.95, 0.998


class Limits(NamedTuple):
    """Limits that 95 % and 99.8 % of units like the whole lie within."""

    low_95: float
    high_95: float
    low_998: float
    high_998: float


def count_limits(expected: float) -> Limits:
    """Limits on a count, given what is expected of the unit.

    >>> [round(limit, 1) for limit in count_limits(20)]
    [11.2, 28.7, 7.2, 34.7]
    """
    if not expected > 0:
        raise StatisticsError(f"an expected count is above 0; got: {expected}")
    return _limits(poisson(expected), 1.0)


def share_limits(denominator: float, overall: float) -> Limits:
    """Limits on a share of `denominator` cases, given the share of the whole (0 to 1)."""
    if denominator < 1 or not 0 <= overall <= 1:
        raise StatisticsError(
            f"a share of 0 to 1 and a case or more are needed; got: {overall}, {denominator}"
        )
    if overall in (0, 1):
        return Limits(overall, overall, overall, overall)
    found = _limits(binom(round(denominator), overall), denominator)
    return Limits(*(min(limit, 1.0) for limit in found))


def _limits(spread, size: float) -> Limits:
    def limit(p: float) -> float:
        quantile = spread.ppf(p)
        apart = (spread.cdf(quantile) - p) / spread.pmf(quantile)
        return max(0.0, float(quantile - apart)) / size

    inner, outer = (1 - INNER) / 2, (1 - OUTER) / 2
    return Limits(limit(inner), limit(1 - inner), limit(outer), limit(1 - outer))
