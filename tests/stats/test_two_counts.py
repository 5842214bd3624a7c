from math import inf, isnan, sqrt

import pytest
from scipy.stats import binomtest

from dashboard.errors import StatisticsError
from dashboard.stats import intervals, multiple, two_period


def test_share_of_the_papers():
    assert round(599 / 2490, 2) == 0.24
    low, high = intervals.wilson(12, 49)
    assert (round(low, 2), round(high, 2)) == (0.15, 0.38)


def test_a_share_of_none_or_all_reaches_the_end():
    assert intervals.wilson(0, 20)[0] == 0.0
    assert intervals.wilson(20, 20)[1] == 1.0


def test_counts_are_exact_below_ten_and_byars_from_ten():
    assert intervals.poisson(9) == intervals.exact(9)
    assert intervals.poisson(10) == intervals.byar(10)
    assert intervals.poisson(10) != intervals.exact(10)
    assert intervals.poisson(0)[0] == 0.0


def test_a_count_of_none_has_no_low_limit():
    assert intervals.byar(0)[0] == intervals.exact(0)[0] == 0.0
    # 1 − 1/9 − 3.09/3 is below 0, and so is its third power.
    assert intervals.byar(1, 0.998)[0] == 0.0


def test_a_rate_is_of_100_000_at_95_in_100_where_nothing_else_is_said():
    low, high = intervals.byar(12)
    assert intervals.rate(12, 1000) == pytest.approx((1200, low * 100, high * 100))
    assert intervals.rate(1, 1)[0] == 100_000


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_a_level_of_none_or_all_is_none(level):
    with pytest.raises(StatisticsError):
        intervals.z_of(level)


def test_a_count_below_none_is_refused():
    for of in (intervals.byar, intervals.exact):
        with pytest.raises(StatisticsError):
            of(-0.5)


@pytest.mark.parametrize("numerator, denominator", [(1, 0), (0, 0), (-1, 5), (6, 5), (-1, -1)])
def test_a_share_that_is_none_is_refused(numerator, denominator):
    with pytest.raises(StatisticsError):
        intervals.wilson(numerator, denominator)


def test_a_rate_needs_a_population_and_a_count():
    with pytest.raises(StatisticsError):
        intervals.rate(3, 0)
    with pytest.raises(StatisticsError):
        intervals.rate(-3, 10)
    with pytest.raises(StatisticsError):
        intervals.z_of(1.0)


def test_unequal_periods_are_compared_exactly():
    # 8 in 14 days after 10 in 365: the case in which the E-test fails.
    change = two_period.change(8, 10, 14, 365)
    assert change.p_rise == pytest.approx(1.1e-7, rel=0.05)
    assert change.low > 1


def test_the_interval_is_that_of_the_share_of_now():
    # 8 of 18 fell into 14 of 379 days; a share s of the total is a ratio of s / (1 − s) × 365/14.
    change = two_period.change(8, 10, 14, 365)
    share = binomtest(8, 18).proportion_ci(0.95, "exact")
    ends = [end / (1 - end) * 365 / 14 for end in (share.low, share.high)]
    assert (change.ratio, change.low, change.high) == pytest.approx((8 / 14 * 36.5, *ends))


def test_none_before_leaves_the_ratio_open():
    # All three of three on one of two equal sides: ½³, half of it, and as much on the other side.
    change = two_period.change(3, 0)
    assert (change.ratio, change.high) == (inf, inf)
    assert (change.p_rise, change.p_mid, change.p_either) == pytest.approx((1 / 8, 1 / 16, 1 / 4))
    share = 0.025 ** (1 / 3)
    assert change.low == pytest.approx(share / (1 - share))
    nothing = two_period.change(0, 0)
    assert isnan(nothing.ratio)
    assert (nothing.p_rise, nothing.p_mid, nothing.p_either) == (1.0, 0.5, 1.0)
    assert (nothing.low, nothing.high) == (0.0, inf)


def test_wheelers_z_is_scaled_by_its_true_spread():
    assert two_period.wheeler_z(25, 16) == 2.0
    assert two_period.wheeler_z(9, 8, 1, 2) == 2.0
    assert two_period.wheeler_z(36, 8, 2, 1) == 4.0
    assert two_period.standard_z(3.0, k=1) == pytest.approx(3 / sqrt(2))
    assert two_period.standard_z(3.0, k=8) == pytest.approx(2.83, abs=0.01)
    assert two_period.standard_z(3.0, k=1, phi=2) == pytest.approx(1.5)


@pytest.mark.parametrize(
    "counts", [(1, 1, 0, 1), (1, 1, 1, 0), (1, 1, -0.5, 1), (-0.5, 1, 1, 1), (1, -0.5, 1, 1)]
)
def test_periods_without_length_and_counts_below_none_are_refused(counts):
    for compare in (two_period.change, two_period.wheeler_z):
        with pytest.raises(StatisticsError):
            compare(*counts)


@pytest.mark.parametrize("k, phi", [(0, 1), (1, 0), (-0.5, 1), (1, -0.5)])
def test_a_spread_needs_periods_and_a_dispersion(k, phi):
    with pytest.raises(StatisticsError):
        two_period.standard_z(1.0, k, phi)


def test_adjusted_p_keep_their_order_and_never_pass_one():
    p = [0.9, 0.001, 0.04]
    for adjust in (multiple.benjamini_hochberg, multiple.benjamini_yekutieli, multiple.holm):
        found = adjust(p)
        assert found[1] < found[2] <= found[0] <= 1.0
        assert len(adjust([])) == 0


def test_p_of_0_is_a_p_value():
    assert multiple.benjamini_hochberg([0.0, 0.5]).tolist() == [0.0, 0.5]


def test_p_outside_0_to_1_is_refused():
    with pytest.raises(StatisticsError):
        multiple.holm([0.5, 1.2])
    with pytest.raises(StatisticsError):
        multiple.holm([0.5, -0.5])
    with pytest.raises(StatisticsError):
        multiple.benjamini_hochberg([float("nan")])
