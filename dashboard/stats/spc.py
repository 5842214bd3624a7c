"""XmR charts: the range in which a series usually moves, and what in it is unusual.

The rules stand in xmr_rules; here they are put together into one label a point, the
variation of the last point and the assurance against a target. Points are numbered from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dashboard.errors import StatisticsError
from dashboard.stats.xmr_rules import (
    ROUNDING,
    Limits,
    beyond,
    limits,
    shift,
    side_of,
    trend,
    two_in_three,
)

FEWEST_FIXED = 12  # points that limits may be fixed on
FEWEST_FIRM = 13  # points below which limits are trial limits
OUTSIDE, TREND, TWO_IN_THREE, SHIFT, COMMON = "outside", "trend", "two_in_three", "shift", "common"
BETTER = {"higher": 1, "lower": -1, "neutral": 0}


@dataclass(frozen=True)
class Chart:
    """An XmR chart: one entry a point in each tuple, in time order.

    mean … near_upper  limits of the point's segment; None in a segment without limits
    segment     number of the segment, from 0
    rules       'outside', 'trend', 'two_in_three', 'shift' or 'common' (also where missing)
    directions  'high', 'low' or '' (common)
    states      'improvement_high', 'concern_low', 'neutral_high', …, or 'common'
    variation   state of the last point; None where it is missing or has no limits
    assurance   'consistent_pass', 'consistent_fail', 'inconsistent'; None without a target
    trial       whether the last limits stand on fewer than 13 points
    """

    mean: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    near_lower: tuple[float | None, ...]
    near_upper: tuple[float | None, ...]
    segment: tuple[int, ...]
    rules: tuple[str, ...]
    directions: tuple[str, ...]
    states: tuple[str, ...]
    variation: str | None
    assurance: str | None
    trial: bool


@dataclass(frozen=True)
class _Segment:
    """The points between two rebases; `baseline` is how many its limits stand on."""

    limits: Limits | None
    baseline: int
    rules: np.ndarray
    sides: np.ndarray


def xmr(
    values: Sequence[float | None] | np.ndarray,
    *,
    better: str = "neutral",
    target: float | None = None,
    rebase: Iterable[int] = (),
    screen_outliers: bool = True,
    fix_after_n: int | None = None,
    two_of_three: str = "mdc",
) -> Chart:
    """The XmR chart of one number a period, in time order; None or NaN is a missing period.

    better           'higher', 'lower' or 'neutral'
    rebase           points at which limits and runs start anew
    screen_outliers  leave moving ranges beyond 3.267 mean ones out, once
    fix_after_n      limits stand on the first n known points of a segment (at least 12)
    two_of_three     'mdc': points beyond the limits count as near them, as NHS England's
                     tools have it since 2023; 'package': they do not
    raises           StatisticsError for infinite values or options outside these.
    """
    series = _checked(values, better, fix_after_n, two_of_three)
    segments = [
        _segment(series[start:stop], screen_outliers, fix_after_n, two_of_three)
        for start, stop in pairwise(_starts(series, rebase))
    ]
    points = [(number, part) for number, part in enumerate(segments) for _ in part.rules]
    sides = [int(side) for part in segments for side in part.sides]
    rules = [str(rule) for part in segments for rule in part.rules]
    states = [_state(rule, side, BETTER[better]) for rule, side in zip(rules, sides, strict=True)]
    last = segments[-1].limits
    judged = last is not None and not np.isnan(series[-1])

    def drawn(name: str) -> tuple[float | None, ...]:
        return tuple(getattr(part.limits, name) if part.limits else None for _, part in points)

    return Chart(
        mean=drawn("mean"),
        lower=drawn("lower"),
        upper=drawn("upper"),
        near_lower=drawn("near_lower"),
        near_upper=drawn("near_upper"),
        segment=tuple(number for number, _ in points),
        rules=tuple(rules),
        directions=tuple(_word(side) for side in sides),
        states=tuple(states),
        variation=states[-1] if judged else None,
        assurance=assurance(
            last.lower, last.upper, target, better, at_target_is_met=two_of_three != "package"
        )
        if last
        else None,
        trial=segments[-1].baseline < FEWEST_FIRM,
    )


def assurance(
    lower: float,
    upper: float,
    target: float | None,
    better: str,
    *,
    at_target_is_met: bool = True,
) -> str | None:
    """Whether the process, as it runs, will meet a target; None if neutral or without one.

    'consistent_pass': will normally meet; 'consistent_fail': will not without change;
    'inconsistent': may or may not.
    at_target_is_met  a value on the target meets it, so that always 100 % meets 100 %; the
                      package has a target on either limit as inconsistent
    """
    if target is None or BETTER[better] == 0:
        return None
    worst, best = (lower, upper) if better == "higher" else (-upper, -lower)
    wanted = target if better == "higher" else -target
    close = ROUNDING * abs(wanted)
    if worst > wanted + close or (at_target_is_met and worst >= wanted - close):
        return "consistent_pass"
    return "consistent_fail" if best < wanted - close else "inconsistent"


def _segment(
    values: np.ndarray, screen_outliers: bool, fix_after_n: int | None, two_of_three: str
) -> _Segment:
    known = np.flatnonzero(~np.isnan(values))
    fixed = known[:fix_after_n]
    held = limits(values[: fixed[-1] + 1] if len(fixed) else values, screen_outliers)
    return _Segment(held, len(fixed), *_labels(values, held, two_of_three))


def _labels(
    values: np.ndarray, held: Limits | None, two_of_three: str
) -> tuple[np.ndarray, np.ndarray]:
    """Rule and side of each point of one segment; the first rule that holds gives the label."""
    if held is None:
        return np.full(len(values), COMMON), np.zeros(len(values), dtype=int)
    side = side_of(values, held.mean)
    out = beyond(values, held.lower, held.upper)
    near = beyond(values, held.near_lower, held.near_upper) != 0
    if two_of_three == "package":
        near &= out == 0
    moving, pair, run = trend(values), two_in_three(near, side), shift(side)
    hits = [out != 0, moving != 0, pair, run != 0]
    rules = np.select(hits, [OUTSIDE, TREND, TWO_IN_THREE, SHIFT], COMMON)
    return rules, np.select(hits, [out, moving, side, run], 0)


def _state(rule: str, side: int, good: int) -> str:
    if rule == COMMON:
        return COMMON
    meaning = {0: "neutral", 1: "improvement", -1: "concern"}[good * side]
    return f"{meaning}_{_word(side)}"


def _word(side: int) -> str:
    return {1: "high", -1: "low", 0: ""}[side]


def _starts(values: np.ndarray, rebase: Iterable[int]) -> list[int]:
    """Where segments start, and the end."""
    starts = sorted({int(index) for index in rebase} | {0})
    if starts[0] < 0 or starts[-1] >= max(len(values), 1):
        raise StatisticsError(
            f"limits are rebased at points 0 to {len(values) - 1}; got: {starts[-1] or starts[0]}"
        )
    return [*starts, len(values)]


def _checked(
    values: Sequence[float | None] | np.ndarray,
    better: str,
    fix_after_n: int | None,
    two_of_three: str,
) -> np.ndarray:
    series = np.array([np.nan if value is None else value for value in values], dtype=float)
    if np.isinf(series).any():
        raise StatisticsError("a series has an infinite value")
    if better not in BETTER:
        raise StatisticsError(f"better is one of {', '.join(BETTER)}; got: {better!r}")
    if fix_after_n is not None and fix_after_n < FEWEST_FIXED:
        raise StatisticsError(
            f"limits are fixed on {FEWEST_FIXED} points or more; got: {fix_after_n}"
        )
    if two_of_three not in ("mdc", "package"):
        raise StatisticsError(f"two_of_three is 'mdc' or 'package'; got: {two_of_three!r}")
    return series
