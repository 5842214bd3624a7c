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


def test_the_spread_of_eleven_units_by_hand():
    # √O is 5 to 15 about √100, so that z is −10, −8 … 10; a tenth at either end drawn in is 8.
    spread = overdispersion.of_ratios([(10 + at) ** 2 for at in range(-5, 6)], [100.0] * 11)
    assert spread.z_winsorised.tolist() == pytest.approx([-8, -8, -6, -4, -2, 0, 2, 4, 6, 8, 8])
    assert spread.phi == pytest.approx(368 / 11)
    # Each weighs 1/0.05² = 400: (11 φ − 10) over 4400 − 400.
    assert spread.tau2 == pytest.approx(358 / 4000)
    low, high = overdispersion.ratio_limits(spread, 0.95)
    apart = 1.959964 * np.sqrt(0.0025 + 358 / 4000)
    assert (low[0], high[0]) == pytest.approx(((1 - apart) ** 2, (1 + apart) ** 2))


def test_two_units_have_a_spread_and_one_has_none():
    # z is 10 and −10, drawn in by a tenth of the 20 between them.
    assert overdispersion.of_ratios([225, 25], [100, 100]).tau2 == pytest.approx(127 / 400)
    with np.errstate(all="raise"):  # nothing is divided by nothing
        assert overdispersion.of_ratios([225], [100]).tau2 == 0.0


@pytest.mark.parametrize("phi, due", [(1.5, False), (1.5001, True)])
def test_limits_are_adjusted_beyond_what_chance_spreads_32_units_by(phi, due):
    none = np.zeros(32)  # 1 + 2 √(2/32) is 1.5
    assert overdispersion.Spread(none, none, none, phi, 0.0, 1.0).adjust == due


def test_limits_are_adjusted_from_ten_units_on():
    observed = np.tile([50.0, 200.0], 5)
    expected = np.full(10, 100.0)
    assert overdispersion.of_ratios(observed, expected).adjust
    assert not overdispersion.of_ratios(observed[:9], expected[:9]).adjust


def test_adjusted_limits_keep_within_a_share():
    spread = overdispersion.of_shares([1, 30, 2, 28], [30, 30, 30, 30])
    low, high = overdispersion.share_limits(spread, 0.998)
    # Units so far apart that a share like the whole's could be none of them or all.
    assert low.tolist() == [0.0] * 4
    assert high.tolist() == [1.0] * 4
    low, _ = overdispersion.ratio_limits(overdispersion.of_ratios([400, 1], [20, 20]), 0.998)
    assert low.tolist() == [0.0] * 2


@pytest.mark.parametrize(
    "y, n",
    [([5], [4]), ([5, 1], [4, 4]), ([1, 2], [3]), ([], []), ([-1], [4]), ([1], [0])]
    + [([0], [0]), ([-0.5, 1], [4, 4]), ([1, 0], [4, 0]), ([0], [-1])],
)
def test_units_without_a_base_are_refused(y, n):
    with pytest.raises(StatisticsError):
        overdispersion.of_shares(y, n)


def test_less_than_one_may_be_expected():
    assert overdispersion.of_ratios([1, 0], [0.5, 0.25]).z[1] == pytest.approx(-1)


@pytest.mark.parametrize("overall", [0.0, 1.0])
def test_normal_limits_of_none_or_all_have_no_width(overall):
    assert set(funnel.normal_share_limits(50, overall)) == {overall}


def test_normal_limits_keep_within_a_share():
    # 0.1 ± 1.96 √(0.09/9) and its mirror: 0.1 ± 0.196.
    low, high = funnel.normal_share_limits(9, 0.1), funnel.normal_share_limits(9, 0.9)
    assert low == pytest.approx((0.0, 0.295996, 0.0, 0.409023), abs=1e-6)
    assert high == pytest.approx((0.704004, 1.0, 0.590977, 1.0), abs=1e-6)


@pytest.mark.parametrize("n, overall", [(0, 0.5), (10, 1.2), (10, -0.5)])
def test_a_share_that_is_none_has_no_limits(n, overall):
    with pytest.raises(StatisticsError):
        funnel.share_limits(n, overall)
    with pytest.raises(StatisticsError):
        funnel.normal_share_limits(n, overall)
    with pytest.raises(StatisticsError):
        funnel.count_limits(0)
