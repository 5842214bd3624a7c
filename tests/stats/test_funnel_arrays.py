"""Limits of many units at once are those of one at a time."""

import numpy as np
import pytest

from dashboard.errors import StatisticsError
from dashboard.stats import funnel, funnel_arrays

EXPECTED = [0.05, 0.9, 1.0, 20.0, 157.3, 4000.0]


def test_limits_on_counts_are_the_single_ones():
    found = funnel_arrays.count_limits(EXPECTED)
    single = [funnel.count_limits(size) for size in EXPECTED]
    assert np.allclose(found, single, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("overall", [0.0, 0.02, 0.234, 0.6, 1.0])
def test_limits_on_shares_are_the_single_ones(overall):
    sizes = [20.0, 49.0, 3653.0]
    found = funnel_arrays.share_limits(sizes, overall)
    assert np.allclose(found, [funnel.share_limits(size, overall) for size in sizes])


def test_all_of_few_cases_is_not_above_its_limits():
    # 9 in 10 are found everywhere: 1 of 1 is what most would show, and 6 of 6 half of them.
    found = funnel_arrays.share_limits([1.0, 6.0], 0.9)
    assert (found[:, [1, 3]] == 1.0).all()
    # Where 1 in 100 is found, 1 of 1 is a surprise at either level; 2 of 2 more so.
    assert (funnel_arrays.share_limits([1.0, 2.0], 0.0005)[:, [1, 3]] < 1.0).all()


def test_nothing_expected_has_no_limits():
    with pytest.raises(StatisticsError, match="above 0"):
        funnel_arrays.count_limits([3.0, 0.0])
    with pytest.raises(StatisticsError, match="a case or more"):
        funnel_arrays.share_limits([0.5], 0.2)
