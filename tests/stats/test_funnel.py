"""Funnel limits against the published figures of Spiegelhalter 2005, appendix A.1."""

import pytest

from dashboard.errors import StatisticsError
from dashboard.stats import funnel


def test_count_of_twenty_expected():
    found = funnel.count_limits(20)
    assert found == pytest.approx((11.205001, 28.745769, 7.169187, 34.713529), abs=1e-6)


def test_count_limits_never_go_below_zero():
    assert funnel.count_limits(2).low_95 == 0


def test_share_of_fifty_at_fifteen_per_cent():
    found = funnel.share_limits(50, 0.15)
    assert found == pytest.approx((0.046787, 0.245991, 0.005397, 0.314742), abs=1e-6)


def test_a_whole_without_any_case_has_no_spread():
    assert set(funnel.share_limits(50, 0.0)) == {0.0}


@pytest.mark.parametrize(
    "call", [lambda: funnel.count_limits(0), lambda: funnel.share_limits(0, 0.5)]
)
def test_nothing_to_compare_with(call):
    with pytest.raises(StatisticsError):
        call()
