import numpy as np
import pytest

from dashboard.errors import StatisticsError
from dashboard.stats.charts_counts import control_chart, screened_sigma
from dashboard.stats.choice import chart_for
from dashboard.stats.runs import Runs, run_bounds, runs


def test_a_c_chart_stands_on_its_mean_and_root():
    chart = control_chart("c", [4, 5, 3, 4, 11])
    assert chart.centre[0] == pytest.approx(5.4)
    assert chart.upper[0] == pytest.approx(5.4 + 3 * 5.4**0.5)
    assert chart.lower[0] == 0.0
    assert not chart.outside.any()


def test_points_that_are_excluded_are_drawn_but_carry_no_limits():
    chart = control_chart("c", [4, 4, 40, 4, 4], exclude=[2])
    assert chart.centre[0] == 4
    assert chart.outside.tolist() == [False, False, True, False, False]


def test_a_share_over_one_or_under_none_is_cut():
    chart = control_chart("p", [9, 10, 9, 10], [10, 10, 10, 10])
    assert chart.upper.max() == 1.0
    assert control_chart("u", [0, 1, 0, 1], [10] * 4).lower.min() == 0.0


def test_a_prime_chart_is_wider_where_points_vary_more_than_chance():
    values, sizes = [500, 700, 480, 720, 510, 690], [10_000] * 6
    assert control_chart("p_prime", values, sizes).upper[0] > 0.07
    assert control_chart("p", values, sizes).outside.all()


def test_a_prime_chart_keeps_within_a_share():
    chart = control_chart("p_prime", [99, 70, 100, 65, 98], [100] * 5)
    assert chart.upper.max() == 1.0


def test_limits_of_times_are_those_of_their_power_turned_back():
    times = np.array([30.0, 42.0, 35.0, 51.0, 38.0])
    plain = times ** (1 / 3.6)
    apart = 3 * np.abs(np.diff(plain)).mean() / 1.128
    chart = control_chart("t", times)
    assert chart.centre[0] == pytest.approx(plain.mean() ** 3.6)
    assert chart.upper[0] == pytest.approx((plain.mean() + apart) ** 3.6)
    assert chart.lower[0] == pytest.approx((plain.mean() - apart) ** 3.6)
    assert control_chart("t", [0.5, 90.0, 0.5, 80.0]).lower[0] == 0.0  # same-day events among them


def test_two_points_are_enough_to_stand_on():
    assert control_chart("c", [1, 3]).centre[0] == 2


def test_a_point_on_a_limit_is_not_outside():
    assert not control_chart("c", [0, 0, 0]).outside.any()  # limits 0 and 0


def test_equal_points_have_no_spread():
    assert screened_sigma(np.array([5.0, 5.0, 5.0])) == 0.0


def test_the_spread_is_the_mean_range_without_those_beyond_3_267_means():
    # Ranges 0, 1 and 1; then 3267, 200, 233 and 300, of which the first is 3.267 of their mean.
    assert screened_sigma(np.array([1.0, 1.0, 2.0, 1.0])) == pytest.approx(2 / 3 / 1.128)
    found = screened_sigma(np.array([0.0, 3267.0, 3067.0, 2834.0, 2534.0]))
    assert found == pytest.approx(733 / 3 / 1.128)
    # Only zeros would be left: 18 ranges, two of them 5.
    found = screened_sigma(np.array([5.0] * 9 + [10.0] + [5.0] * 9))
    assert found == pytest.approx(10 / 18 / 1.128)


def test_times_between_events_are_above_none():
    with pytest.raises(StatisticsError, match="half a day"):
        control_chart("t", [3.0, 0.0, 5.0])


@pytest.mark.parametrize(
    "kind, values, sizes",
    [("q", [1, 2, 3], None), ("p", [1, 2, 3], None), ("u", [1, 2], [5, 0]), ("i", [1.0], None)],
)
def test_charts_that_cannot_stand_are_refused(kind, values, sizes):
    with pytest.raises(StatisticsError):
        control_chart(kind, values, sizes)


def test_a_run_of_one_more_than_allowed_is_a_signal():
    # 20 useful points allow a run of 7, and 6 crossings are enough.
    assert run_bounds(20) == (7, 6)
    short = [1] * 7 + [-1, 1, -1] * 4 + [-1]
    far = [1] * 8 + [-1, 1, -1] * 4
    assert len(short) == len(far) == 20
    assert not runs(short, 0).signal
    assert runs(far, 0).signal


def test_one_crossing_too_few_is_a_signal():
    six = [1] * 3 + [-1] * 3 + [1] * 3 + [-1] * 3 + [1] * 3 + [-1] * 3 + [1] * 2
    five = [1] * 4 + [-1] * 4 + [1] * 3 + [-1] * 3 + [1] * 3 + [-1] * 3
    assert (runs(six, 0).crossings, runs(six, 0).signal) == (6, False)
    assert (runs(five, 0).crossings, runs(five, 0).signal) == (5, True)


def test_points_on_the_line_and_missing_ones_do_not_count():
    found = runs([1, 0, np.nan, 1, -1], 0)
    assert (found.useful, found.longest_run, found.crossings) == (3, 1, 1)
    assert runs([0, 0], 0) == Runs(0, 0, 0, 0, 0, signal=False)


def test_one_useful_point_is_a_run_of_its_own():
    # round(log2 1) + 3; no crossing can be asked of one.
    assert run_bounds(1) == (3, 0)
    assert runs([1, 0], 0) == Runs(1, 1, 3, 0, 0, signal=False)


@pytest.mark.parametrize(
    "mean, kind, length, chart",
    [
        (20, "count", 2, "none"),
        (20, "count", 3, "run"),
        (20, "count", 12, "run"),
        (20, "count", 13, "xmr"),
        (5.0, "count", 24, "xmr"),
        (4.99, "count", 24, "band"),
        (0.49, "count", 24, "t"),
        (4.99, "share", 24, "run"),
        (5.0, "share", 24, "xmr"),
        (999, "share", 24, "xmr"),
        (1000, "share", 24, "p_prime"),
        (1000, "rate", 24, "u_prime"),
        (0.1, "amount", 24, "xmr"),
    ],
)
def test_the_chart_is_chosen_at_the_bounds_of_its_rule(mean, kind, length, chart):
    assert chart_for(mean, kind, length) == chart


def test_a_kind_that_is_none_is_refused():
    with pytest.raises(StatisticsError):
        chart_for(5, "median", 20)
