import numpy as np
import pytest

from dashboard.errors import StatisticsError
from dashboard.stats import blocks, ears, farrington

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


def plain(y, x, weights):
    """One quasi-Poisson fit with a design matrix, by Newton's steps; mean of each row and phi."""
    beta = np.zeros(x.shape[1])
    beta[0] = np.log(y.mean() + 0.1)
    for _ in range(60):
        mu = np.exp(x @ beta)
        beta = beta + np.linalg.solve(
            x.T @ ((weights * mu)[:, None] * x), x.T @ (weights * (y - mu))
        )
    mu = np.exp(x @ beta)
    return beta, (weights * (y - mu) ** 2 / mu).sum() / (len(y) - x.shape[1])


def test_the_fit_within_blocks_is_the_regression_with_a_matrix():
    weeks, block = farrington.baseline(259, farrington.Options())
    time = (weeks - weeks[0]) / (259 - weeks[0])
    y, weights = STEADY[weeks], RNG.uniform(0.2, 1.5, len(weeks))
    inside = (block[:, None] == np.arange(1, 11)).astype(float)
    found = blocks.fit(y[None, :], blocks.Design(inside, time, trend=True), weights[None, :])
    x = np.column_stack([np.ones(len(y)), time, inside[:, :-1]])
    beta, phi = plain(y, x, weights)
    assert found.slope[0] == pytest.approx(beta[1], abs=1e-6)
    assert found.level[0, -1] == pytest.approx(beta[0], abs=1e-6)
    assert found.phi[0] == pytest.approx(phi, abs=1e-6)
    hat = np.einsum(
        "ij,jk,ik->i", x, np.linalg.inv(x.T @ ((weights * found.mu[0])[:, None] * x)), x
    )
    leverage = blocks.leverage(found, blocks.Design(inside, time, trend=True))
    assert leverage[0] == pytest.approx(hat * found.mu[0], abs=1e-6)


def test_many_series_at_once_say_what_each_says_alone():
    many = RNG.poisson(np.array([[0.0], [0.6], [4.0], [40.0]]), (4, 260)).astype(float)
    many[0, 256:] = 3  # nothing for five years, then a few
    found = farrington.expectations(many, 259)
    for place, row in enumerate(found.row):
        alone = farrington.expectation(many[row], 259)
        for name in ("expected", "upper", "phi", "trend", "p", "alarm"):
            assert getattr(found, name)[place] == pytest.approx(getattr(alone, name)), name
    assert {0, 2, 3} <= set(found.row.tolist())


def test_ears_limits_are_three_deviations_above_a_week_of_windows():
    # Seven from 0 to 6: mean 3, variance 28/6; one in a thousand of a normal lies 3.0902 above.
    found = ears.ears_upper([0.0, 1, 2, 3, 4, 5, 6, 99])
    assert np.isnan(found[:7]).all()
    assert found[7] == pytest.approx(3 + 3.090232 * (28 / 6) ** 0.5)
    assert ears.ears_upper([4.0] * 8)[7] == 4.0
    assert ears.ears_upper([4.0] * 8, least_sd=1.0)[7] == pytest.approx(7.090232)


@pytest.mark.parametrize("method, gap", [("C1", 0), ("C2", 2)])
def test_ears_knows_no_limit_with_fewer_windows_before(method, gap):
    for length in range(8 + gap):
        assert np.isnan(ears.ears_upper([4.0] * length, method)).all()
    assert ears.ears_upper([4.0] * (8 + gap), method)[-1] == 4.0


def test_no_series_at_all_gives_none():
    assert len(farrington.expectations(np.zeros((0, 260)), 259).row) == 0
