"""The next count of each part of a whole: its share of where the whole is heading.

A part's own counts are few, so what moves them all (season, drift, a busy fortnight) is read
from their sum, and only the share from the part itself. With the sum given, a part's past is
Poisson about share × sum whatever the course of the sum was, so that Σ y / Σ S estimates the
share without a model of it.

The variance is φ m (1 + 1/E) + m² τ²: dispersion of the parts about their shares, the error of
the share (E: past sums over the one to come), and what moves all parts together, the whole's own
error one step ahead beyond what its parts explain. Summed over the parts it is the whole's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError
from dashboard.stats.local_level import JEFFREYS, SPREAD_REACH, within

BOUNDED = 4  # rounds of estimating a dispersion that says which counts are too far out for it
ROUNDS = 3  # of filling a sum where one of its parts is missing


@dataclass(frozen=True)
class Parts:
    """Forecast of each part, one entry a part in each array.

    phi     dispersion of the parts about their shares
    common  τ²: relative variance of what moves all parts together, within `variance` too
    """

    mean: np.ndarray
    variance: np.ndarray
    phi: float
    common: float


def whole(history: ArrayLike) -> np.ndarray:
    """The sum of the parts by period; a missing part stands in with its share, NaN where all
    are missing."""
    counts = _checked(history)
    known = ~np.isnan(counts)
    if known.all():
        return counts.sum(axis=0)
    values = np.nan_to_num(counts)
    total = values.sum(axis=0)
    for _ in range(ROUNDS):
        # Where nothing is known of a part or a period, nothing is divided.
        base = (known * total).sum(axis=1)
        share = values.sum(axis=1) / np.where(base > 0, base, 1.0)
        share = share / max(share.sum(), 1e-12)
        cover = (known * share[:, None]).sum(axis=0)
        total = values.sum(axis=0) / np.where(cover > 0, cover, 1.0)
    return np.where(known.any(axis=0), total, np.nan)


def forecast(history: ArrayLike, mean: float, variance: float) -> Parts:
    """The parts' next counts, from those of the whole.

    history         parts × periods that their shares are taken from; NaN where missing
    mean, variance  of the whole's next count, as stats.local_level gives it
    """
    counts = _checked(history)
    known = ~np.isnan(counts)
    values, sums = np.nan_to_num(counts), known * np.nan_to_num(whole(counts))
    past = sums.sum(axis=1)
    exposure = np.where(past > 0, past / max(mean, 1e-12), 1.0)
    expected = (values.sum(axis=1) + JEFFREYS) / exposure
    phi = _dispersion(values, sums, known)
    common = max(0.0, variance - phi * mean * (1 + 1 / max(exposure.max(), 1.0))) / mean**2
    spread = phi * expected * (1 + 1 / exposure) + common * expected**2
    return Parts(expected, spread, phi, common)


def _dispersion(values: np.ndarray, sums: np.ndarray, known: np.ndarray) -> float:
    """Pooled Pearson of the parts about share × sum, at least 1.

    A count of more than three standard errors counts as three: a past burst in one part is no
    reason to expect the next in all of them.
    """
    past, n = sums.sum(axis=1), known.sum(axis=1)
    use = (n >= 2) & (values.sum(axis=1) > 0)
    if not use.any():
        return 1.0
    share = values[use].sum(axis=1) / past[use]
    fitted = share[:, None] * sums[use]
    # Given the sum a part varies as a binomial count: less, the larger its share.
    spread = fitted * np.maximum(1 - share, 0.0)[:, None]
    scale, counts = spread.sum(), values[use]
    if scale <= 0:
        return 1.0
    for _ in range(BOUNDED):
        squares = ((counts - fitted) ** 2).sum(axis=1)
        phi = max(1.0, float((squares * n[use] / (n[use] - 1)).sum() / scale))
        counts = within(values[use], fitted, spread, SPREAD_REACH, np.array(phi))
    return phi


def _checked(history: ArrayLike) -> np.ndarray:
    counts = np.asarray(history, dtype=float)
    if counts.ndim != 2 or (counts < 0).any():
        raise StatisticsError("parts are rows of counts of 0 or more, one column a period")
    return counts
