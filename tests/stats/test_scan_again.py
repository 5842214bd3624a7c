"""The scan worked out again: every connected zone and every span scored one by one.

The counts in which nothing has risen are the module's own draws, whose moments are tested apart;
zones, scores, highest scores and their chance are found with loops and scipy.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import gumbel_r

from dashboard.errors import StatisticsError
from dashboard.stats.scan import Kind, scan, simulated, zones

RING = {0: [1, 5], 1: [0, 2], 2: [1, 3], 3: [2, 4], 4: [3, 5], 5: [4, 0]}
PLACES = len(RING)


def connected():
    """Sets of one to four places that hang together, small ones first, each by its places."""
    found = []
    for size in range(1, 5):
        for places in combinations(range(PLACES), size):
            reached = {places[0]}
            for _ in places:
                reached |= {b for a in reached for b in RING[a] if b in places}
            if reached == set(places):
                found.append(places)
    return found


def scores(kind, windows):
    """Score, count and expected count by (zone, span), one a window each; below 3 events none."""
    days = kind.counts.shape[1]
    found = {}
    for zone in connected():
        rows = list(zone)
        mean = kind.mean[rows].sum()
        own = (kind.variance - kind.common * kind.mean**2)[rows].sum()
        ratio = (own + kind.common * mean**2) / mean
        for length in [n for n in (3, 7) if n < days] + [days]:
            for first in range(days - length + 1):
                share = kind.day_share[first : first + length].sum()
                e = share * mean
                c = windows[:, rows, first : first + length].sum(axis=(1, 2))
                gain = np.where(c > e, c * np.log(np.maximum(c, 1e-9) / e) - (c - e), 0.0)
                score = gain / (1 + share * max(ratio - 1, 0.0)) - 2.5 * (len(zone) - 1)
                found[zone, (first, first + length)] = np.where(c >= 3, score, 0.0), c, e
    return found


def plain_scan(kinds, seed, number):
    draw = np.random.default_rng(seed)
    highest, found = np.full(number, 2.0), []
    for at, kind in enumerate(kinds):
        for score, _, _ in scores(kind, simulated(draw, kind, number)).values():
            highest = np.maximum(highest, score)
        taken = set()
        now = [(key, [float(np.ravel(x)[0]) for x in value]) for key, value in
               scores(kind, kind.counts[None]).items()]  # fmt: skip
        for (zone, span), (score, count, expected) in sorted(now, key=lambda item: -item[1][0]):
            if score > 2.0 and not taken & set(zone):
                taken |= set(zone)
                found.append((at, zone, *span, count, expected, score))
    scale = highest.std(ddof=1) * np.sqrt(6) / np.pi
    of = gumbel_r(highest.mean() - np.euler_gamma * scale, scale)
    return [(*item, of.sf(item[-1])) for item in sorted(found, key=lambda item: -item[-1])]


def a_kind(seed, level, ratio, common, days=14, rise=()):
    rng = np.random.default_rng(seed)
    mean = level * rng.uniform(0.5, 2.0, PLACES)
    share = rng.uniform(0.5, 1.5, days)
    share /= share.sum()
    counts = rng.poisson(mean[:, None] * share).astype(float)
    for place, first, until, more in rise:
        counts[place, first:until] += more
    return Kind(counts, mean, mean * ratio + common * mean**2, common, share)


KINDS = {
    "usual": [a_kind(1, 5.0, 1.3, 0.0, rise=[(3, 0, 14, 1)])],
    "what moves all together": [a_kind(2, 8.0, 1.2, 0.04, rise=[(1, 0, 14, 1), (2, 0, 14, 1)])],
    "a few days": [a_kind(3, 4.0, 1.5, 0.02, rise=[(4, 6, 9, 4)])],
    "a week in three places": [a_kind(4, 3.0, 1.2, 0.0, rise=[(p, 5, 12, 1) for p in (0, 1, 5)])],
    "rare": [a_kind(5, 0.05, 1.05, 0.0, rise=[(2, 3, 6, 1), (5, 1, 4, 1)])],
    "several kinds": [
        a_kind(6, 2.0, 1.2, 0.01, rise=[(3, 2, 5, 2)]),
        a_kind(7, 20.0, 2.0, 0.02, rise=[(0, 0, 14, 2), (1, 0, 14, 2)]),
        a_kind(8, 0.3, 1.1, 0.0, rise=[(4, 0, 3, 2)]),
    ],
    "a week is all": [a_kind(9, 5.0, 1.3, 0.01, days=7, rise=[(3, 2, 5, 4)])],
    "less than by chance": [a_kind(10, 6.0, 1.001, 0.02, rise=[(2, 0, 14, 1)])],
}


@pytest.mark.parametrize("name", KINDS)
def test_clusters_and_their_chances_are_those_found_one_by_one(name):
    found = scan(KINDS[name], zones(RING, PLACES), seed=3)
    said = plain_scan(KINDS[name], 3, 499)
    assert said and [(c.kind, c.places, c.first, c.until, c.count) for c in found] == [
        item[:5] for item in said
    ]
    for cluster, item in zip(found, said, strict=True):
        assert (cluster.expected, cluster.score, cluster.p) == pytest.approx(item[5:], rel=1e-4)


def test_zones_stand_by_size_and_then_by_their_places():
    member = zones(RING, PLACES)
    assert [tuple(np.flatnonzero(row).tolist()) for row in member] == connected()


@pytest.mark.parametrize("common", [0.0, 0.09])
@pytest.mark.parametrize("ratio", [1.0, 1.6])
def test_windows_in_which_nothing_has_risen_have_the_forecasts_moments(ratio, common):
    mean, share = np.array([4.0, 0.5, 9.0]), np.array([0.5, 0.3, 0.2])
    variance = mean * ratio + common * mean**2
    kind = Kind(np.zeros((3, 3)), mean, variance, common, share)
    drawn = simulated(np.random.default_rng(8), kind, 40_000)
    totals = drawn.sum(axis=2)
    assert totals.mean(axis=0) == pytest.approx(mean, rel=0.02)
    assert totals.var(axis=0) == pytest.approx(variance, rel=0.05)
    assert drawn.mean(axis=(0, 1)) == pytest.approx(mean.mean() * share, rel=0.02)
    together = np.cov(totals[:, 0], totals[:, 2])[0, 1]
    assert together == pytest.approx(common * mean[0] * mean[2], abs=0.2)


def test_next_to_nothing_varies_as_chance_has_it():
    mean = np.full(50, 0.05)
    kind = Kind(np.zeros((50, 1)), mean, mean * 1.0001, 0.0, np.ones(1))
    drawn = simulated(np.random.default_rng(9), kind, 20_000)
    assert drawn.var() == pytest.approx(0.05, rel=0.02)


def test_of_equal_places_the_first_comes_first():
    counts = np.zeros((30, 3))
    counts[:, 1] = 6
    alone = Kind(counts, np.ones(30), np.full(30, 1.1), 0.0, np.full(3, 1 / 3))
    found = scan([alone], zones({}, 30), seed=1, simulations=19)
    assert [cluster.places for cluster in found] == [(place,) for place in range(30)]


def test_simulations_that_are_all_alike_still_have_a_tail():
    # Next to nothing is expected: no simulation comes above the floor.
    rare = Kind(np.diag([5.0, 0.0]), np.full(2, 1e-6), np.full(2, 1.1e-6), 0.0, np.full(2, 0.5))
    (found,) = scan([rare], zones({}, 2), seed=1, simulations=19)
    assert found.p == 0.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"mean": np.array([4.0, 0.0])},
        {"mean": np.array([4.0, -0.5])},
        {"counts": np.array([[1.0, 2.0], [0.0, -0.5]])},
        {"mean": np.ones(3)},
        {"variance": np.ones(3)},
        {"day_share": np.full(3, 1 / 3)},
        {"counts": np.zeros((3, 2))},
    ],
)
def test_what_no_scan_can_be_made_of_is_refused(wrong):
    parts = {
        "counts": np.zeros((2, 2)), "mean": np.ones(2), "variance": np.full(2, 1.1),
        "common": 0.0, "day_share": np.full(2, 0.5),
    }  # fmt: skip
    with pytest.raises(StatisticsError):
        scan([Kind(**(parts | wrong))], zones({}, 2), seed=1)
