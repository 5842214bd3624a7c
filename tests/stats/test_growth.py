"""Provisional factors: the ratio of sums and its interval, against numpy and by hand."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from dashboard.errors import StatisticsError
from dashboard.stats.growth import FEWEST, growth

PAIRS = [(100, 104), (80, 82), (120, 121), (60, 66)]


def test_business_robbery_of_july_2025_grew_by_six_and_a_half_percent():
    found = growth([(794, 846)])
    assert round(100 * (found.factor - 1), 1) == 6.5
    assert (found.pairs, found.low, found.high) == (1, None, None)  # one pair says no spread


def test_the_interval_is_cochrans_ratio_estimator():
    x, y = np.array(PAIRS, dtype=float).T
    ratio = y.sum() / x.sum()
    residuals = y - ratio * x
    variance = len(x) * np.var(residuals, ddof=1) / x.sum() ** 2
    # The residuals of a ratio of sums add up to nothing, so that their variance is about 0.
    assert residuals.sum() == pytest.approx(0)
    apart = stats.t.ppf(0.975, len(x) - 1) * sqrt(variance)
    found = growth(PAIRS)
    assert (found.factor, found.low, found.high) == pytest.approx(
        (ratio, ratio - apart, ratio + apart)
    )


@pytest.mark.parametrize(("pairs", "told"), [(FEWEST - 1, False), (FEWEST, True)])
def test_three_periods_are_the_fewest_with_an_interval(pairs, told):
    assert (growth(PAIRS[:pairs]).low is not None) is told


def test_nothing_known_has_no_factor():
    assert growth([]).factor is None
    assert growth([(0, 3), (0, 0), (0, 1)]).factor is None


def test_figures_may_shrink_but_never_below_nothing():
    found = growth([(528, 520), (10, 0), (4, 9)])
    assert found.factor < 1 and found.low >= 0
    # Three that go either way by all that they are: the interval would begin below nothing.
    assert growth([(1, 10), (10, 1), (5, 5)]).low == 0


@pytest.mark.parametrize(
    ("pairs", "level"), [([(1, -1)], 0.95), ([(1, 1)], 1.0), ([(1, 1)] * 3, 0.0)]
)
def test_bad_input_is_named(pairs, level):
    with pytest.raises(StatisticsError):
        growth(pairs, level)
