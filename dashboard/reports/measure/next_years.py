"""What a planning year that is yet to begin will come to, foretold from the months before it.

Past years are foretold the same way, from their first day and from as long before it as the next
one is now, so that it is known how far to widen and how often a level would have been met. Figures
are today's, cut at the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

import numpy as np
import scipy  # its parts when first asked: they take long

from dashboard.periods import later, next_start, planning_year_start
from dashboard.reports.measure import rate_ends, rate_years, year_ends
from dashboard.reports.measure.breaks import broken
from dashboard.reports.measure.growth import MOST_YEARS, WHOLE, Grown, read, span
from dashboard.reports.measure.rate_ends import RateYear
from dashboard.reports.measure.tracks import SETTLES_SOON, MeasureSeries
from dashboard.reports.measure.year_ends import Years
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.stats.alerts import RARE_BELOW, lower_tail
from dashboard.stats.levels import Law
from dashboard.stats.year_ahead import YEAR, year_ahead

MONTHS = rate_years.YEAR * MOST_YEARS  # before the day, that a year is foretold from


@dataclass(frozen=True)
class CountLaw:
    """A year's count: the negative binomial by mean and variance."""

    mean: float
    variance: float

    def at_most(self, value: float) -> float:
        if value < 0:
            return 0.0
        return float(lower_tail(floor(value), np.array(self.mean), np.array(self.variance)))

    def at_least(self, value: float) -> float:
        return 1.0 - self.at_most(ceil(value) - 1)

    def quantile(self, chance: float) -> float:
        size = self.mean**2 / (self.variance - self.mean)
        return float(scipy.stats.nbinom.ppf(chance, size, size / (size + self.mean)))


@dataclass(frozen=True)
class NextYear:
    """A year to come: the planning year that begins in `year`, foretold on `origin`."""

    year: int
    origin: date
    law: Law

    @property
    def wait(self) -> int:
        """Months from the day to the year's first."""
        return months_between(self.origin, span(self.year)[0])


def months_between(since: date, until: date) -> int:
    return YEAR * (until.year - since.year) + until.month - since.month


def wait_of(year: int, origin: int) -> int:
    """Months from a day, as its ordinal, to the first of the planning year."""
    return months_between(date.fromordinal(origin), span(year)[0])


def asked(request: Request) -> int:
    """The planning year that targets are to be set for, by the year it begins in: the next one."""
    return planning_year_start(request.as_at).year + 1


def wait(request: Request) -> int:
    """Months from the as-at's month to the first of the year that targets are to be set for."""
    return months_between(request.as_at.replace(day=1), span(asked(request))[0])


def of_track(request: Request, track: MeasureSeries) -> NextYear | None:
    """The next planning year of a track; None where it can't be foretold honestly: stocks, money,
    figures that settle late or are known for under a year, and a break before the year is over."""
    measure, year = track.measure, asked(request)
    if measure.aggregate != "sum" or track.grain != "month" or not track.points:
        return None
    if measure.settles > SETTLES_SOON:
        return None
    origin = next_start(track.points[-1].start, "month")
    if measure.is_rate:
        return _rate(request, track, year, origin)
    return _count(request, track, year, origin) if measure.unit == "n" else None


def _count(request: Request, track: MeasureSeries, year: int, origin: date) -> NextYear | None:
    counts = [np.nan if (n := point.numerator) is None else n for point in track.points]
    on = broken(request, track.measure.id, track.unit, track.borough or None)
    series = Grown(
        track.measure.id, track.unit, None, "month", track.points[0].start, np.array(counts), on
    )
    months = months_before(series, year, origin)
    if months is None:
        return None
    apart = months_between(origin, span(year)[0])
    mean, variance = (float(value[0]) for value in year_ahead(months, apart))
    if mean < RARE_BELOW:
        return None
    widened = variance * factor(request, series.measure, apart)
    return NextYear(year, origin, CountLaw(mean, widened))


def _rate(request: Request, track: MeasureSeries, year: int, origin: date) -> NextYear | None:
    rates = rate_years.of_track(track)
    ahead = next(rate_years.beforehand(rates, [(year, origin)]), None)
    if ahead is None:
        return None
    law = ahead.law(rate_factor(request, track.measure.id, ahead.wait))
    return NextYear(year, origin, law)


def months_before(series: Grown, year: int, origin: date) -> np.ndarray | None:
    """The months before `origin` that mean what the year's will, at most MONTHS of them; None with
    under a year of them, or where the series breaks between the day and the year's end."""
    if any(origin <= on < span(year)[1] for on in series.breaks):
        return None
    since = max((series.index(on) for on in series.breaks if on < origin), default=0)
    now = max(0, series.index(origin))  # a day before the first month has none before it
    months = series.counts[max(0, since, now - MONTHS) : now]
    return months if np.count_nonzero(~np.isnan(months)) >= YEAR else None


def factor(request: Request, measure: str, wait: int) -> float:
    """What to multiply the variance of a count's next year by; 1 where no past year says more."""
    forecasts = years(request, WHOLE, wait)
    own = year_ends.widenings(forecasts)
    return own[measure].found.factor if measure in own else year_ends.factor_of_all(forecasts)


def rate_factor(request: Request, measure: str, wait: int) -> float:
    """What to multiply the dispersion of a rate's next year by; 1 where no past year says more."""
    return rate_ends.factor_of(past_rates(request, WHOLE, wait), measure)


@kept(16)
def years(request: Request, place: str, wait: int) -> Years:
    """Past years of counts, each foretold on its first day and `wait` months before it.

    A forecast of them is of the whole year: so far nothing has come.
    """
    asked_of = [
        (series, year, origin, months)
        for series in read(request, place)
        for year in sorted(series.years)
        for origin in _days(year, wait)
        if (months := months_before(series, year, origin)) is not None
    ]
    keys = [series.key for series, *_ in asked_of]
    measure, unit, borough = (np.array([key[at] for key in keys], dtype=object) for at in range(3))
    last = [series.last_year(year) for series, year, _, _ in asked_of]
    rest, variance = _foretold(asked_of)
    forecasts = Years(
        measure=measure,
        unit=unit,
        borough=borough,
        year=np.array([year for _, year, _, _ in asked_of], dtype=int),
        origin=np.array([origin.toordinal() for _, _, origin, _ in asked_of], dtype=int),
        so_far=np.zeros(len(keys)),
        elapsed=np.zeros(len(keys)),
        rest=rest,
        variance=variance,
        total=np.array([series.years[year] for series, year, _, _ in asked_of], dtype=float),
        last=np.array([np.nan if total is None else total for total in last], dtype=float),
        known=(),
    )
    return forecasts.of(forecasts.rest >= RARE_BELOW)


Asked = list[tuple[Grown, int, date, np.ndarray]]


def _foretold(asked_of: Asked) -> tuple[np.ndarray, np.ndarray]:
    if not asked_of:
        return np.zeros(0), np.zeros(0)
    width = max(len(months) for *_, months in asked_of)
    # Missing months before the first change no level.
    months = np.full((len(asked_of), width), np.nan)
    for at, (*_, known) in enumerate(asked_of):
        months[at, width - len(known) :] = known
    waits = [months_between(origin, span(year)[0]) for _, year, origin, _ in asked_of]
    return year_ahead(months, waits)


def _days(year: int, wait: int) -> list[date]:
    since = span(year)[0]
    return [later(since, -months) for months in sorted({0, wait})]


@kept(16)
def past_rates(request: Request, place: str, wait: int) -> tuple[RateYear, ...]:
    """Past years of rates, each foretold on its first day and `wait` months before it.

    A rate whose cases settle late is left out: what it came to by a day was not known then.
    """
    return tuple(
        forecast
        for rates in rate_years.read(request, place)
        if rates.measure.settles <= SETTLES_SOON
        for forecast in _rate_years(rates, wait)
    )


def _rate_years(rates: rate_years.Rates, wait: int) -> Iterator[RateYear]:
    first, last = rates.start.year, later(rates.start, rates.done.shape[1]).year
    days = [(year, day) for year in range(first, last + 1) for day in _days(year, wait)]
    yield from rate_ends.came(rates, rate_years.beforehand(rates, days))
