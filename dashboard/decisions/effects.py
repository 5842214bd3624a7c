"""What can be told of an action from counts: its chance of being seen, and the test at its end.

A decision is made because a count stood out. What it would have come to without an action is
therefore not the peak, nor a level that leans on the latest fortnights, but the level of the last
year in which the peak is one fortnight of 26. That level takes regression to the mean in exactly:
given the sum of the 26, how the counts lie within it says nothing of the level, so that choosing
a series for its last count leaves the level unbiased (Davis 1976, "The effect of regression to the
mean in epidemiologic and clinical studies", American Journal of Epidemiology 104).

Boroughs are held against others that the action doesn't reach: with C counted there afterwards, a
borough that nothing was done in has mean T·C/C₀ and variance φ m (1 + m/T + m/C₀ + m/C), the
errors of its past (T), of theirs (C₀) and of what they brought (C). Season and drift, common to
all, cancel. A whole count has no others beside it; it is held against its own forecast.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy  # its parts when first asked: they take long
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError
from dashboard.stats import alerts as counts

# Of the test: of a hundred actions that do nothing at most five are said to have worked, in 19 of
# 20 hundreds (.docs/methods/decisions.md).
LEVEL = 0.025
ENOUGH = 0.80  # chance of being seen from which on it is worth waiting for
DRAWS = 4000  # of a simulated chance: its error is under one in a hundred
HALF = 0.5  # added to a past count, so that one of zero expects a little
INTERVAL = 0.95
LEAST_COMPARED = 3  # boroughs without which there is no comparison


@dataclass(frozen=True)
class Past:
    """What a series brought before the decision, as it is sealed.

    treated   count of the boroughs acted in (or of the whole) over the fortnights looked back on
    compared  that of the comparison boroughs; 0 where there are none
    touching  that of the boroughs which touch those acted in, neither of both
    exposure  those fortnights, each weighed by its season and drift
    ahead     season and drift of each fortnight to come
    phi       dispersion of a count about its level; 1 is Poisson
    drift     variance of the level's own relative step from one fortnight to the next
    unsure    relative variance of the seasons ahead, where they don't cancel
    """

    treated: float
    compared: float
    touching: float
    exposure: float
    ahead: tuple[float, ...]
    phi: float
    drift: float = 0.0
    unsure: float = 0.0

    def __post_init__(self) -> None:
        if min(self.treated, self.compared, self.touching) < 0 or self.exposure <= 0:
            raise StatisticsError("counts are 0 or more, over at least one fortnight")
        if (
            self.phi < 1
            or min(self.drift, self.unsure) < 0
            or not all(item > 0 for item in self.ahead)
        ):
            raise StatisticsError("a spread is 1 or more, a season above 0")

    @property
    def beside(self) -> bool:
        """Whether there is anything to compare with."""
        return self.compared > 0

    def level(self) -> float:
        """The count of one fortnight of average season."""
        return (self.treated + HALF) / self.exposure

    def wandering(self, horizon: int) -> float:
        """Relative variance of the sum of a horizon, from a level that walks and its season."""
        h, back = horizon, self.exposure / 3
        return self.unsure + self.drift * (back + (h + 1) * (2 * h + 1) / (6 * h))


def without(past: Past, horizon: int, compared: ArrayLike | None = None) -> tuple[np.ndarray, ...]:
    """Mean and variance of the treated count over `horizon` fortnights if nothing is done.

    compared  what the comparison boroughs brought in them; left out, from the past alone
    """
    base = past.treated + HALF
    if compared is not None and past.beside:
        theirs = np.asarray(compared, dtype=float) + HALF
        mean = base * theirs / (past.compared + HALF)
        spread = 1 + mean / base + mean / theirs + mean / (past.compared + HALF)
        return mean, past.phi * mean * spread
    mean = np.asarray(past.level() * sum(past.ahead[:horizon]))
    variance = past.phi * mean * (1 + mean / base) + past.wandering(horizon) * mean**2
    return mean, np.maximum(variance, mean * (1 + 1e-6))


def p_value(
    past: Past, horizon: int, ratio: float, treated: ArrayLike, compared: ArrayLike | None = None
) -> np.ndarray:
    """Chance of a count as far on the side of the expected effect though nothing was done.

    ratio  what the action is expected to multiply the count by: below 1 a fall, above a rise
    """
    mean, variance = without(past, horizon, compared)
    tail = counts.lower_tail if ratio < 1 else counts.tail
    return tail(np.asarray(treated, dtype=float), mean, variance)


def p_effect(
    past: Past, horizon: int, ratio: float, treated: ArrayLike, compared: ArrayLike | None = None
) -> np.ndarray:
    """Chance of a count as far on the other side if the expected effect was there in full."""
    mean, variance = without(past, horizon, compared)
    wanted = mean * ratio
    apart = np.maximum(variance / mean - past.phi, 0.0)  # what the level's own errors add
    spread = np.maximum(wanted * (past.phi + apart * ratio), wanted * (1 + 1e-6))
    tail = counts.tail if ratio < 1 else counts.lower_tail
    return tail(np.asarray(treated, dtype=float), wanted, spread)


def chance_seen(past: Past, horizon: int, ratio: float, seed: int, draws: int = DRAWS) -> float:
    """How often an action that multiplies the count by `ratio` would be said to have worked.

    By simulation from the series' own model: the level as uncertain as its past leaves it, counts
    as dispersed as they were. The same seed gives the same chance.
    """
    rng = np.random.default_rng(seed)
    season = sum(past.ahead[:horizon])
    level = _levels(rng, past.treated, past, draws) * _walked(rng, past, horizon, draws)
    treated = _drawn(rng, ratio * level * season, past.phi)
    compared = None
    if past.beside:
        compared = _drawn(rng, _levels(rng, past.compared, past, draws) * season, past.phi)
    return float((p_value(past, horizon, ratio, treated, compared) <= LEVEL).mean())


def chances(past: Past, ratio: float, seed: int, draws: int = DRAWS) -> dict[int, float]:
    """The chance of being seen after each horizon that the past has seasons for."""
    return {h: chance_seen(past, h, ratio, seed + h, draws) for h in range(1, len(past.ahead) + 1)}


def _levels(rng: np.random.Generator, total: float, past: Past, draws: int) -> np.ndarray:
    return rng.gamma((total + HALF) / past.phi, past.phi / past.exposure, draws)


def _walked(rng: np.random.Generator, past: Past, horizon: int, draws: int) -> np.ndarray:
    """What a level that walks multiplies the sum of a horizon by."""
    variance = past.wandering(horizon)
    return rng.gamma(1 / variance, variance, draws) if variance > 0 else np.ones(draws)


def _drawn(rng: np.random.Generator, mean: np.ndarray, phi: float) -> np.ndarray:
    """Counts of these means whose variance is φ times the mean."""
    if phi > 1 + 1e-9:
        mean = rng.gamma(mean / (phi - 1), phi - 1)
    return rng.poisson(mean)


@dataclass(frozen=True)
class Difference:
    """A difference with its 95 % interval."""

    value: float
    low: float
    high: float


def difference_in_differences(past: Past, treated: float, compared: float) -> Difference:
    """How the treated count changed beside the comparison boroughs: a ratio, 1 for alike.

    source  log (T₁/T₀)/(C₁/C₀), variance φ Σ 1/n over the four counts, ½ added to each.
    """
    parts = np.array([treated, compared, past.treated, past.compared]) + HALF
    middle = float(np.log(parts[0] / parts[1]) - np.log(parts[2] / parts[3]))
    wide = float(scipy.stats.norm.ppf((1 + INTERVAL) / 2) * np.sqrt(past.phi * (1 / parts).sum()))
    return Difference(*(float(np.exp(item)) for item in (middle, middle - wide, middle + wide)))


def weighted_displacement(past: Past, before: float, after: float, compared: float) -> Difference:
    """Counts more (below 0: fewer) in an area than its past and the comparison let expect.

    before, after  counts of the touching boroughs, or of these and those acted in together
    source  weighted displacement difference (Wheeler & Ratcliffe 2018, Crime Science 7:11): each
            area weighed by its past beside the comparison boroughs', so that areas and spans of
            any size can be set against each other; variance of weighted counts, times φ.
    """
    theirs, theirs_before = compared + HALF, past.compared + HALF
    scale = theirs / theirs_before
    expected = before * scale
    variance = past.phi * (
        after + before * scale**2 + expected**2 * (1 / theirs + 1 / theirs_before)
    )
    wide = float(scipy.stats.norm.ppf((1 + INTERVAL) / 2) * np.sqrt(variance))
    return Difference(after - expected, after - expected - wide, after - expected + wide)
