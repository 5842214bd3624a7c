import numpy as np
import pytest

from dashboard.errors import StatisticsError
from dashboard.stats import funnel, overdispersion


def test_exact_limits_are_of_a_count_given_what_is_expected():
    assert [round(limit, 1) for limit in funnel.count_limits(20)] == [11.2, 28.7, 7.2, 34.7]
    assert funnel.count_limits(2).low_95 == 0.0


def test_a_unit_lies_outside_only_beyond_the_limit():
    at = funnel.expected_at_limits(8)
    assert funnel.category(8, at.low_95) == "within"
    assert funnel.category(8, at.low_95 * 1.0001) == "low_95"
    assert funnel.category(8, at.low_998 * 1.0001) == "low_998"
    assert funnel.category(8, at.high_95) == "within"
    assert funnel.category(8, at.high_95 * 0.9999) == "high_95"
    assert funnel.category(8, at.high_998 * 0.9999) == "high_998"


def test_no_spread_between_units_leaves_the_limits_of_chance():
    expected = np.full(12, 100.0)
    spread = overdispersion.of_ratios(expected, expected)
    assert (spread.phi, spread.tau2, spread.adjust) == (0.0, 0.0, False)
    low, high = overdispersion.ratio_limits(spread, 0.95)
    assert (low[0], high[0]) == pytest.approx((0.8136, 1.2056), abs=1e-4)


def test_limits_are_adjusted_from_ten_units_on():
    observed = np.tile([50.0, 200.0], 5)
    expected = np.full(10, 100.0)
    assert overdispersion.of_ratios(observed, expected).adjust
    assert not overdispersion.of_ratios(observed[:9], expected[:9]).adjust


def test_adjusted_limits_keep_within_a_share():
    spread = overdispersion.of_shares([1, 30, 2, 28], [30, 30, 30, 30])
    low, high = overdispersion.share_limits(spread, 0.998)
    assert low.min() >= 0.0
    assert high.max() <= 1.0


@pytest.mark.parametrize("y, n", [([5], [4]), ([1, 2], [3]), ([], []), ([-1], [4]), ([1], [0])])
def test_units_without_a_base_are_refused(y, n):
    with pytest.raises(StatisticsError):
        overdispersion.of_shares(y, n)


@pytest.mark.parametrize("n, overall", [(0, 0.5), (10, 1.2)])
def test_a_share_that_is_none_has_no_limits(n, overall):
    with pytest.raises(StatisticsError):
        funnel.share_limits(n, overall)
    with pytest.raises(StatisticsError):
        funnel.normal_share_limits(n, overall)
    with pytest.raises(StatisticsError):
        funnel.count_limits(0)
