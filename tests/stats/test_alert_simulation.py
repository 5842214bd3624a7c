"""What the alert list promises, over simulated meetings with as many series as the sample."""

from math import sqrt
from statistics import fmean, stdev

import pytest

from dashboard.signals.alerts import LEVELS, PROMISE
from tests.choosing import EXHAUSTIVE
from tests.stats.simulated_meetings import meetings

# Thousands stand in tests/benchmarks; so many keep the test short and catch a gross breach.
MEETINGS = 150 if EXHAUSTIVE else 50


def most(share, number):
    """The most that a true `share` shows in `number` trials, but for 1 time in 100."""
    return share + 2.33 * sqrt(share * (1 - share) / number)


def test_without_a_rise_few_meetings_raise_any_alert():
    tally = meetings(seed=20040712, number=MEETINGS, share=0.0)
    for family, raised in tally.any_alert.items():
        print(f"{family}: an alert in {raised} of {MEETINGS} meetings without a rise")
        assert raised / MEETINGS <= most(LEVELS[family], MEETINGS), family
    assert tally.any_at_all / MEETINGS <= most(PROMISE, MEETINGS)
    # The watch tier prints this expectation; whole counts can only make it come short of it.
    print(f"watched: {tally.watched_false}, expected at most {tally.expected_watched:.0f}")
    assert tally.watched_false <= tally.expected_watched + 3 * sqrt(tally.expected_watched)


def test_with_rises_few_alerts_are_false():
    tally = meetings(seed=20040713, number=MEETINGS, share=0.02)
    false = tally.false_alerts / tally.alerts
    print(f"{tally.false_alerts} of {tally.alerts} alerts false ({false:.3f})")
    print(
        f"power: {tally.found} of {tally.planted} planted rises ({tally.found / tally.planted:.2f})"
    )
    mean = fmean(tally.false_shares)
    assert mean <= 0.10 + 2.33 * stdev(tally.false_shares) / sqrt(MEETINGS)
    assert tally.found > 0.15 * tally.planted


@pytest.mark.few(1)
@pytest.mark.parametrize("low, high", [(1.0, 5.0), (5.0, 30.0)])
def test_power_by_size_of_count(low, high):
    tally = meetings(seed=7, number=40, share=0.02, low=low, high=high)
    print(f"means {low:g} to {high:g}: power {tally.found / tally.planted:.2f}")
    error = stdev(tally.false_shares) / sqrt(len(tally.false_shares))
    assert fmean(tally.false_shares) <= 0.10 + 2.33 * error
