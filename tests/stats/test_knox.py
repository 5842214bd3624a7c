"""Knox's test: found where days and places hang together, silent where they do not."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.errors import StatisticsError
from dashboard.stats.knox import knox


def near(places: list[int]) -> np.ndarray:
    """Places on a line: the same one and the ones beside it are near."""
    at = np.array(places)
    return np.abs(at[:, None] - at[None, :]) <= 1


def test_pairs_are_counted_once_and_up_to_the_distance():
    # Days 1, 4, 5 in one place: 1–4 three days apart, 4–5 one day, 1–5 four days: too far.
    found = knox([1, 4, 5], near([0, 0, 0]), within=3, seed=1)
    assert found.pairs == 2
    assert knox([1, 4, 5], near([0, 0, 0]), within=4, seed=1).pairs == 3
    # the same days two places apart are no pair
    assert knox([1, 1, 9], near([0, 2, 2]), within=3, seed=1).pairs == 0


def test_a_planted_run_is_found():
    # Twenty in one place within two days, twenty elsewhere spread over the fortnight.
    days = [6, 7] * 10 + list(range(14)) + [0, 2, 4, 9, 11, 13]
    places = [0] * 20 + [10, 20, 30, 40, 50] * 4
    found = knox(days, near(places), within=2, seed=7)
    assert found.p <= 0.002 and found.pairs > found.high


def test_without_any_run_p_is_about_uniform():
    draw = np.random.default_rng(20040712)
    p = [
        knox(draw.integers(0, 14, 40), near(list(draw.integers(0, 8, 40))), 2, seed, 199).p
        for seed in range(200)
    ]
    # 200 draws: 5 % ± 3 × 1.5 points fall below .05, half ± 11 points below .5
    assert sum(value < 0.05 for value in p) <= 20
    assert 0.39 <= np.mean(np.array(p) < 0.5) <= 0.61


def test_nothing_can_be_said_of_fewer_than_one_pair():
    assert knox([], np.zeros((0, 0)), 3, 1) is None
    assert knox([5], near([0]), 3, 1) is None
    assert knox([5, 6], near([0, 5]), 3, 1) is None


def test_the_same_events_give_the_same_answer():
    once, again = (knox([1, 2, 9, 9], near([0, 0, 1, 1]), 2, seed=3) for _ in range(2))
    assert once == again


def test_shapes_that_differ_are_refused():
    with pytest.raises(StatisticsError):
        knox([1, 2], near([0]), 2, 1)
    with pytest.raises(StatisticsError):
        knox([1, 2], near([0, 0]), -1, 1)
