"""Scores of past forecasts: each against numbers worked out by hand or by another function."""

import numpy as np
import pytest
from scipy.stats import nbinom

from dashboard.errors import StatisticsError
from dashboard.stats import alerts, backtest, year_end
from dashboard.stats.intervals import wilson

MEAN, VARIANCE = np.array([10.0]), np.array([20.0])


def repeated(value, times):
    return np.full(times, float(value))


def test_a_share_has_its_wilson_interval():
    found = backtest.share([True] * 8 + [False] * 2)
    assert (found.held, found.n, found.value) == (8, 10, 0.8)
    assert (found.low, found.high) == wilson(8, 10)


def test_forecasts_that_share_outcomes_widen_the_interval_and_leave_the_share():
    found = backtest.share([True] * 80 + [False] * 20, independent=10)
    assert (found.held, found.n) == (80, 100)
    assert (found.low, found.high) == wilson(8, 10)


def test_a_share_of_nothing_is_refused():
    with pytest.raises(StatisticsError, match="needs a forecast"):
        backtest.share([])


def test_held_is_the_band_of_the_alert_list_at_its_edges_and_just_beyond():
    (low,), (high,) = alerts.band(MEAN, VARIANCE, 0.80)
    for count, expected in ((low - 1, False), (low, True), (high, True), (high + 1, False)):
        assert backtest.held([count], MEAN, VARIANCE) == expected


@pytest.mark.parametrize(
    "count, mean, variance, expected",
    [
        # P(X ≤ k) is 1 − ½ᵏ⁺¹ of mean 1 and variance 2, and the middle half lies from ¼ to ¾.
        (1, 1.0, 2.0, True),  # P(X ≤ 0) is ½
        (2, 1.0, 2.0, False),  # P(X ≤ 1) is ¾: just reached
        (0, 3.0, 12.0, True),  # P(X ≤ 0) is ¼: just reached
        (0, 0.05, 0.051, True),  # nothing came, as was all but sure
    ],
)
def test_held_at_chances_known_by_hand(count, mean, variance, expected):
    assert backtest.held([count], np.array([mean]), np.array([variance]), 0.5) == expected


@pytest.mark.parametrize("level", [0.80, 0.95])
def test_held_is_the_band_for_many_forecasts(level):
    rng = np.random.default_rng(1)
    mean = np.exp(rng.uniform(-1, 6, 3000))
    variance, count = mean * rng.uniform(1.01, 5, 3000), rng.poisson(mean)
    low, high = alerts.band(mean, variance, level)
    inside = (count >= low) & (count <= high)
    assert (backtest.held(count, mean, variance, level) == inside).all()


def test_a_band_promises_what_the_distribution_says_of_it():
    (low,), (high,) = alerts.band(MEAN, VARIANCE, 0.80)
    size = 10**2 / (20 - 10)
    by_scipy = nbinom(size, size / (size + 10))
    expected = by_scipy.cdf(high) - by_scipy.cdf(low - 1)
    assert backtest.promised(MEAN, VARIANCE)[0] == pytest.approx(expected)
    assert expected >= 0.80


@pytest.mark.parametrize("mean, variance, lowest", [(0.3, 0.4, 0), (3.5, 4.0, 1), (5.0, 6.0, 2)])
def test_bands_of_small_counts_promise_all_from_their_lowest_count_on(mean, variance, lowest):
    (low,), (high,) = alerts.band(np.array([mean]), np.array([variance]), 0.80)
    assert low == lowest
    size = mean**2 / (variance - mean)
    expected = nbinom(size, size / (size + mean)).pmf(np.arange(low, high + 1)).sum()
    found = backtest.promised(np.array([mean]), np.array([variance]))
    assert found[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    "steps, factor, state",
    [
        ({0: 0.75}, 1.0, "accepted"),  # three of four: just enough
        ({0: 0.74, 1: 0.75}, 1.1, "widened"),
        ({0: 0.88}, 1.0, "accepted"),
        ({0: 0.89}, 1.0, "above"),
        ({0: 0.7, 1: 0.88}, 1.1, "widened"),
        ({0: 0.7, 1: 0.89}, 1.1, "unreached"),  # leaps over what is accepted
        ({0: 0.4, 1: 0.5, 2: 0.5}, 1.1, "unreached"),  # of equals the narrower
        ({0: 0.4, 48: 0.6}, 1.1**48, "unreached"),  # the widest that is tried
        ({0: 0.4, 49: 0.8}, 1.0, "unreached"),
        ({0: 0.0}, 1.0, "unreached"),
    ],
)
def test_the_least_factor_is_found_at_the_edges_of_what_is_accepted(steps, factor, state):
    def held_at(tried):
        step = round(np.log(tried) / np.log(1.1))
        return [steps[max(at for at in steps if at <= step)]]

    if 2 in steps or 48 in steps:  # what is held falls again beyond
        steps[max(steps) + 1] = 0.4
    found = backtest.least_factor(held_at)
    assert (found.factor, found.state) == (pytest.approx(factor), state)


def test_a_forecast_that_is_right_is_taken_as_it_is():
    rng = np.random.default_rng(2)
    count = rng.negative_binomial(500, 500 / 1500, 4000)  # mean 1000, variance 3000
    found = backtest.inflation(count, repeated(1000, 4000), repeated(3000, 4000))
    assert (found.factor, found.state) == (1.0, "accepted")
    assert found.before == found.after == pytest.approx(0.80, abs=0.02)


def test_a_band_too_narrow_is_widened_to_the_least_factor_that_is_accepted():
    rng = np.random.default_rng(3)
    count = rng.negative_binomial(500, 500 / 1500, 4000)  # three times what is forecast
    mean, variance = repeated(1000, 4000), repeated(1001, 4000)
    found = backtest.inflation(count, mean, variance)
    assert found.state == "widened" and found.before < 0.75 <= found.after <= 0.88
    assert found.factor == pytest.approx(2.5, abs=0.4)  # 0.75 needs (1.15/1.28)² of 3
    just_short = variance * found.factor / 1.1
    assert backtest.held(count, mean, just_short).mean() < 0.75


def test_a_band_that_holds_more_is_left_alone_and_says_so():
    found = backtest.inflation(repeated(10, 20), repeated(10, 20), repeated(20, 20))
    assert (found.factor, found.state, found.after) == (1.0, "above", 1.0)


def test_a_range_that_is_jumped_over_or_out_of_reach_is_not_reached():
    # Twenty like forecasts are all held or none: no share between.
    jumped = backtest.inflation(repeated(20, 20), repeated(10, 20), repeated(11, 20))
    assert (jumped.state, jumped.before, jumped.after) == ("unreached", 0.0, 1.0)
    # Six of ten held, four beyond any width tried.
    count = np.array([10.0] * 6 + [1e9] * 4)
    beyond = backtest.inflation(count, repeated(10, 10), repeated(20, 10))
    assert beyond.state == "unreached" and beyond.after < 0.75


def test_year_forecasts_are_those_of_one_year_at_a_time():
    mean, variance = backtest.year_forecast([58, 12], [0.5, 0.25], [1.0, 1.6])
    for place, (so_far, part, phi) in enumerate(((58, 0.5, 1.0), (12, 0.25, 1.6))):
        one = year_end.project(so_far, part, phi)
        assert (mean[place], variance[place]) == pytest.approx((one.rest, one.variance))
    for so_far, part in ((1, 1.0), (1, 0.0), (1, -0.5), (-0.5, 0.5)):
        with pytest.raises(StatisticsError):
            backtest.year_forecast([1, so_far], [0.5, part], 1.0)


@pytest.mark.parametrize("so_far, target", [(1, 1), (1, 2), (1, 1.5)])
def test_the_chance_that_nothing_or_little_more_comes_is_exact(so_far, target):
    mean, variance = backtest.year_forecast([so_far], [0.9], [1.0])
    found = backtest.chance_at_most([so_far], [target], mean, variance)
    assert found[0] == pytest.approx(year_end.chance_at_most(so_far, 0.9, target), rel=1e-9)
    assert found[0] > 0.8
    assert backtest.chance_at_most([target + 1], [target], mean, variance)[0] == 0.0  # passed


@pytest.mark.parametrize("target", [57, 58, 110, 110.9, 120])
def test_chances_are_those_of_one_year_at_a_time(target):
    mean, variance = backtest.year_forecast([58], [0.5], [1.6])
    found = backtest.chance_at_most([58], [target], mean, variance)
    assert found[0] == pytest.approx(year_end.chance_at_most(58, 0.5, target, 1.6))


def test_brier_is_the_mean_square_and_needs_an_outcome_each():
    assert backtest.brier([0.9, 0.2], [True, False]) == pytest.approx((0.01 + 0.04) / 2)
    with pytest.raises(StatisticsError):
        backtest.brier([], [])
    with pytest.raises(StatisticsError):
        backtest.brier([0.5, 0.5], [True])


def test_reliability_counts_by_the_words_of_a_chance():
    said = [0.05, 0.2, 0.34, 0.9, 0.95, 0.99]
    came = [False, True, False, True, True, False]
    found = {item.words: item for item in backtest.reliability(said, came)}
    assert list(found) == ["very unlikely", "unlikely", "likely", "very likely"]
    assert (found["unlikely"].n, found["unlikely"].came_true) == (2, 1)
    assert isinstance(found["unlikely"].came_true, int)
    assert found["unlikely"].mean_chance == pytest.approx(0.27)
    assert found["likely"].n == 1  # 0.90 itself is 'likely'


def test_reliability_of_forecasts_that_share_an_outcome_counts_outcomes():
    (found,) = backtest.reliability([0.8] * 10, [True] * 10, outcome=[7] * 10)
    assert (found.n, found.came_true) == (10, 10)
    assert (found.low, found.high) == wilson(1, 1)


def test_planted_rises_come_to_twice_the_mean_and_one_more():
    rng = np.random.default_rng(4)
    mean = repeated(8, 20_000)
    now, risen = backtest.planted(rng, rng.poisson(mean), mean, 0.2)
    assert risen.mean() == pytest.approx(0.2, abs=0.02)
    assert now[risen].mean() == pytest.approx(17, abs=0.2)
    assert now[~risen].mean() == pytest.approx(8, abs=0.2)


def test_year_ends_are_covered_as_designed_where_the_model_holds():
    """statistics.md §5: 0.80 to 0.85 and 0.95 to 0.97, for φ 1 and 2 at a quarter of the year."""
    rng = np.random.default_rng(5)
    for phi in (1.0, 2.0):
        rate = rng.uniform(20, 400, 4000)
        so_far, rest = (_counts(rng, rate * part, phi) for part in (0.25, 0.75))
        mean, variance = backtest.year_forecast(so_far, repeated(0.25, 4000), phi)
        assert 0.79 <= backtest.held(rest, mean, variance).mean() <= 0.85
        assert 0.94 <= backtest.held(rest, mean, variance, 0.95).mean() <= 0.97


def _counts(rng, mean, phi):
    return rng.poisson(mean if phi == 1 else rng.gamma(mean / (phi - 1), phi - 1))
