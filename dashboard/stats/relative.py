"""One share over another, with an interval: as often for one group as for another?"""

from __future__ import annotations

from math import exp, log, sqrt

from dashboard.errors import StatisticsError
from dashboard.stats.intervals import z_of


def relative(
    numerator: int,
    denominator: int,
    base_numerator: int,
    base_denominator: int,
    level: float = 0.95,
) -> tuple[float, float, float] | None:
    """Share ÷ share of the base, with low and high limit; None where either numerator is 0.

    raises  StatisticsError for a share outside 0 to 1
    source  Katz et al. 1978: on the logarithm, variance 1/a − 1/n + 1/b − 1/m

    >>> [round(part, 3) for part in relative(15, 95, 114, 735)]
    [1.018, 0.621, 1.669]
    """
    for x, n in ((numerator, denominator), (base_numerator, base_denominator)):
        if n <= 0 or not 0 <= x <= n:
            raise StatisticsError(f"a share is 0 or more of a denominator above 0; got: {x}/{n}")
    if not numerator or not base_numerator:
        return None
    ratio = (numerator / denominator) / (base_numerator / base_denominator)
    spread = 1 / numerator - 1 / denominator + 1 / base_numerator - 1 / base_denominator
    apart = z_of(level) * sqrt(spread)
    return ratio, exp(log(ratio) - apart), exp(log(ratio) + apart)
