"""Farrington Flexible: what a week of a series with three years behind it should bring.

A log-linear quasi-Poisson model with a trend and ten seasonal blocks is fitted to the same
time of earlier years, weeks with outbreaks weighted down; the limit is a quantile of the
negative binomial about its forecast ("nbPlugin").
source  Noufaily et al. 2013; steps and figures as R's surveillance::farringtonFlexible.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import nbinom, poisson
from scipy.stats import t as student

from dashboard.errors import StatisticsError

YEAR = 52
MOST_STEPS = 25
SETTLED = 1e-8  # relative change of the deviance at which the fit stands


@dataclass(frozen=True)
class Options:
    """How the model looks back.

    years       earlier years used (b), each with `half_window` weeks either side (w)
    blocks      seasonal blocks of a year, the weeks about now being one
    left_out    latest weeks that are no baseline: an outbreak may be in them
    threshold   Anscombe residual beyond which a week is weighted down
    trend_p     p below which a trend is kept; 1 keeps it always
    alpha       chance of a count beyond the limit
    least, within  the gate: at least 5 events in the last 4 weeks
    """

    years: int = 4
    half_window: int = 3
    blocks: int = 10
    left_out: int = 26
    threshold: float = 2.58
    trend_p: float = 1.0
    alpha: float = 0.005
    least: int = 5
    within: int = 4


@dataclass(frozen=True)
class Expectation:
    """Forecast of one week; p is P(X ≥ count), alarm that the count is above `upper`."""

    expected: float
    upper: float
    phi: float
    trend: bool
    p: float
    alarm: bool


@dataclass(frozen=True)
class _Fit:
    beta: np.ndarray
    mu: np.ndarray
    information: np.ndarray
    weights: np.ndarray
    phi: float


def expectation(counts: ArrayLike, week: int, options: Options | None = None) -> Expectation | None:
    """What the week with index `week` should have brought; None where the gate is not passed.

    raises  StatisticsError with fewer weeks before it than years × 52 + half_window.
    """
    chosen = options or Options()
    series = np.asarray(counts, dtype=float)
    if week < chosen.years * YEAR + chosen.half_window or week >= len(series):
        raise StatisticsError(
            f"{chosen.years} years need {chosen.years * YEAR + chosen.half_window} weeks before "
            f"the week and the week itself; got: week {week} of {len(series)}"
        )
    if series[week - chosen.within + 1 : week + 1].sum() < chosen.least:
        return None
    weeks, block = baseline(week, chosen)
    y = series[weeks]
    with_trend = chosen.years >= 3
    fit, mean = _forecast(y, weeks, block, week, chosen, with_trend)
    if with_trend and not (_trend_p(fit, len(y)) < chosen.trend_p and mean <= y.max()):
        with_trend = False
        fit, mean = _forecast(y, weeks, block, week, chosen, with_trend)
    phi, now = max(1.0, fit.phi), series[week]
    spread = nbinom(mean / (phi - 1), 1 / phi) if phi > 1 else poisson(mean)
    upper = float(spread.ppf(1 - chosen.alpha))
    alarm = bool(now > upper and now > 0)
    return Expectation(mean, upper, phi, with_trend, float(spread.sf(now - 1)), alarm)


def baseline(week: int, options: Options) -> tuple[np.ndarray, np.ndarray]:
    """Indices of the baseline weeks and the seasonal block of each; the last block is now's.

    The weeks between two windows are cut into equal blocks; the first take what is over.
    """
    w, blocks = options.half_window, options.blocks
    anchors = [week - YEAR * year for year in range(options.years, -1, -1)]
    block = np.zeros(week + 1, dtype=int)
    for start, end in zip(anchors, anchors[1:], strict=False):
        block[start - w : start + w + 1] = blocks
        between = np.arange(start + w + 1, end - w)
        for number, part in enumerate(np.array_split(between, max(blocks - 1, 1)), start=1):
            block[part] = number if blocks > 1 else 0
    block[week - w :] = blocks
    # The weeks of one block alone stand without seasons; others are then left out as 0.
    last = week - options.left_out
    weeks = np.flatnonzero(block[:last])
    return weeks, block[weeks]


def _forecast(
    y: np.ndarray, weeks: np.ndarray, block: np.ndarray, week: int, options: Options, trend: bool
) -> tuple[_Fit, float]:
    """The fit, reweighted once, and its mean at `week`."""
    scale = week - weeks[0]
    columns = [np.ones(len(y))]
    at = [1.0]
    if trend:
        columns.append((weeks - weeks[0]) / scale)
        at.append(1.0)
    for number in range(1, options.blocks):
        columns.append((block == number).astype(float))
        at.append(0.0)
    x = np.column_stack(columns)
    first = _fit(y, x, np.ones(len(y)))
    fit = _fit(y, x, _down_weighted(y, x, first, options.threshold))
    return fit, float(np.exp(np.clip(np.dot(at, fit.beta), -30, 30)))


def _fit(y: np.ndarray, x: np.ndarray, weights: np.ndarray) -> _Fit:
    """Weighted quasi-Poisson regression with log link, by iterated least squares."""
    mu = y + 0.1
    eta = np.log(mu)
    before = np.inf
    for _ in range(MOST_STEPS):
        working = weights * mu
        information = x.T @ (working[:, None] * x)
        beta = np.linalg.lstsq(information, x.T @ (working * (eta + (y - mu) / mu)), rcond=None)[0]
        eta = np.clip(x @ beta, -30, 30)
        mu = np.exp(eta)
        deviance = _deviance(y, mu, weights)
        if abs(deviance - before) < SETTLED * (abs(deviance) + 0.1):
            break
        before = deviance
    freedom = len(y) - x.shape[1]
    phi = float((weights * (y - mu) ** 2 / mu).sum() / freedom)
    return _Fit(beta, mu, x.T @ ((weights * mu)[:, None] * x), weights, phi)


def _deviance(y: np.ndarray, mu: np.ndarray, weights: np.ndarray) -> float:
    logs = np.where(y > 0, y * np.log(np.where(y > 0, y, 1.0) / mu), 0.0)
    return float(2 * (weights * (logs - (y - mu))).sum())


def _down_weighted(y: np.ndarray, x: np.ndarray, fit: _Fit, threshold: float) -> np.ndarray:
    """Weights that add up to n, less by s² for weeks whose Anscombe residual s is large."""
    leverage = np.einsum("ij,jk,ik->i", x, np.linalg.pinv(fit.information), x) * fit.mu
    # A week that alone makes its block has leverage 1 and residual 0.
    free = np.maximum(1 - leverage, 1e-12)
    apart = 1.5 * (y ** (2 / 3) * fit.mu ** (-1 / 6) - np.sqrt(fit.mu))
    s = apart / np.sqrt(max(1.0, fit.phi) * free)
    weights = np.where(s > threshold, 1 / np.maximum(s, threshold) ** 2, 1.0)
    return weights * len(y) / weights.sum()


def _trend_p(fit: _Fit, n: int) -> float:
    """Two-sided p of the trend coefficient, with the dispersion as estimated."""
    variance = fit.phi * np.linalg.pinv(fit.information)[1, 1]
    freedom = n - len(fit.beta)
    return float(2 * student.sf(abs(fit.beta[1]) / np.sqrt(variance), freedom))
