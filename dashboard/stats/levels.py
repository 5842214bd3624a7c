"""Levels that a year meets with a given chance, and how often such levels were met."""

from __future__ import annotations

from math import ceil, floor
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

CHOSEN = 0.80  # the chance that a level is chosen for: met in 80 of 100 years like those past
STEPS_OF_SHARE = 1000  # a share's level is set in tenths of a per cent
NEAR = 1e-9


class Law(Protocol):
    """What a year may come to: a count, or a rate as a share of 1."""

    @property
    def mean(self) -> float: ...

    def at_most(self, value: float) -> float:
        """The chance of `value` or less."""

    def at_least(self, value: float) -> float:
        """The chance of `value` or more."""

    def quantile(self, chance: float) -> float:
        """The least value of which `at_most` is `chance` or more."""


def level(law: Law, higher: bool, share: bool, chance: float = CHOSEN) -> float:
    """The hardest level that the year meets with `chance` or more.

    higher  whether the year is to come to the level or more, else to it or less
    share   a level of a share is rounded to a tenth of a per cent, to the side that is easier
    """
    quantile = law.quantile(1 - chance if higher else chance)
    if not share:
        return quantile
    rounded = floor if higher else ceil
    return rounded(quantile * STEPS_OF_SHARE + (NEAR if higher else -NEAR)) / STEPS_OF_SHARE


def chance(law: Law, higher: bool, value: float) -> float:
    """The chance that the year meets a level: comes to it or more where `higher`, or less."""
    return law.at_least(value) if higher else law.at_most(value)


def met_by_steps(
    below: ArrayLike, at_most: ArrayLike, higher: ArrayLike, chance: float = CHOSEN
) -> np.ndarray:
    """What part of each outcome's step lies on the side that meets a level of exactly `chance`.

    A level of whole numbers is met more often than it says. So an outcome x stands for the whole
    step from P(X < x) to P(X ≤ x), as in stats.backtest.randomised: right forecasts come to
    `chance` in the mean, of small counts too.

    >>> met_by_steps([0.1, 0.7, 0.9], [0.2, 0.9, 0.95], [False, False, False])
    array([1. , 0.5, 0. ])
    """
    first, last = np.asarray(below, dtype=float), np.asarray(at_most, dtype=float)
    up = np.asarray(higher, dtype=bool)
    # A year that is to come to more is one that is to come to less, looked at from above.
    low, high = np.where(up, 1 - last, first), np.where(up, 1 - first, last)
    step = high - low
    inside = np.clip((chance - low) / np.where(step > 0, step, 1.0), 0.0, 1.0)
    return np.where(step > 0, inside, high <= chance)
