"""Funnel limits: what a unit of a given size would show if it were like the whole.

Exact Poisson and binomial limits, interpolated, on the observed value given the expected
one. They are not the confidence interval of what was observed.

source  Spiegelhalter 2005, appendix A.1: r = quantile(p), a = (F(r) − p)/f(r), limit r − a.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import scipy  # its parts when first asked: they take long
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError
from dashboard.stats.intervals import exact, z_of
from dashboard.stats.intervals import poisson as interval_of

INNER, OUTER = 0.95, 0.998
EDGES = ((1 - INNER) / 2, (1 + INNER) / 2, (1 - OUTER) / 2, (1 + OUTER) / 2)


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
    (row,) = limits_of_counts([expected]).tolist()
    return Limits(*row)


def share_limits(denominator: float, overall: float) -> Limits:
    """Limits on a share of `denominator` cases, given the share of the whole (0 to 1)."""
    (row,) = limits_of_shares([denominator], overall).tolist()
    return Limits(*row)


def limits_of_counts(expected: ArrayLike) -> np.ndarray:
    """Limits on many counts at once: a row a unit, low and high 95 %, then 99.8 %.

    A matrix of measures by boroughs needs a thousand of them; one call each would take a second.
    raises  StatisticsError where an expected count is not above 0
    """
    sizes = np.asarray(expected, dtype=float)
    if not (sizes > 0).all():
        raise StatisticsError(f"an expected count is above 0; got: {sizes.min()}")
    return _limits(scipy.stats.poisson, (sizes[:, None],))


def limits_of_shares(denominators: ArrayLike, overall: float) -> np.ndarray:
    """Limits on the shares of so many cases, given the share of the whole (0 to 1).

    Where the quantile is all of the cases the upper limit is 1: interpolation would put it
    below, and 1 of 1 would be a surprise where 9 in 10 are found.
    raises  StatisticsError for a share outside 0 to 1, or less than a case
    """
    sizes = np.asarray(denominators, dtype=float)
    if not (sizes >= 1).all() or not 0 <= overall <= 1:
        raise StatisticsError(
            f"a share of 0 to 1 and a case or more are needed; got: {overall}, {sizes.min()}"
        )
    cases = np.round(sizes)[:, None]
    limits = _limits(scipy.stats.binom, (cases, overall)) / sizes[:, None]
    return np.where(scipy.stats.binom.ppf(EDGES, cases, overall) >= cases, 1.0, limits)


def _limits(spread: Any, parameters: tuple[Any, ...]) -> np.ndarray:
    p = np.array(EDGES)[None, :]
    quantile = spread.ppf(p, *parameters)
    apart = (spread.cdf(quantile, *parameters) - p) / spread.pmf(quantile, *parameters)
    return np.maximum(quantile - apart, 0.0)


def normal_share_limits(denominator: float, overall: float) -> Limits:
    """Limits on a share by P ± z √(P(1 − P)/n), as public health tools print them."""
    if denominator <= 0 or not 0 <= overall <= 1:
        raise StatisticsError(
            f"a share of 0 to 1 and a case or more are needed; got: {overall}, {denominator}"
        )
    apart = (overall * (1 - overall) / denominator) ** 0.5
    inner, outer = z_of(INNER) * apart, z_of(OUTER) * apart
    return Limits(
        max(0.0, overall - inner),
        min(1.0, overall + inner),
        max(0.0, overall - outer),
        min(1.0, overall + outer),
    )


def expected_at_limits(observed: float) -> Limits:
    """The expected counts for which `observed` would lie on each limit: its exact interval.

    A low limit belongs to a high expected count: `observed` is low if more was expected.
    """
    inner, outer = exact(observed, INNER), exact(observed, OUTER)
    return Limits(inner[1], inner[0], outer[1], outer[0])


def category(observed: float, expected: float) -> str:
    """'high_998', 'high_95', 'within', 'low_95' or 'low_998': where a count lies.

    source  as Public Health England's: whether the interval of the observed count holds the
            expected one, 99.8 % first; exact under 10 events, Byar's from 10 on.
    """
    for name, level in (("998", OUTER), ("95", INNER)):
        low, high = interval_of(observed, level)
        if expected > high:
            return f"low_{name}"
        if expected < low:
            return f"high_{name}"
    return "within"
