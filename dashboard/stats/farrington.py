"""Farrington Flexible: what a week of a series with three years behind it should bring.

A log-linear quasi-Poisson model with a trend and ten seasonal blocks is fitted to the same
time of earlier years, weeks with outbreaks weighted down; the limit is a quantile of the
negative binomial about its forecast ("nbPlugin").

One week is asked of many series at once: they share its baseline weeks, and so its model.
source  Noufaily et al. 2013; steps and figures as R's surveillance::farringtonFlexible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, gammainc

from dashboard.errors import StatisticsError
from dashboard.stats import blocks
from dashboard.stats.blocks import Design, Fit

YEAR = 52


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

    @property
    def weeks(self) -> int:
        """Weeks that must lie before the one asked for."""
        return self.years * YEAR + self.half_window


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
class Expectations:
    """Forecasts of one week of many series: one entry a series that passed the gate.

    row     index of the series among those given; the other arrays as in Expectation
    """

    row: np.ndarray
    expected: np.ndarray
    upper: np.ndarray
    phi: np.ndarray
    trend: np.ndarray
    p: np.ndarray
    alarm: np.ndarray


def expectation(counts: ArrayLike, week: int, options: Options | None = None) -> Expectation | None:
    """What the week with index `week` should have brought; None where the gate is not passed.

    raises  StatisticsError with fewer weeks before it than years × 52 + half_window.
    """
    forecasts = expectations(np.asarray(counts, dtype=float)[None, :], week, options)
    if not len(forecasts.row):
        return None
    return Expectation(
        forecasts.expected.item(),
        forecasts.upper.item(),
        forecasts.phi.item(),
        forecasts.trend.item(),
        forecasts.p.item(),
        forecasts.alarm.item(),
    )


def expectations(counts: ArrayLike, week: int, options: Options | None = None) -> Expectations:
    """What the week with index `week` should have brought, for each series that passes the gate.

    counts  series × weeks
    raises  StatisticsError with fewer weeks before it than years × 52 + half_window.
    """
    chosen, series = options or Options(), np.asarray(counts, dtype=float)
    if week < chosen.weeks or week >= series.shape[1]:
        raise StatisticsError(
            f"{chosen.years} years need {chosen.weeks} weeks before "
            f"the week and the week itself; got: week {week} of {series.shape[1]}"
        )
    row = np.flatnonzero(gate(series[:, : week + 1], chosen))
    weeks, block = baseline(week, chosen)
    design = Design(
        (block[:, None] == np.arange(1, chosen.blocks + 1)).astype(float),
        (weeks - weeks[0]) / (week - weeks[0]),
        trend=chosen.years >= 3,
    )
    y, now = series[row][:, weeks], series[row, week]
    mean, fitted, trend = _forecast(y, design, chosen)
    phi = np.maximum(1.0, fitted)
    upper, p = _limit(mean, phi, now, chosen.alpha)
    return Expectations(row, mean, upper, phi, trend, p, now > upper)


def gate(latest: np.ndarray, options: Options) -> np.ndarray:
    """Whether each series has enough events in its last weeks: counts that end with the week."""
    return latest[:, -options.within :].sum(axis=1) >= options.least


def baseline(week: int, options: Options) -> tuple[np.ndarray, np.ndarray]:
    """Indices of the baseline weeks and the seasonal block of each; the last block is now's.

    The weeks between two windows are cut into equal blocks; the first take what is over.
    """
    w, blocks = options.half_window, options.blocks
    anchors = [week - YEAR * year for year in range(options.years, -1, -1)]
    block = np.zeros(week, dtype=int)
    for start, end in zip(anchors, anchors[1:], strict=False):
        block[start - w :] = blocks
        between = np.arange(start + w + 1, end - w)
        for number, part in enumerate(np.array_split(between, max(blocks - 1, 1)), start=1):
            block[part] = number if blocks > 1 else 0
    # The weeks of one block alone stand without seasons; others are then left out as 0.
    last = week - options.left_out
    weeks = np.flatnonzero(block[:last])
    return weeks, block[weeks]


def _forecast(
    y: np.ndarray, design: Design, options: Options
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean of the week asked for, dispersion and whether the trend is kept, of each series."""
    fitted = _reweighted(y, design, options)
    mean, phi = fitted.ahead(), fitted.phi.copy()
    if not design.trend:
        return mean, phi, np.full(len(y), design.trend)
    kept = (blocks.trend_p(fitted) < options.trend_p) & (mean <= y.max(axis=1))
    flat = np.flatnonzero(~kept)
    if len(flat):
        again = _reweighted(y[flat], replace(design, trend=False), options)
        mean[flat], phi[flat] = again.ahead(), again.phi
    return mean, phi, kept


def _reweighted(y: np.ndarray, design: Design, options: Options) -> Fit:
    first = blocks.fit(y, design, np.ones_like(y))
    return blocks.fit(y, design, _down_weighted(y, design, first, options.threshold), first.mu)


def _down_weighted(y: np.ndarray, design: Design, fit: Fit, threshold: float) -> np.ndarray:
    """Weights that add up to n, less by s² for weeks whose Anscombe residual s is large."""
    # A week that alone makes its block has leverage 1 and residual 0.
    free = np.maximum(1 - blocks.leverage(fit, design), 1e-12)
    apart = 1.5 * (y ** (2 / 3) * fit.mu ** (-1 / 6) - np.sqrt(fit.mu))
    s = apart / np.sqrt(np.maximum(1.0, fit.phi)[:, None] * free)
    weights = np.where(s > threshold, 1 / np.maximum(s, threshold) ** 2, 1.0)
    return weights * y.shape[1] / weights.sum(axis=1, keepdims=True)


def _limit(
    mean: np.ndarray, phi: np.ndarray, now: np.ndarray, alpha: float
) -> tuple[np.ndarray, np.ndarray]:
    """Upper limit and P(X ≥ now): negative binomial of that mean and dispersion; Poisson at 1."""
    size = mean / np.where(phi > 1, phi - 1, 1.0)

    def beyond(count: np.ndarray) -> np.ndarray:
        """P(X > count), by the incomplete beta and gamma functions."""
        above = np.maximum(count, 0.0) + 1
        wide = betainc(above, size, 1 - 1 / phi)
        return np.where(count < 0, 1.0, np.where(phi > 1, wide, gammainc(above, mean)))

    # The first whole count with no more than alpha beyond it, sought from below by halving.
    low, high = np.full_like(mean, -1.0), 16 + 2 * mean + 16 * np.sqrt(phi * mean) + 16 * phi
    high = np.ceil(high)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        enough = beyond(middle) <= alpha
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high, beyond(now - 1)
