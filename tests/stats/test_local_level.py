"""The local level of a count: discounted sums, errors one step ahead, shares of a whole."""

import numpy as np
import pytest

from dashboard.errors import StatisticsError
from dashboard.stats import shares
from dashboard.stats.local_level import local_level


def test_a_steady_series_is_forecast_by_its_mean_and_is_poisson():
    found = local_level(np.full((1, 26), 9.0))
    assert found.mean[0] == pytest.approx(9, abs=0.15)
    assert found.phi[0] == 1.0
    assert found.variance[0] > found.mean[0]
    assert found.errors[0] == 22  # the first four windows make the first level


def test_a_level_that_has_stepped_is_followed():
    found = local_level([[20.0] * 20 + [60.0] * 10])
    assert found.mean[0] == pytest.approx(60, rel=0.05)
    assert found.smoothing[0] > 0.2


def test_one_burst_does_not_teach_what_to_expect():
    usual, burst = [2.0] * 27, [15.0]
    before, after = local_level([usual]), local_level([usual + burst])
    assert after.mean[0] < before.mean[0] + 0.5
    # It counts as three standard errors: the spread is hardly wider, and the next one stands out.
    assert after.phi[0] < 1.5
    assert after.errors[0] == before.errors[0] + 1


def test_a_burst_among_large_counts_moves_the_level_by_two_errors_at_most():
    """Of a Poisson series of 100 an error is 10; half the level is forgotten in three periods."""
    rng = np.random.default_rng(3)
    usual = rng.poisson(100, (200, 40)).astype(float)
    burst = np.column_stack([usual, np.full(200, 400.0)])
    moved = local_level(burst).mean - local_level(usual).mean
    assert 0 < moved.mean() < 0.4 * 25


def test_a_season_is_taken_out_and_put_back():
    factors = np.tile([0.5, 1.5], 13)[None]
    found = local_level(20 * factors, factors, np.array([0.5]))
    assert found.mean[0] == pytest.approx(10, abs=0.3)


def test_a_missing_period_leaves_the_level():
    gap = np.array([[9.0] * 13 + [np.nan] * 3 + [9.0] * 13])
    assert local_level(gap).mean[0] == pytest.approx(9, abs=0.15)


@pytest.mark.parametrize(
    "told",
    [
        ([[-1.0]],),
        ([[3.0, -1.0]],),
        ([1.0],),
        ([[1.0]], [[0.0]]),
        ([[1.0, 1.0]], [[1.0, 0.0]]),
        ([[1.0]], [[1.0]], [0.0]),
        ([[1.0, 1.0]], [[1.0]]),
        ([[1.0, 1.0]], [[1.0]], [1.0, 1.0]),
        ([[1.0]], [[1.0]], [1.0, 1.0]),
    ],
)
def test_what_is_no_series_is_refused(told):
    with pytest.raises(StatisticsError):
        local_level(*told)


def test_of_many_large_counts_the_likelihoods_stay_numbers():
    # Each of 300 errors has a logarithm of 11: eˣ of their sum is none that a number can hold.
    found = local_level([[50_000.0, 60_000.0] * 150])
    assert found.mean[0] == pytest.approx(55_000, rel=0.01)
    # Nor do those of one that climbs all the way, of which all but the shortest memory are wrong.
    climbing = local_level([np.linspace(10, 100_000, 600)])
    assert climbing.mean[0] == pytest.approx(100_000, rel=0.02)
    assert climbing.smoothing[0] == pytest.approx(0.4)


def test_parts_forecast_their_share_of_the_whole():
    history = np.array([[10.0] * 26, [30.0] * 26])
    found = shares.forecast(history, mean=80.0, variance=82.0)
    # Past sums of 1,040 are 13 times what is to come: (260 + ½) / 13 and (780 + ½) / 13.
    assert found.mean == pytest.approx([260.5 / 13, 780.5 / 13])
    assert found.phi == 1.0 and found.common == 0.0
    assert found.variance == pytest.approx(found.mean * (1 + 1 / 13))


def test_what_moves_all_parts_together_is_in_each_ones_variance():
    history = np.array([[10.0] * 26, [30.0] * 26])
    found = shares.forecast(history, mean=40.0, variance=200.0)
    assert found.common == pytest.approx((200 - 40 * (1 + 1 / 26)) / 1600)
    assert found.variance[1] == pytest.approx(
        found.mean[1] * (1 + 1 / 26) + found.common * found.mean[1] ** 2
    )


def test_a_missing_part_stands_in_the_whole_with_its_share():
    history = np.array([[10.0, 10.0, np.nan], [30.0, 30.0, 30.0]])
    assert shares.whole(history) == pytest.approx([40, 40, 40], rel=1e-3)
    assert np.isnan(shares.whole(np.array([[1.0, np.nan]]))[1])


@pytest.mark.parametrize("parts", [[1.0, 2.0], [[1.0, -1.0]]])
def test_what_is_no_table_of_parts_is_refused(parts):
    with pytest.raises(StatisticsError):
        shares.forecast(parts, mean=1.0, variance=1.0)
