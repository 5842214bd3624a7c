"""HSU of Döhler, Durand & Roquain (2018) against the R package's example and plain arithmetic."""

import numpy as np
import pytest
from scipy.stats import fisher_exact

from dashboard.errors import StatisticsError
from dashboard.stats.discrete_fdr import discrete_bh, discrete_tests
from dashboard.stats.multiple import benjamini_hochberg

# The toy example of DiscreteFDR: nine two-by-two tables with 148 and 132 cases.
FIRST, SECOND = (4, 2, 2, 14, 6, 9, 4, 0, 1), (0, 0, 1, 3, 2, 1, 2, 2, 2)


def fisher(first, total):
    return min(
        round(fisher_exact([[first, 148 - first], [total - first, 132 - total + first]])[1], 14), 1
    )


def test_the_packages_example_rejects_the_two_smallest_where_plain_bh_rejects_none():
    totals = [a + b for a, b in zip(FIRST, SECOND, strict=True)]
    p = [fisher(a, n) for a, n in zip(FIRST, totals, strict=True)]
    rows = [sorted({fisher(k, n) for k in range(n + 1)}, reverse=True) for n in totals]
    steps = np.zeros((9, max(map(len, rows))))
    for at, row in enumerate(rows):
        steps[at, : len(row)] = row
    q = discrete_bh(p, steps, 0.05)
    assert np.flatnonzero(q <= 0.05).tolist() == np.argsort(p)[:2].tolist() == [3, 5]
    assert benjamini_hochberg(p).min() > 0.05


def test_equation_ten_by_hand():
    """Two tests that can take .04 and 1, or .01, .03 and 1; level .05.

    τ₂: at .04 the mean of .04/.96 and .03/.97 is .0363, held. q of .01: (0 + .01/.97)/1;
    of .04: (.04/.96 + .03/.97)/2.
    """
    steps = np.array([[1, 0.04, 0], [1, 0.03, 0.01]])
    q = discrete_bh([0.04, 0.01], steps, 0.05)
    assert q == pytest.approx([(0.04 / 0.96 + 0.03 / 0.97) / 2, 0.01 / 0.97])


def test_a_p_value_beyond_the_largest_threshold_is_1():
    assert discrete_bh([0.2], [[1, 0.2, 0.01]], 0.05).tolist() == [1.0]


@pytest.mark.parametrize(
    ("share", "level", "q"),
    [
        (0.2, 0.25, 0.25),  # .2/.8 is the level itself, and held
        (0.2, 0.22, 1.0),  # beyond it, though .2 is not
        (0.005, 0.0025, 1.0),  # no threshold is held at all
        (0.0, 0.05, 0.0),
    ],
)
def test_the_largest_threshold_is_that_whose_odds_the_level_holds(share, level, q):
    assert discrete_bh([share], [[1, share]], level)[0] == pytest.approx(q)


def test_an_adjusted_p_value_is_1_at_most():
    """Of 100 tests one has .05: .05/.95 a hundred times, over one finding, is 5."""
    steps = np.tile([1.0, 0.05], (100, 1))
    assert discrete_bh([0.05, *[1.0] * 99], steps, 0.06)[0] == 1.0


def test_at_most_is_the_largest_attainable_at_or_under():
    steps = np.array([[1, 0.3, 0.1]])
    one = discrete_tests(steps, 0.05)
    assert [one.at_most(t)[0] for t in (0.05, 0.0999, 0.1, 0.29, 0.3, 1)] == [
        0, 0, 0.1, 0.1, 0.3, 1,
    ]  # fmt: skip


def test_a_threshold_of_1_divides_nothing_by_nothing():
    with np.errstate(divide="raise"):
        assert discrete_bh([0.04, 1.0], [[1, 0.04, 0], [1, 0.2, 0]], 0.05)[1] == 1.0


def test_no_tests_are_none():
    assert len(discrete_bh([], np.zeros((0, 1)), 0.1)) == 0


@pytest.mark.parametrize(
    "p, steps, level",
    [
        ([0.1], [[0.1, 1.0]], 0.1),
        ([1.1], [[1.0]], 0.1),
        ([-0.1], [[1.0]], 0.1),
        ([0.1], [[1.0, 0.1]], 1.0),
        ([0.1], [[1.0, 0.1]], 0.0),
        ([0.1], [[1.5, 0.1]], 0.1),
        ([0.1], [[1.0, -0.1]], 0.1),
        ([0.1], [], 0.1),
    ],
)
def test_what_is_no_family_of_tests_is_refused(p, steps, level):
    with pytest.raises(StatisticsError):
        discrete_bh(p, np.array(steps), level)
