import numpy as np
import pytest
from scipy.stats import nbinom

from dashboard.stats import alerts


def test_forecast_is_the_mean_of_the_windows_with_half_an_event_more():
    mean, variance = alerts.predictive(52, 26, 1.5)
    assert mean == pytest.approx(52.5 / 26)
    assert variance == pytest.approx(1.5 * mean * (1 + 1 / 26))


def test_tails_agree_with_the_general_distribution():
    mean, variance = np.array([0.4, 5.0, 300.0]), np.array([0.5, 8.0, 420.0])
    size = mean**2 / (variance - mean)
    for now in ([0, 0, 0], [1, 5, 300], [9, 30, 450]):
        at_least = nbinom.sf(np.array(now) - 1, size, size / (size + mean))
        at_most = nbinom.cdf(now, size, size / (size + mean))
        assert alerts.tail(now, mean, variance) == pytest.approx(at_least)
        assert alerts.lower_tail(now, mean, variance) == pytest.approx(at_most)


def test_band_holds_the_middle():
    low, high = alerts.band(np.array([5.0]), np.array([5.2]))
    size = 25 / 0.2
    below, within = nbinom.cdf([low[0] - 1, high[0]], size, size / (size + 5.0))
    assert below < 0.025 <= nbinom.cdf(low[0], size, size / (size + 5.0))
    assert within >= 0.975


def test_dispersion_pools_series_and_leaves_missing_windows_out():
    # Variances 2 and 8 over means 2 and 4: (2 + 8) / (2 + 4).
    counts = np.array([[1.0, 3.0, np.nan], [2.0, 6.0, np.nan]])
    assert alerts.pooled_dispersion(counts) == pytest.approx(10 / 6)
    assert alerts.pooled_dispersion(counts, np.ones((2, 3), dtype=bool)) == pytest.approx(10 / 6)


def test_a_series_of_one_window_says_nothing_of_dispersion():
    # Mean 4 and variance 18; the 5 beside it has no variance, and does not lessen it.
    counts = np.array([[1.0, 7.0], [5.0, np.nan]])
    assert alerts.pooled_dispersion(counts) == pytest.approx(18 / 4)


def test_dispersion_takes_only_the_cells_of_the_mask():
    counts = np.array([[1.0, 3.0, 50.0]])
    mask = np.array([[True, True, False]])
    assert alerts.pooled_dispersion(counts, mask) == 1.0
    assert alerts.pooled_dispersion(counts) > 20


@pytest.mark.parametrize("counts", [[[2.0, 2.0, 2.0]], [[0.0, 0.0]], [[5.0]], [[np.nan, 4.0]]])
def test_dispersion_is_never_below_poisson(counts):
    assert alerts.pooled_dispersion(np.array(counts)) == 1.0


def test_attainable_p_values_are_the_tails_of_counts_from_the_mean_up():
    mean, variance = np.array([1.5, 300.0]), np.array([2.0, 900.0])
    steps = alerts.attainable(mean, variance)
    assert steps[0, :3] == pytest.approx(alerts.tail([1, 2, 3], mean[:1], variance[:1]))
    assert steps[1, 0] == pytest.approx(alerts.tail([300], mean[1:], variance[1:])[0])
    assert (np.diff(steps, axis=1) <= 0).all()
    assert steps[:, -1].max() < 1e-12


def test_attainable_p_values_of_each_forecast_are_its_own():
    mean, variance = np.array([3.0, 40.0]), np.array([3.5, 90.0])
    size = mean**2 / (variance - mean)
    for row in (0, 1):
        counts = np.floor(mean[row]) + np.arange(40)
        tails = nbinom.sf(counts - 1, size[row], size[row] / (size[row] + mean[row]))
        assert alerts.attainable(mean, variance)[row, :40] == pytest.approx(tails)


@pytest.mark.parametrize(
    "mean, variance, width",
    [
        ([100.0], [144.0], 8 * 12 + 28 * 1.44 + 10),
        ([0.25], [2.25], 8 * 1.5 + 28 * 9 + 10),  # few, but a burst now and then
        ([0.5, 25.0], [1.0, 36.0], 8 * 6 + 28 * 1.44 + 10),  # the widest of them
        ([1e5], [1e8], 4000),  # no table goes further
        ([], [], 0),
    ],
)
def test_a_table_of_p_values_is_as_wide_as_its_widest_forecast(mean, variance, width):
    shape = alerts.attainable(np.array(mean), np.array(variance)).shape
    assert shape == (len(mean), np.ceil(width))


@pytest.mark.parametrize("forecast", [(0.02, 0.4), (0.3, 0.6), (3.0, 3.5)])
def test_beside_a_larger_forecast_a_small_one_keeps_all_that_is_not_one_in_a_million_million(
    forecast,
):
    mean, variance = np.array([[forecast[0], 2e3], [forecast[1], 9e4]])
    alone = alerts.attainable(mean[:1], variance[:1])[0]
    beside = alerts.attainable(mean, variance)[0]
    assert (beside[: len(alone)] == alone).all() and not beside[len(alone) :].any()
    assert alerts.tail(np.floor(mean[0]) + len(alone), mean[:1], variance[:1]) < 1e-12
