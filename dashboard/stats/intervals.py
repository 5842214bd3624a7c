"""Intervals for shares, counts and rates; each is checked against published figures.

Counts under 10 take exact limits, others Byar's, as the Public Health England methods do.
"""

from __future__ import annotations

from math import sqrt

import scipy  # its parts when first asked: they take long

from dashboard.errors import StatisticsError

EXACT_BELOW = 10  # events; from here Byar's approximation is as good as exact


def z_of(level: float) -> float:
    """Standard normal quantile that leaves (1 − level)/2 above it: 1.96 for 0.95."""
    if not 0 < level < 1:
        raise StatisticsError(f"a confidence level lies between 0 and 1; got: {level}")
    return float(scipy.stats.norm.ppf((1 + level) / 2))


def wilson(numerator: float, denominator: float, level: float = 0.95) -> tuple[float, float]:
    """Low and high limit of a share, from 0 to 1.

    source  Wilson 1927: (2x + z² ± z √(z² + 4x(1 − x/n))) / (2(n + z²)).

    >>> [round(limit, 2) for limit in wilson(12, 49)]
    [0.15, 0.38]
    """
    if denominator <= 0 or not 0 <= numerator <= denominator:
        raise StatisticsError(
            f"a share is 0 or more of a denominator above 0; got: {numerator}/{denominator}"
        )
    z, x, n = z_of(level), numerator, denominator
    apart = z * sqrt(z * z + 4 * x * (1 - x / n))
    low = (2 * x + z * z - apart) / (2 * (n + z * z))
    high = (2 * x + z * z + apart) / (2 * (n + z * z))
    # Of all cases the formula gives 1, and rounding a hair less or more.
    return low, 1.0 if x == n else high


def byar(count: float, level: float = 0.95) -> tuple[float, float]:
    """Low and high limit of a Poisson mean, close to exact from about 10 events on.

    source  Breslow & Day 1987: x(1 − 1/9x − z/3√x)³ and the same of x + 1 with + z.
    """
    _counted(count)
    z, above = z_of(level), count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3 if count else 0.0
    return max(0.0, low), above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3


def exact(count: float, level: float = 0.95) -> tuple[float, float]:
    """Low and high limit of a Poisson mean by the chi-square distribution (Garwood 1936)."""
    _counted(count)
    edge = (1 - level) / 2
    low = scipy.stats.chi2.ppf(edge, 2 * count) / 2 if count else 0.0
    return float(low), float(scipy.stats.chi2.ppf(1 - edge, 2 * count + 2) / 2)


def poisson(count: float, level: float = 0.95) -> tuple[float, float]:
    """Low and high limit of a count's mean: exact under 10 events, Byar's from 10 on."""
    return exact(count, level) if count < EXACT_BELOW else byar(count, level)


def rate(
    count: float, population: float, per: float = 100_000, level: float = 0.95
) -> tuple[float, float, float]:
    """Events per so many, with low and high limit; events may outnumber the population."""
    if population <= 0:
        raise StatisticsError(f"a rate needs a population above 0; got: {population}")
    low, high = poisson(count, level)
    return count / population * per, low / population * per, high / population * per


def _counted(count: float) -> None:
    if not count >= 0:
        raise StatisticsError(f"a count is 0 or more; got: {count}")
