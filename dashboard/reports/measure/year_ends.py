"""Past planning years forecast from inside, at each window or month, with what was known then.

The seasonal share comes from earlier years only, the dispersion from the months before the
day. The count so far is that of a snapshot of the day where the data folder has one; else
today's figures, cut at the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

import numpy as np

from dashboard.periods import month_start, planning_year_start
from dashboard.reports import meetings
from dashboard.reports.kept import kept
from dashboard.reports.measure.growth import WHOLE, Grown, Key, grown, read, span
from dashboard.reports.request import Request
from dashboard.snapshots import SnapshotInfo
from dashboard.stats import backtest as scoring
from dashboard.stats.alerts import RARE_BELOW, pooled_dispersion

LEAST_SERIES_YEARS = 5  # fewer tell too little of one crime type: all types stand in


@dataclass(frozen=True)
class Years:
    """Forecasts of year ends: one entry a series, year and origin in each array.

    measure, unit, borough, year   whose year it is; year: the one it begins in
    origin    ordinal of the day on which it is forecast
    so_far    count of the year by then; elapsed: share of the year that usually has come
    rest, variance  forecast of the count still to come, from what was known then
    total     what the year came to; last: the year before, NaN where it means another thing
    known     as-ats of snapshots that said a count so far; empty: today's figures, cut
    """

    measure: np.ndarray
    unit: np.ndarray
    borough: np.ndarray
    year: np.ndarray
    origin: np.ndarray
    so_far: np.ndarray
    elapsed: np.ndarray
    rest: np.ndarray
    variance: np.ndarray
    total: np.ndarray
    last: np.ndarray
    known: tuple[date, ...]

    def of(self, chosen: np.ndarray) -> Years:
        """The forecasts that are chosen (True in a mask of the same length)."""
        arrays = {name: getattr(self, name)[chosen] for name in ARRAYS}
        return Years(**arrays, known=self.known)

    @property
    def came(self) -> np.ndarray:
        """What really came in the rest of the year; 0 where the count so far was revised away."""
        return np.maximum(self.total - self.so_far, 0.0)

    @property
    def made_in(self) -> np.ndarray:
        """The planning year that the day of each forecast lies in, by the year it begins in."""
        days, place = np.unique(self.origin, return_inverse=True)
        begun = [planning_year_start(date.fromordinal(int(day))).year for day in days]
        return np.array(begun, dtype=int)[place]

    @property
    def series_years(self) -> int:
        """How many outcomes there are: the origins of one year share one."""
        return len(set(zip(self.measure, self.unit, self.borough, self.year, strict=True)))


ARRAYS = tuple(name for name in Years.__dataclass_fields__ if name != "known")


def years(request: Request, place: str) -> Years:
    """The forecasts of all past planning years that are known as a whole and hold no break."""
    return _years(request, place, request.listed)


@kept(16)
def _years(request: Request, place: str, listed: tuple[SnapshotInfo, ...]) -> Years:
    series = grown(request, place)
    season, then = _seasons(request, place, series), _Then(request, place, listed, series)
    peers: dict[tuple[str, str], list[Grown]] = defaultdict(list)
    for item in series:
        peers[item.measure, item.grain].append(item)

    @cache
    def phi(measure: str, grain: str, origin: date) -> float:
        return pooled_dispersion(np.array([one.recent(origin) for one in peers[measure, grain]]))

    @cache
    def elapsed(key: Key, year: int, origin: date) -> float | None:
        return season[key].elapsed(year, origin)

    rows = []
    for item, year, origin in _origins(series):
        part = elapsed(_whole_of(season, item), year, origin)
        if part is not None and 0 < part < 1:
            so_far = then.count(item, year, origin)
            spread = phi(item.measure, item.grain, origin)
            last = item.last_year(year)
            days = (year, origin.toordinal())
            rows.append((*item.key, *days, so_far, part, spread, item.years[year], last))
    return _forecasts(rows, tuple(sorted(then.said)))


def _origins(series: list[Grown]) -> Iterator[tuple[Grown, int, date]]:
    for item in series:
        for year in item.years:
            if item.unbroken(year):
                for origin in item.origins(year):
                    yield item, year, origin


def _seasons(request: Request, place: str, series: list[Grown]) -> dict[Key, Grown]:
    """The series whose years tell the season, by key: a borough's year is too thin for it."""
    wholes = series if place == WHOLE else read(request, "month", WHOLE)
    return {item.key: item for item in wholes}


def _whole_of(season: dict[Key, Grown], item: Grown) -> Key:
    if item.borough is None:
        return item.key
    return next(key for key in season if key[0] == item.measure)


class _Then:
    """Counts so far as the snapshots of their day said them; `said` has the as-ats used."""

    def __init__(
        self,
        request: Request,
        place: str,
        listed: tuple[SnapshotInfo, ...],
        series: list[Grown],
    ):
        self._place, self.said = place, set[date]()
        self._others: dict[tuple[str, date], Request] = {}
        ended = max((span(year)[1] for item in series for year in item.years), default=date.min)
        for other in meetings.earlier(request, listed):
            if other.as_at < ended:
                self._others["day", other.fortnight.until] = other
                # Latest first: what stands in the end is the first look at the month.
                self._others["month", month_start(other.as_at)] = other

    def count(self, item: Grown, year: int, origin: date) -> float:
        """The year's count by `origin`: as known then, else today's figures cut there."""
        since = span(year)[0]
        if other := self._others.get((item.grain, origin)):
            held = _read_then(other, item.grain, self._place, origin).get(item.key)
            count = held.between(since, origin) if held else None
            if count is not None:
                self.said.add(other.as_at)
                return count
        return item.between(since, origin) or 0.0


@lru_cache(maxsize=64)
def _read_then(other: Request, grain: str, place: str, until: date) -> dict[Key, Grown]:
    return {item.key: item for item in read(other, grain, place, until)}


def _forecasts(rows: list[tuple[Any, ...]], known: tuple[date, ...]) -> Years:
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[]] * 10
    numbers = [np.array(column, dtype=float) for column in columns[5:]]
    so_far, elapsed, phi, total, last = numbers
    rest, variance = scoring.year_forecast(so_far, elapsed, phi)
    measure, unit, borough = (np.array(column, dtype=object) for column in columns[:3])
    year, origin = (np.array(column, dtype=int) for column in columns[3:5])
    found = Years(
        measure=measure,
        unit=unit,
        borough=borough,
        year=year,
        origin=origin,
        so_far=so_far,
        elapsed=elapsed,
        rest=rest,
        variance=variance,
        total=total,
        last=last,
        known=known,
    )
    return found.of(rest >= RARE_BELOW)


@dataclass(frozen=True)
class Widening:
    """What a measure's dispersion is multiplied by, and from how many outcomes.

    own  False where it has too few past years and all measures together stand in
    """

    found: scoring.Inflation
    series_years: int
    own: bool


def widenings(found: Years) -> dict[str, Widening]:
    """The factor of each measure in `found`; empty without any forecast."""
    if not found.measure.size:
        return {}
    result, pooled = {}, None
    for measure in np.unique(found.measure.astype(str)):
        one = found.of(found.measure == measure)
        own = one.series_years >= LEAST_SERIES_YEARS
        if not own and pooled is None:
            pooled = _inflation(found)
        here = pooled if pooled and not own else _inflation(one)
        result[str(measure)] = Widening(here, one.series_years, own)
    return result


def _inflation(found: Years) -> scoring.Inflation:
    return scoring.inflation(found.came, found.rest, found.variance)


def widened_then(found: Years) -> np.ndarray:
    """The factor of each forecast as the years over by its day would have given it; 1 at first."""
    factors = np.ones(len(found.measure))
    for year in np.unique(found.made_in):
        here, before = found.made_in == year, found.of(found.year < year)
        known = {name: wider.found.factor for name, wider in widenings(before).items()}
        if new := {*found.measure[here]} - {*known}:
            known |= dict.fromkeys(new, factor_of_all(before))
        factors[here] = [known[name] for name in found.measure[here]]
    return factors


def factor_of_all(found: Years) -> float:
    """The factor of all measures together; 1 without any forecast."""
    if not found.measure.size:
        return 1.0
    return _inflation(found).factor


def inflation(request: Request) -> dict[str, float]:
    """What to multiply the dispersion of a year-end forecast by, for each count measure.

    From the past years of the same measure as a whole (unit or force); a measure with too few
    takes the factor of all together. 1 where its 80 % band holds as it is; empty where no
    past year can be forecast at all.
    """
    return _inflations(request, request.listed)


@kept(16)
def _inflations(request: Request, listed: tuple[SnapshotInfo, ...]) -> dict[str, float]:
    found = _years(request, WHOLE, listed)
    if not found.measure.size:
        return {}
    own, others = widenings(found), factor_of_all(found)
    return {
        item.id: own[item.id].found.factor if item.id in own else others
        for item in request.measures.values()
        if not item.is_rate and item.aggregate == "sum"
    }
