"""The arithmetic of effects, held against other tools and against what it promises."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy.stats import nbinom, norm

from dashboard.decisions import effects, looking_back, sealing
from dashboard.decisions.effects import Past
from dashboard.errors import StatisticsError

PAST = Past(100.0, 900.0, 300.0, 26.0, (1.0,) * 26, 1.4)


def test_a_result_is_recomputed_by_another_tool():
    """Mean, variance and chance beside the comparison, from the formulas of the page in polars."""
    counts = pl.DataFrame({"before": [100.5, 900.5], "after": [9.0, 200.5]})
    base, theirs_before = counts["before"]
    mean = base * counts["after"][1] / theirs_before
    variance = 1.4 * mean * (1 + mean / base + mean / 200.5 + mean / theirs_before)
    size = mean**2 / (variance - mean)
    expected = nbinom.cdf(9, size, size / (size + mean))
    assert effects.p_value(PAST, 6, 0.5, 9, 200) == pytest.approx(expected, rel=1e-9)
    assert effects.p_value(PAST, 6, 1.5, 9, 200) == pytest.approx(
        nbinom.sf(8, size, size / (size + mean)), rel=1e-9
    )


def test_the_difference_in_differences_and_its_range():
    said = effects.difference_in_differences(PAST, 9, 200)
    parts = np.array([9.5, 200.5, 100.5, 900.5])
    middle = np.log(parts[0] / parts[1] / (parts[2] / parts[3]))
    wide = norm.ppf(0.975) * np.sqrt(1.4 * (1 / parts).sum())
    assert said.value == pytest.approx(np.exp(middle))
    assert (said.low, said.high) == pytest.approx((np.exp(middle - wide), np.exp(middle + wide)))


def test_what_moved_next_door_is_counted_beside_the_comparison():
    alike = effects.weighted_displacement(PAST, 300, 300 * 200.5 / 900.5, 200)
    assert alike.value == pytest.approx(0) and alike.low < 0 < alike.high
    more = effects.weighted_displacement(PAST, 300, 120, 200)
    assert more.value == pytest.approx(120 - 300 * 200.5 / 900.5) and more.low > 0


def test_less_is_seen_of_a_smaller_effect_and_with_more_spread():
    halving = effects.chances(PAST, 0.5, seed=1)
    assert halving[2] < halving[6] < halving[12]
    assert effects.chance_seen(PAST, 6, 0.8, seed=1) < halving[6]
    wide = Past(100.0, 900.0, 300.0, 26.0, (1.0,) * 26, 2.5)
    assert effects.chance_seen(wide, 6, 0.5, seed=1) < halving[6]
    assert effects.chances(PAST, 0.5, seed=1) == halving


def test_the_peak_is_one_fortnight_of_those_looked_back_on():
    """A level that leaned on the last fortnights would take the peak for what is usual."""
    rng = np.random.default_rng(1)
    counts = rng.poisson(5.0, (32, 78)).astype(float)
    counts[0, -1] = 20
    treated = np.arange(32) == 0
    past = looking_back.of_boroughs(counts, treated, np.arange(32) > 3, (np.arange(32) % 32 == 1))
    before = counts[0, -26:-1].sum()
    assert before < past.treated < counts[0, -26:].sum()  # a burst counts as far as it is usual
    assert past.level() == pytest.approx((past.treated + 0.5) / 26)
    assert past.level() < 7


@pytest.mark.parametrize("one", ["borough", "whole"])
def test_made_at_a_peak_the_test_keeps_its_level_and_the_form_its_promise(one):
    """A short run of the simulation: `python -m tests.benchmarks.simulate_decisions` is the long
    one. Of 250 decisions with no effect the test says "worked" 16 times or more in 1 of 1,000."""
    from tests.benchmarks import simulate_decisions as simulated

    null = simulated.setting(one, 1.5, 1.0, 0.5, 250)
    assert null.worked <= 15
    real = simulated.setting(one, 1.5, 0.5, 0.5, 250)
    error = 3.3 * np.sqrt(real.promised * (1 - real.promised) / real.number)
    assert abs(real.share - real.promised) <= error + 0.03


def test_it_is_judged_by_the_level_that_was_sealed():
    """A seal of the first method says no level: its test stays the one at 5 % that it named."""
    sealed = sealing.seal(PAST, sealing.Reach(), date(2032, 7, 13), 6, 0.5, 1, None)
    between = next(
        count for count in range(99) if 0.025 < effects.p_value(PAST, 6, 0.5, count, 200) <= 0.05
    )
    first = {key: value for key, value in sealed.items() if key != "at_most"}
    assert sealing.judge(sealed, [between], 200)["verdict"] != "worked"
    assert sealing.judge(first, [between], 200)["verdict"] == "worked"
    assert sealed["at_most"] == 0.025 and "2.5 %" in sealed["test"]


def test_what_can_not_be_told_is_refused():
    few = np.ones((32, 12))
    row = np.arange(32) == 0
    with pytest.raises(StatisticsError, match="13 windows"):
        looking_back.of_boroughs(few, row, ~row, row)
    with pytest.raises(StatisticsError, match="3 boroughs"):
        looking_back.of_boroughs(np.ones((3, 30)), np.arange(3) == 0, np.arange(3) > 0, row[:3])
