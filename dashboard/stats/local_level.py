"""The next count of a series from its own level, which may drift, and its own errors.

source  Harvey & Fernandes 1989, "Time series models for count or qualitative observations",
        Journal of Business & Economic Statistics 7: exponential smoothing of counts. With a
        discount ω the past is A = Σ ωʲ y, its weight B = Σ ωʲ s (s: the season of each period);
        the next count has mean m = s A / B and, under Poisson, variance m (1 + s / B).
        Dispersion multiplies it: the mean square of the series' own errors one step ahead.
        The discounts are averaged by their likelihood instead of one being picked: of a short
        series that is steady, a picked one is often too quick, and its errors look too small.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError

# Effective length of the memory, in periods: all, 50, 20, 10, 6, 4, 2½.
DISCOUNTS = np.array([1.0, 0.98, 0.95, 0.9, 0.835, 0.75, 0.6])
START = 4  # periods before the first error that counts: a level of fewer is not one
JEFFREYS = 0.5  # added to the past count, so that a series of zeros expects a little


@dataclass(frozen=True)
class LocalLevel:
    """The forecast of the next period, one entry a series in each array.

    mean, variance  of the count to come, its level's uncertainty and dispersion within
    phi             mean square of the standardised errors one step ahead, at least 1
    smoothing       λ = 1 − ω, averaged over the discounts tried
    errors          how many errors the dispersion stands on
    """

    mean: np.ndarray
    variance: np.ndarray
    phi: np.ndarray
    smoothing: np.ndarray
    errors: np.ndarray


def local_level(
    history: ArrayLike, season: ArrayLike | None = None, season_next: ArrayLike | None = None
) -> LocalLevel:
    """The forecast of each series' next count.

    history      series × periods, latest last; NaN where missing (the level then stays)
    season       of each period, of the same shape, 1 in an average one; 1 when left out
    season_next  of the period to come, one a series
    raises       StatisticsError for shapes that differ or negative counts
    """
    counts, factors, ahead = _checked(history, season, season_next)
    known = ~np.isnan(counts)
    total, weight, score, logs, n = _filtered(counts, factors, known)
    floor = weight > 0
    safe = np.where(floor, weight, 1.0)
    mean = ahead[:, None] * (total + JEFFREYS) / safe
    # Few errors tell their own size badly: Student's ν / (ν − 2), with ν one less than they are.
    freedom = np.maximum(n - 1, 3.0)[:, None]
    size = np.maximum(score / np.maximum(n, 1.0)[:, None], 1e-9)
    chance = np.where(n[:, None] > 0, -0.5 * (logs + n[:, None] * np.log(size)), 0.0)
    chance = np.exp(chance - chance.max(axis=1, keepdims=True))
    chance = chance / chance.sum(axis=1, keepdims=True)
    phi = np.maximum(1.0, score / (freedom - 2))
    spread = phi * mean * (1 + ahead[:, None] / safe)
    expected = (chance * mean).sum(axis=1)
    variance = (chance * (spread + mean**2)).sum(axis=1) - expected**2
    return LocalLevel(
        mean=expected,
        variance=np.maximum(variance, expected * (1 + 1e-6)),
        phi=(chance * phi).sum(axis=1),
        smoothing=(chance * (1 - DISCOUNTS)).sum(axis=1),
        errors=n,
    )


def _filtered(counts: np.ndarray, factors: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, ...]:
    """Past count, its weight, Σ squared errors and Σ log variances of each series and discount;
    and how many errors there were."""
    shape = (len(counts), len(DISCOUNTS))
    total, weight, score, logs = (np.zeros(shape) for _ in range(4))
    n, seen = np.zeros(len(counts)), np.zeros(len(counts))
    for at in range(counts.shape[1]):
        here = known[:, at]
        y, s = np.where(here, counts[:, at], 0.0)[:, None], factors[:, at][:, None]
        judged = here & (seen >= START)
        if judged.any():
            safe = np.where(weight > 0, weight, 1.0)
            mean = s * (total + JEFFREYS) / safe
            spread = mean * (1 + s / safe)
            counted = judged[:, None]
            score += np.where(counted, (y - mean) ** 2 / spread, 0.0)
            logs += np.where(counted, np.log(spread), 0.0)
            n += judged
        total = np.where(here[:, None], DISCOUNTS * total + y, total)
        weight = np.where(here[:, None], DISCOUNTS * weight + s, weight)
        seen += here
    return total, weight, score, logs, n


def _checked(
    history: ArrayLike, season: ArrayLike | None, season_next: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    counts = np.asarray(history, dtype=float)
    if counts.ndim != 2 or (counts < 0).any():
        raise StatisticsError("a level needs series × periods of counts of 0 or more")
    factors = np.ones(counts.shape) if season is None else np.asarray(season, dtype=float)
    ahead = np.ones(len(counts)) if season_next is None else np.asarray(season_next, dtype=float)
    if factors.shape != counts.shape or ahead.shape != (len(counts),):
        raise StatisticsError("each period has one season, and each series that of the next period")
    if not ((factors > 0).all() and (ahead > 0).all()):
        raise StatisticsError("a season multiplies by more than 0")
    return counts, factors, ahead
