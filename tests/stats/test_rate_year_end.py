"""A year's rate against scipy's distributions, and against its errors worked out one by one."""

import numpy as np
import pytest
from scipy.stats import betabinom, nbinom

from dashboard.errors import StatisticsError
from dashboard.stats import backtest
from dashboard.stats import rate_year_end as rates
from dashboard.stats.local_level import DISCOUNTS


def known(rate, evidence, apart=False, phi=1.0, discount=1.0):
    """A level known under one discount alone."""
    one = np.ones(len(DISCOUNTS))
    weight = np.where(discount == DISCOUNTS, 1.0, 0.0)
    return rates.RateLevel(apart, rate * one, evidence * one, phi * one, weight)


def test_a_share_is_beta_binomial():
    # 30 of 300 with Jeffreys' halves: 30.5 of 301.
    found = rates.law(known(30.5 / 301, 301), (30, 300), [900], periods=9)
    of = betabinom(900, 30.5, 270.5)
    assert found.at_least(0.12) == pytest.approx(of.sf(144 - 30 - 1), rel=1e-9)
    assert found.at_most(0.12) == pytest.approx(of.cdf(144 - 30), rel=1e-9)
    assert found.below(0.12) == pytest.approx(of.cdf(144 - 30 - 1), rel=1e-9)
    assert found.quantile(0.1) == pytest.approx((30 + of.ppf(0.1)) / 1200)
    assert found.quantile(0.9) == pytest.approx((30 + of.ppf(0.9)) / 1200)
    assert found.mean == pytest.approx((30 + 900 * 30.5 / 301) / 1200)


def test_outcomes_of_other_periods_are_a_count_of_their_own():
    # 19 of 14 in a June: a rate over 1, negative binomial of mean n p and variance φ n p (1 + n/N).
    found = rates.law(known(1.3, 14, apart=True, phi=1.5), (19, 14), [20], periods=3)
    mean, variance = 26.0, 1.5 * 26 * (1 + 20 / 14)
    size = mean**2 / (variance - mean)
    of = nbinom(size, size / (size + mean))
    for more in (0, 20, 45):
        assert found.at_most((19 + more) / 34) == pytest.approx(of.cdf(more), rel=1e-8)
    assert found.at_least(1.0) == pytest.approx(of.sf(34 - 19 - 1), rel=1e-8)


def test_numbers_of_cases_to_come_are_each_as_likely():
    level = known(0.5, 20)
    apart = [rates.law(level, (5, 10), [n], periods=2).at_least(0.6) for n in (4, 9)]
    both = rates.law(level, (5, 10), [4, 9], periods=2)
    assert both.at_least(0.6) == pytest.approx(np.mean(apart))
    assert both.chances.sum() == pytest.approx(1.0)


def test_a_level_that_moves_is_known_the_less_the_farther_it_goes():
    # Four periods: the mean of the levels of a walk has 5 · 9 / 24 = 1.875 steps of variance.
    still, moving = known(0.2, 100, apart=True), known(0.2, 100, apart=True, discount=0.9)
    evidence = 100 / (1 + (1 / 0.9 - 1) * 1.875)
    assert rates.part_to_come(still, 50, 4)[1] == pytest.approx(10 * 1.5)
    assert rates.part_to_come(moving, 50, 4)[1] == pytest.approx(10 * (1 + 50 / evidence))
    assert rates.part_to_come(moving, 50, 4, factor=2.0)[1] == pytest.approx(
        2 * 10 * (1 + 50 / evidence)
    )


def test_a_walk_has_the_variance_that_is_said_of_it():
    steps = np.random.default_rng(1).normal(size=(40_000, 4)).cumsum(axis=1)
    assert steps.mean(axis=1).var() == pytest.approx(1.875, rel=0.03)


def by_hand(done, cases, discount, apart):
    """Squared standard errors one period ahead, of the fifth period on, the level after, and
    twice the logarithm of how likely the errors are under a dispersion of their own."""
    d = n = 0.0
    errors, logs = [], 0.0
    for at, (part, whole) in enumerate(zip(done, cases, strict=True)):
        if at >= 4 and whole and n:
            evidence = discount * n + (0 if apart else 1)
            p = (discount * d + 0.5) / evidence
            if apart:
                variance = whole * p * (1 + whole / evidence)
            else:
                variance = whole * p * (1 - p) * (evidence + whole) / (evidence + 1)
            errors.append((part - whole * p) ** 2 / variance)
            logs += np.log(variance)
        d, n = discount * d + part, discount * n + whole
    evidence = n + (0 if apart else 1)
    phi = np.mean(errors)
    return phi, (d + 0.5) / evidence, evidence, -logs - len(errors) * np.log(phi)


WILD = ([3, 9, 4, 8, 1, 9, 2, 8], [10, 10, 12, 11, 10, 10, 9, 10])
PASTS = {
    "wild": WILD,
    "one error": ([1, 1, 1, 1, 9], [10] * 5),
    "cases of one": ([1, 0, 1, 1, 0, 1], [1] * 6),
    "none in the first year": ([0, 0, 0, 0, 0, 3, 9, 1], [0, 0, 0, 0, 10, 10, 10, 10]),
    "one long ago": ([1, 0, 0, 0, 4, 0, 3], [1, 0, 0, 0, 4, 4, 4]),
    "periods without cases": ([3, 9, 4, 8, 0, 9, 0, 1], [10, 10, 12, 11, 0, 10, 0, 10]),
}


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("name", PASTS)
def test_dispersion_level_and_weights_are_those_of_the_errors_one_by_one(name, apart):
    done, cases = PASTS[name]
    with np.errstate(divide="raise", invalid="raise"):
        found, other = rates.levels([done, WILD[0][: len(done)]], [cases, WILD[1][: len(done)]],
                                    apart, together=[1, 2])  # fmt: skip
    # Neither series changes anything of the one beside it.
    (alone,) = rates.levels(WILD[0][: len(done)], WILD[1][: len(done)], apart)
    assert other.phi.tolist() == alone.phi.tolist() and other.rate.tolist() == alone.rate.tolist()
    hand = [by_hand(done, cases, discount, apart) for discount in DISCOUNTS]
    phi, rate, evidence, likely = np.array(hand).T
    assert found.phi == pytest.approx(np.maximum(1.0, phi))
    assert found.rate == pytest.approx(rate) and found.evidence == pytest.approx(evidence)
    weight = np.exp((likely - likely.max()) / 2)
    assert found.weight == pytest.approx(weight / weight.sum())


def test_of_many_large_counts_the_weights_stay_numbers():
    for done in ([50_000, 60_000] * 450, [10_000] * 450 + [90_000] * 450):
        (found,) = rates.levels(done, [100_000] * 900, apart=False)
        assert found.weight.sum() == pytest.approx(1.0)


def test_what_is_long_ago_counts_where_the_rate_stood_still_and_not_where_it_moved():
    rng = np.random.default_rng(2)
    cases = np.full(48, 200)
    (still,) = rates.levels(rng.binomial(cases, 0.2), cases, apart=False)
    moved = rng.binomial(cases, np.where(np.arange(48) < 36, 0.2, 0.5))
    (new,) = rates.levels(moved, cases, apart=False)
    assert still.weight @ still.rate == pytest.approx(0.2, abs=0.02)
    assert new.weight @ new.rate == pytest.approx(0.5, abs=0.03)
    assert still.weight @ DISCOUNTS > new.weight @ DISCOUNTS + 0.1


def test_series_side_by_side_share_their_dispersion_and_keep_their_levels():
    calm, wild = [5, 5, 5, 5, 5, 5], [0, 10, 0, 10, 0, 10]
    alone = [rates.levels(one, [20] * 6, apart=False)[0] for one in (calm, wild)]
    both = rates.levels([calm, wild], [[20] * 6] * 2, apart=False)
    assert (both[0].phi == both[1].phi).all()
    assert both[1].phi[0] == pytest.approx(
        np.mean([by_hand(one, [20] * 6, 1.0, False)[0] for one in (calm, wild)])
    )
    for one, own in zip(both, alone, strict=True):
        assert one.rate == pytest.approx(own.rate) and one.evidence == pytest.approx(own.evidence)


def test_a_missing_period_leaves_the_level_as_it_is():
    nan = float("nan")
    (found,) = rates.levels([4, 5, nan, 6, 5, 4, nan], [10, 10, nan, 10, 10, 10, nan], apart=False)
    (without,) = rates.levels([4, 5, 6, 5, 4], [10] * 5, apart=False)
    assert found.rate == pytest.approx(without.rate) and found.phi == pytest.approx(without.phi)


def test_a_period_without_cases_is_no_error_of_the_rate():
    (found,) = rates.levels([2] * 6 + [0], [10] * 6 + [0], apart=False)
    (before,) = rates.levels([2] * 6, [10] * 6, apart=False)
    assert found.phi == pytest.approx(before.phi)
    assert found.rate[DISCOUNTS == 1] == pytest.approx(before.rate[DISCOUNTS == 1])


def test_what_never_failed_is_likely_to_go_on_and_a_wider_past_says_so_more_surely():
    """12 of 12 this year, 273 of 273 ever: 'could go either way' by this year alone."""
    (alone,) = rates.levels([4] * 3, [4] * 3, apart=False)
    (ever,) = rates.levels([7] * 39, [7] * 39, apart=False)
    this_year, by_all = (rates.law(x, (12, 12), [36], 9).at_least(1.0) for x in (alone, ever))
    assert this_year < 0.65 < 0.85 < by_all


def test_a_rate_has_settled_when_no_case_is_to_come():
    found = rates.law(known(0.1, 31), (3, 30), [0], periods=1)
    assert (found.at_least(0.1), found.at_most(0.1), found.mean) == (1.0, 1.0, 0.1)
    assert rates.law(known(0.1, 31), (2, 30), [0], periods=1).at_least(0.1) == 0.0


def test_a_single_case_comes_or_not():
    found = rates.law(known(0.25, 40, phi=3.0), (1, 4), [1], periods=1)
    assert found.at_least(0.4) == pytest.approx(0.25)  # 2 of 5, else 1 of 5


@pytest.mark.parametrize(
    "case", [(200_000, 0.3, False), (200_000, 0.3, True), (100_000, 0.9, False)]
)
def test_laws_of_a_hundred_thousand_cases_have_numbers_for_chances(case):
    n, rate, apart = case
    found = rates.law(known(rate, 1e9, apart=apart), (0, 0), [n], periods=1)
    assert found.mean == pytest.approx(rate, rel=1e-6)
    assert found.at_most(rate) == pytest.approx(0.5, abs=0.01)


def test_counts_are_foretold_as_far_as_one_in_a_million_million():
    # Mean 100 and variance 100 (1 + 100/100): 100 + 8 √200 + 20 × 2 + 9, and nothing.
    found = rates.law(known(1.0, 100, apart=True), (0, 0), [100], periods=1)
    assert len(found.values) == 263
    assert found.chances[-1] < 1e-12


@pytest.mark.parametrize("n", [1, 2])
def test_one_and_two_cases_have_their_own_law(n):
    found = rates.law(known(0.3, 20), (0, 0), [n], periods=1)
    assert found.chances == pytest.approx(betabinom(n, 6, 14).pmf(np.arange(n + 1)))


def test_a_year_that_has_begun_waits_for_nothing():
    level = known(0.3, 20, discount=0.75)
    now, same, later = (
        rates.law(level, (1, 4), [30], 3, **how).chances.tolist()
        for how in ({}, {"wait": 0}, {"wait": 1})
    )
    assert now == same != later


@pytest.mark.parametrize(
    "done, cases",
    [([1, 2], [3]), ([-0.5], [3]), ([1], [-3]), ([4], [3])]
    + [([1, -1], [3, 3]), ([0, 0], [3, -0.5]), ([1, 4], [3, 3])],
)
def test_parts_that_make_no_rate_are_refused(done, cases):
    with pytest.raises(StatisticsError):
        rates.levels(done, cases, apart=False)


def test_outcomes_may_be_more_than_their_cases_where_they_are_of_others():
    assert len(rates.levels([19], [14], apart=True)) == 1
    for done, cases in (([1, -0.5], [3, 3]), ([0, 0], [3, -0.5])):
        with pytest.raises(StatisticsError):
            rates.levels(done, cases, apart=True)


def test_a_year_without_a_case_or_a_period_to_come_is_refused():
    with pytest.raises(StatisticsError):
        rates.law(known(0.5, 10), (0, 0), [0], periods=3)
    with pytest.raises(StatisticsError):
        rates.law(known(0.5, 10), (1, 2), [3], periods=0)


def test_an_outcome_counts_by_the_part_of_its_step_inside_the_band():
    # P(X < x) .05, P(X ≤ x) .15: the half above .10; from .80 to 1: the half under .90.
    held = backtest.randomised([0.05, 0.80, 0.2, 0.0, 0.95], [0.15, 1.0, 0.3, 0.08, 1.0])
    assert held == pytest.approx([0.5, 0.5, 1.0, 0.0, 0.0])
    assert backtest.randomised([0.3, 0.95], [0.3, 0.95]) == pytest.approx([1.0, 0.0])
    # What is sure of its chance lies within where that is an end of the band.
    assert backtest.randomised([0.25, 0.75], [0.25, 0.75], 0.5).tolist() == [1.0, 1.0]


def test_right_forecasts_hold_what_they_say_though_numbers_are_small():
    """Over all outcomes of four cases, each by scipy's chance of it: .80 and no more."""
    found = rates.law(known(0.3, 50), (1, 3), [4], periods=5)
    values = (1 + np.arange(5)) / 7
    below, at_most = (np.array([side(v) for v in values]) for side in (found.below, found.at_most))
    chance = betabinom(4, 15, 35).pmf(np.arange(5))
    assert chance @ backtest.randomised(below, at_most) == pytest.approx(0.80)
    # by whole numbers the same band holds more
    assert chance @ ((at_most >= 0.1) & (below < 0.9)) > 0.85


def test_levels_that_discounts_disagree_on_make_the_year_less_sure():
    half = np.where(np.isin(DISCOUNTS, (1.0, 0.9)), 0.5, 0.0)
    one = np.ones(len(DISCOUNTS))
    apart = rates.RateLevel(True, np.where(DISCOUNTS == 1, 0.1, 0.3), 50 * one, one, half)
    mean, variance = rates.part_to_come(apart, 20, 1)
    # 2 and 6 of 20, each as likely: between them a variance of 4
    within = (2 * (1 + 20 / 50) + 6 * (1 + 20 / 45)) / 2
    assert (mean, variance) == (pytest.approx(4.0), pytest.approx(within + 4.0))


def test_cases_all_alike_and_rates_of_none_still_have_a_law():
    wild = rates.law(known(0.4, 20, phi=1e6), (0, 0), [10], periods=1)
    assert wild.at_least(1.0) == pytest.approx(0.4, abs=0.01)  # all or none
    assert wild.at_most(0.0) == pytest.approx(0.6, abs=0.01)
    (none,) = rates.levels([0], [0], apart=True)
    assert none.rate == pytest.approx(1.0) and none.evidence == pytest.approx(0.5)
