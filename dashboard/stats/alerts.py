"""The alert list's arithmetic: the forecast of a count, its tails and its band.

A forecast is a negative binomial by its mean and variance. Where it comes from stands in
signals.expectations, how a list is made of it in signals.alerts.
"""

from __future__ import annotations

import numpy as np
import scipy  # its parts when first asked: they take long
from numpy.typing import ArrayLike
from scipy.special import betainc

MIN_COUNT = 3  # fewer in the window is never an alert, whatever its p
RARE_BELOW = 1.0  # a series with fewer expected is listed as dated events, not tested
WATCH = 0.005  # p below which a series is watched, or a fall noted, without adjustment
MIN_WINDOWS = 13  # half a year of fortnights; fewer are no baseline
BAND = 0.95
MOST_STEPS = 4000  # counts above the mean that a table of p-values goes to


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
    low, high = (scipy.stats.nbinom.ppf(at, size, chance) for at in (edge, 1 - edge))
    return low, high


def watched_by_chance(mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Chance of a count with p < .005 (and of 3 or more) when the forecast is right.

    Counts are whole: it is the chance of the first count beyond .005, which is less than .005.
    """
    size = _size(mean, variance)
    first = scipy.stats.nbinom.ppf(1 - WATCH, size, size / (mean + size)) + 1
    return tail(np.maximum(first, MIN_COUNT), mean, variance)


def attainable(mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Series × values: the p-values that a count of each forecast can have, largest first, then 0.

    Those of counts from the mean's down to one in 10¹² are enough: no adjustment asks for others.
    """
    # 1 in 10¹² is 7 deviations from a normal's mean; the tail of a skew count falls by e each
    # variance / mean counts at the least, and e⁻²⁸ is less.
    widths = np.ceil(8 * np.sqrt(variance) + 28 * variance / mean + 10)
    widths = np.minimum(widths, MOST_STEPS).astype(int)
    # A series of tens beside one of thousands has as few counts as it has alone.
    series, step = np.nonzero(np.arange(widths.max(initial=0)) < widths[:, None])
    p_values = np.zeros((len(mean), widths.max(initial=0)))
    p_values[series, step] = tail(np.floor(mean)[series] + step, mean[series], variance[series])
    # Of counts in the thousands the tails near the mean are told to fewer figures than they differ.
    return np.minimum.accumulate(p_values, axis=1)


def _size(mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    return mean**2 / (variance - mean)
