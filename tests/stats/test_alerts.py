import numpy as np
import pytest
from scipy.stats import nbinom

from dashboard.errors import StatisticsError
from dashboard.stats import alerts


def one(now, windows, **changes):
    """The table of one series."""
    given = {"group": ["type"], "family": ["ocu"]} | changes
    return alerts.test_series([now], [windows], **given)


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


def test_dispersion_takes_only_the_cells_of_the_mask():
    counts = np.array([[1.0, 3.0, 50.0]])
    mask = np.array([[True, True, False]])
    assert alerts.pooled_dispersion(counts, mask) == 1.0
    assert alerts.pooled_dispersion(counts) > 20


@pytest.mark.parametrize("counts", [[[2.0, 2.0, 2.0]], [[0.0, 0.0]], [[5.0]], [[np.nan, 4.0]]])
def test_dispersion_is_never_below_poisson(counts):
    assert alerts.pooled_dispersion(np.array(counts)) == 1.0


@pytest.mark.parametrize("windows, tested", [(12, False), (13, True)])
def test_a_baseline_needs_half_a_year_of_known_windows(windows, tested):
    row = [5.0] * windows + [np.nan] * (26 - windows)
    table = one(40, row)
    assert table.tested[0] == tested
    assert table.tier[0] == ("alert" if tested else "")
    assert table.expected[0] == pytest.approx((5 * windows + 0.5) / windows)


@pytest.mark.parametrize("total, tested", [(25, False), (26, True)])
def test_a_series_with_fewer_than_one_expected_is_not_tested(total, tested):
    row = [1.0] * total + [0.0] * (26 - total)
    table = one(9, row)
    assert table.tested[0] == tested  # 25.5/26 and 26.5/26 expected
    assert (table.p[0] < 1) == tested


def test_an_alert_needs_three_events_however_small_its_p():
    p, q = np.array([1e-6, 1e-6]), np.array([1e-5, 1e-5])
    tested = np.array([True, True])
    assert alerts.tiers(np.array([2, 3]), p, q, tested).tolist() == ["", "alert"]


def test_an_alert_takes_a_q_of_a_tenth_and_the_watch_list_a_p_below():
    q = np.array([0.10, 0.1001, 0.1001])
    p = np.array([0.2, 0.0049, 0.005])
    found = alerts.tiers(np.array([9, 9, 9]), p, q, np.array([True] * 3))
    assert found.tolist() == ["alert", "watch", ""]


def test_a_fall_is_noted_and_is_no_alert():
    table = one(0, [10.0, 9.0, 11.0] * 8)
    assert table.fall[0]
    assert table.tier[0] == ""
    assert not one(6, [10.0, 9.0, 11.0] * 8).fall[0]


def test_the_family_is_adjusted_over_all_tested_series_low_ones_too():
    now, rows = [14] + [5] * 19, [[5.0] * 26] * 20
    alone = alerts.test_series([14], rows[:1], ["a"], ["ocu"])
    table = alerts.test_series(now, rows, ["a"] * 20, ["ocu"] * 20)
    assert table.q[0] == pytest.approx(20 * alone.p[0])
    split = alerts.test_series(now, rows, ["a"] * 20, ["ocu"] + ["borough"] * 19)
    assert split.q[0] == pytest.approx(alone.p[0])


def test_dispersion_is_that_of_the_series_own_type():
    rows = [[2.0, 8.0] * 13, [5.0] * 26]
    table = alerts.test_series([9, 9], rows, ["wild", "calm"], ["ocu", "ocu"])
    assert table.phi[0] > 1.8
    assert table.phi[1] == 1.0
    assert table.p[0] > table.p[1]


def test_no_series_at_all_is_an_empty_table():
    table = alerts.test_series([], np.zeros((0, 26)), [], [])
    assert len(table.tier) == 0


@pytest.mark.parametrize(
    "now, rows",
    [([-1], [[1.0] * 26]), ([np.nan], [[1.0] * 26]), ([1], [[-1.0] * 26]), ([1, 2], [[1.0]])],
)
def test_counts_that_are_none_are_refused(now, rows):
    with pytest.raises(StatisticsError):
        alerts.test_series(now, rows, ["a"] * len(now), ["ocu"] * len(now))
