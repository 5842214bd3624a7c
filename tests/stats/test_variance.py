"""Causes of a difference, shares and roundings: nothing is lost, to the penny."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import StatisticsError
from dashboard.stats.variance import Causes, decompose, of_changed_rates, rounded, share_out

PENCE = st.integers(0, 10**10)
HOURS = st.integers(0, 4 * 10**5).map(lambda quarters: quarters / 4)
PEOPLE = st.none() | st.floats(0, 5_000, allow_nan=False)


def test_each_cause_alone():
    # a tenth fewer people and nothing else: 900 of 1,000
    assert decompose(1000, 900, hours=(100, 90), people=(10, 9)) == Causes(people=-100)
    # a fifth more hours each
    assert decompose(1000, 1200, hours=(100, 120), people=(10, 10)) == Causes(hours=200)
    # the same hours at a dearer mean
    assert decompose(1000, 1100, hours=(100, 100), people=(10, 10)) == Causes(cost=100)
    # the same by a rate that changed in the year
    said = decompose(1000, 1100, hours=(100, 100), people=(10, 10), changed=100)
    assert said == Causes(rates=100)


def test_people_are_taken_off_before_hours():
    # fewer people who work more: 9 of 10 people, 120 of 100 hours
    assert decompose(1000, 1200, hours=(100, 120), people=(10, 9)) == Causes(people=-100, hours=300)


@pytest.mark.parametrize("people", [(None, 9), (10, None), (0, 9)])
def test_without_people_all_is_hours_each(people):
    assert decompose(1000, 1200, hours=(100, 120), people=people) == Causes(hours=200)


@pytest.mark.parametrize(("budget", "hours"), [(0, 100), (1000, 0), (1000, None)])
def test_without_a_budget_nothing_is_told_apart(budget, hours):
    found = decompose(budget, 700, hours=(hours, 20), people=(10, 10))
    assert found == Causes(other=700 - budget)


@given(PENCE, PENCE, HOURS, HOURS, PEOPLE, PEOPLE, st.integers(-(10**6), 10**6))
def test_budget_and_causes_are_exactly_the_actual(b, a, planned, worked, people, there, changed):
    found = decompose(b, a, hours=(planned, worked), people=(people, there), changed=changed)
    assert b + found.total == a


def test_causes_of_two_budgets_add_up_cause_by_cause():
    assert Causes(1, 2, 3, 4, 5) + Causes(10, 20, 30, 40, 50) == Causes(11, 22, 33, 44, 55)


def test_negative_money_or_hours_are_refused():
    with pytest.raises(StatisticsError, match="0 or more"):
        decompose(1, 0, hours=(-0.25, 1))
    with pytest.raises(StatisticsError, match="0 or more"):
        decompose(-1, 0, hours=(1, 1))
    with pytest.raises(StatisticsError, match="0 or more"):
        decompose(1, 0, hours=(1, -0.25))


def test_money_of_a_changed_rate():
    # £150 at time and a half would have been £200 at double time
    assert of_changed_rates(150_00, 2, 1.5) == -50_00
    assert of_changed_rates(150_00, 1.5, 1.5) == 0
    assert of_changed_rates(100_00, 0.5, 1) == 50_00  # a multiple may be below plain time
    assert of_changed_rates(50_00, 1, 0.5) == -50_00
    for before, after in ((0, 1.5), (1.5, 0), (-0.5, 1.5), (1.5, -0.5)):
        with pytest.raises(StatisticsError, match="above 0"):
            of_changed_rates(100, before, after)


@given(PENCE, st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_shares_add_up_and_none_is_a_penny_off(total, weights):
    if not sum(weights):
        with pytest.raises(StatisticsError, match="one of them above 0"):
            share_out(total, weights)
        return
    found = share_out(total, weights)
    assert sum(found) == total
    for part, weight in zip(found, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


def test_of_equals_the_first_gets_the_penny():
    assert share_out(100, [1, 1, 1]) == [34, 33, 33]
    assert share_out(100, [0.125, 0, 0.125]) == [50, 0, 50]


def test_a_weight_below_none_is_refused():
    with pytest.raises(StatisticsError):
        share_out(100, [-1, 3])


@given(st.lists(st.integers(-(10**9), 10**9), max_size=40))
def test_rounding_never_changes_a_total(parts):
    found = rounded(parts)
    assert sum(found) == round(Fraction(sum(parts), 100))
    assert all(abs(100 * shown - part) < 100 for shown, part in zip(found, parts, strict=True))


def test_rounding_to_a_total_of_another_place():
    # £1.40 of £2.90: shown as £3 less £1 the difference is 2, though £1.50 rounds to 2 or 1
    assert sum(rounded([70, 80], total=2)) == 2
    assert sorted(rounded([0, 0, 0], total=-1)) == [-1, 0, 0]
