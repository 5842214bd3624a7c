"""The alert list of one fortnight: gates, levels of the families, dispersion by type and level."""

import numpy as np
import pytest

from dashboard.errors import StatisticsError
from dashboard.signals import alerts
from dashboard.signals.alerts import alert_table
from dashboard.signals.table import SeriesTable


def table_of(rows, family="ocu", measure="type", place=""):
    number = len(rows)
    full = [
        np.full(number, item) if isinstance(item, str) else np.array(item, dtype=str)
        for item in (measure, family, place)
    ]
    return SeriesTable(*full, np.array(rows, dtype=float).reshape(number, -1 if number else 26))


@pytest.mark.parametrize("windows, tested", [(12, False), (13, True)])
def test_a_baseline_needs_half_a_year_of_known_windows(windows, tested):
    found = alert_table([40], table_of([[np.nan] * (26 - windows) + [5.0] * windows]))
    assert found.tested[0] == tested
    assert found.tier[0] == ("alert" if tested else "")
    assert found.expected[0] == pytest.approx(5, abs=0.2)


@pytest.mark.parametrize("zeros, tested", [(2, False), (0, True)])
def test_a_series_with_fewer_than_one_expected_is_not_tested(zeros, tested):
    found = alert_table([9], table_of([[1.0, 0.0] * zeros + [1.0] * (26 - 2 * zeros)]))
    if zeros:
        found = alert_table([9], table_of([[1.0, 0.0] * 13]))
    assert found.tested[0] == tested
    assert (found.p[0] < 1) == tested


def test_an_alert_needs_three_events_however_small_its_p():
    tiny, tested = np.array([1e-6, 1e-6]), np.array([True, True])
    found = alerts.tiers(np.array([2, 3]), tiny, tiny, tested, np.array(["ocu", "ocu"]))
    assert found.tolist() == ["", "alert"]


@pytest.mark.parametrize("family", alerts.LEVELS)
def test_an_alert_takes_a_q_of_its_familys_level_and_the_watch_list_a_p_below(family):
    level = alerts.LEVELS[family]
    q, p = np.array([level, level + 1e-4, level + 1e-4]), np.array([0.2, 0.0049, 0.005])
    found = alerts.tiers(np.full(3, 9), p, q, np.full(3, True), np.full(3, family))
    assert found.tolist() == ["alert", "watch", ""]


def test_the_levels_and_that_of_clusters_stay_below_the_promise():
    """Forecasts are estimates: levels that came to the promise showed more than it."""
    levels = sum(alerts.LEVELS.values()) + alerts.CLUSTER_LEVEL
    assert levels <= 0.95 * alerts.PROMISE


def test_boroughs_have_the_dispersion_of_boroughs_and_a_whole_count_its_own():
    """A whole count that swings is not calmed by steady boroughs, nor do they swing with it."""
    rng = np.random.default_rng(1)
    boroughs = rng.poisson(5, (20, 26)).astype(float)
    swinging = np.where(np.arange(26) % 2, 60.0, 140.0)[None]
    rows = np.vstack([swinging, boroughs])
    found = alert_table(
        [140, *[5] * 20],
        table_of(rows, ["ocu"] + ["borough"] * 20, place=["", *map(str, range(20))]),
    )
    assert found.phi[0] > 10
    assert found.phi[1:] == pytest.approx(1, abs=0.2)


def test_a_boroughs_expectation_follows_where_the_boroughs_together_are_heading():
    """All boroughs grow by 3 % a fortnight: the mean of 26 lies far behind."""
    growing = 20 * 1.03 ** np.arange(26)
    found = alert_table([40] * 6, table_of([growing] * 6, "borough", place=list("abcdef")))
    assert growing.mean() < 30
    assert found.expected == pytest.approx(20 * 1.03**26, rel=0.06)


def test_two_years_tell_a_season_and_one_does_not():
    at = np.arange(78)
    summer = 100 * (1 + 0.3 * np.cos(2 * np.pi * (at - 78) / 26))  # the next window is the top
    assert alert_table([130], table_of([summer])).expected[0] == pytest.approx(130, rel=0.04)


def test_a_fall_is_noted_and_is_no_alert():
    found = alert_table([0], table_of([[10.0, 9.0, 11.0] * 8]))
    assert found.fall[0] and found.tier[0] == ""
    assert not alert_table([6], table_of([[10.0, 9.0, 11.0] * 8])).fall[0]


def test_no_series_at_all_is_an_empty_table():
    assert len(alert_table([], table_of([])).tier) == 0


@pytest.mark.parametrize("now", [[-1], [np.nan], [1, 2]])
def test_counts_that_are_none_are_refused(now):
    with pytest.raises(StatisticsError):
        alert_table(now, table_of([[1.0] * 26]))
    with pytest.raises(StatisticsError):
        table_of([[-1.0] * 26])
