"""The synthetic control: weights that another tool finds too, and its placebos."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from dashboard.decisions import synthetic

CODES = [f"area {number}" for number in range(8)]


def drawn(seed=3, fortnights=78):
    """Areas with a common season, the first made of the second and third."""
    rng = np.random.default_rng(seed)
    season = 1 + 0.3 * np.sin(np.arange(fortnights) / 4)[None, :] * rng.uniform(-1, 1, (8, 1))
    mean = rng.uniform(10, 40, (8, 1)) * season
    mean[0] = 0.5 * mean[1] + 0.5 * mean[2]
    return rng.poisson(mean).astype(float)


def test_the_weights_are_those_of_a_constrained_fit_by_another_tool():
    history = drawn()
    found = synthetic.mix(history[0], history[1:], CODES[1:])
    series = history[:, -78:].reshape(8, 26, 3).mean(axis=2)
    held = series[1:] / series[1:].mean(axis=1, keepdims=True)
    wanted = series[0] / series[0].mean()
    fitted = minimize(
        lambda w: ((w @ held - wanted) ** 2).sum(),
        np.full(7, 1 / 7),
        bounds=[(0, 1)] * 7,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        method="SLSQP",
        options={"ftol": 1e-12},
    ).x
    ours = np.array([found.weights.get(code, 0.0) for code in CODES[1:]])
    assert ours == pytest.approx(fitted, abs=2e-3)
    assert sum(found.weights.values()) == pytest.approx(1, abs=1e-5)
    assert found.miss == pytest.approx(np.sqrt(((fitted @ held - wanted) ** 2).mean()), abs=1e-3)


def test_a_halving_stands_out_from_the_placebos_and_nothing_does_not():
    history = drawn()
    sealed = synthetic.seal(history, CODES, CODES[:1], CODES[1:])
    after = {code: 6 * row.mean() for code, row in zip(CODES, history, strict=True)}
    nothing = synthetic.judge(sealed, after[CODES[0]], after, 0.5)
    halved = synthetic.judge(sealed, after[CODES[0]] / 2, after, 0.5)
    assert halved["expected"] == nothing["expected"] == pytest.approx(after[CODES[0]], rel=0.05)
    assert halved["as_far"] == 0 and halved["of"] == 7 and nothing["as_far"] > 0
    risen = synthetic.judge(sealed, after[CODES[0]] * 2, after, 2.0)
    assert risen["as_far"] == 0


def test_history_that_is_too_short_or_too_small_allows_none():
    history = drawn()
    assert synthetic.seal(history[:, :52], CODES, CODES[:1], CODES[1:]) is None
    assert synthetic.seal(history / 100, CODES, CODES[:1], CODES[1:]) is None
    gone = history.copy()
    gone[4, 10:50] = np.nan
    assert synthetic.seal(gone, CODES, CODES[:1], CODES[1:]) is None
    assert synthetic.judge(None, 5.0, {}, 0.5) is None


def test_the_peak_that_led_to_the_decision_is_no_part_of_the_fit():
    history = drawn()
    peaked = history.copy()
    peaked[0, -1] *= 10
    assert synthetic.seal(peaked, CODES, CODES[:1], CODES[1:]) == synthetic.seal(
        history, CODES, CODES[:1], CODES[1:]
    )
