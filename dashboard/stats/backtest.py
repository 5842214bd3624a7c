"""How well past forecasts did: coverage, Brier score, reliability, and the honest dispersion.

Everything here scores forecasts that were made elsewhere from what was known then. A
forecast of a count is the negative binomial of dashboard.stats.alerts, by mean and variance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError
from dashboard.stats.alerts import band, lower_tail
from dashboard.stats.intervals import wilson
from dashboard.stats.year_end import WORDS, chance_words

LEVEL = 0.80  # of the band that is accepted or widened
ACCEPTED = (0.75, 0.88)  # share of outcomes an 80 % band may hold (statistics.md §5)
# Multiples of the dispersion that are tried, each a tenth above the one before.
FACTORS = tuple(1.1**step for step in range(49))
SHARES = (0.0, *(edge for edge, _ in WORDS), 1.0)  # bins of reliability: those of the words


@dataclass(frozen=True)
class Share:
    """How many of n held, with the 95 % Wilson interval of their share.

    held  a whole number but where outcomes are held in part (`randomised`)
    """

    held: float
    n: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.held / self.n


@dataclass(frozen=True)
class Inflation:
    """What the dispersion was multiplied by until the 80 % band held as often as it says.

    factor   1 where nothing needed widening
    before   share held at factor 1; after: at `factor`
    state    'accepted' (in 0.75–0.88 as it was), 'above' (held more than 0.88 as it was: a
             band of whole counts is never narrower than it says), 'widened', or 'unreached'
             (no factor tried brings it into the range; the one given leaps over it, or comes
             nearest)
    """

    factor: float
    before: float
    after: float
    state: str


@dataclass(frozen=True)
class Bin:
    """Chances of about one size: how many there were, their mean, and how often it came true."""

    words: str
    n: int
    mean_chance: float
    came_true: int
    low: float
    high: float


def share(held: ArrayLike, independent: int | None = None) -> Share:
    """How many forecasts held, with the Wilson interval of their share.

    independent  how many of them say something of their own, where fewer than all do (the
                 origins of one year share its outcome): the interval is that of so many.
    raises       StatisticsError where there is none.
    """
    values = np.asarray(held, dtype=float)
    if not values.size:
        raise StatisticsError("a share of forecasts that held needs a forecast")
    n, count = values.size, float(values.sum())
    base = n if independent is None else independent
    low, high = wilson(count / n * base, base)
    return Share(count, n, low, high)


def held(
    actual: ArrayLike, mean: np.ndarray, variance: np.ndarray, level: float = LEVEL
) -> np.ndarray:
    """Whether the middle `level` of each forecast holds what came; the same as alerts.band.

    source  k lies at or above the quantile q where P(X ≤ k) ≥ q, and at or below the quantile
            1 − q where P(X ≤ k − 1) < 1 − q: no quantile needs to be found.
    """
    count, edge = np.asarray(actual, dtype=float), (1 - level) / 2
    above = lower_tail(count, mean, variance) >= edge
    return above & (lower_tail(count - 1, mean, variance) < 1 - edge)


def inflation(actual: ArrayLike, mean: np.ndarray, variance: np.ndarray) -> Inflation:
    """The least factor of the dispersion of counts, by `least_factor`.

    raises  StatisticsError where there is no forecast to try it on.
    """
    count = np.asarray(actual, dtype=float)
    return least_factor(lambda factor: held(count, mean, variance * factor))


def least_factor(held_at: Callable[[float], ArrayLike]) -> Inflation:
    """The least of FACTORS at which the 80 % band holds 0.75 of what came, and not over 0.88.

    They are tried one after another: a very wide forecast of a small count is nearly sure of
    0 and holds less again.
    held_at  what of each forecast's outcome is held (0 to 1) at a factor
    raises   StatisticsError where there is no forecast to try it on.
    """
    low, high = ACCEPTED
    first = np.asarray(held_at(1.0), dtype=float)
    if not first.size:
        raise StatisticsError("the dispersion is tried on at least one forecast")
    before = float(first.mean())
    if before >= low:
        return Inflation(1.0, before, before, "accepted" if before <= high else "above")
    nearest = Inflation(1.0, before, before, "unreached")
    for factor in FACTORS[1:]:
        after = float(np.asarray(held_at(factor), dtype=float).mean())
        if after >= low:
            return Inflation(factor, before, after, "widened" if after <= high else "unreached")
        if after > nearest.after:
            nearest = Inflation(factor, before, after, "unreached")
    return nearest


def randomised(below: ArrayLike, at_most: ArrayLike, level: float = LEVEL) -> np.ndarray:
    """What the middle `level` holds of each outcome, 0 to 1, where an outcome has a chance.

    A band of whole numbers holds more than it says. So an outcome x stands for the whole step
    from P(X < x) to P(X ≤ x), and counts by the part of the step inside the band: right forecasts
    hold `level` in the mean, small counts too.

    source  Czado, Gneiting & Held 2009, "Predictive model assessment for count data",
            Biometrics 65: the randomised probability integral transform, in its mean.

    >>> randomised([0.0, 0.5, 0.95], [0.2, 0.5, 0.99])
    array([0.5, 1. , 0. ])
    """
    first, last = np.asarray(below, dtype=float), np.asarray(at_most, dtype=float)
    edge = (1 - level) / 2
    inside = np.minimum(last, 1 - edge) - np.maximum(first, edge)
    step = last - first
    whole = (first >= edge) & (last <= 1 - edge)
    return np.where(step > 0, np.maximum(inside, 0.0) / np.where(step > 0, step, 1.0), whole)


def promised(mean: np.ndarray, variance: np.ndarray, level: float = LEVEL) -> np.ndarray:
    """What share of outcomes each band of whole counts itself promises to hold: `level` or more."""
    low, high = band(mean, variance, level)
    return lower_tail(high, mean, variance) - lower_tail(low - 1, mean, variance)


def year_forecast(
    so_far: ArrayLike, elapsed: ArrayLike, phi: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of the rest of the year, for many years at once.

    source  as dashboard.stats.year_end.project: m = (Y + ½)(1 − s)/s, V = φ m/s.
    """
    count, part = np.asarray(so_far, dtype=float), np.asarray(elapsed, dtype=float)
    if not ((count >= 0).all() and ((part > 0) & (part < 1)).all()):
        raise StatisticsError("a count so far is 0 or more, a share of a year between 0 and 1")
    mean = (count + 0.5) * (1 - part) / part
    return mean, np.asarray(phi, dtype=float) * mean / part


def chance_at_most(
    so_far: ArrayLike, target: ArrayLike, mean: np.ndarray, variance: np.ndarray
) -> np.ndarray:
    """Chance that each year ends at its target or under; 0 once it is passed."""
    left = np.floor(np.asarray(target, dtype=float) - np.asarray(so_far, dtype=float))
    return np.where(left < 0, 0.0, lower_tail(np.maximum(left, 0.0), mean, variance))


def brier(chance: ArrayLike, came: ArrayLike) -> float:
    """Mean square of chance − outcome: 0 is perfect, 0.25 is always saying one half.

    >>> brier([1.0, 0.0, 0.5], [True, False, True])
    0.08333333333333333
    """
    said, outcome = np.asarray(chance, dtype=float), np.asarray(came, dtype=float)
    if not said.size or said.shape != outcome.shape:
        raise StatisticsError("each chance needs an outcome, and there is at least one")
    return float(((said - outcome) ** 2).mean())


def reliability(chance: ArrayLike, came: ArrayLike, outcome: ArrayLike | None = None) -> list[Bin]:
    """How often what was called unlikely, likely, … came true; only bins that hold any.

    The bins are those of the words in which a chance is said.
    outcome  which chances share an outcome (same number): an interval counts outcomes, not
             chances; each its own when left out
    """
    said, true = np.asarray(chance, dtype=float), np.asarray(came, dtype=bool)
    shared = np.arange(said.size) if outcome is None else np.asarray(outcome)
    words = np.array([chance_words(float(value)) for value in said])
    bins = []
    for name in [chance_words((a + b) / 2) for a, b in pairwise(SHARES)]:
        chosen = words == name
        if chosen.any():
            of = share(true[chosen], len(np.unique(shared[chosen])))
            mean = float(said[chosen].mean())
            bins.append(Bin(name, of.n, mean, round(of.held), of.low, of.high))
    return bins


def planted(
    rng: np.random.Generator, now: np.ndarray, mean: np.ndarray, part: float
) -> tuple[np.ndarray, np.ndarray]:
    """Counts with a known rise to 2·mean + 1 in about `part` of the series, and which rose.

    A Poisson count of mean + 1 is added to what came, so that the rest of it stays real.
    """
    risen = rng.random(len(now)) < part
    return np.where(risen, now + rng.poisson(mean + 1), now), risen
