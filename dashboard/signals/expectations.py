"""What the next fortnight of each series should bring: one forecast for alerts, clusters, bands.

A whole count (a unit, a directorate, the force) is judged by its own level and its own errors; a
borough by its share of where its crime type's boroughs together are heading. So dispersion is
that of a type at one level: boroughs apart from whole counts, each whole count for itself. Where
two years are known the season lies over both. .docs/methods/alerts.md tells why.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.signals.table import SeriesTable
from dashboard.stats import shares
from dashboard.stats.alerts import MIN_WINDOWS, RARE_BELOW
from dashboard.stats.course import course
from dashboard.stats.local_level import local_level

YEAR = 26  # fortnights
SHARES = 26  # fortnights that a borough's share is taken from


@dataclass(frozen=True)
class Expectations:
    """One entry a series in each array.

    mean, variance  of the negative binomial forecast of the window (variance > mean)
    phi             dispersion: of a whole count about its level, of a type's boroughs about
                    their shares; 1 is Poisson
    common          of the variance, relative: what moves all boroughs of the type together
    season          what the time of year multiplies the window by; 1 where it is not known
    windows         fortnights known of the last 26
    tested          long enough, and at least one expected: never by the count that is tested
    """

    mean: np.ndarray
    variance: np.ndarray
    phi: np.ndarray
    common: np.ndarray
    season: np.ndarray
    windows: np.ndarray
    tested: np.ndarray


def expectations(table: SeriesTable) -> Expectations:
    """The forecast of the fortnight after the table's last, for every series."""
    number = len(table.measure)
    mean, variance, phi, factor = (np.ones(number) for _ in range(4))
    common = np.zeros(number)
    windows = (~np.isnan(table.history[:, -SHARES:])).sum(axis=1)
    types = np.unique(table.measure[table.is_part])
    rows = [np.flatnonzero(table.is_part & (table.measure == name)) for name in types]
    alone = np.flatnonzero(~table.is_part)
    sums = [shares.whole(table.history[chosen]) for chosen in rows]
    wholes = np.vstack([table.history[alone], *[row[None, :] for row in sums]])
    found = course(wholes, YEAR)
    level = local_level(wholes, found.factors, found.ahead)
    for kept, of_level in ((mean, level.mean), (variance, level.variance), (phi, level.phi)):
        kept[alone] = of_level[: len(alone)]
    factor[alone] = found.season[: len(alone)]
    for at, chosen in enumerate(rows, start=len(alone)):
        parts = shares.forecast(
            table.history[chosen][:, -SHARES:], level.mean[at], level.variance[at]
        )
        mean[chosen], variance[chosen] = parts.mean, parts.variance
        phi[chosen], common[chosen], factor[chosen] = parts.phi, parts.common, found.season[at]
    # A negative binomial has more variance than mean, be it by a hair.
    variance = np.maximum(variance, mean * (1 + 1e-6))
    tested = (windows >= MIN_WINDOWS) & (mean >= RARE_BELOW)
    return Expectations(mean, variance, phi, common, factor, windows, tested)


def whole_count(history: np.ndarray) -> Expectations:
    """The forecast of one whole count's next fortnight; history latest last, NaN where missing."""
    one = np.array([""])
    return expectations(SeriesTable(one, np.array(["directorate"]), one, history[None, :]))
