"""What the next fortnight of each series should bring: one forecast for alerts, clusters, bands.

A whole count (a unit, a directorate, the force) is judged by its own level and its own errors; a
borough by its share of where its crime type's boroughs together are heading. So dispersion is
that of a type at one level: boroughs apart from whole counts, each whole count for itself. Where
two years are known the season lies over both. .docs/methods/alerts.md tells why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.signals.table import SeriesTable
from dashboard.stats import shares
from dashboard.stats.alerts import MIN_WINDOWS, RARE_BELOW
from dashboard.stats.course import course
from dashboard.stats.local_level import local_level


@dataclass(frozen=True)
class Expectations:
    """One entry a series in each array.

    mean, variance  of the negative binomial forecast of the window (variance > mean)
    phi             dispersion: of a whole count about its level, of a type's boroughs about
                    their shares; 1 is Poisson
    common          of the variance, relative: what moves all boroughs of the type together
    season          what the time of year multiplies the window by; 1 where it is not known
    windows         how many are known of the last year
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
    """The forecast of the window after the table's last, for every series."""
    return of_many([table])[0]


def of_many(tables: Sequence[SeriesTable]) -> list[Expectations]:
    """The forecast of the window after each table's last, one an entry; all of one grain.

    The levels of all are followed at once: a backtest asks for a hundred tables.
    """
    parts = [_whole_counts(table) for table in tables]
    wholes = _stacked([counts for _, counts in parts])
    seasonal = course(wholes, tables[0].year)
    level = local_level(wholes, seasonal.factors, seasonal.ahead)
    done, start = [], 0
    for table, (rows, counts) in zip(tables, parts, strict=True):
        at = slice(start, start + len(counts))
        start += len(counts)
        done.append(
            _of_table(
                table, rows, level.mean[at], level.variance[at], level.phi[at], seasonal.season[at]
            )
        )
    return done


def _whole_counts(table: SeriesTable) -> tuple[list[np.ndarray], np.ndarray]:
    """The rows of each type's parts; and the whole counts of a table, then the sum of each
    type's parts."""
    types = np.unique(table.measure[table.is_part])
    rows = [np.flatnonzero(table.is_part & (table.measure == name)) for name in types]
    sums = [shares.whole(table.history[chosen])[None, :] for chosen in rows]
    return rows, np.vstack([table.history[~table.is_part], *sums])


def _stacked(counts: Sequence[np.ndarray]) -> np.ndarray:
    """All rows, as long as the longest, from the first period that any knows."""
    width = max(item.shape[1] for item in counts)
    padded = [
        np.pad(item, ((0, 0), (width - item.shape[1], 0)), constant_values=np.nan)
        for item in counts
    ]
    rows = np.vstack(padded)
    known = np.flatnonzero(~np.isnan(rows).all(axis=0))
    return rows[:, known[0] :] if len(known) else rows


def _of_table(
    table: SeriesTable,
    rows: list[np.ndarray],
    level_mean: np.ndarray,
    level_variance: np.ndarray,
    level_phi: np.ndarray,
    season: np.ndarray,
) -> Expectations:
    """The forecast of a table's series, from that of its whole counts and of its types' sums."""
    number = len(table.measure)
    mean, variance, phi, factor = (np.ones(number) for _ in range(4))
    common = np.zeros(number)
    windows = (~np.isnan(table.history[:, -table.year :])).sum(axis=1)
    alone = np.flatnonzero(~table.is_part)
    for kept, of_level in (
        (mean, level_mean),
        (variance, level_variance),
        (phi, level_phi),
        (factor, season),
    ):
        kept[alone] = of_level[: len(alone)]
    for at, chosen in enumerate(rows, start=len(alone)):
        parts = shares.forecast(
            table.history[chosen][:, -table.year :], level_mean[at], level_variance[at]
        )
        mean[chosen], variance[chosen] = parts.mean, parts.variance
        phi[chosen], common[chosen], factor[chosen] = parts.phi, parts.common, season[at]
    # A negative binomial has more variance than mean, be it by a hair.
    variance = np.maximum(variance, mean * (1 + 1e-6))
    tested = (windows >= MIN_WINDOWS) & (mean >= RARE_BELOW)
    return Expectations(mean, variance, phi, common, factor, windows, tested)


def whole_count(history: np.ndarray, year: int) -> Expectations:
    """The forecast of one whole count's next window; history latest last, NaN where missing.

    year  windows of a year
    """
    one = np.array([""])
    return expectations(SeriesTable(one, np.array(["directorate"]), one, history[None, :], year))
