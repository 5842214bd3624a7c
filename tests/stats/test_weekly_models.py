import numpy as np
import pytest

from dashboard.errors import StatisticsError
from dashboard.stats import ears, farrington

RNG = np.random.default_rng(2004)
STEADY = RNG.poisson(6.0, 260).astype(float)


def test_ears_needs_seven_windows_and_two_more_after_a_gap():
    assert np.isnan(ears.ears_upper(STEADY[:20], "C1")[:7]).all()
    assert not np.isnan(ears.ears_upper(STEADY[:20], "C1")[7])
    assert np.isnan(ears.ears_upper(STEADY[:20], "C2")[:9]).all()
    assert not np.isnan(ears.ears_upper(STEADY[:20], "C2")[9])
    assert np.isnan(ears.ears_upper(STEADY[:7], "C1")).all()
    with pytest.raises(StatisticsError):
        ears.ears_upper(STEADY, "C3")


def test_a_week_of_four_events_in_four_weeks_is_not_looked_at_five_are():
    series = np.append(STEADY[:256], [1.0, 1.0, 1.0, 1.0])
    assert farrington.expectation(series, 259) is None
    series[259] = 2.0
    assert farrington.expectation(series, 259) is not None


def test_an_outbreak_is_an_alarm_and_a_usual_week_is_none():
    usual = farrington.expectation(STEADY, 259)
    assert not usual.alarm
    assert 4 < usual.expected < 9
    series = STEADY.copy()
    series[259] = usual.upper
    assert not farrington.expectation(series, 259).alarm
    series[259] = usual.upper + 1
    found = farrington.expectation(series, 259)
    assert found.alarm
    assert found.p < 0.005


def test_an_outbreak_long_ago_is_weighted_down():
    series = STEADY.copy()
    before = farrington.expectation(series, 259)
    series[259 - 104] = 80.0
    after = farrington.expectation(series, 259)
    unweighted = farrington.expectation(series, 259, farrington.Options(threshold=1e9))
    assert abs(after.expected - before.expected) < abs(unweighted.expected - before.expected) / 3


def test_the_latest_half_year_is_no_baseline():
    weeks, block = farrington.baseline(259, farrington.Options())
    assert weeks.max() == 259 - 27
    assert weeks.min() == 259 - 4 * 52 - 3
    assert set(block) == set(range(1, 11))
    assert (block[np.isin(weeks, [259 - 52 - 3, 259 - 52 + 3])] == 10).all()


def test_too_short_a_past_is_refused():
    assert farrington.expectation(STEADY[:212], 211) is not None
    with pytest.raises(StatisticsError):
        farrington.expectation(STEADY[:211], 210)


def test_a_past_without_an_event_gives_no_alarm_it_cannot_stand_behind():
    series = np.zeros(260)
    series[256:] = [2, 2, 2, 3]
    found = farrington.expectation(series, 259)
    assert found.alarm
    assert found.expected < 0.1
