"""Which chart a series has, and what each of them may say of its last point."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import nbinom

from dashboard.periods import next_start
from dashboard.reports.measure import choice, limits
from dashboard.reports.measure.point import Point


def measure(unit="n", better="lower", aggregate="sum"):
    return SimpleNamespace(unit=unit, better=better, aggregate=aggregate, is_rate=unit == "percent")


def points(numerators, denominators=None, since=date(2002, 4, 1)):
    found, start = [], since
    sizes = denominators or [None] * len(numerators)
    for part, size in zip(numerators, sizes, strict=True):
        found.append(Point(start, part, size, False))
        start = next_start(start, "month")
    return found


def drawn(numerators, denominators=None, rebase=(), target=None, **more):
    return limits.drawn(measure(**more), points(numerators, denominators), target, rebase)


@pytest.mark.parametrize(
    ("more", "numerators", "denominators", "kind"),
    [
        ({}, [1.0], None, "count"),
        ({"aggregate": "last"}, [1.0], None, "stock"),  # nothing that is counted anew
        ({"unit": "gbp"}, [1.0], None, "amount"),
        ({"unit": "percent"}, [3.0, 4.0], [4.0, 4.0], "share"),
        ({"unit": "percent"}, [3.0, 5.0], [4.0, 4.0], "rate"),  # outcomes of earlier offences
        ({"unit": "percent"}, [3.5], [4.0], "amount"),  # pounds of pounds
    ],
)
def test_kind_of_series(more, numerators, denominators, kind):
    assert choice.kind_of(measure(**more), points(numerators, denominators)) == kind


@pytest.mark.parametrize(
    ("numerators", "kind"),
    [
        ([6.0, 4.0], "none"),  # one short of a chart
        ([5.0] * 12, "run"),  # one short of firm limits
        ([4.0, 6.0] * 6 + [5.0], "xmr"),
        ([5.0] * 13, "run"),  # all equal: no moving range to draw limits from
        ([5.0] * 12 + [6.0], "run"),  # most ranges are 0
        ([5.0, 5.0, 7.0] * 5, "xmr"),  # a third of them are
        ([5.0] * 12 + [4.0], "band"),  # just under five a month
        ([1.0, 0.0] * 7, "band"),  # 0.5 a month
        ([1.0, 0.0] * 6 + [0.0], "t"),
    ],
)
def test_the_rule_alone_chooses(numerators, kind):
    assert drawn(numerators).kind == (kind if kind != "t" else "band")
    assert choice.chosen(measure(), points(numerators)) == kind


def test_everything_starts_anew_at_a_break():
    # 2,000 a month that leave for another office: what is left is too small for limits
    found = drawn([2000.0, 2100.0] * 8 + [2.0, 1.0, 0.0, 2.0, 1.0], rebase=(16,))
    assert found.kind == "band" and found.variation == ""
    assert found.mean[15] == pytest.approx(2050) and found.upper[18] is None
    assert found.upper[19] < 20
    assert set(found.rules[16:]) == {"common"}
    alone = drawn([2000.0, 2100.0] * 8 + [2.0, 1.0, 0.0, 2.0, 1.0])
    assert alone.variation == "improvement_low"  # the false alarm that the break prevents


def test_the_band_is_the_negative_binomial_of_the_points_before():
    before = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]
    found = drawn([*before, 1.0, 0.0])
    m = (sum(before) + 0.5) / 8
    phi = np.var(before, ddof=1) / np.mean(before)
    variance = phi * m * (1 + 1 / 8)
    size = m * m / (variance - m)
    low, high = nbinom.ppf([0.025, 0.975], size, m / variance)
    assert (found.mean[8], found.lower[8], found.upper[8]) == pytest.approx((m, low, high))


def test_a_point_beyond_the_band_is_marked_and_not_judged():
    found = drawn([1.0, 2.0] * 8 + [30.0])
    assert found.kind == "band"
    assert (found.rules[-1], found.states[-1]) == ("band", "neutral_high")
    assert found.variation == "" and found.assurance == ""


LEVEL = [50.0, 56.0, 49.0, 55.0, 51.0, 53.0]


def test_a_run_chart_judges_only_by_a_run_that_chance_does_not_allow():
    # 12 points: round(log2 12) + 3 = 7 is allowed, and six above a median of two halves is less
    assert drawn(LEVEL + [70.0, 71.0, 72.0, 73.0, 74.0, 75.0]).variation == ""
    assert drawn(LEVEL * 2).variation == "common"
    assert drawn(LEVEL[:4]).variation == ""  # four points tell nothing


def test_a_long_run_to_the_end_is_a_shift():
    shares = [0.0, 1.0, 2.0, 1.0, 0.0, 1.0] * 2 + [3.0] * 9  # of 4 cases: too few for limits
    found = drawn(shares, [4.0] * 21, unit="percent", better="higher")
    assert found.kind == "run"
    assert found.rules[-1] == "long_run" and found.variation == "improvement_high"
    # 9 of 21 useful points: round(log2 21) + 3 = 7 allowed


def test_big_shares_have_limits_that_follow_the_cases():
    share = [0.50, 0.52, 0.49, 0.51, 0.50, 0.53, 0.48, 0.51, 0.50, 0.49, 0.52, 0.50, 0.51]
    sizes = [1000.0, 4000.0] * 6 + [2000.0]
    tops = [round(s * n) * 1.0 for s, n in zip(share, sizes, strict=True)]
    found = drawn(tops, sizes, unit="percent", better="higher", target=0.9)
    assert found.kind == "p_prime"
    widths = [high - low for high, low in zip(found.upper, found.lower, strict=True)]
    assert widths[0] == pytest.approx(2 * widths[1])  # a quarter of the cases, twice the width
    assert found.assurance == "consistent_fail"
    far = drawn([*tops, 1400.0], [*sizes, 2000.0], unit="percent", better="higher")
    assert far.rules[-1] == "outside" and far.variation == "improvement_high"


def test_a_share_of_just_under_a_thousand_cases_has_an_xmr_chart():
    tops, sizes = [500.0, 510.0] * 7, [999.0] * 14
    assert drawn(tops, sizes, unit="percent").kind == "xmr"


def test_more_outcomes_than_cases_are_a_rate_and_never_capped():
    tops = [1500.0, 1480.0, 1530.0] * 5
    found = drawn(tops, [1400.0] * 15, unit="percent")
    assert found.kind == "u_prime" and found.mean[0] > 1


def test_days_between_events_mark_a_long_silence_and_judge_nothing():
    usual = [10.0, 14.0, 9.0, 12.0, 11.0, 13.0, 8.0, 12.0]
    found = limits.days_between([*usual, 200.0])
    assert found.rules[-1] == "gap" and found.states[-1] == "neutral_high"
    assert found.variation == ""
    assert set(limits.days_between(usual).rules) == {"common"}


def test_equal_gaps_lie_on_their_limits_and_are_not_beyond_them():
    assert set(limits.days_between([120.0] * 6).rules) == {"common"}
