"""The time of year and the drift in a series of counts: what they multiply each period by.

source  a straight trend and one harmonic of the year in a log-linear model, quasi-Poisson (as
        Serfling 1963 and Noufaily 2013 lay a season under counts). Each is shrunk towards none
        by as much as its own error is of it (positive-part James & Stein 1961): where it cannot
        be told from chance it is 1 throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError

YEARS = 2  # of known periods that a season is taken from; a drift from one
MOST = 0.7  # of the logarithm: no season makes a period twice the average one
STEEPEST = 0.5  # of the logarithm a year, either way
STEPS = 4  # of iterated least squares: enough for the third figure
WIDEST = 20.0  # a logarithm of a mean beyond this is cut: no count is as large
LEVEL, DRIFT, WAVES = [0], [1], [2, 3]


@dataclass(frozen=True)
class Course:
    """What season and drift multiply a series by.

    factors  series × periods, 1 in the last known period but for its season
    ahead    that of the next period, one a series
    season   the part of `ahead` that is the time of year; 1 where it is not known
    """

    factors: np.ndarray
    ahead: np.ndarray
    season: np.ndarray


def course(history: ArrayLike, year: int) -> Course:
    """The course of each series and of its next period.

    history  series × periods, latest last; NaN where missing
    year     periods that make one
    return   1 throughout where fewer than a year is known
    raises   StatisticsError for shapes that are none or a year under 4 periods
    """
    counts = np.asarray(history, dtype=float)
    if counts.ndim != 2 or year < 4:
        raise StatisticsError("a course needs series × periods of counts and 4 periods a year")
    number, length = counts.shape
    known, some = ~np.isnan(counts), np.nansum(counts, axis=1) > 0
    factors, season = np.ones((number, length + 1)), np.ones(number)
    age = np.arange(length + 1) - (length - 1)
    angle = 2 * np.pi * age / year
    design = np.column_stack([np.ones(length + 1), age / year, np.sin(angle), np.cos(angle)])
    n = known.sum(axis=1)
    for chosen, terms in (
        (some & (n >= year) & (n < YEARS * year), (DRIFT,)),
        (some & (n >= YEARS * year), (DRIFT, WAVES)),
    ):
        held = np.flatnonzero(chosen)
        if not len(held):
            continue
        columns = LEVEL + [item for term in terms for item in term]
        effect, cover = _fitted(counts[held], known[held], design[:-1, columns])
        drift = _shrunk(effect[:, 1:2], cover[:, 1:2, 1:2])[:, 0]
        factors[held] = np.exp(np.clip(drift, -STEEPEST, STEEPEST)[:, None] * design[:, 1])
        if WAVES in terms:
            waves = _shrunk(effect[:, 2:], cover[:, 2:, 2:])
            wave = np.exp(np.clip(waves @ design[:, WAVES].T, -MOST, MOST))
            factors[held] *= wave
            season[held] = wave[:, -1]
    return Course(factors[:, :-1], factors[:, -1], season)


def _fitted(
    counts: np.ndarray, known: np.ndarray, design: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Effects of each series and their covariance."""
    n = known.sum(axis=1)
    values = np.nan_to_num(counts)
    effect = np.zeros((len(values), design.shape[1]))
    effect[:, 0] = np.log(values.sum(axis=1) / n)
    for _ in range(STEPS):
        mean = _means(effect, design)
        slope = (np.where(known, values - mean, 0.0) @ design)[..., None]
        step = np.linalg.solve(_information(mean * known, design), slope)
        effect = effect + step.reshape(effect.shape)
    # The errors of what is found, not of the step before: of a few events they are far apart.
    mean = _means(effect, design)
    pearson = np.where(known, (values - mean) ** 2 / mean, 0.0).sum(axis=1)
    phi = np.maximum(1.0, pearson / (n - design.shape[1]))
    return effect, np.linalg.inv(_information(mean * known, design)) * phi[:, None, None]


def _information(mean: np.ndarray, design: np.ndarray) -> np.ndarray:
    ridge = 1e-8 * np.eye(design.shape[1])
    return np.einsum("st,tp,tq->spq", mean, design, design) + ridge


def _means(effect: np.ndarray, design: np.ndarray) -> np.ndarray:
    return np.exp(np.clip(effect @ design.T, -WIDEST, WIDEST))


def _shrunk(effect: np.ndarray, cover: np.ndarray) -> np.ndarray:
    """Each effect times 1 − terms / its strength, 0 where that is less."""
    strength = np.einsum("sp,spq,sq->s", effect, np.linalg.inv(cover), effect)
    return effect * np.maximum(0.0, 1 - effect.shape[1] / np.maximum(strength, 1e-12))[:, None]
