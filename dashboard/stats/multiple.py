"""Many tests at once: p-values adjusted so that a list of findings can be trusted as a list."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError


def benjamini_hochberg(p: ArrayLike) -> np.ndarray:
    """q-values, in the order given: those at most 0.10 hold at most 10 % false on average.

    Holds for independent or positively dependent tests, so for levels that nest.
    source  Benjamini & Hochberg 1995; as R's p.adjust(method = "BH").

    >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    values = _checked(p)
    return _step_up(values, len(values))


def benjamini_yekutieli(p: ArrayLike) -> np.ndarray:
    """q-values that hold under any dependence: BH's, times 1 + 1/2 + … + 1/n.

    source  Benjamini & Yekutieli 2001; as R's p.adjust(method = "BY").
    """
    values = _checked(p)
    return _step_up(values, len(values) * (1 / np.arange(1, len(values) + 1)).sum())


def holm(p: ArrayLike) -> np.ndarray:
    """Adjusted p: those at most α hold any false one with chance at most α (Holm 1979)."""
    values = _checked(p)
    order = np.argsort(values)
    steps = values[order] * np.arange(len(values), 0, -1)
    return _placed(np.minimum(np.maximum.accumulate(steps), 1.0), order)


def _step_up(values: np.ndarray, factor: float) -> np.ndarray:
    order = np.argsort(values)
    steps = values[order] * factor / np.arange(1, len(values) + 1)
    return _placed(np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0), order)


def _placed(sorted_values: np.ndarray, order: np.ndarray) -> np.ndarray:
    placed = np.empty(len(order))
    placed[order] = sorted_values
    return placed


def _checked(p: ArrayLike) -> np.ndarray:
    values = np.asarray(p, dtype=float)
    if values.ndim != 1 or not ((values >= 0) & (values <= 1)).all():
        raise StatisticsError("p-values are one row of numbers from 0 to 1, none missing")
    return values
