"""The alert list's arithmetic: which counts of a window are beyond what their past foretells.

Each count is held against a negative-binomial forecast from its own earlier windows; its
spread is pooled over all series of a crime type, because 26 windows of one small series
tell too little of it. Benjamini–Hochberg then makes the list of a family one that can be
read as a list.

Which series are tested depends on the past alone (windows and expected count), never on
the count tested: leaving out series that are low now would keep only the lucky ones, whose
p-values are no longer uniform, and the share of false alerts would be more than promised.
The least count of an alert is therefore asked after the adjustment. It can only shorten
the list, and hardly ever does: with one expected, a count of 2 is far from q ≤ 0.10.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc
from scipy.stats import nbinom

from dashboard.errors import StatisticsError
from dashboard.stats.multiple import benjamini_hochberg

MIN_COUNT = 3  # fewer in the window is never an alert, whatever its p
RARE_BELOW = 1.0  # a series with fewer expected is listed as dated events, not tested
BH_Q = 0.10  # most q of an alert: of ten alerts one may be false
MOST_STEPS = 4000  # counts above the mean that a table of p-values goes to
WATCH = 0.005  # p below which a series is watched, or a fall noted, without adjustment
MIN_WINDOWS = 13  # half a year of fortnights; fewer are no baseline
BAND = 0.95


@dataclass(frozen=True)
class AlertTable:
    """One entry a series in each array, in the order given.

    tested    baseline long enough and at least one expected
    expected  mean of the forecast for the window
    low, high 95 % band of the forecast
    excess    now − expected
    p, fall_p chance of a count as high, as low, as the one seen; 1 where not tested
    q         p adjusted within the family; 1 where not tested
    tier      'alert' (q ≤ 0.10), 'watch' (p < 0.005 alone) or ''
    fall      fall_p < 0.005: for the quiet list
    phi       dispersion pooled over the series' crime type; 1 is Poisson
    by_chance chance that the series passes the watch tier's test though nothing has changed;
              0 where not tested. Their sum is the number of such rows to expect
    """

    tested: np.ndarray
    expected: np.ndarray
    low: np.ndarray
    high: np.ndarray
    excess: np.ndarray
    p: np.ndarray
    fall_p: np.ndarray
    q: np.ndarray
    tier: np.ndarray
    fall: np.ndarray
    phi: np.ndarray
    by_chance: np.ndarray


def pooled_dispersion(counts: np.ndarray, mask: np.ndarray | None = None) -> float:
    """Variance over mean of many short series, at least 1 (Poisson).

    counts  series × windows; NaN is a missing window
    mask    the cells to use, of the same shape; all when left out
    source  pooled Pearson: Σ n s² / Σ n mean, over series with two or more windows.
    """
    known = ~np.isnan(counts) if mask is None else mask & ~np.isnan(counts)
    n = known.sum(axis=1)
    values = np.where(known, counts, 0.0)[n >= 2]
    known, n = known[n >= 2], n[n >= 2]
    total = values.sum(axis=1)
    if not total.sum():
        return 1.0
    apart = np.where(known, values - (total / n)[:, None], 0.0)
    return max(1.0, float(((apart**2).sum(axis=1) * n / (n - 1)).sum() / total.sum()))


def predictive(
    baseline_total: ArrayLike, k: ArrayLike, phi: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of the next window's count, from the total of k windows before it.

    source  gamma-Poisson from a Jeffreys start: m = (B + ½)/k, V = φ m (1 + 1/k); with
            φ = 1 it is exact. V is more than m, so a negative binomial has these moments.
    """
    windows = np.asarray(k, dtype=float)
    mean = (np.asarray(baseline_total, dtype=float) + 0.5) / windows
    return mean, np.asarray(phi, dtype=float) * mean * (1 + 1 / windows)


def tail(now: ArrayLike, mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """P(X ≥ now) of the negative binomial with this mean and variance (variance > mean).

    source  the incomplete beta function, many times as quick as the general distribution.
    """
    count, size = np.asarray(now, dtype=float), _size(mean, variance)
    beyond = betainc(np.maximum(count, 1.0), size, mean / (mean + size))
    return np.where(count > 0, beyond, 1.0)


def lower_tail(now: ArrayLike, mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """P(X ≤ now) of the same distribution."""
    size = _size(mean, variance)
    return betainc(size, np.asarray(now, dtype=float) + 1, size / (mean + size))


def band(
    mean: np.ndarray, variance: np.ndarray, level: float = BAND
) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest count of the middle `level` of the forecast, tails equal."""
    size = _size(mean, variance)
    chance = size / (mean + size)
    edge = (1 - level) / 2
    return nbinom.ppf(edge, size, chance), nbinom.ppf(1 - edge, size, chance)


def test_series(
    now: ArrayLike, baseline: ArrayLike, group: ArrayLike, family: ArrayLike
) -> AlertTable:
    """Tests the latest window of each series against the windows before it.

    now       counts, one a series
    baseline  series × windows of counts before it, NaN where missing
    group     crime type of each series, over which dispersion is pooled
    family    family of each series, within which the list is kept honest
    raises    StatisticsError for shapes that differ, negative counts or no count now.
    """
    counts, before, types, families = _checked(now, baseline, group, family)
    k = (~np.isnan(before)).sum(axis=1)
    phi = _phi(before, types)
    mean, variance = predictive(np.nansum(before, axis=1), np.maximum(k, 1), phi)
    tested = (k >= MIN_WINDOWS) & (mean >= RARE_BELOW)
    p = np.where(tested, tail(counts, mean, variance), 1.0)
    fall_p = np.where(tested, lower_tail(counts, mean, variance), 1.0)
    q = adjusted(p, tested, families)
    low, high = band(mean, variance)
    return AlertTable(
        tested=tested,
        expected=mean,
        low=low,
        high=high,
        excess=counts - mean,
        p=p,
        fall_p=fall_p,
        q=q,
        tier=tiers(counts, p, q, tested),
        fall=tested & (fall_p < WATCH),
        phi=phi,
        by_chance=np.where(tested, watched_by_chance(mean, variance), 0.0),
    )


def watched_by_chance(mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Chance of a count with p < .005 (and of 3 or more) when the forecast is right.

    Counts are whole: it is the chance of the first count beyond .005, which is less than .005.
    """
    size = _size(mean, variance)
    first = nbinom.ppf(1 - WATCH, size, size / (mean + size)) + 1
    return tail(np.maximum(first, MIN_COUNT), mean, variance)


def adjusted(p: np.ndarray, tested: np.ndarray, family: np.ndarray) -> np.ndarray:
    """Benjamini–Hochberg q over the tested series of each family; 1 for the others."""
    q = np.ones(len(p))
    for name in np.unique(family):
        chosen = tested & (family == name)
        q[chosen] = benjamini_hochberg(p[chosen])
    return q


def tiers(now: np.ndarray, p: np.ndarray, q: np.ndarray, tested: np.ndarray) -> np.ndarray:
    """'alert', 'watch' or '' for each series: the gates, after the adjustment."""
    enough = tested & (now >= MIN_COUNT)
    watched = np.where(enough & (p < WATCH), "watch", "")
    return np.where(enough & (q <= BH_Q), "alert", watched)


def _size(mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    return mean**2 / (variance - mean)


def _phi(baseline: np.ndarray, group: np.ndarray) -> np.ndarray:
    phi = np.ones(len(baseline))
    for name in np.unique(group):
        chosen = group == name
        phi[chosen] = pooled_dispersion(baseline[chosen])
    return phi


def _checked(*given: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    now, baseline = (np.asarray(item, dtype=float) for item in given[:2])
    group, family = (np.asarray(item) for item in given[2:])
    if baseline.ndim != 2 or not len(now) == len(baseline) == len(group) == len(family):
        raise StatisticsError("each series needs a count, a row of windows, a type and a family")
    if not (now >= 0).all() or (baseline < 0).any():
        raise StatisticsError("counts are 0 or more, and the count of the window is known")
    return now, baseline, group, family


def attainable(mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Series × values: the p-values that a count of each forecast can have, largest first.

    Those of counts from the mean's down to one in 10¹² are enough: no adjustment asks for others.
    """
    deviation = np.sqrt(variance)
    # 1 in 10¹² is 7 deviations from a normal's mean; a skew count's tail is longer.
    width = int(np.ceil((8 * deviation + 20 * variance / np.maximum(mean, 1) + 10).max(initial=0)))
    counts = np.floor(mean)[:, None] + np.arange(min(width, MOST_STEPS))
    return tail(counts, mean[:, None], variance[:, None])
