"""One count against an earlier one: is 25 more than 16 would lead to expect?

Given their total, the count now is binomial with the share of time that is now; that is
exact however unequal the two periods are. The E-test is not here: with unequal periods it
fails (8 in 14 days after 10 in 365 gives p 0.51, exact 1e-7).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan, sqrt

import scipy  # its parts when first asked: they take long

from dashboard.errors import StatisticsError


@dataclass(frozen=True)
class Change:
    """What a count says against an earlier one.

    p_rise    chance of so many now, or more, were the rate the same
    p_mid     the same with half the chance of exactly so many: less strict, for lists
    p_either  chance of a split at least as unlikely, either way
    ratio     rate now over rate before; inf after none, NaN with no event at all
    low, high exact interval of the ratio; high is inf after none
    """

    p_rise: float
    p_mid: float
    p_either: float
    ratio: float
    low: float
    high: float


def change(
    now: int,
    before: int,
    now_exposure: float = 1.0,
    before_exposure: float = 1.0,
    level: float = 0.95,
) -> Change:
    """Exact comparison of two Poisson counts, given how long (or large) each base was.

    source  conditional binomial test, interval of Clopper & Pearson on the share turned
            into a ratio; as R's poisson.test.
    """
    _checked(now, before, now_exposure, before_exposure)
    total, share = now + before, now_exposure / (now_exposure + before_exposure)
    scale, edge = before_exposure / now_exposure, (1 - level) / 2
    p_rise = float(scipy.stats.binom.sf(now - 1, total, share))
    if total == 0:
        return Change(1.0, 0.5, 1.0, nan, 0.0, inf)
    low = scipy.stats.beta.ppf(edge, now, before + 1) if now else 0.0
    high = scipy.stats.beta.ppf(1 - edge, now + 1, before)
    return Change(
        p_rise=p_rise,
        p_mid=p_rise - float(scipy.stats.binom.pmf(now, total, share)) / 2,
        p_either=float(scipy.stats.binomtest(now, total, share).pvalue),
        ratio=now / before * scale if before else inf,
        low=float(low / (1 - low) * scale),
        high=float(high / (1 - high) * scale) if before else inf,
    )


def wheeler_z(
    now: float, before: float, now_exposure: float = 1.0, before_exposure: float = 1.0
) -> float:
    """2(√now − √before), with `before` first scaled to the length of now.

    The headline number of a change, not a standard normal one: see `standard_z`.
    source  Wheeler, "Poisson e-test and z-score", andrewpwheeler.com.

    >>> wheeler_z(25, 16)
    2.0
    """
    _checked(now, before, now_exposure, before_exposure)
    return 2 * (sqrt(now) - sqrt(before * now_exposure / before_exposure))


def standard_z(z: float, k: float = 1.0, phi: float = 1.0) -> float:
    """Wheeler's z divided by its standard deviation, √(φ(1 + 1/k)).

    k    how many periods as long as now the earlier count averages; 1 halves the variance
    phi  dispersion of the counts, 1 for Poisson

    >>> round(standard_z(3.0), 2)
    2.12
    """
    if k <= 0 or phi <= 0:
        raise StatisticsError(f"k and phi are above 0; got: {k} and {phi}")
    return z / sqrt(phi * (1 + 1 / k))


def _checked(now: float, before: float, now_exposure: float, before_exposure: float) -> None:
    if not (now >= 0 and before >= 0 and now_exposure > 0 and before_exposure > 0):
        raise StatisticsError("counts are 0 or more, and exposures above 0")
