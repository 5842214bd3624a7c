"""Each XmR rule on the shortest series that turns it on, and on one just short of it."""

import numpy as np
import pytest

from dashboard.errors import StatisticsError
from dashboard.stats import spc
from dashboard.stats.xmr_rules import (
    beyond,
    is_degenerate,
    limits,
    moving_ranges,
    shift,
    side_of,
    trend,
    two_in_three,
)

LEVEL = [10.0, 12.0] * 8  # mean 11, moving range 2 throughout: limits 11 ± 5.32


def test_limits_are_the_mean_and_2_66_moving_ranges():
    found = limits(LEVEL)
    assert (found.mean, found.upper, found.lower) == pytest.approx((11, 16.32, 5.68))
    assert found.near_upper == pytest.approx(11 + 2 * 5.32 / 3)


def test_a_moving_range_is_screened_out_only_beyond_3_267_means():
    # Ranges 1 ×12 and r twice: r is out if r ≥ 3.267 (12 + 2r)/14, that is from 5.25 on.
    steps = [0.0, 1.0] * 3 + [0.0]
    short, far = ([*steps, steps[-1] + jump, *steps] for jump in (5.2, 5.3))
    assert limits(short).upper - limits(short).mean > 2.66 * 1.5
    assert limits(far).upper - limits(far).mean == pytest.approx(2.66)


def test_a_moving_range_of_exactly_3_267_means_is_screened_out():
    # Ranges 3267, 200, 233 and 300: their mean is 1000; that of the last three 244⅓.
    found = limits([0.0, 3267.0, 3067.0, 2834.0, 2534.0])
    assert found.upper - found.mean == pytest.approx(2.66 * 733 / 3)


@pytest.mark.parametrize(
    "values, most",
    [
        ([5.0, 5.0, 5.0, 7.0], True),  # two ranges of three are 0
        ([5.0, 5.0, 7.0], False),  # one of two
        ([5.0, 7.0, 5.0], False),
        ([5.0, 5.0, np.nan, 5.0, 7.0], False),  # the missing one makes no range
        ([5.0], False),
    ],
)
def test_a_series_stands_still_where_more_than_half_of_its_ranges_are_nothing(values, most):
    assert is_degenerate(values) == most


def test_screening_can_be_left_out():
    series = [1.0, 2.0, 1.0, 2.0, 20.0, 1.0, 2.0, 1.0, 2.0]
    assert limits(series).upper < limits(series, screen_outliers=False).upper


def test_a_missing_point_ends_the_moving_range():
    assert np.isnan(moving_ranges([1.0, np.nan, 5.0, 6.0])[:3]).all()
    assert moving_ranges([1.0, np.nan, 5.0, 6.0])[3] == 1.0


@pytest.mark.parametrize("values", [[], [4.0], [4.0, 6.0], [1.0, np.nan, 2.0, np.nan, 3.0]])
def test_one_or_two_points_or_none_in_a_row_give_no_limits(values):
    assert limits(values) is None
    chart = spc.xmr(values, target=3.0, better="higher")
    assert chart.mean == (None,) * len(values)
    assert (chart.variation, chart.assurance) == (None, None)


def test_three_points_give_limits():
    assert limits([4.0, 6.0, 4.0]) is not None


def test_equal_points_have_limits_on_the_mean_and_nothing_unusual():
    chart = spc.xmr([0.1] * 20)  # whose mean, summed plainly, is not 0.1
    assert set(chart.rules) == {"common"}
    assert chart.upper[0] == chart.lower[0] == pytest.approx(0.1)


def test_a_point_on_a_limit_is_inside_it():
    assert beyond([5.0, 4.9999, 10.0, 10.0001], 5.0, 10.0).tolist() == [0, -1, 0, 1]


@pytest.mark.parametrize("line", [1e12, -1e12])
def test_what_rounding_may_have_moved_is_on_the_line(line):
    # A unit is a part of 10⁻¹² of it; half more is beyond.
    assert side_of([line + 1, line + 1.5, line - 1, line - 1.5], line).tolist() == [0, 1, 0, -1]


def test_beside_a_line_at_nothing_the_least_number_counts():
    assert side_of([1e-9, 0.0, -1e-9], 0.0).tolist() == [1, 0, -1]


def test_six_on_one_side_are_no_shift_seven_are():
    assert not shift([1] * 6).any()
    assert shift([1] * 7).tolist() == [1] * 7
    assert shift([-1] * 8 + [1]).tolist() == [-1] * 8 + [0]


def test_a_point_on_the_mean_breaks_a_shift():
    assert side_of([11.0, 12.0, np.nan], 11.0).tolist() == [0, 1, 0]
    assert not shift([1] * 6 + [0] + [1] * 6).any()


def test_six_points_rising_are_no_trend_seven_are():
    assert not trend(range(6)).any()
    assert trend(range(7)).tolist() == [1] * 7
    assert trend(range(7, 0, -1)).tolist() == [-1] * 7


def test_a_tie_or_a_missing_point_breaks_a_trend():
    assert not trend([1, 2, 3, 4, 4, 5, 6, 7, 8]).any()
    assert not trend([1, 2, 3, 4, np.nan, 6, 7, 8, 9]).any()


def test_a_turning_point_takes_the_step_after_it():
    up_then_down = [0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0]
    assert trend(up_then_down).tolist() == [1] * 6 + [-1] * 7


def test_two_near_points_of_three_need_all_three_on_one_side():
    near = [True, False, True]
    assert two_in_three(near, [1, 1, 1]).tolist() == near
    assert not two_in_three(near, [1, -1, 1]).any()
    assert not two_in_three(near, [1, 0, 1]).any()
    assert not two_in_three([True, False, False, True], [1, 1, 1, 1]).any()
    # Two near on one side, the third on the other: the one before, or the one after.
    assert not two_in_three([False, True, True], [-1, 1, 1]).any()
    assert not two_in_three([True, True, False], [1, 1, -1]).any()
    # A third near one three points on is of no three with them.
    found = two_in_three([True, True, False, False, True], [1, 1, 1, 1, 1])
    assert found.tolist() == [True, True, False, False, False]


@pytest.mark.parametrize("rule", [shift, trend])
def test_rules_of_nothing_find_nothing(rule):
    assert len(rule([])) == 0


# Limits fixed on 16 points: near limits 7.45 and 14.55, limits 5.68 and 16.32.
def fixed(*later, **options):
    return spc.xmr([*LEVEL, *later], fix_after_n=16, better="lower", **options)


def test_points_beyond_the_limits_count_as_near_unless_as_in_the_package():
    assert fixed(17.0, 15.0).rules[-2:] == ("outside", "two_in_three")
    assert fixed(17.0, 15.0, two_of_three="package").rules[-2:] == ("outside", "common")
    assert fixed(15.0, 15.0, two_of_three="package").rules[-2:] == ("two_in_three",) * 2


def test_the_first_rule_that_holds_names_the_point():
    rising = fixed(11.1, 11.2, 11.3, 11.4, 11.5, 11.6, 17.0)
    assert rising.rules[-1] == "outside"
    assert rising.rules[-2] == "trend"  # as much a shift: 12, then six above the mean
    assert fixed(*[12.0] * 6).rules[-1] == "shift"  # LEVEL ends on a 12: seven in a row
    assert fixed(*[12.0] * 5).rules[-1] == "common"


@pytest.mark.parametrize(
    "better, state",
    [("lower", "concern_high"), ("higher", "improvement_high"), ("neutral", "neutral_high")],
)
def test_a_state_says_what_is_better_and_which_side(better, state):
    chart = spc.xmr([*LEVEL, 20.0], better=better)
    assert chart.variation == state
    assert chart.states[0] == "common"


def test_the_last_point_decides_the_variation():
    assert spc.xmr([*LEVEL, 40.0, 11.0]).variation == "common"
    assert spc.xmr([*LEVEL, 40.0, None]).variation is None


def test_limits_and_runs_start_anew_at_a_rebase():
    series = [*LEVEL, *[value + 50 for value in LEVEL]]
    chart = spc.xmr(series, rebase=[16])
    assert set(chart.rules) == {"common"}
    assert (chart.mean[15], chart.mean[16]) == (11.0, 61.0)
    assert chart.segment == (0,) * 16 + (1,) * 16
    assert "shift" in spc.xmr(series).rules or "outside" in spc.xmr(series).rules


def test_a_run_does_not_cross_a_rebase():
    values = [10.0, 12.0, 10.0, *[12.0] * 4, *[12.0] * 3, 10.0, 12.0, 10.0]
    assert "shift" in spc.xmr(values).rules
    assert set(spc.xmr(values, rebase=[7]).rules) == {"common"}


@pytest.mark.parametrize("points, trial", [(12, True), (13, False)])
def test_limits_on_fewer_than_thirteen_points_are_on_trial(points, trial):
    assert spc.xmr(LEVEL[:points]).trial == trial


@pytest.mark.parametrize(
    "target, better, meaning",
    [
        (4.9, "higher", "consistent_pass"),
        (5.0, "higher", "consistent_pass"),  # always on the target is met
        (5.1, "higher", "inconsistent"),
        (10.0, "higher", "inconsistent"),
        (10.1, "higher", "consistent_fail"),
        (4.9, "lower", "consistent_fail"),
        (10.0, "lower", "consistent_pass"),
        (9.9, "lower", "inconsistent"),
        (10.1, "lower", "consistent_pass"),
        (7.0, "neutral", None),
        (None, "lower", None),
    ],
)
def test_assurance_at_and_beyond_the_limits(target, better, meaning):
    assert spc.assurance(5.0, 10.0, target, better) == meaning


@pytest.mark.parametrize(
    "lower, upper, better, as_package, meaning",
    [
        # A unit is a part of 10⁻¹² of the target: rounding may have moved a limit by as much.
        (1e12 - 1, 2e12, "higher", False, "consistent_pass"),
        (1e12 - 1.5, 2e12, "higher", False, "inconsistent"),
        (1e12 + 1, 2e12, "higher", True, "inconsistent"),
        (1e12 + 1.5, 2e12, "higher", True, "consistent_pass"),
        (0.0, 1e12 - 1, "higher", False, "inconsistent"),
        (0.0, 1e12 - 1.5, "higher", False, "consistent_fail"),
        (0.0, 1e12 + 1, "lower", False, "consistent_pass"),
        (0.0, 1e12 + 1.5, "lower", False, "inconsistent"),
    ],
)
def test_a_limit_within_rounding_of_the_target_is_on_it(lower, upper, better, as_package, meaning):
    found = spc.assurance(lower, upper, 1e12, better, at_target_is_met=not as_package)
    assert found == meaning


def test_always_on_the_target_is_met_but_in_the_package():
    always = {"target": 1.0, "better": "higher"}
    assert spc.xmr([1.0] * 13, **always).assurance == "consistent_pass"
    package = spc.xmr([1.0] * 13, **always, two_of_three="package")
    assert package.assurance == "inconsistent"
    assert spc.assurance(1.0, 1.0, 1.0, "higher") == "consistent_pass"


def test_the_last_segment_decides_assurance_and_trial():
    # 16 points of 10 and 12, then 12 that are 50 more: a target of 40 is met from now on.
    series = [*LEVEL, *[value + 50 for value in LEVEL[:12]]]
    chart = spc.xmr(series, rebase=[16], target=40.0, better="higher")
    assert (chart.assurance, chart.trial) == ("consistent_pass", True)
    late = spc.xmr(series[::-1], rebase=[12], target=40.0, better="higher")
    assert (late.assurance, late.trial) == ("consistent_fail", False)


def test_outliers_are_screened_where_nothing_else_is_said():
    series = [1.0, 2.0, 1.0, 2.0, 20.0, 1.0, 2.0, 1.0, 2.0]
    assert spc.xmr(series).upper[0] == limits(series).upper
    assert spc.xmr(series, screen_outliers=False).upper[0] > limits(series).upper


def test_one_point_can_be_rebased_at_itself_alone():
    assert spc.xmr([1.0], rebase=[0]).segment == (0,)
    with pytest.raises(StatisticsError):
        spc.xmr([1.0], rebase=[1])


@pytest.mark.parametrize(
    "options",
    [
        {"better": "up"},
        {"fix_after_n": 11},
        {"rebase": [16]},
        {"rebase": [-1]},
        {"two_of_three": "both"},
    ],
)
def test_options_outside_the_allowed_are_refused(options):
    with pytest.raises(StatisticsError):
        spc.xmr(LEVEL, **options)


def test_an_infinite_value_is_refused():
    with pytest.raises(StatisticsError):
        spc.xmr([1.0, float("inf"), 2.0])


def test_screening_never_leaves_limits_that_no_point_meets():
    """Constant but for a point: all ranges above 0 would be screened out."""
    chart = spc.xmr([1.0] * 9 + [10.0] + [1.0] * 10)
    assert chart.upper[0] == pytest.approx(1.45 + 2.66 * 18 / 19)
    assert [rule == "outside" for rule in chart.rules].count(True) == 1
