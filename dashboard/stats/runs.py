"""Runs about the median: has a short or skewed series shifted? No point is ever too far."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from math import log2

import numpy as np
import scipy  # its parts when first asked: they take long
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Runs:
    """Longest run and crossings of a line, with what chance allows; signal if beyond either.

    useful  points off the line, that are all that count
    """

    useful: int
    longest_run: int
    longest_run_max: int
    crossings: int
    crossings_min: int
    signal: bool


def run_bounds(useful: int) -> tuple[int, int]:
    """Longest run and fewest crossings that chance allows among so many useful points.

    source  Anhøj & Olesen 2014: round(log2 n) + 3, and the 5 % quantile of Bin(n − 1, ½).

    >>> run_bounds(24)
    (8, 8)
    """
    return round(log2(useful)) + 3, int(scipy.stats.binom.ppf(0.05, useful - 1, 0.5))


def runs(values: ArrayLike, centre: ArrayLike) -> Runs:
    """Runs of the values about a line; points on it are left out, a missing one ends a run."""
    members = run_members(values, centre)
    if not members:
        return Runs(0, 0, 0, 0, 0, False)
    sides = [side for side, run in members for _ in run]
    longest, fewest = run_bounds(len(sides))
    crossings = sum(one != other for one, other in pairwise(sides))
    lengths = [len(run) for _, run in members]
    return Runs(
        useful=len(sides),
        longest_run=max(lengths),
        longest_run_max=longest,
        crossings=crossings,
        crossings_min=fewest,
        signal=max(lengths) > longest or crossings < fewest,
    )


def run_members(values: ArrayLike, centre: ArrayLike) -> list[tuple[int, list[int]]]:
    """The runs about a line: side (1, −1), and the places of its points; those on it pass by."""
    apart = np.asarray(values, dtype=float) - np.asarray(centre, dtype=float)
    missing = np.cumsum(np.isnan(apart))
    useful = [int(i) for i in np.flatnonzero(~np.isnan(apart) & (apart != 0))]
    groups = groupby(useful, key=lambda i: (int(np.sign(apart[i])), int(missing[i])))
    return [(side, list(run)) for (side, _), run in groups]
