"""The scan over connected places and days: its zones, its score by hand, its chance."""

import numpy as np
import pytest

from dashboard.errors import StatisticsError
from dashboard.stats.scan import COST, Kind, scan, simulated, zones

# Four places in a row.
ROW = {0: [1], 1: [0, 2], 2: [1, 3], 3: [2]}
EVEN = np.full(14, 1 / 14)


def kind(counts, mean=4.0, ratio=1.2, common=0.0):
    values = np.full(len(counts), mean)
    return Kind(np.array(counts, dtype=float), values, values * ratio, common, EVEN)


def spread(*totals):
    """Whole-fortnight counts of each place, spread over its days."""
    counts = np.zeros((len(totals), 14))
    for row, total in enumerate(totals):
        counts[row] += total // 14
        counts[row, : total % 14] += 1
    return counts


def test_zones_are_the_connected_sets():
    found = {frozenset(np.flatnonzero(row)) for row in zones(ROW, 4)}
    assert frozenset({0, 2}) not in found
    assert frozenset({1, 2, 3}) in found and len(found) == 4 + 3 + 2 + 1


def test_two_places_that_rose_are_one_cluster_with_the_score_of_the_ratio():
    best = scan([kind(spread(4, 20, 24, 4))], zones(ROW, 4), seed=1)[0]
    assert best.places == (1, 2) and best.count == 44 and (best.first, best.until) == (0, 14)
    assert best.expected == pytest.approx(8)
    assert best.score == pytest.approx((44 * np.log(44 / 8) - 36) / 1.2 - COST)
    assert best.p < 0.001


def test_places_apart_are_two_clusters():
    found = scan([kind(spread(24, 4, 4, 24))], zones(ROW, 4), seed=1)
    assert [item.places for item in found[:2]] == [(0,), (3,)]


def test_a_place_a_little_above_does_not_join():
    best = scan([kind(spread(4, 24, 6, 4))], zones(ROW, 4), seed=1)[0]
    assert best.places == (1,)


def test_a_few_days_are_found_in_them():
    counts = np.zeros((4, 14))
    counts[2, 5:8] = 5
    best = scan([kind(counts)], zones(ROW, 4), seed=1)[0]
    assert best.places == (2,) and (best.first, best.until) == (5, 8) and best.count == 15


def test_two_events_are_no_cluster_however_rare():
    counts = np.zeros((4, 14))
    counts[2, 5:7] = 1
    assert scan([kind(counts, mean=0.02, ratio=1.01)], zones(ROW, 4), seed=1) == []


def test_without_a_rise_a_p_of_a_tenth_comes_at_most_once_in_ten():
    rng, member = np.random.default_rng(3), zones(ROW, 4)
    quiet = kind(np.zeros((4, 14)), ratio=1.4)
    small = 0
    for seed, counts in enumerate(simulated(rng, quiet, 150)):
        found = scan([kind(counts, ratio=1.4)], member, seed, simulations=199)
        small += bool(found) and found[0].p <= 0.1
    assert small <= 25  # of 150, 15 expected: 25 or fewer in 99 of 100


def test_the_same_events_give_the_same_answer():
    once, again = (scan([kind(spread(4, 9, 9, 4))], zones(ROW, 4), seed=5) for _ in range(2))
    assert once == again and scan([], zones(ROW, 4), seed=5) == []


def test_shapes_that_differ_are_refused():
    with pytest.raises(StatisticsError):
        scan([kind(spread(1, 2))], zones(ROW, 4), seed=1)
