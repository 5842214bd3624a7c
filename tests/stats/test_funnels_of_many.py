"""Limits of many units at once."""

import numpy as np
import pytest
from scipy.stats import binom

from dashboard.errors import StatisticsError
from dashboard.stats import funnel

EXPECTED = [0.05, 0.9, 1.0, 20.0, 157.3, 4000.0]


def test_a_units_limits_are_its_own_whatever_stands_beside_it():
    together = funnel.limits_of_counts(EXPECTED)
    for row, size in zip(together, EXPECTED, strict=True):
        assert tuple(row) == funnel.count_limits(size)


@pytest.mark.parametrize("overall", [0.02, 0.234, 0.6])
def test_limits_on_shares_leave_the_levels_share_of_cases_inside(overall):
    """The interpolated limit lies in the step of the distribution that holds its level."""
    sizes = np.array([20, 49, 3653])
    low, high, lowest, highest = (funnel.limits_of_shares(sizes, overall) * sizes[:, None]).T
    for edge, level in ((low, 0.025), (high, 0.975), (lowest, 0.001), (highest, 0.999)):
        above = binom.cdf(np.ceil(edge), sizes, overall)
        assert (above >= level - 1e-12).all()
        below = binom.cdf(np.ceil(edge) - 2, sizes, overall)
        assert ((below < level) | (edge == 0)).all()


@pytest.mark.parametrize("overall", [0.0, 1.0])
def test_where_none_or_all_are_found_nothing_else_is_usual(overall):
    assert (funnel.limits_of_shares([20.0, 3653.0], overall) == overall).all()


def test_all_of_few_cases_is_not_above_its_limits():
    # 9 in 10 are found everywhere: 1 of 1 is what most would show, and 6 of 6 half of them.
    found = funnel.limits_of_shares([1.0, 6.0], 0.9)
    assert (found[:, [1, 3]] == 1.0).all()
    # Where 1 in 100 is found, 1 of 1 is a surprise at either level; 2 of 2 more so.
    assert (funnel.limits_of_shares([1.0, 2.0], 0.0005)[:, [1, 3]] < 1.0).all()


def test_nothing_expected_has_no_limits():
    with pytest.raises(StatisticsError, match="above 0"):
        funnel.limits_of_counts([3.0, 0.0])
    for sizes, overall in (([0.5], 0.2), ([20.0, 0.5], 0.2), ([20.0], -0.5), ([20.0], 1.5)):
        with pytest.raises(StatisticsError, match="a case or more"):
            funnel.limits_of_shares(sizes, overall)


def test_part_of_a_case_is_none():
    # The limits are those of 20 cases, as shares of the 20.4 that they are printed over.
    whole, parts = funnel.limits_of_shares([20.0], 0.2), funnel.limits_of_shares([20.4], 0.2)
    assert parts * 20.4 == pytest.approx(whole * 20)
