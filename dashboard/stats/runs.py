"""Runs about the median: has a short or skewed series shifted? No point is ever too far."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import log2

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import binom


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
    return round(log2(useful)) + 3, int(binom.ppf(0.05, useful - 1, 0.5)) if useful > 1 else 0


def runs(values: ArrayLike, centre: ArrayLike) -> Runs:
    """Runs of the values about a line; points on it and missing ones are left out."""
    apart = np.asarray(values, dtype=float) - np.asarray(centre, dtype=float)
    sides = np.sign(apart[~np.isnan(apart) & (apart != 0)])
    if not len(sides):
        return Runs(0, 0, 0, 0, 0, False)
    lengths = [len(list(group)) for _, group in groupby(sides)]
    longest, fewest = run_bounds(len(sides))
    crossings = len(lengths) - 1
    return Runs(
        useful=len(sides),
        longest_run=max(lengths),
        longest_run_max=longest,
        crossings=crossings,
        crossings_min=fewest,
        signal=max(lengths) > longest or crossings < fewest,
    )
