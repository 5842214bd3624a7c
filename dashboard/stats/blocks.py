"""Log-linear quasi-Poisson regression on seasonal blocks and a trend, of many series at once.

The series share their weeks, and so the model. As each week lies in one block, the least
squares of a step are those of a fit within blocks (means taken off, one slope through all):
no matrix a series needs to be solved, and the figures are those of the regression itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, xlogy

MOST_STEPS = 25
SETTLED = 1e-8  # relative change of the deviance at which the fit stands
WIDEST = 30.0  # a logarithm of a mean beyond this is cut: its block holds no event


@dataclass(frozen=True)
class Design:
    """What the weeks (rows) are regressed on.

    inside  1 where a week lies in a block (column), else 0
    time    of each week, 0 the first and 1 the week that is asked for
    trend   whether a slope in time is fitted beside the blocks
    """

    inside: np.ndarray
    time: np.ndarray
    trend: bool


@dataclass(frozen=True)
class Fit:
    """A fitted mean for each week: mu and weights are series × weeks, the rest one a series.

    level   logarithm of each block's mean at time 0, series × blocks
    slope   of the logarithm over the whole time; 0 without a trend
    phi     dispersion: Pearson's χ² over its degrees of freedom, not raised to 1
    share, apart, spread   weight of each block, distance of each week in time from the middle
            of its block, and its weighted sum of squares
    """

    mu: np.ndarray
    weights: np.ndarray
    level: np.ndarray
    slope: np.ndarray
    phi: np.ndarray
    share: np.ndarray
    apart: np.ndarray
    spread: np.ndarray

    def ahead(self) -> np.ndarray:
        """Mean at time 1 in the last block."""
        return np.exp(np.clip(self.level[:, -1] + self.slope, -WIDEST, WIDEST))


def fit(y: np.ndarray, design: Design, weights: np.ndarray, near: np.ndarray | None = None) -> Fit:
    """Fits the counts `y` (series × weeks), each series for as long as it moves.

    near    means to start from; the counts themselves when left out
    """
    mu = np.empty_like(y)
    level, slope = np.empty((len(y), design.inside.shape[1])), np.empty(len(y))
    # Of those that still move: which they are, counts, weights, means and their logarithms.
    going, seen, w = np.arange(len(y)), y, weights
    m = y + 0.1 if near is None else near
    line, saturated, before = np.log(m), _saturated(y, weights), np.full(len(y), np.inf)
    for step in range(MOST_STEPS):
        levels, slopes = _least_squares(line + (seen - m) / m, w * m, design)
        line = levels @ design.inside.T + slopes[:, None] * design.time
        np.clip(line, -WIDEST, WIDEST, out=line)
        m = np.exp(line)
        deviance = saturated + _deviance(seen, line, m, w)
        stands = abs(deviance - before) < SETTLED * (abs(deviance) + 0.1)
        stands |= step == MOST_STEPS - 1
        before = deviance
        if not stands.any():
            continue
        done, on = going[stands], ~stands
        mu[done], level[done], slope[done] = m[stands], levels[stands], slopes[stands]
        going, seen, w, m, line, saturated, before = (
            item[on] for item in (going, seen, w, m, line, saturated, before)
        )
        if not len(going):
            break
    freedom = y.shape[1] - design.inside.shape[1] - design.trend
    phi = (weights * (y - mu) ** 2 / mu).sum(axis=1) / freedom
    share, apart, spread = _within(weights * mu, design)
    return Fit(mu, weights, level, slope, phi, share, apart, spread)


def leverage(fitted: Fit, design: Design) -> np.ndarray:
    """Of each week on its own mean: its part of its block, and of the trend."""
    part = (1 / _filled(fitted.share)) @ design.inside.T
    if design.trend:
        part = part + fitted.apart**2 / _filled(fitted.spread)[:, None]
    return part * fitted.mu


def trend_p(fitted: Fit) -> np.ndarray:
    """Two-sided p of the slope, with the dispersion as estimated."""
    freedom = fitted.mu.shape[1] - fitted.share.shape[1] - 1
    error = np.sqrt(fitted.phi / _filled(fitted.spread))
    return 2 * stdtr(freedom, -abs(fitted.slope) / np.where(error > 0, error, np.inf))


def _least_squares(
    z: np.ndarray, working: np.ndarray, design: Design
) -> tuple[np.ndarray, np.ndarray]:
    """Level of each block at time 0 and the common slope, each week weighted by `working`."""
    weighted = working * z
    share, total = working @ design.inside, weighted @ design.inside
    mean = total / _filled(share)
    if not design.trend:
        return mean, np.zeros(len(z))
    timed = design.inside * design.time[:, None]
    moment = working @ timed
    middle = moment / _filled(share)
    # Sums of products about the blocks' means, by the totals: no array of series × weeks.
    spread = working @ design.time**2 - (moment * middle).sum(axis=1)
    slope = (weighted @ design.time - (total * middle).sum(axis=1)) / _filled(spread)
    return mean - slope[:, None] * middle, slope


def _within(working: np.ndarray, design: Design) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weight of each block, each week's distance in time from its middle, and their spread."""
    share = working @ design.inside
    middle = working @ (design.inside * design.time[:, None]) / _filled(share)
    apart = design.time - middle @ design.inside.T
    return share, apart, (working * apart**2).sum(axis=1)


def _filled(parts: np.ndarray) -> np.ndarray:
    """The parts with 1 for 0: what nothing weighs has no say, and divides nothing."""
    return np.where(parts > 0, parts, 1.0)


def _deviance(y: np.ndarray, eta: np.ndarray, mu: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Less what the counts alone make of it, `_saturated`."""
    return 2 * (weights * (mu - y * eta)).sum(axis=1)


def _saturated(y: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The part of the deviance that no fit changes: Σ 2 w (y log y − y)."""
    return 2 * (weights * (xlogy(y, y) - y)).sum(axis=1)
