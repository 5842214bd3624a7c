"""What a chart says of a series: its lines, why a point is marked, and how the last one stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.stats import spc, stocks

ROUNDING = 1e-9  # relative
Line = tuple[float | None, ...]


@dataclass(frozen=True)
class Part:
    """What is judged between two breaks: values, and the two parts of a share or rate."""

    values: np.ndarray
    numerators: np.ndarray
    denominators: np.ndarray
    better: str
    target: float | None


@dataclass(frozen=True)
class ProcessLimits:
    """One entry a judged point in each tuple, in time order.

    kind       the last part's chart: 'none', 'band', 'run', 'stock', 'p_prime', 'u_prime', 'xmr'
               or 't'
    mean … upper  centre line and limits or band; None where there is none
    rules      why a point is marked, 'common' where it is not
    states     'concern_high', 'neutral_low', … or 'common', as in stats.spc
    variation  state of the last point, of a stock else of its year; '' where the method gives none
    assurance  'consistent_pass', …; '' without limits or target
    trial      whether process limits stand on fewer than 13 points
    course     of a stock its last year, end against end; None where no year is known
    restless   a run chart whose runs are not those of chance, wherever in the part
    """

    kind: str
    mean: Line
    lower: Line
    upper: Line
    rules: tuple[str, ...]
    states: tuple[str, ...]
    variation: str = ""
    assurance: str = ""
    trial: bool = False
    restless: bool = False
    course: stocks.Course | None = None


def sides_beyond(values: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """1 above the upper line, −1 below the lower, else 0, also where either is missing.

    A difference within rounding of a line lies on it: equal gaps have limits at themselves.
    """
    above = values - upper > ROUNDING * np.abs(upper)
    below = lower - values > ROUNDING * np.abs(lower)
    return above.astype(int) - below.astype(int)


def states_of(side: np.ndarray, better: str) -> tuple[str, ...]:
    """'concern_high', 'improvement_low', … of points above (1) or below (−1); 'common' of 0."""
    meaning = {0: "neutral", 1: "improvement", -1: "concern"}
    good = spc.BETTER[better]
    word = {1: "high", -1: "low"}
    return tuple(
        f"{meaning[good * int(mark)]}_{word[int(mark)]}" if mark else spc.COMMON for mark in side
    )


def floats_of(values: Sequence[float | None]) -> np.ndarray:
    """Values with NaN where one is missing."""
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def line_of(values: np.ndarray) -> Line:
    """Values with None where one is NaN."""
    return tuple(None if np.isnan(value) else float(value) for value in values)
