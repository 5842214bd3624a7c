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

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError


@dataclass(frozen=True, eq=False)
class DiscreteTests:
    """Tests of whole counts, before any of them has been made.

    attainable  tests × values: the p-values that each can take, largest first, 0 at the end
    largest     τₘ: the largest p-value that the level could accept
    left        1 − Fᵢ(τₘ): how much each test can lose at it
    """

    attainable: np.ndarray
    largest: float
    left: np.ndarray

    def adjusted(self, p: ArrayLike) -> np.ndarray:
        """Adjusted p-values, in the order given: those at most the level are the findings.

        return  1 for a p-value beyond the largest that the level could accept
        raises  StatisticsError for another number of p-values than of tests, or one outside 0 to 1
        """
        values = np.asarray(p, dtype=float)
        if values.shape != self.left.shape or not ((values >= 0) & (values <= 1)).all():
            raise StatisticsError("each test needs its p-value, a number from 0 to 1")
        adjusted = np.ones(len(values))
        chosen = np.flatnonzero(values <= self.largest)
        order = chosen[np.argsort(values[chosen])]
        if not len(order):
            return adjusted
        met = np.array([(self.at_most(t) / self.left).sum() for t in values[order]])
        ratio = met / np.arange(1, len(order) + 1)
        adjusted[order] = np.minimum(np.minimum.accumulate(ratio[::-1])[::-1], 1.0)
        return adjusted

    def at_most(self, threshold: float) -> np.ndarray:
        """F(t) of each test: the largest of its p-values at or under `threshold`, 0 where none is.

        It is the chance that a test in which nothing has changed shows a p-value of `threshold` or
        less.
        """
        return _at_most(self.attainable, threshold)


def discrete_tests(attainable: ArrayLike, level: float) -> DiscreteTests:
    """Tests that can take these p-values, and what the level leaves of them.

    attainable  tests × values: the p-values that each test can take, largest first, padded
                with 0 at the end
    level       share of findings that may be false; the adjusted values hold for it alone
    raises      StatisticsError for other shapes, or numbers outside 0 to 1
    """
    steps = np.asarray(attainable, dtype=float)
    if steps.ndim != 2 or not 0 < level < 1:
        raise StatisticsError("each test needs a row of the p-values it can take, and a level")
    if not ((steps >= 0) & (steps <= 1)).all():
        raise StatisticsError("p-values are numbers from 0 to 1, none missing")
    if (np.diff(steps) > 0).any():
        raise StatisticsError("the p-values that a test can take stand largest first")
    padded = np.column_stack([steps, np.zeros(len(steps))])
    largest = _largest_threshold(padded, level) if len(padded) else 0.0
    return DiscreteTests(padded, largest, 1 - _at_most(padded, largest))


def discrete_bh(p: ArrayLike, attainable: ArrayLike, level: float) -> np.ndarray:
    """Adjusted p-values of tests that are made once: `discrete_tests` and then `adjusted`."""
    return discrete_tests(attainable, level).adjusted(p)


def _at_most(padded: np.ndarray, threshold: float) -> np.ndarray:
    # A p-value is compared with itself: rounding must not leave it out.
    over = (padded > threshold * (1 + 1e-12)).sum(axis=1)
    return padded[np.arange(len(padded)), over]


def _largest_threshold(padded: np.ndarray, level: float) -> float:
    """τₘ: the largest attainable p-value t with mean Fᵢ(t) / (1 − Fᵢ(t)) of at most the level."""
    candidates = np.unique(padded)
    low, high = 0, len(candidates)  # the first `low` hold, none from `high` on does
    while low < high:
        middle = (low + high) // 2
        share = _at_most(padded, float(candidates[middle]))
        holds = share.max() < 1 and (share / (1 - share)).mean() <= level
        low, high = (middle + 1, high) if holds else (low, middle)
    return float(candidates[low - 1])  # the 0 at the end of each row holds
