"""Benjamini–Hochberg for tests of whole counts, whose p-values take few values.

A count of 3 where 1 is expected has p = .08, one of 4 has .02, and nothing lies between: a test
at .05 is in truth one at .02. Benjamini–Hochberg does not know it and keeps the share of false
alerts far below what it promises; this procedure uses the difference to find more.

source  Döhler, Durand & Roquain 2018, "New FDR bounds for discrete and heterogeneous tests",
        Electronic Journal of Statistics 12: 1867–1900; the step-up procedure HSU, equation (10),
        as DBH(direction = "su") of the R package DiscreteFDR has it. It holds for independent
        tests; for the dependence of levels that nest it is simulated (tests/benchmarks).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError


def discrete_bh(p: ArrayLike, attainable: ArrayLike, level: float) -> np.ndarray:
    """Adjusted p-values, in the order given: those at most `level` are the findings.

    p           one p-value a test
    attainable  tests × values: the p-values that each test can take, largest first, padded
                with 0 at the end
    level       share of findings that may be false; the adjusted values hold for it alone
    return      1 for a p-value beyond the largest that the level could accept
    raises      StatisticsError for shapes that differ, or numbers outside 0 to 1
    """
    values, steps = _checked(p, attainable, level)
    adjusted = np.ones(len(values))
    if not len(values):
        return adjusted
    # How much each test can lose at the largest threshold: equation (10)'s 1 − Fᵢ(τₘ).
    largest = _largest_threshold(steps, level)
    left = 1 - at_most(steps, largest)
    chosen = np.flatnonzero(values <= largest)
    order = chosen[np.argsort(values[chosen], kind="stable")]
    if not len(order):
        return adjusted
    met = np.array([(at_most(steps, t) / left).sum() for t in values[order]])
    ratio = met / np.arange(1, len(order) + 1)
    adjusted[order] = np.minimum(np.minimum.accumulate(ratio[::-1])[::-1], 1.0)
    return adjusted


def at_most(attainable: np.ndarray, threshold: float) -> np.ndarray:
    """F(t) of each test: the largest of its p-values at or under `threshold`, 0 where none is.

    It is the chance that a test in which nothing has changed shows a p-value of `threshold` or
    less.
    """
    # A p-value is compared with itself: rounding must not leave it out.
    over = (attainable > threshold * (1 + 1e-12)).sum(axis=1)
    padded = np.column_stack([attainable, np.zeros(len(attainable))])
    return padded[np.arange(len(attainable)), over]


def _largest_threshold(attainable: np.ndarray, level: float) -> float:
    """τₘ: the largest attainable p-value t with mean Fᵢ(t) / (1 − Fᵢ(t)) of at most the level."""
    candidates = np.unique(attainable[(attainable > 0) & (attainable < 1)])
    low, high = 0, len(candidates)  # the first `low` hold, none from `high` on does
    while low < high:
        middle = (low + high) // 2
        share = at_most(attainable, float(candidates[middle]))
        holds = share.max() < 1 and (share / (1 - share)).mean() <= level
        low, high = (middle + 1, high) if holds else (low, middle)
    return float(candidates[low - 1]) if low else 0.0


def _checked(p: ArrayLike, attainable: ArrayLike, level: float) -> tuple[np.ndarray, np.ndarray]:
    values, steps = np.asarray(p, dtype=float), np.asarray(attainable, dtype=float)
    if values.ndim != 1 or steps.ndim != 2 or len(steps) != len(values) or not 0 < level < 1:
        raise StatisticsError("each test needs its p-value, a row of those it can take, a level")
    if not (((values >= 0) & (values <= 1)).all() and ((steps >= 0) & (steps <= 1)).all()):
        raise StatisticsError("p-values are numbers from 0 to 1, none missing")
    if (np.diff(steps, axis=1) > 0).any():
        raise StatisticsError("the p-values that a test can take stand largest first")
    return values, steps
