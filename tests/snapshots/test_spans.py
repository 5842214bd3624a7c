"""Arithmetic of covered spans: `until` exclusive, order by time."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.snapshots.spans import merged, minus, shared


def day(number: int) -> date:
    return date(2004, 1, number)


def test_spans_that_abut_are_one():
    assert merged([(day(1), day(5)), (day(5), day(9))]) == [(day(1), day(9))]


def test_a_gap_of_one_day_keeps_spans_apart():
    assert merged([(day(1), day(5)), (day(6), day(9))]) == [(day(1), day(5)), (day(6), day(9))]


def test_minus_leaves_both_sides():
    assert minus([(day(1), day(9))], [(day(3), day(5))]) == [(day(1), day(3)), (day(5), day(9))]


def test_shared_is_where_both_cover():
    assert shared([(day(1), day(5))], [(day(4), day(9))]) == [(day(4), day(5))]
    assert shared([(day(1), day(5))], [(day(5), day(9))]) == []  # only touch


def days(spans):
    return {n for since, until in spans for n in range(since.toordinal(), until.toordinal())}


span = st.tuples(st.integers(1, 27), st.integers(1, 4)).map(
    lambda pair: (day(pair[0]), day(pair[0] + pair[1]))
)


@given(st.lists(span, max_size=6), st.lists(span, max_size=6))
def test_spans_are_sets_of_days(one, other):
    assert days(merged(one)) == days(one)
    assert days(minus(merged(one), merged(other))) == days(one) - days(other)
    assert days(shared(merged(one), merged(other))) == days(one) & days(other)
