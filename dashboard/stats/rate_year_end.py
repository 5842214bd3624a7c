"""Where a year's rate will end: from its own level, which may drift, and its own errors.

The evidence is every period that is known, this year's and earlier years', each discounted for
every period since; so earlier years are the prior, and weigh the less the longer they are ago.

source  West & Harrison 1997, "Bayesian Forecasting and Dynamic Models", discount models. With a
        discount ω the part is D = Σ ωʲ d, its cases N = Σ ωʲ n, the rate p = (D + ½)/(N + c)
        (Jeffreys: c is 1 of a share, 0 of parts that are counts of their own). The level moves
        on, so that for n cases over h periods the evidence is worth
        N' = (N + c) / (1 + (1/ω − 1)(w + (h + 1)(2h + 1)/(6h))), where w periods lie between:
        the mean of h steps of a random walk that has gone w steps before.
        A share of its cases has variance φ n p (1 − p)(N' + n)/(N' + 1); a part that belongs to
        other periods' cases (outcomes by their own day) φ n p (1 + n/N').
        φ is the mean square of the rate's own standardised errors one period ahead, at least 1.
        Discounts are averaged by the likelihood of these errors, as in stats.local_level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError
from dashboard.stats.local_level import DISCOUNTS, START

NEAR = 1e-9  # rates as close as this are one: 0.1 × 30 is 3.0000000000000004
LEAST_CASES = 0.5  # that a rate stands on, where there was none
# Correlation of cases: beyond, a share has no distribution; below, its logarithms lose figures.
LEAST_ALIKE, MOST_ALIKE = 1e-7, 0.999


@dataclass(frozen=True)
class RateLevel:
    """What is known of a rate, one entry a discount in each array.

    apart     whether the part belongs to other periods' cases, so that it may exceed them
    rate      p
    evidence  N + c, cases that the rate stands on
    phi       dispersion
    weight    how likely the discount is, 1 in all
    """

    apart: bool
    rate: np.ndarray
    evidence: np.ndarray
    phi: np.ndarray
    weight: np.ndarray


@dataclass(frozen=True)
class Law:
    """What a year's rate may come to: values, and the chance of each (1 in all)."""

    values: np.ndarray
    chances: np.ndarray

    @property
    def mean(self) -> float:
        return float((self.values * self.chances).sum())

    def below(self, value: float) -> float:
        """P(rate < value)."""
        return float(self.chances[self.values < value - NEAR].sum())

    def at_most(self, value: float) -> float:
        """P(rate ≤ value)."""
        return float(self.chances[self.values <= value + NEAR].sum())

    def at_least(self, value: float) -> float:
        """P(rate ≥ value)."""
        return float(self.chances[self.values >= value - NEAR].sum())

    def quantile(self, chance: float) -> float:
        """The least rate of which P(rate ≤ it) is `chance` or more."""
        order = np.argsort(self.values)
        reached = np.cumsum(self.chances[order])
        return float(self.values[order[np.searchsorted(reached, chance - NEAR)]])


def levels(
    done: ArrayLike, cases: ArrayLike, apart: bool, together: ArrayLike | None = None
) -> list[RateLevel]:
    """The level of each series after its last period.

    done, cases  series × periods, latest last; NaN where missing (the level then stays)
    together     a number a series: those of one number share their dispersion and the weights of
                 the discounts; all do where it is None
    raises       StatisticsError for shapes that differ, negative parts or, of a share, parts of
                 more than their cases
    """
    part, whole = (np.atleast_2d(np.asarray(x, dtype=float)) for x in (done, cases))
    if part.shape != whole.shape or (part < 0).any() or (whole < 0).any():
        raise StatisticsError("a rate needs parts and cases of 0 or more, one pair a period")
    if not apart and (part > whole).any():
        raise StatisticsError("a share's part is not more than its cases")
    group = np.zeros(len(part)) if together is None else np.asarray(together)
    total, evidence, errors = _followed(part, whole, apart)
    known = np.maximum(evidence + (not apart), LEAST_CASES)
    rates = (total + 0.5) / known
    shared = {one: _shared(errors, group == one) for one in np.unique(group)}
    return [RateLevel(apart, rates[at], known[at], *shared[one]) for at, one in enumerate(group)]


@dataclass(frozen=True)
class _Errors:
    """Of each series' errors one period ahead: sums of squares and of log variances (series ×
    discounts), and how many they are."""

    squares: np.ndarray
    logs: np.ndarray
    number: np.ndarray


def _shared(errors: _Errors, own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Dispersion and weight of each discount, from the errors of some series together."""
    number = errors.number[own].sum()
    size = np.maximum(errors.squares[own].sum(axis=0) / max(number, 1), NEAR)
    likely = -0.5 * (errors.logs[own].sum(axis=0) + number * np.log(size))
    weight = np.exp(likely - likely.max())
    return np.maximum(1.0, size), weight / weight.sum()


def _followed(
    part: np.ndarray, whole: np.ndarray, apart: bool
) -> tuple[np.ndarray, np.ndarray, _Errors]:
    """D and N after the last period (series × discounts), and the errors one period ahead."""
    shape = (len(part), len(DISCOUNTS))
    total, evidence = np.zeros(shape), np.zeros(shape)
    errors = _Errors(np.zeros(shape), np.zeros(shape), np.zeros(len(part)))
    seen = np.zeros(len(part))
    for at in range(part.shape[1]):
        here = ~np.isnan(part[:, at] + whole[:, at])
        d, n = (np.where(here, x[:, at], 0.0)[:, None] for x in (part, whole))
        judged = here & (seen >= START) & (n[:, 0] > 0) & (evidence.sum(axis=1) > 0)
        if judged.any():
            # What is known has aged by a period before this one is foretold.
            known = DISCOUNTS * evidence[judged] + (not apart)
            rate = (DISCOUNTS * total[judged] + 0.5) / known
            spread = _variance(n[judged], rate, known, apart)
            errors.squares[judged] += (d[judged] - n[judged] * rate) ** 2 / spread
            errors.logs[judged] += np.log(spread)
            errors.number[judged] += 1
        aged = np.where(here[:, None], DISCOUNTS, 1.0)
        total, evidence = aged * total + d, aged * evidence + n
        seen += here
    return total, evidence, errors


def part_to_come(
    level: RateLevel, n: ArrayLike, periods: int, factor: float = 1.0, wait: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of the part that `n` cases over so many periods bring, one each a number.

    factor  what the dispersion is multiplied by, from a backtest
    wait    periods between the last one known and the first of these
    """
    cases = np.asarray(n, dtype=float)[..., None]
    moves = (1 / DISCOUNTS - 1) * (wait + (periods + 1) * (2 * periods + 1) / (6 * periods))
    evidence = level.evidence / (1 + moves)
    spread = factor * level.phi * _variance(cases, level.rate, evidence, level.apart)
    mean = (level.rate * cases) @ level.weight
    between = (level.rate * cases - mean[..., None]) ** 2
    return mean, (spread + between) @ level.weight


def law(
    level: RateLevel,
    so_far: tuple[float, float],
    coming: ArrayLike,
    periods: int,
    factor: float = 1.0,
    wait: int = 0,
) -> Law:
    """What the year's rate may come to.

    so_far   part and cases of the year by now
    coming   numbers of cases that the rest of the year may bring, each as likely as the others
    periods  how many are to come, 1 or more
    wait     periods between the last one known and the first of these: the year is yet to begin
    raises   StatisticsError where the year has and will have no case
    """
    numbers = np.asarray(coming, dtype=int)
    done, cases = so_far
    numbers = numbers[numbers + cases > 0]
    if not numbers.size or periods < 1:
        raise StatisticsError("a year's rate needs a case, and a period to come")
    rest = _rest(level, numbers, periods, factor, wait)
    values = (done + np.arange(rest.shape[1])) / (cases + numbers[:, None])
    return Law(values.ravel(), rest.ravel() / len(numbers))


def _variance(
    n: float | np.ndarray, rate: np.ndarray, evidence: np.ndarray, apart: bool
) -> np.ndarray:
    """Variance of the part of n cases at a rate known from so many, under φ = 1."""
    if apart:
        return n * rate * (1 + n / evidence)
    return n * rate * (1 - rate) * (evidence + n) / (evidence + 1)


def _rest(
    level: RateLevel, numbers: np.ndarray, periods: int, factor: float, wait: int
) -> np.ndarray:
    """Chances of a part of 0, 1, 2 … (a row each) from so many cases: of a share beta-binomial,
    else negative binomial, by mean and variance."""
    cases = np.maximum(numbers, 1)
    mean, variance = part_to_come(level, cases, periods, factor, wait)
    steps = _negative_binomial if level.apart else _beta_binomial
    # What each chance is of the one before, as a logarithm; no case brings no part.
    ratios = np.where(numbers[:, None] > 0, steps(mean, variance, cases), 0.0)
    with np.errstate(divide="ignore"):
        logs = np.cumsum(np.log(np.pad(ratios, ((0, 0), (1, 0)), constant_values=1.0)), axis=1)
    chances = np.exp(logs - logs.max(axis=1, keepdims=True))
    return chances / chances.sum(axis=1, keepdims=True)


def _beta_binomial(mean: np.ndarray, variance: np.ndarray, cases: np.ndarray) -> np.ndarray:
    """Steps from 0 to the most cases; 0 beyond a number's own."""
    rate = mean / cases
    alike = (variance / (mean * (1 - rate)) - 1) / np.maximum(cases - 1, 1)
    size = 1 / np.clip(alike, LEAST_ALIKE, MOST_ALIKE) - 1
    a, b, n = (x[:, None] for x in (rate * size, (1 - rate) * size, cases))
    k = np.arange(float(cases.max()))
    left = np.maximum(n - k, 0.0)
    return left * (k + a) / ((k + 1) * np.maximum(left - 1 + b, b))


def _negative_binomial(mean: np.ndarray, variance: np.ndarray, _cases: np.ndarray) -> np.ndarray:
    """Steps from 0 as far as one in 10¹² (see stats.alerts.attainable)."""
    size, wide = mean**2 / (variance - mean), (variance / mean).max()
    most = mean.max() + 8 * variance.max() ** 0.5 + 20 * wide + 9.0
    k, size = np.arange(int(most)), size[:, None]
    return (k + size) / (k + 1) * (mean[:, None] / (size + mean[:, None]))
