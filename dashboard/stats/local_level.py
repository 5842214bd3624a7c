"""The next count of a series from its own level, which may drift, and its own errors.

source  Harvey & Fernandes 1989, "Time series models for count or qualitative observations",
        Journal of Business & Economic Statistics 7: exponential smoothing of counts. With a
        discount ω the past is A = Σ ωʲ y, its weight B = Σ ωʲ s (s: the season of each period);
        the next count has mean m = s A / B and, under Poisson, variance m (1 + s / B).
        Dispersion multiplies it: the mean square of the series' own errors one step ahead.
        The discounts are averaged by their likelihood instead of one being picked: of a short
        series that is steady, a picked one is often too quick, and its errors look too small.
source  Gelper, Fried & Croux 2010, "Robust forecasting with exponential and Holt–Winters
        smoothing", Journal of Forecasting 29: a count is cleaned before it moves the level, so
        that one burst does not teach what to expect; a change that stays still does, as the
        errors that it makes widen what is let through. Counts are cleaned on the scale of their
        square roots, where their errors lie evenly on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError

# Effective length of the memory, in periods: all, 50, 20, 10, 6, 4, 2½.
DISCOUNTS = np.array([1.0, 0.98, 0.95, 0.9, 0.835, 0.75, 0.6])
START = 4  # periods before the first error that counts: a level of fewer is not one
LEVEL_REACH = 2.0  # standard errors beyond which a count moves the level no further
SPREAD_REACH = 3.0  # and the dispersion
STEADY = 4.0  # errors of a Poisson series that stand beside the first ones, to tell their size
JEFFREYS = 0.5  # added to the past count, so that a series of zeros expects a little


@dataclass(frozen=True)
class LocalLevel:
    """The forecast of the next period, one entry a series in each array.

    mean, variance  of the count to come, its level's uncertainty and dispersion within
    phi             mean square of the standardised errors one step ahead, at least 1; an error
                    of more than three counts as three
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
    past = _filtered(counts, factors)
    safe, n = np.where(past.weight > 0, past.weight, 1.0), past.errors[:, None]
    mean = ahead[:, None] * (past.total + JEFFREYS) / safe
    # By their mean square; the sum differs from it by a factor that all discounts share.
    chance = -0.5 * (past.logs + n * np.log(np.maximum(past.cleaned, 1e-9)))
    chance = np.exp(chance - chance.max(axis=1, keepdims=True))
    chance = chance / chance.sum(axis=1, keepdims=True)
    # Few errors tell their own size badly: Student's ν / (ν − 2), with ν one less than they are.
    phi = np.maximum(1.0, past.squares / (np.maximum(n - 1, 3.0) - 2))
    spread = phi * mean * (1 + ahead[:, None] / safe)
    expected = (chance * mean).sum(axis=1)
    variance = (chance * (spread + (mean - expected[:, None]) ** 2)).sum(axis=1)
    return LocalLevel(
        mean=expected,
        variance=variance,
        phi=(chance * phi).sum(axis=1),
        smoothing=(chance * (1 - DISCOUNTS)).sum(axis=1),
        errors=past.errors,
    )


@dataclass
class _Past:
    """What is known of each series (row) under each discount (column) after its last count.

    total, weight  A and B
    squares        Σ squared standard errors one step ahead, within SPREAD_REACH
    cleaned        those of the counts that moved the level
    logs           Σ log variances
    errors         how many errors there were, one a series
    """

    total: np.ndarray
    weight: np.ndarray
    squares: np.ndarray
    cleaned: np.ndarray
    logs: np.ndarray
    errors: np.ndarray


def _filtered(counts: np.ndarray, factors: np.ndarray) -> _Past:
    empty = np.zeros((len(counts), len(DISCOUNTS)))
    total, weight, squares, cleaned, logs = (empty.copy() for _ in range(5))
    past = _Past(total, weight, squares, cleaned, logs, errors=np.zeros(len(counts)))
    seen = np.zeros(len(counts))
    for at in range(counts.shape[1]):
        here = ~np.isnan(counts[:, at])
        _add(past, counts[:, at], factors[:, at][:, None], here, here & (seen >= START))
        seen += here
    return past


def _add(
    past: _Past, counts: np.ndarray, s: np.ndarray, here: np.ndarray, judged: np.ndarray
) -> None:
    """One period more: its errors where there is a level to judge by, then the level itself."""
    y = counts[:, None]
    safe = np.where(past.weight > 0, past.weight, 1.0)
    mean = s * (past.total + JEFFREYS) / safe
    spread = mean * (1 + s / safe)
    known, there = judged[:, None], here[:, None]
    n = past.errors[:, None] + STEADY
    bounded = within(y, mean, spread, SPREAD_REACH, (past.squares + STEADY) / n)
    moved = within(y, mean, spread, LEVEL_REACH, (past.cleaned + STEADY) / n)
    moved = np.where(known, moved, y)
    past.squares += np.where(known, (bounded - mean) ** 2 / spread, 0.0)
    past.cleaned += np.where(known, (moved - mean) ** 2 / spread, 0.0)
    past.logs += np.where(known, np.log(spread), 0.0)
    past.errors += judged
    past.total = np.where(there, DISCOUNTS * past.total + moved, past.total)
    past.weight = np.where(there, DISCOUNTS * past.weight + s, past.weight)


def within(
    y: np.ndarray, mean: np.ndarray, spread: np.ndarray, reach: float, phi: np.ndarray
) -> np.ndarray:
    """The count, or the nearest one that lies `reach` standard errors from its mean."""
    root = np.sqrt(mean)
    # The error of a square root is half that of the count over it.
    error = reach / 2 * np.sqrt(np.maximum(phi, 1.0) * spread / np.maximum(mean, 1e-12))
    return np.clip(y, np.maximum(root - error, 0.0) ** 2, (root + error) ** 2)


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
