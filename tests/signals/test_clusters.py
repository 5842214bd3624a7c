"""Clusters of the list: alerts that touch as one row, on a planted trio, and rows of one kind."""

import numpy as np
from scipy.stats import binom

from dashboard.signals.clusters import joined_cells
from tests.benchmarks.simulate_list import TRIO, judged, meeting
from tests.choosing import EXHAUSTIVE

TOUCH = {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}, "d": set()}


def test_sets_that_touch_are_one_and_others_stay():
    assert joined_cells([{"a"}, {"c"}, {"d"}], TOUCH) == [{"a"}, {"c"}, {"d"}]
    assert joined_cells([{"a"}, {"c"}, {"d"}, {"b"}], TOUCH) == [{"d"}, {"a", "b", "c"}]


def test_a_planted_trio_is_one_row_with_its_alerts_inside():
    found = meeting(np.random.default_rng(20040712), trio=True)
    figures, clusters = judged(found, 1)
    rows = [row for row in clusters if row.measure == "kind 00" and set(TRIO) <= set(row.boroughs)]
    assert len(rows) == 1
    row = rows[0]
    assert row.q is not None and row.q < 0.001
    inside = {str(found.table.place[at]) for at in row.members}
    assert inside <= set(row.boroughs)
    assert (figures.tier[list(row.members)] == "alert").all()
    counted = sum(
        found.daily["kind 00"][code][row.first : row.until].sum() for code in row.boroughs
    )
    assert row.now == counted > row.high > row.expected


def test_few_quiet_meetings_show_anything():
    """A few seeded ones; the thousands stand in tests/benchmarks/simulate_list.py."""
    rng, shown = np.random.default_rng(11), 0
    tried = 40 if EXHAUSTIVE else 12
    for seed in range(tried):
        figures, clusters = judged(meeting(rng), seed)
        shown += bool((figures.tier == "alert").any() or clusters)
    assert shown <= binom.ppf(0.99, tried, 0.1)  # more in 1 of 100 at one in ten
