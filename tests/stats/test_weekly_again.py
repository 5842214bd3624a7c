"""Farrington Flexible worked out again, a series and a week at a time, with a matrix and scipy.

The steps are those of Noufaily et al. 2013 as R's surveillance has them; no code is shared with
the module, so that a changed sign, constant or order shows.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import nbinom, poisson, t

from dashboard.errors import StatisticsError
from dashboard.stats import blocks, farrington
from dashboard.stats.farrington import Options


def blocks_of(week, options):
    """{baseline week: its block}: within a window of an anchor the last, between two the others."""
    anchors = [week - 52 * year for year in range(options.years, -1, -1)]
    found = {}
    for start, end in zip(anchors, anchors[1:], strict=False):
        for at in range(start - options.half_window, start + options.half_window + 1):
            found[at] = options.blocks
        between = list(range(start + options.half_window + 1, end - options.half_window))
        parts = options.blocks - 1
        size, over = divmod(len(between), parts) if parts else (0, 0)
        for part in range(parts):  # the first take what is over
            for _ in range(size + (part < over)):
                found[between.pop(0)] = part + 1
    for at in range(week - options.half_window, week):
        found[at] = options.blocks
    return {at: found[at] for at in sorted(found) if at < week - options.left_out}


def regression(y, x, weights):
    """Quasi-Poisson: effects, means, dispersion and the covariance before it."""
    beta = np.zeros(x.shape[1])
    beta[0] = np.log(y.mean() + 0.1)
    for _ in range(60):
        mu = np.exp(x @ beta)
        matrix = x.T @ ((weights * mu)[:, None] * x)
        beta = beta + np.linalg.solve(matrix, x.T @ (weights * (y - mu)))
    mu = np.exp(x @ beta)
    phi = (weights * (y - mu) ** 2 / mu).sum() / (len(y) - x.shape[1])
    return beta, mu, phi, np.linalg.inv(x.T @ ((weights * mu)[:, None] * x))


def reweighted(y, x, options):
    _, mu, phi, cover = regression(y, x, np.ones(len(y)))
    hat = mu * np.einsum("ij,jk,ik->i", x, cover, x)
    anscombe = 1.5 * (y ** (2 / 3) * mu ** (-1 / 6) - np.sqrt(mu))
    s = anscombe / np.sqrt(max(1.0, phi) * (1 - hat))
    weights = np.array([e**-2 if e > options.threshold else 1.0 for e in s])
    return regression(y, x, weights * len(y) / weights.sum())


def one_expectation(series, week, options):
    """Mean, limit, dispersion, whether there is a trend, p and alarm of one week."""
    block = blocks_of(week, options)
    weeks = np.array(list(block))
    y, now = series[weeks], series[week]
    time = (weeks - weeks[0]) / (week - weeks[0])
    others = [[float(block[at] == b) for b in range(1, options.blocks)] for at in weeks]
    season = np.column_stack([np.ones(len(y)), np.array(others).reshape(len(y), -1)])
    trend = options.years >= 3
    if trend:
        x = np.column_stack([season, time])
        beta, _, phi, cover = reweighted(y, x, options)
        mean = np.exp(beta[0] + beta[-1])  # now is at time 1, in the block that is no other
        strength = abs(beta[-1]) / np.sqrt(phi * cover[-1, -1])
        p_trend = 2 * t.sf(strength, len(y) - x.shape[1])
        trend = bool(p_trend < options.trend_p and mean <= y.max())
    if not trend:
        beta, _, phi, _ = reweighted(y, season, options)
        mean = np.exp(beta[0])
    phi = max(1.0, phi)
    law = poisson(mean) if phi == 1 else nbinom(mean / (phi - 1), 1 / phi)
    upper = law.ppf(1 - options.alpha)
    return mean, upper, phi, trend, law.sf(now - 1), now > upper


RNG = np.random.default_rng(11)
WEEKS = np.arange(300)
SERIES = {
    "steady": RNG.poisson(6.0, 300),
    "spread": RNG.negative_binomial(3, 3 / 23, 300),  # mean 20, variance 153
    "hardly spread": RNG.negative_binomial(15, 15 / 19, 300),  # mean 4, variance 5.07
    "seasons": RNG.poisson(30 * np.exp(0.6 * np.sin(2 * np.pi * WEEKS / 52))),
    "falling": RNG.poisson(40 * np.exp(-WEEKS / 120)),
    "rising steeply": RNG.poisson(np.exp(WEEKS / 60)),
    "bursts": np.where(WEEKS % 41 == 5, 60, RNG.poisson(5.0, 300)),
    "thousands": RNG.negative_binomial(4, 4 / 3004, 300),
    "ones": RNG.poisson(1.5, 300),
    "ten thousands": RNG.poisson(10_000, 300),
}
CHOICES = {
    "as it stands": Options(),
    "a trend only where it is one": Options(trend_p=0.05),
    "three years": Options(years=3),
    "two years": Options(years=2),
    "no season": Options(blocks=1),
    "two blocks": Options(blocks=2),
    "seven blocks": Options(blocks=7, half_window=2),
    "up to now": Options(left_out=0),
    "a lower bar": Options(threshold=1.0, alpha=0.05, least=0),
}


@pytest.mark.parametrize("chosen", CHOICES)
@pytest.mark.parametrize("name", SERIES)
def test_an_expectation_is_that_of_plain_arithmetic(name, chosen):
    series, options = SERIES[name].astype(float), CHOICES[chosen]
    for week in (230, 299):
        found = farrington.expectation(series, week, options)
        said = one_expectation(series, week, options)
        assert (found.expected, found.phi, found.p) == pytest.approx(
            (said[0], said[2], said[4]), rel=1e-5
        )
        assert (found.upper, found.trend, found.alarm) == (said[1], said[3], said[5])


@pytest.mark.parametrize("chosen", CHOICES)
def test_baseline_weeks_and_their_blocks_are_those_named_one_by_one(chosen):
    weeks, block = farrington.baseline(260, CHOICES[chosen])
    assert dict(zip(weeks.tolist(), block.tolist(), strict=True)) == {
        at: b for at, b in blocks_of(260, CHOICES[chosen]).items() if b
    }


def test_the_options_are_those_of_the_paper():
    assert Options() == Options(4, 3, 10, 26, 2.58, 1.0, 0.005, 5, 4)


def test_what_comes_after_the_week_says_nothing_of_it():
    series = SERIES["steady"].astype(float)
    series[240:245], series[245:] = [1, 1, 1, 1, 0], 90.0  # three events in the last four weeks
    assert farrington.expectation(series, 244) is None
    with pytest.raises(StatisticsError):
        farrington.expectation(series, 300)  # there is no such week


def test_the_p_of_a_trend_and_the_week_ahead_are_those_of_the_regression():
    y = SERIES["hardly spread"][:120].astype(float)
    time = np.arange(120) / 130
    inside = (np.arange(120)[:, None] % 3 == np.arange(3)).astype(float)
    weights = RNG.uniform(0.3, 1.2, 120)
    x = np.column_stack([inside[:, 2] * 0 + 1, inside[:, :2], time])
    beta, mu, phi, cover = regression(y, x, weights)
    p = 2 * t.sf(abs(beta[-1]) / np.sqrt(phi * cover[-1, -1]), 120 - 4)
    design = blocks.Design(inside, time, trend=True)
    found = blocks.fit(y[None], design, weights[None])
    assert blocks.trend_p(found)[0] == pytest.approx(p, rel=1e-6)
    assert found.ahead()[0] == pytest.approx(np.exp(beta[0] + beta[-1]), rel=1e-6)
    assert found.mu[0] == pytest.approx(mu, rel=1e-6)


def test_a_block_without_a_week_changes_nothing_and_divides_nothing():
    y = SERIES["steady"][:60].astype(float)
    time = np.arange(60) / 70
    inside = (np.arange(60)[:, None] % 2 == np.arange(2)).astype(float)
    with_none = np.column_stack([np.zeros(60), inside])
    with np.errstate(divide="raise", invalid="raise"):
        both = [
            blocks.fit(y[None], blocks.Design(table, time, trend=True), np.ones((1, 60)))
            for table in (inside, with_none)
        ]
        hats = [
            blocks.leverage(found, blocks.Design(table, time, trend=True))
            for found, table in zip(both, (inside, with_none), strict=True)
        ]
    assert both[0].slope == pytest.approx(both[1].slope)
    assert hats[0] == pytest.approx(hats[1])


def test_what_fits_to_the_last_event_tells_no_trend_and_none_is_beyond_all_numbers():
    one, weeks = np.ones((1, 1)), np.ones((1, 5))
    still = blocks.Fit(weeks, weeks, one, np.zeros(1), np.zeros(1), one, weeks, one[0])
    with np.errstate(divide="raise", invalid="raise"):
        assert blocks.trend_p(still)[0] == 1.0
    assert blocks.Fit(one, one, 40 * one, one[0], one[0], one, one, one[0]).ahead() == np.exp(30)
