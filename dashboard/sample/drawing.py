"""Random draws, a column at a time."""

from __future__ import annotations

import numpy as np

from dashboard.sample.clock import NEVER


def pick(u: np.ndarray, cumulated: np.ndarray) -> np.ndarray:
    """Position of the first cumulated share above u, row by row."""
    return (u[:, None] >= cumulated[:, :-1]).sum(axis=1)


def draw(rng: np.random.Generator, cumulated: np.ndarray, stream: np.ndarray) -> np.ndarray:
    """One word a row from its stream's mix; the last of the mix is blank (-1)."""
    # Sorting rows by stream would cost more than a search per stream does.
    words = np.empty(len(stream), dtype=np.int8)
    u = rng.random(len(stream))
    for row in range(len(cumulated)):
        rows = np.flatnonzero(stream == row)
        words[rows] = np.searchsorted(cumulated[row], u[rows], side="right")
    words[words >= cumulated.shape[1] - 1] = -1
    return words


def days(rng: np.random.Generator, mean: float | np.ndarray, n: int) -> np.ndarray:
    """Whole days of a waiting time with about that mean."""
    return np.minimum(rng.standard_exponential(n) * mean, 20_000).astype(np.int32)


def sometimes(rng: np.random.Generator, share: float | np.ndarray, on: np.ndarray) -> np.ndarray:
    """The days `on`, with NEVER in all but about a share of them."""
    return np.where(rng.random(len(on)) < share, on, NEVER).astype(np.int32)
