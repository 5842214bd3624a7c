"""Differences named by the way of counting that gives them; printed rates against their parts."""

from __future__ import annotations

import pytest

from dashboard.errors import StatisticsError
from dashboard.stats.reconcile import SAME, UNEXPLAINED, explain, rate_check
from dashboard.stats.relative import relative

WAYS = {"then": 224.0, "committed": 220.0, "all_units": 255.0}


def test_equal_figures_have_no_cause():
    same = explain(224, 224, 224, WAYS)
    assert (same.cause, same.residual) == (SAME, 0)
    assert explain(224, 224.004, 224, {}).cause == UNEXPLAINED  # counts are printed as they are


def test_the_first_way_that_gives_the_figure_is_named():
    found = explain(220, 226, 224, WAYS)
    assert (found.cause, found.residual) == ("committed", 0)
    assert explain(224, 226, 224, WAYS).cause == "then"  # revised since: before all others


def test_what_no_way_gives_is_left_with_its_size():
    found = explain(235, 226, 224, WAYS)
    assert (found.cause, found.residual) == (UNEXPLAINED, 11)
    # Without a snapshot of that day the figure of now is what there is.
    assert explain(235, 226, None, {"then": None}).residual == 9


def test_a_rate_agrees_within_half_of_its_last_place():
    assert explain(28.2, 28.249, None, {}, 0.05).cause == SAME
    assert explain(28.2, 28.251, None, {}, 0.05).cause == UNEXPLAINED


def test_the_rate_printed_beside_178_of_900_does_not_follow():
    # [MI-Jun04]: 24 % printed beside 178 detections of 900 offences.
    found = rate_check(178, 900, 24)
    assert round(found.rate, 1) == 19.8
    assert not found.agrees
    assert found.numerator == 216 and round(found.denominator) == 742


def test_a_rate_that_follows_is_let_be():
    assert rate_check(178, 900, 20).agrees  # 19.8 printed without decimals
    assert not rate_check(178, 900, 20, places=1).agrees
    assert rate_check(49, 200, 24).agrees and rate_check(49, 200, 25).agrees  # 24.5 %
    assert not rate_check(24501, 100_000, 24).agrees
    assert rate_check(4905, 20_000, 24.5, places=1).agrees  # 24.525 %
    assert rate_check(491, 2000, 24.5, places=1).agrees  # 24.55 %
    assert not rate_check(24551, 100_000, 24.5, places=1).agrees
    assert rate_check(0, 12, 0).denominator is None
    assert rate_check(3, 0, 10).rate is None and not rate_check(3, 0, 10).agrees


def test_a_ratio_of_shares_is_none_without_events():
    assert relative(0, 10, 5, 10) is None and relative(5, 10, 0, 10) is None
    ratio, low, high = relative(15, 95, 114, 735)
    assert (round(ratio, 2), round(low, 2), round(high, 2)) == (1.02, 0.62, 1.67)


@pytest.mark.parametrize("parts", [(0, 0, 1, 2), (1, 2, 0, 0), (3, 2, 1, 2), (-1, 2, 1, 2)])
def test_a_ratio_of_what_is_no_share_is_refused(parts):
    with pytest.raises(StatisticsError):
        relative(*parts)


def test_a_ratio_of_one_case_is_one():
    assert relative(1, 1, 1, 1) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("parts", [(-0.5, 2), (1, -0.5)])
def test_parts_below_none_are_refused(parts):
    with pytest.raises(StatisticsError):
        rate_check(*parts, 24)
