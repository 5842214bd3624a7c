"""Past years' rates forecast from inside, and how far the forecasts have to be widened.

Figures are today's, cut at the day: outcomes stand on their own day, so that none comes later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

import numpy as np

from dashboard.periods import later, planning_year_start
from dashboard.reports.measure.growth import WHOLE, span
from dashboard.reports.measure.rate_years import LEAST_PERIODS, YEAR, Ahead, Rates, ahead, read
from dashboard.reports.measure.tracks import SETTLES_SOON
from dashboard.reports.measure.year_ends import LEAST_SERIES_YEARS, Factor, Widening
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.request.reckoned import reckoned
from dashboard.stats import backtest as scoring

QUARTER = 3  # months between the days on which boroughs are forecast


@dataclass(frozen=True, eq=False)
class RateYear:
    """A forecast, the rate that the year came to, and that of the year before (None: unknown)."""

    ahead: Ahead
    total: float
    last: float | None

    @property
    def outcome(self) -> tuple[object, ...]:
        """What the origins of one year share."""
        return (*self.ahead.key, self.ahead.year)

    @property
    def cluster(self) -> tuple[object, ...]:
        """The measure and year whose drift the boroughs share."""
        return (*self.ahead.key[:2], self.ahead.year)


@kept(16)
def rate_years(request: Request, place: str) -> tuple[RateYear, ...]:
    """The forecasts of all past years that are known as a whole and hold no break.

    Month by month; in boroughs, of which there are many, by the quarter. A rate whose cases
    settle late is left out: what it came to by a day was not known then.
    """
    settled = [item for item in read(request, place) if item.measure.settles <= SETTLES_SOON]
    apart = 1 if place == WHOLE else QUARTER
    return tuple(chain.from_iterable(scored(rates, apart) for rates in settled))


def scored(rates: Rates, apart: int) -> Iterator[RateYear]:
    years = range(rates.start.year - 1, later(rates.start, rates.done.shape[1]).year + 1)
    days = [
        (year, later(span(year)[0], steps))
        for year in years
        for steps in range(LEAST_PERIODS, YEAR, apart)
    ]
    yield from came(rates, ahead(rates, days))


def came(rates: Rates, forecasts: Iterable[Ahead]) -> Iterator[RateYear]:
    """The forecasts of years that are known as a whole and hold no break, with what came."""
    places = {key: at for at, key in enumerate(rates.keys)}
    rate = cache(rates.rate)
    for item in forecasts:
        at, (since, until) = places[item.key], span(item.year)
        unbroken = not any(since < on < until for on in rates.breaks[at])
        total, last = (float(rate(year)[at]) for year in (item.year, item.year - 1))
        if unbroken and not np.isnan(total):
            yield RateYear(item, total, None if np.isnan(last) else last)


def steps(forecasts: Iterable[RateYear], factor: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """P(below) and P(at most) of each rate that came, under its forecast."""
    pairs = [_step(item, factor) for item in forecasts]
    below, at_most = np.array(pairs, dtype=float).reshape(-1, 2).T
    return below, at_most


@lru_cache(maxsize=65_536)
def _step(item: RateYear, factor: float) -> tuple[float, float]:
    # Each past year is tried with those before it alone, so that a forecast is asked many times.
    law = item.ahead.law(factor)
    return law.below(item.total), law.at_most(item.total)


@lru_cache(maxsize=1024)
def held(forecasts: tuple[RateYear, ...], factor: float = 1.0) -> np.ndarray:
    """What the 80 % band holds of each outcome, 0 to 1."""
    return scoring.randomised(*steps(forecasts, factor))


def clusters(forecasts: Iterable[RateYear]) -> int:
    """How many outcomes say something of their own: a measure's boroughs in a year drift alike."""
    return len({item.cluster for item in forecasts})


@lru_cache(maxsize=128)
def widenings(forecasts: tuple[RateYear, ...]) -> dict[str, Widening]:
    """The factor of each measure; all together stand in for one with too few outcomes."""
    result, pooled = {}, None
    for name in sorted({item.ahead.key[0] for item in forecasts}):
        one = tuple(item for item in forecasts if item.ahead.key[0] == name)
        count = len({item.outcome for item in one})
        own = count >= LEAST_SERIES_YEARS
        if not own and pooled is None:
            pooled = _factor(forecasts)
        result[name] = Widening(_factor(one) if own or pooled is None else pooled, count, own)
    return result


def _factor(forecasts: tuple[RateYear, ...]) -> scoring.Inflation:
    return scoring.least_factor(lambda factor: held(forecasts, factor))


def widened_then(forecasts: tuple[RateYear, ...]) -> np.ndarray:
    """The factor of each forecast as the years over by its day would have given it; 1 at first."""
    factors = np.ones(len(forecasts))
    made_in = [planning_year_start(item.ahead.origin).year for item in forecasts]
    for year in sorted(set(made_in)):
        before = tuple(item for item in forecasts if item.ahead.year < year)
        known = widenings(before)
        others = _factor(before).factor if before else 1.0
        for at, item in enumerate(forecasts):
            if made_in[at] == year:
                own = known.get(item.ahead.key[0])
                factors[at] = own.found.factor if own else others
    return factors


def inflation(request: Request, measure: str) -> float:
    """What to multiply the dispersion of a measure's rate by; 1 where no past year says more."""
    known = {row["measure"]: row["factor"] for row in _inflations(request)}
    return known.get(measure, known[EVERY])


EVERY = ""  # all measures together, which stand in for one without a past year


@reckoned(Factor)
def _inflations(request: Request) -> list[Factor]:
    forecasts = rate_years(request, WHOLE)
    names = (EVERY, *widenings(forecasts))
    return [{"measure": name, "factor": factor_of(forecasts, name)} for name in names]


def factor_of(forecasts: tuple[RateYear, ...], measure: str) -> float:
    """The factor of a measure among past forecasts, else of all together; 1 without any."""
    own = widenings(forecasts)
    if measure in own:
        return own[measure].found.factor
    return _factor(forecasts).factor if forecasts else 1.0
