"""Levels that a year meets with a given chance: their rules at the edges, and against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import nbinom

from dashboard.reports.measure.next_years import CountLaw
from dashboard.stats import levels, rate_year_end
from dashboard.stats.local_level import DISCOUNTS
from dashboard.stats.year_ahead import year_ahead

LAW = CountLaw(100.0, 400.0)
SCIPY = nbinom(100**2 / 300, 100 / 400)  # size m²/(V − m), chance m/V: mean 100, variance 400


def test_the_law_of_a_count_is_scipys_negative_binomial():
    assert SCIPY.stats("mv") == (pytest.approx(100), pytest.approx(400))
    for value in (0, 80, 100, 117, 140):
        assert LAW.at_most(value) == pytest.approx(SCIPY.cdf(value))
        assert LAW.at_least(value) == pytest.approx(SCIPY.sf(value - 1))
    assert LAW.at_most(-1) == 0 and LAW.at_least(0) == 1
    # A level between two whole numbers asks for the whole number on its own side.
    assert LAW.at_most(80.9) == LAW.at_most(80) and LAW.at_least(80.1) == LAW.at_least(81)


def test_the_level_is_the_hardest_that_is_met_in_80_of_100():
    least = levels.level(LAW, higher=False, share=False)
    assert SCIPY.cdf(least) >= 0.8 > SCIPY.cdf(least - 1)
    most = levels.level(LAW, higher=True, share=False)
    assert SCIPY.sf(most - 1) >= 0.8 > SCIPY.sf(most)


def test_a_shares_level_is_rounded_to_the_easier_side():
    law = rate_year_end.Law(np.array([0.2004, 0.3006, 0.4]), np.array([0.2, 0.6, 0.2]))
    assert levels.level(law, higher=True, share=True) == 0.200
    assert levels.level(law, higher=False, share=True) == 0.301
    assert levels.chance(law, True, 0.2) == 1.0 and levels.chance(law, True, 0.201) == 0.8
    # A two-hundredth of a step short of the next is not yet there.
    near = rate_year_end.Law(np.array([0.299995, 0.300005]), np.array([0.5, 0.5]))
    assert levels.level(near, higher=True, share=True, chance=0.9) == 0.299
    assert levels.level(near, higher=False, share=True, chance=0.9) == 0.301
    # What is a tenth of a per cent already stays.
    whole = rate_year_end.Law(np.array([0.29, 0.58]), np.array([0.5, 0.5]))
    assert levels.level(whole, higher=False, share=True, chance=0.5) == 0.29
    assert levels.level(whole, higher=True, share=True, chance=0.5) == 0.29


def test_outcomes_count_by_the_part_of_their_step_that_meets():
    # Half of the step from .7 to .9 lies under .80.
    assert levels.met_by_steps(0.7, 0.9, False) == pytest.approx(0.5)
    assert levels.met_by_steps([0.0, 0.8, 0.79], [0.8, 0.9, 0.79], False).tolist() == [1, 0, 1]
    assert levels.met_by_steps(0.8, 0.8, False) == 1.0  # an outcome of no chance, just met
    # More is better: the step is looked at from above, where .1 to .3 is .7 to .9.
    assert levels.met_by_steps(0.1, 0.3, True) == pytest.approx(0.5)


def test_right_forecasts_meet_by_steps_as_often_as_they_say():
    """All outcomes of a known law, each weighed by its chance: .80 in the mean."""
    for mean, variance in ((2.0, 3.0), (40.0, 90.0)):
        law = nbinom(mean**2 / (variance - mean), mean / variance)
        counts = np.arange(400)
        for higher in (False, True):
            held = levels.met_by_steps(law.cdf(counts - 1), law.cdf(counts), np.full(400, higher))
            assert (held * law.pmf(counts)).sum() == pytest.approx(0.8, abs=1e-9)


def test_a_year_ahead_of_steady_months_is_their_sum_and_widens_with_the_wait():
    months = np.random.default_rng(4).poisson(50, 60)
    mean, variance = (float(item[0]) for item in year_ahead(months))
    assert mean == pytest.approx(months.mean() * 12, rel=0.05)
    assert variance > mean
    assert year_ahead(months) == year_ahead(months, 0)  # nothing lies between
    later = [float(year_ahead(months, wait)[1][0]) for wait in (0, 6, 12)]
    assert later == sorted(later) and later[0] < later[-1]


def test_series_side_by_side_are_each_foretold_by_themselves():
    rng = np.random.default_rng(5)
    months = np.vstack(
        [rng.poisson(5, 36), rng.poisson(200, 36) * np.where(np.arange(36) > 20, 2, 1)]
    )
    together = year_ahead(months, [0, 9])
    for at, wait in enumerate((0, 9)):
        alone = year_ahead(months[at], wait)
        assert [float(x[at]) for x in together] == pytest.approx([float(x[0]) for x in alone])


def test_a_missing_month_changes_no_level():
    months = np.random.default_rng(6).poisson(30, 40).astype(float)
    gap = np.insert(months, 20, np.nan)
    assert year_ahead(gap)[0] == pytest.approx(year_ahead(months)[0])


def test_the_drift_before_a_year_adds_to_that_of_its_own_months():
    """Twelve steps of a random walk that has gone nine before, simulated beside the arithmetic."""
    steps = np.random.default_rng(7).normal(size=(100_000, 21))
    drift = steps.cumsum(axis=1)[:, 9:].mean(axis=1).var()
    one = np.ones(len(DISCOUNTS))
    weight = np.where(DISCOUNTS == 0.9, 1.0, 0.0)
    level = rate_year_end.RateLevel(True, 5 * one, 60 * one, one, weight)
    evidence = 60 / (1 + (1 / 0.9 - 1) * drift)
    variance = rate_year_end.part_to_come(level, 12, 12, wait=9)[1]
    assert variance == pytest.approx(60 * (1 + 12 / evidence), rel=0.01)
