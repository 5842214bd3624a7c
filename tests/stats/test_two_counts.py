from math import inf, isnan, sqrt

import pytest

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


@pytest.mark.parametrize("numerator, denominator", [(1, 0), (-1, 5), (6, 5)])
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


def test_none_before_leaves_the_ratio_open():
    change = two_period.change(3, 0)
    assert (change.ratio, change.high) == (inf, inf)
    nothing = two_period.change(0, 0)
    assert isnan(nothing.ratio)
    assert (nothing.p_rise, nothing.p_either) == (1.0, 1.0)


def test_wheelers_z_is_scaled_by_its_true_spread():
    assert two_period.wheeler_z(25, 16) == 2.0
    assert two_period.wheeler_z(9, 8, 1, 2) == 2.0
    assert two_period.standard_z(3.0, k=1) == pytest.approx(3 / sqrt(2))
    assert two_period.standard_z(3.0, k=8) == pytest.approx(2.83, abs=0.01)
    assert two_period.standard_z(3.0, k=1, phi=2) == pytest.approx(1.5)


def test_periods_without_length_are_refused():
    with pytest.raises(StatisticsError):
        two_period.change(1, 1, 0, 1)
    with pytest.raises(StatisticsError):
        two_period.standard_z(1.0, k=0)


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
        multiple.benjamini_hochberg([float("nan")])
