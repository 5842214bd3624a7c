"""Alerts of one kind in boroughs that touch, as one problem: a scan over boroughs and days.

Every kind that is known by day is scanned at once (stats.scan), within the list's own promise. A
zone that is found, and the alerts of its kind in its boroughs or beside them, are one row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.signals.alerts import CLUSTER_LEVEL, AlertTable
from dashboard.signals.table import SeriesTable
from dashboard.stats import alerts as rules
from dashboard.stats.scan import SIMULATIONS, Cluster, Kind, scan, zones

NEVER = 0.02  # expected in a fortnight where a kind has no series: one in two years
Daily = Mapping[str, np.ndarray]  # borough → events by day of the fortnight
Neighbours = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Expected:
    """What the past lets expect in several boroughs and some days together.

    mean, variance  of the count; low, high: its 95 % band
    """

    mean: float
    variance: float
    low: int
    high: int


@dataclass(frozen=True)
class ClusterRow:
    """One problem of one kind.

    boroughs     codes, most events first
    first, until days of the fortnight it is about, from 0; until exclusive. The whole of it where
                 the fortnight is beyond its band, else the days that the scan names
    now          events there; expected, low, high: what the past lets expect there, 95 % band
    p            chance of as many there
    q            chance that any zone of any kind shows as much though nothing rises; None where
                 alerts that touch were joined and the scan alone does not find them
    members      positions of the alerts inside, in the table's order
    """

    measure: str
    boroughs: tuple[str, ...]
    first: int
    until: int
    now: int
    expected: float
    low: int
    high: int
    p: float
    q: float | None
    members: tuple[int, ...]


def cluster_rows(
    table: SeriesTable,
    figures: AlertTable,
    daily: Mapping[str, Daily],
    day_share: Mapping[str, np.ndarray],
    neighbours: Neighbours,
    seed: int,
    simulations: int = SIMULATIONS,
) -> list[ClusterRow]:
    """The clusters of the fortnight, most unlikely first.

    figures    of the table's series, as signals.alerts gives them
    daily      events of each kind that is known by day, by borough
    day_share  share of a fortnight's events on each day, by kind
    neighbours each borough with those that touch it
    seed       of the simulations
    """
    places = [code for code, _ in neighbours]
    names = [name for name in sorted(daily) if ((table.measure == name) & table.is_part).any()]
    kinds = [_kind(table, figures, name, daily[name], day_share[name], places) for name in names]
    member = _zones(neighbours)
    clusters = [item for item in scan(kinds, member, seed, simulations) if item.p <= CLUSTER_LEVEL]
    touching = {code: set(beside) for code, beside in neighbours}
    rows = []
    for number, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        own = [item for item in clusters if item.kind == number]
        alerted = {
            str(table.place[at]): int(at)
            for at in np.flatnonzero(
                table.is_part & (table.measure == name) & (figures.tier == "alert")
            )
            if table.place[at] in touching
        }
        zoned = [{places[at] for at in item.places} for item in own]
        for joined in joined_cells([*zoned, *({code} for code in alerted)], touching):
            scanned = [item for item, zone in zip(own, zoned, strict=True) if zone <= joined]
            if scanned or len(joined) > 1:
                rows.append(_row(name, kind, joined, scanned, alerted, places))
    return sorted(rows, key=lambda row: (row.p, -row.now))


def _kind(
    table: SeriesTable,
    figures: AlertTable,
    name: str,
    events: Daily,
    share: np.ndarray,
    places: Sequence[str],
) -> Kind:
    """One kind as the scan takes it: every borough, those without a series expecting next to 0."""
    mean, variance = np.full(len(places), NEVER), np.full(len(places), NEVER * 1.01)
    common, at_place = 0.0, {code: at for at, code in enumerate(places)}
    for row in np.flatnonzero(table.is_part & (table.measure == name)):
        at = at_place.get(str(table.place[row]))
        if at is not None:
            mean[at], variance[at] = figures.expected[row], figures.variance[row]
            common = float(figures.common[row])
    counts = np.array([events.get(code, np.zeros(len(share))) for code in places])
    return Kind(counts, mean, variance, common, share)


def _row(
    name: str,
    kind: Kind,
    joined: set[str],
    scanned: Sequence[Cluster],
    alerted: Mapping[str, int],
    places: Sequence[str],
) -> ClusterRow:
    at = [index for index, code in enumerate(places) if code in joined]
    first, until = _days(kind, at, scanned)
    here = kind.counts[at, first:until].sum(axis=1)
    order = sorted(range(len(at)), key=lambda index: (-here[index], places[at[index]]))
    share = float(kind.day_share[first:until].sum())
    known = together(kind.mean[at], kind.variance[at], kind.common, share)
    now = int(here.sum())
    return ClusterRow(
        measure=name,
        boroughs=tuple(places[at[index]] for index in order),
        first=first,
        until=until,
        now=now,
        expected=known.mean,
        low=known.low,
        high=known.high,
        p=float(rules.tail(now, np.array(known.mean), np.array(known.variance))),
        q=min((item.p for item in scanned), default=None),
        members=tuple(sorted(alerted[code] for code in joined if code in alerted)),
    )


def _days(kind: Kind, at: Sequence[int], scanned: Sequence[Cluster]) -> tuple[int, int]:
    """The days that a row speaks of."""
    days = kind.counts.shape[1]
    whole = together(kind.mean[at], kind.variance[at], kind.common)
    if len(scanned) != 1 or kind.counts[at].sum() > whole.high:
        return 0, days
    return scanned[0].first, scanned[0].until


def together(mean: np.ndarray, variance: np.ndarray, common: float, share: float = 1.0) -> Expected:
    """The forecast of the sum of boroughs, from those of each.

    common  relative variance, within each one's, that they share
    share   of the fortnight's events that fall on the days asked for
    """
    total = float(mean.sum())
    alone = float((variance - common * mean**2).sum())
    ratio = max((alone + common * total**2) / total, 1 + 1e-6)
    expected = total * share
    spread = expected * (1 + (ratio - 1) * share + 1e-9)
    low, high = rules.band(np.array([expected]), np.array([spread]))
    return Expected(expected, spread, int(low[0]), int(high[0]))


def joined_cells(sets: Sequence[set[str]], touching: Mapping[str, set[str]]) -> list[set[str]]:
    """The sets that overlap or touch as one each."""
    joined: list[set[str]] = []
    for one in sets:
        reach = set(one).union(*(touching[code] for code in one))
        near = [other for other in joined if other & reach]
        joined = [other for other in joined if not other & reach]
        joined.append(set(one).union(*near))
    return joined


@lru_cache(maxsize=4)
def _zones(neighbours: Neighbours) -> np.ndarray:
    at_place = {code: at for at, (code, _) in enumerate(neighbours)}
    return zones(
        {
            at_place[code]: [at_place[other] for other in beside if other in at_place]
            for code, beside in neighbours
        },
        len(neighbours),
    )
