"""Where will the year end, and how likely does it meet its target?

`share` is always the share of a year's events that usually has happened by now (the mean of
the last years' cumulative shares), not days over 365. Rates are in stats.rate_year_end.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import scipy  # its parts when first asked: they take long

from dashboard.errors import StatisticsError

SURE = "very likely"  # above all of WORDS
UNLIKELY = 0.35  # the chance up to which a target is unlikely to be met
WORDS = (
    (0.10, "very unlikely"),
    (UNLIKELY, "unlikely"),
    (0.65, "could go either way"),
    (0.90, "likely"),
)


@dataclass(frozen=True)
class Projection:
    """A year's count to come: mean and variance of the rest, and the whole year's bands."""

    rest: float
    variance: float
    projected: float
    low80: float
    high80: float
    low95: float
    high95: float


def project(so_far: float, share: float, phi: float = 1.0) -> Projection:
    """The year's count from the count so far; φ is the dispersion of such counts.

    source  Jeffreys gamma-Poisson, inflated: m = (Y + ½)(1 − s)/s, V = φ m/s, the rest is
            negative binomial of that mean and variance.
    """
    rest = _rest(so_far, share, phi)
    mean, variance = scipy.stats.nbinom.stats(*rest, moments="mv")
    ends = scipy.stats.nbinom.ppf((0.10, 0.90, 0.025, 0.975), *rest)
    low80, high80, low95, high95 = (so_far + float(end) for end in ends)
    return Projection(
        float(mean), float(variance), so_far + float(mean), low80, high80, low95, high95
    )


def chance_at_most(so_far: float, share: float, target: float, phi: float = 1.0) -> float:
    """Chance that the year's count ends at `target` or under; 0 once it is passed."""
    if so_far > target:
        return 0.0
    return float(scipy.stats.nbinom.cdf(target - so_far, *_rest(so_far, share, phi)))


def chance_at_least(so_far: float, share: float, target: float, phi: float = 1.0) -> float:
    """Chance that the year's count ends at `target` or over; 1 once it is reached."""
    if so_far >= target:
        return 1.0
    return float(scipy.stats.nbinom.sf(ceil(target - so_far) - 1, *_rest(so_far, share, phi)))


def chance_words(chance: float) -> str:
    """A chance in words, always shown with its number, which they are of as it is printed.

    >>> [chance_words(p) for p in (0.09, 0.098, 0.5, 0.9, 0.95)]
    ['very unlikely', 'unlikely', 'could go either way', 'likely', 'very likely']
    """
    shown = printed(chance)
    if shown < WORDS[0][0]:
        return WORDS[0][1]
    return next((words for most, words in WORDS[1:] if shown <= most), SURE)


def printed(chance: float) -> float:
    """A chance in whole hundredths, as it stands beside its words: they never contradict it."""
    return round(100 * chance) / 100


def _rest(so_far: float, share: float, phi: float) -> tuple[float, float]:
    """Size and chance of the negative binomial that the count still to come has."""
    if not (so_far >= 0 and 0 < share < 1 and phi >= 1):
        raise StatisticsError(
            "a projection needs a count of 0 or more, a share of the year between 0 and 1 and a "
            f"dispersion of 1 or more; got: {so_far}, {share}, {phi}"
        )
    mean = (so_far + 0.5) * (1 - share) / share
    size = mean**2 / (phi * mean / share - mean)
    return size, size / (size + mean)
