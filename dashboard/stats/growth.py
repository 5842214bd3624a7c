"""How much a figure that is known early still grows: latest over then-known, with an interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import scipy  # its parts when first asked: they take long

from dashboard.errors import StatisticsError

FEWEST = 3  # pairs from which their spread says anything; with fewer there is no interval


@dataclass(frozen=True)
class Growth:
    """What periods came to, over what was known of them at an early age.

    pairs      periods that the factor stands on
    known      sum of what was known then
    latest     sum of what is known of the same periods now
    factor     latest ÷ known; None where nothing was known
    low, high  interval of the factor; None with fewer than FEWEST pairs
    """

    pairs: int
    known: float
    latest: float
    factor: float | None
    low: float | None
    high: float | None


def growth(pairs: Sequence[tuple[float, float]], level: float = 0.95) -> Growth:
    """The provisional factor from pairs (known then, known now), one a period.

    A ratio of sums, so that large periods weigh more; its interval by the spread of the
    pairs about it, with Student's t of pairs − 1. Figures may also shrink: no-crimes.

    raises  StatisticsError for a negative figure or a level outside 0 to 1
    source  Cochran, Sampling Techniques (1977), 6.4: v = n/(n − 1) · Σ(y − Rx)² / (Σx)²

    >>> round(growth([(794, 846)]).factor - 1, 3)
    0.065
    """
    if not 0 < level < 1:
        raise StatisticsError(f"a confidence level lies between 0 and 1; got: {level}")
    for pair in pairs:
        if min(pair) < 0:
            raise StatisticsError(f"a figure that grows is 0 or more; got: {min(pair)}")
    known, latest, n = sum(x for x, _ in pairs), sum(y for _, y in pairs), len(pairs)
    if not known:
        return Growth(n, known, latest, None, None, None)
    factor = latest / known
    if n < FEWEST:
        return Growth(n, known, latest, factor, None, None)
    spread = sum((y - factor * x) ** 2 for x, y in pairs)
    apart = float(scipy.stats.t.ppf((1 + level) / 2, n - 1)) * sqrt(n / (n - 1) * spread) / known
    return Growth(n, known, latest, factor, max(0.0, factor - apart), factor + apart)
