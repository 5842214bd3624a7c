"""Funnel limits where units differ by more than chance: Spiegelhalter's additive adjustment.

Counts and shares are compared on the scale on which their spread does not depend on their
level: square root of observed over expected, arc sine of a share's root.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError
from dashboard.stats.intervals import z_of

WINSORISE = 0.10  # share of z at either end that is drawn in before the spread is taken
FEWEST = 10  # units below which the adjustment is not used


@dataclass(frozen=True)
class Spread:
    """How far units lie apart.

    z, z_winsorised, s  one a unit: its distance, the same drawn in, its standard error
    phi     mean square of the winsorised z: 1 if chance were all
    tau2    variance between units on the transformed scale
    target  overall share, or 1 for observed over expected
    """

    z: np.ndarray
    z_winsorised: np.ndarray
    s: np.ndarray
    phi: float
    tau2: float
    target: float

    @property
    def adjust(self) -> bool:
        """Whether adjusted limits are due: ten units or more, φ > 1 + 2√(2/N)."""
        return len(self.z) >= FEWEST and self.phi > 1 + 2 * sqrt(2 / len(self.z))


def of_shares(
    numerators: ArrayLike, denominators: ArrayLike, winsorise: float = WINSORISE
) -> Spread:
    """Spread of shares: z = 2√n (asin √(y/n) − asin √P) about the overall share P."""
    y, n = _checked(numerators, denominators)
    if (y > n).any():
        raise StatisticsError("no numerator of a share is above its denominator")
    overall = float(y.sum() / n.sum())
    z = 2 * np.sqrt(n) * (np.arcsin(np.sqrt(y / n)) - np.arcsin(np.sqrt(overall)))
    return _spread(z, 1 / (2 * np.sqrt(n)), overall, winsorise)


def of_ratios(observed: ArrayLike, expected: ArrayLike, winsorise: float = WINSORISE) -> Spread:
    """Spread of observed over expected: z = 2(√O − √E) about 1."""
    o, e = _checked(observed, expected)
    return _spread(2 * (np.sqrt(o) - np.sqrt(e)), 1 / (2 * np.sqrt(e)), 1.0, winsorise)


def share_limits(spread: Spread, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Adjusted limits on each unit's share: sin²(asin √P ± z √(s² + τ²)), within 0 to 1."""
    centre, apart = np.arcsin(np.sqrt(spread.target)), _apart(spread, level)
    low, high = np.clip([centre - apart, centre + apart], 0.0, np.pi / 2)
    return np.sin(low) ** 2, np.sin(high) ** 2


def ratio_limits(spread: Spread, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Adjusted limits on each unit's observed over expected: (1 ± z √(s² + τ²))², from 0."""
    apart = _apart(spread, level)
    return np.maximum(1 - apart, 0.0) ** 2, (1 + apart) ** 2


def _apart(spread: Spread, level: float) -> np.ndarray:
    return z_of(level) * np.sqrt(spread.s**2 + spread.tau2)


def _spread(z: np.ndarray, s: np.ndarray, target: float, winsorise: float) -> Spread:
    low, high = np.quantile(z, [winsorise, 1 - winsorise])
    drawn = np.clip(z, low, high)
    phi, weights, number = float((drawn**2).mean()), 1 / s**2, len(z)
    room = weights.sum() - (weights**2).sum() / weights.sum()
    tau2 = max(0.0, float((number * phi - (number - 1)) / room)) if number > 1 else 0.0
    return Spread(z, drawn, s, phi, tau2, target)


def _checked(numerators: ArrayLike, denominators: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    y, n = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    if y.shape != n.shape or not len(y) or not ((y >= 0) & (n > 0)).all():
        raise StatisticsError("each unit needs a count of 0 or more, and a base above 0")
    return y, n
