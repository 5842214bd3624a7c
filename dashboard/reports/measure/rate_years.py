"""Where a year's rate will end, foretold from its months: this year's and those of earlier years.

Of a year that has begun nothing is said before its third month, of a rate known for under a year
nothing at all; a year that is yet to begin is foretold from the months before.
A break does not cut what is known: its months are discounted as all are, quickly where the rate
has moved (.docs/methods/rates.md tells what was found).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import numpy as np
import polars as pl
import scipy  # its parts when first asked: they take long

from dashboard.queries import Measure
from dashboard.reports.measure.breaks import broken
from dashboard.reports.measure.growth import MONTHS, MOST_YEARS, Key, covered, span
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.stats import rate_year_end
from dashboard.stats.alerts import RARE_BELOW, pooled_dispersion
from dashboard.stats.backtest import year_forecast
from dashboard.stats.year_ahead import year_ahead

YEAR = 12
LEAST_PERIODS = 3  # months of the year that have come, before anything is said
LEAST_MONTHS = YEAR  # known in all: a rate's own errors are few before
MIXED = (0.1, 0.3, 0.5, 0.7, 0.9)  # quantiles of the cases to come that a rate is mixed over


@dataclass(frozen=True, eq=False)
class Rates:
    """The months of one measure's rate in one or more places, side by side.

    start        first month; done, cases: both parts, series × months, NaN where not known
    breaks       days on which each changes its meaning
    """

    measure: Measure
    keys: tuple[Key, ...]
    start: date
    done: np.ndarray
    cases: np.ndarray
    breaks: tuple[tuple[date, ...], ...]

    def index(self, day: date) -> int:
        """Months from the first one to `day`; may lie outside."""
        return _months(self.start, day)

    def totals(self, year: int) -> tuple[np.ndarray, np.ndarray]:
        """Both parts of a planning year, one a series; NaN where a month of it is not known."""
        at = self.index(span(year)[0])
        if at < 0 or at + YEAR > self.done.shape[1]:
            return (np.full(len(self.keys), np.nan),) * 2
        months = slice(at, at + YEAR)
        return self.done[:, months].sum(axis=1), self.cases[:, months].sum(axis=1)

    def rate(self, year: int) -> np.ndarray:
        """What each series' year came to; NaN where it is not known as a whole, or had no case."""
        done, cases = self.totals(year)
        return np.where(cases > 0, done / np.where(cases > 0, cases, 1.0), np.nan)

    def elapsed(self, place: int, year: int, steps: int) -> float:
        """Share of a year's cases that usually has come after so many months.

        The mean of up to five earlier years that are known as a whole; without any an even year:
        it settles no more than how much the year so far weighs beside what is to come.
        """
        shares = []
        for before in range(year - 1, year - 1 - MOST_YEARS, -1):
            whole = self.totals(before)[1][place]
            if whole > 0:
                at = self.index(span(before)[0])
                shares.append(self.cases[place, at : at + steps].sum() / whole)
        return float(np.mean(shares)) if shares else steps / YEAR


@dataclass(frozen=True, eq=False)
class Ahead:
    """The forecast of a year's rate, from a day inside it or before it.

    so_far   part and cases of the year by then; coming: numbers of cases that may yet come
    periods  months to come; elapsed: share of the year's cases that usually has come
    wait     months from the day to the first of these; 0 from a day inside the year
    """

    key: Key
    year: int
    origin: date
    level: rate_year_end.RateLevel = field(repr=False)
    so_far: tuple[float, float]
    coming: np.ndarray
    periods: int
    elapsed: float
    wait: int = 0

    def law(self, factor: float = 1.0) -> rate_year_end.Law:
        """What the year's rate may come to, the dispersion multiplied by `factor`."""
        return rate_year_end.law(
            self.level, self.so_far, self.coming, self.periods, factor, self.wait
        )


def read(request: Request, place: str) -> list[Rates]:
    """The rates of all measures that add up, as a whole or in boroughs, by month."""
    frame = covered(request, "percent", place)
    by_unit = frame.partition_by("measure", "unit_code", maintain_order=True)
    return [_rates(request, rows) for rows in by_unit if rows.height]


def _rates(request: Request, rows: pl.DataFrame) -> Rates:
    keys = tuple(dict.fromkeys(row[:3] for row in rows.iter_rows()))
    months: list[date] = sorted(rows["period_start"].unique().to_list())
    shape = (len(keys), 1 + _months(months[0], months[-1]))
    done, cases = np.full(shape, np.nan), np.full(shape, np.nan)
    place_of = {key: at for at, key in enumerate(keys)}
    for *key, month, part, whole in rows.iter_rows():
        at = place_of[tuple(key)], _months(months[0], month)
        done[at], cases[at] = (np.nan if x is None else x for x in (part, whole))
    breaks = tuple(broken(request, *key) for key in keys)
    return Rates(request.measure(keys[0][0]), keys, months[0], done, cases, breaks)


def _months(since: date, until: date) -> int:
    return YEAR * (until.year - since.year) + until.month - since.month


def of_track(track: MeasureSeries) -> Rates:
    """The months of one track; its figures are those that its page shows."""
    parts = [
        [np.nan if x is None else x for x in (point.numerator, point.denominator)]
        for point in track.points
    ]
    done, cases = np.array(parts, dtype=float).T
    key = (track.measure.id, track.unit, track.borough or None)
    return Rates(track.measure, (key,), track.points[0].start, done[None], cases[None], ((),))


def ahead(rates: Rates, days: Iterable[tuple[int, date]]) -> Iterator[Ahead]:
    """The forecasts of each series' year, as known on the first day of a month inside it.

    days  years and days inside them; of those before the third month nothing is said
    """
    known = [item for year, day in days if (item := _known(rates, year, day))]
    levels = _levels(known)
    told: list[Callable[..., Ahead]] = []
    expected: list[tuple[float, float]] = []
    for at, item in enumerate(known):
        for place, key in enumerate(rates.keys):
            part, whole = item.done[place, -item.steps :], item.cases[place, -item.steps :]
            so_far = float(part.sum()), float(whole.sum())
            elapsed = rates.elapsed(place, item.year, item.steps)
            months = int((~np.isnan(item.cases[place])).sum())
            if not so_far[1] > 0 or not 0 < elapsed < 1 or months < LEAST_MONTHS:
                continue
            phi = pooled_dispersion(item.cases[None, place, -MONTHS:])
            rest, variance = year_forecast(so_far[1], elapsed, phi)
            if rest >= RARE_BELOW:
                level, left = levels[at][place], YEAR - item.steps
                began = partial(Ahead, key, item.year, item.origin, level, so_far)
                told.append(partial(began, periods=left, elapsed=elapsed))
                expected.append((float(rest), float(variance)))
    yield from (of(coming=cases) for of, cases in zip(told, _mixed(expected), strict=True))


def beforehand(rates: Rates, days: Iterable[tuple[int, date]]) -> Iterator[Ahead]:
    """The forecasts of each series' whole year, as known on the first day of a month before it.

    days  years, and days on or before their first
    """
    known = [item for year, day in days if (item := _before(rates, year, day))]
    levels = _levels(known)
    told: list[Callable[..., Ahead]] = []
    expected: list[tuple[float, float]] = []
    for at, item in enumerate(known):
        origin, wait = item.origin, -item.steps
        means, variances = year_ahead(item.cases, wait)
        for place, (key, level) in enumerate(zip(rates.keys, levels[at], strict=True)):
            if means[place] >= RARE_BELOW:
                whole = partial(Ahead, key, item.year, origin, level, (0.0, 0.0))
                told.append(partial(whole, periods=YEAR, elapsed=0.0, wait=wait))
                expected.append((float(means[place]), float(variances[place])))
    yield from (of(coming=cases) for of, cases in zip(told, _mixed(expected), strict=True))


@dataclass(frozen=True, eq=False)
class _Known:
    """What was known on a day: the months before it, and how many of them are of its year; before
    it as many as are still to pass, as a negative number."""

    year: int
    origin: date
    steps: int
    done: np.ndarray
    cases: np.ndarray
    apart: bool


def _known(rates: Rates, year: int, origin: date) -> _Known | None:
    """None before the third month, and of pounds or hours, which are no cases."""
    steps = rates.index(origin) - rates.index(span(year)[0])
    if rates.index(span(year)[0]) < 0 or not LEAST_PERIODS <= steps < YEAR:
        return None
    return _upto(rates, year, origin, steps)


def _before(rates: Rates, year: int, origin: date) -> _Known | None:
    """None with under a year of months, and of pounds or hours, which are no cases."""
    steps = rates.index(origin) - rates.index(span(year)[0])
    if steps > 0 or rates.index(origin) < LEAST_MONTHS:
        return None
    return _upto(rates, year, origin, steps)


def _upto(rates: Rates, year: int, origin: date, steps: int) -> _Known | None:
    now = rates.index(origin)
    past = slice(max(0, now - YEAR * MOST_YEARS), now)
    done, cases = rates.done[:, past], rates.cases[:, past]
    if (done % 1 > 0).any() or (cases % 1 > 0).any():
        return None
    apart = rates.measure.of_detections or bool((done > cases).any())
    return _Known(year, origin, steps, done, cases, apart)


def _levels(known_days: list[_Known]) -> dict[int, list[rate_year_end.RateLevel]]:
    """The levels of each day's series, which share their dispersion; all days at one go."""
    result: dict[int, list[rate_year_end.RateLevel]] = {}
    for apart in (False, True):
        own = [at for at, item in enumerate(known_days) if item.apart is apart]
        if not own:
            continue
        most = max(known_days[at].done.shape[1] for at in own)
        done, cases = (
            np.concatenate([_from_left(x, most) for x in parts])
            for parts in zip(
                *((known_days[at].done, known_days[at].cases) for at in own), strict=True
            )
        )
        each = len(done) // len(own)
        levels = rate_year_end.levels(done, cases, apart, np.repeat(own, each))
        result |= {at: levels[n * each : (n + 1) * each] for n, at in enumerate(own)}
    return result


def _from_left(months: np.ndarray, width: int) -> np.ndarray:
    """Missing months before the first, which change no level."""
    return np.pad(months, ((0, 0), (width - months.shape[1], 0)), constant_values=np.nan)


def _mixed(expected: list[tuple[float, float]]) -> np.ndarray:
    """Numbers of cases that may yet come, each as likely as the others: a row a mean and variance.

    All at one go: a quantile takes as long as a thousand.
    """
    mean, variance = np.reshape(expected, (-1, 2)).T[..., None]
    size = mean**2 / (variance - mean)
    return scipy.stats.nbinom.ppf(MIXED, size, size / (size + mean)).astype(int)
