"""The alert list of one fortnight: which counts are beyond what their past foretells.

Each count is held against its forecast (signals.expectations); a procedure for whole counts
(stats.discrete_fdr) makes the list of a family one that can be read as a list.

Which series are tested depends on the past alone (windows and expected count), never on the count
tested: leaving out series that are low now would keep only the lucky ones, whose p-values are no
longer uniform, and more meetings would show a false alert than promised. The least count of an
alert is therefore asked after the adjustment; it can only shorten the list.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.errors import StatisticsError
from dashboard.signals.expectations import expectations
from dashboard.signals.table import SeriesTable
from dashboard.stats import alerts as rules
from dashboard.stats.discrete_fdr import DiscreteTests, discrete_tests

# The promise: of meetings in which nothing rises at most one in ten shows any alert or cluster. The
# levels of the lists stay a little below it in sum: forecasts are estimates, so that a list shows a
# little more than its level (what simulated meetings came to stands in .docs/methods/alerts.md).
# Few series in a family raise a false alert as easily as many, so that small families get little
# of it, and the boroughs, whose counts are the smallest, the most.
PROMISE = 0.10
LEVELS = {"borough": 0.075, "ocu": 0.0075, "directorate": 0.0025}
CLUSTER_LEVEL = 0.0075


@dataclass(frozen=True)
class AlertTable:
    """One entry a series in each array, in the order given.

    tested    baseline long enough and at least one expected
    expected  mean of the forecast for the window
    variance  of the forecast
    low, high 95 % band of the forecast
    excess    now − expected
    p, fall_p chance of a count as high, as low, as the one seen; 1 where not tested
    q         p adjusted within the family; 1 where not tested
    tier      'alert' (q at most the family's level), 'watch' (p < 0.005 alone) or ''
    fall      fall_p < 0.005: for the quiet list
    phi       dispersion of the crime type at the series' level; 1 is Poisson
    common    relative variance of what moves all boroughs of the type together
    by_chance chance that the series passes the watch tier's test though nothing has changed;
              0 where not tested. Their sum is the number of such rows to expect
    """

    tested: np.ndarray
    expected: np.ndarray
    variance: np.ndarray
    low: np.ndarray
    high: np.ndarray
    excess: np.ndarray
    p: np.ndarray
    fall_p: np.ndarray
    q: np.ndarray
    tier: np.ndarray
    fall: np.ndarray
    phi: np.ndarray
    common: np.ndarray
    by_chance: np.ndarray


def alert_table(now: ArrayLike, table: SeriesTable) -> AlertTable:
    """Tests the latest fortnight of each series against the fortnights before it.

    now     counts, one a series
    raises  StatisticsError for shapes that differ, negative counts or no count now
    """
    counts = np.asarray(now, dtype=float)
    if counts.shape != (len(table.measure),) or not (counts >= 0).all():
        raise StatisticsError("each series needs a count of the window, of 0 or more")
    known = expectations(table)
    mean, variance, tested = known.mean, known.variance, known.tested
    p = np.where(tested, rules.tail(counts, mean, variance), 1.0)
    fall_p = np.where(tested, rules.lower_tail(counts, mean, variance), 1.0)
    q = lists(mean, variance, tested, table.family).adjusted(p)
    low, high = rules.band(mean, variance)
    return AlertTable(
        tested=tested,
        expected=mean,
        variance=variance,
        low=low,
        high=high,
        excess=counts - mean,
        p=p,
        fall_p=fall_p,
        q=q,
        tier=tiers(counts, p, q, tested, table.family),
        fall=tested & (fall_p < rules.WATCH),
        phi=known.phi,
        common=known.common,
        by_chance=np.where(tested, rules.watched_by_chance(mean, variance), 0.0),
    )


@dataclass(frozen=True, eq=False)
class Lists:
    """The lists of a meeting before its counts are known: the tested series of each family."""

    series: int
    families: tuple[tuple[np.ndarray, DiscreteTests], ...]

    def adjusted(self, p: np.ndarray) -> np.ndarray:
        """p adjusted over the tested series of each family, at its level; 1 for the others."""
        q = np.ones(self.series)
        for chosen, tests in self.families:
            q[chosen] = tests.adjusted(p[chosen])
        return q


def lists(mean: np.ndarray, variance: np.ndarray, tested: np.ndarray, family: np.ndarray) -> Lists:
    """The lists of series with these forecasts; they hang on the past alone."""
    families = []
    for name in np.unique(family):
        chosen = np.flatnonzero(tested & (family == name))
        if len(chosen):
            steps = rules.attainable(mean[chosen], variance[chosen])
            families.append((chosen, discrete_tests(steps, level_of(str(name)))))
    return Lists(len(family), tuple(families))


def level_of(family: str) -> float:
    """The share of the promise that a family's list has."""
    if family not in LEVELS:
        raise StatisticsError(f"a family is one of {', '.join(LEVELS)}; got: {family!r}")
    return LEVELS[family]


def tiers(
    now: np.ndarray, p: np.ndarray, q: np.ndarray, tested: np.ndarray, family: np.ndarray
) -> np.ndarray:
    """'alert', 'watch' or '' for each series: the gates, after the adjustment."""
    enough = tested & (now >= rules.MIN_COUNT)
    watched = np.where(enough & (p < rules.WATCH), "watch", "")
    level = np.array([level_of(str(name)) for name in family], dtype=float)
    return np.where(enough & (q <= level), "alert", watched)
