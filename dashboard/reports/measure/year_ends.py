"""Past planning years forecast from inside, at each window or month, with what was known then.

The seasonal share comes from earlier years only, the dispersion from the months before the
day. The count so far is that of a snapshot of the day where the data folder has one; else
today's figures, cut at the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

import numpy as np
import polars as pl

from dashboard.periods import month_start, planning_year_start
from dashboard.reports.measure.growth import WHOLE
from dashboard.reports.request import Request, meetings
from dashboard.reports.request.kept import kept
from dashboard.reports.request.reckoned import reckoned
from dashboard.snapshots import SnapshotInfo, editions
from dashboard.stats import backtest as scoring
from dashboard.stats.alerts import RARE_BELOW

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
    rows = pl.DataFrame(request.run("year_forecasts", place=place))
    then = _then(request, place, listed, rows)
    rows = rows.join(
        then, on=["grain", *KEYS, "origin"], how="left", nulls_equal=True, maintain_order="left"
    )
    known = rows.filter(pl.col("known_as_at").is_not_null())["known_as_at"].unique().sort()
    so_far = rows.select(pl.coalesce("said", "so_far"))["said"]
    numbers = (so_far, *(rows[name] for name in ("elapsed", "phi")))
    count, elapsed, phi = (column.to_numpy().astype(float) for column in numbers)
    rest, variance = scoring.year_forecast(count, elapsed, phi)
    names = (rows[name].to_list() for name in KEYS)
    measure, unit, borough = (np.array(column, dtype=object) for column in names)
    forecasts = Years(
        measure=measure,
        unit=unit,
        borough=borough,
        year=rows["year"].to_numpy().astype(int),
        origin=np.array([day.toordinal() for day in rows["origin"]], dtype=int),
        so_far=count,
        elapsed=elapsed,
        rest=rest,
        variance=variance,
        total=rows["total"].to_numpy().astype(float),
        last=rows["last"].to_numpy().astype(float),
        known=tuple(known),
    )
    return forecasts.of(rest >= RARE_BELOW)


KEYS = ("measure", "unit_code", "borough")


def _then(
    request: Request, place: str, listed: tuple[SnapshotInfo, ...], rows: pl.DataFrame
) -> pl.DataFrame:
    """Counts so far as the snapshots of their day said them, with the as-ats of these."""
    ended = rows["ended"][0] if rows.height else date.min
    earlier = [item for item in meetings.earlier(request, listed) if item.as_at < ended]
    others: dict[tuple[str, date], date] = {}
    for other in earlier:
        others["day", other.fortnight.until] = other.as_at
        # Latest first: what stands in the end is the first look at the month.
        others["month", month_start(other.as_at)] = other.as_at
    infos = tuple(item.snapshot for item in earlier)[::-1] or (request.snapshot,)
    said = pl.DataFrame(editions.across(infos, "years_begun", request.scope, {"place": place}))
    chosen = pl.DataFrame(
        [(grain, origin, as_at) for (grain, origin), as_at in others.items()],
        schema={"grain": pl.String, "origin": pl.Date, "known_as_at": pl.Date},
        orient="row",
    )
    return said.rename({"so_far": "said"}).join(chosen, on=["grain", "origin", "known_as_at"])


@dataclass(frozen=True)
class Widening:
    """What a measure's dispersion is multiplied by, and from how many outcomes.

    own  False where it has too few past years and all measures together stand in
    """

    found: scoring.Inflation
    series_years: int
    own: bool


def widenings(forecasts: Years) -> dict[str, Widening]:
    """The factor of each measure in `forecasts`; empty without any forecast."""
    if not forecasts.measure.size:
        return {}
    result, pooled = {}, None
    for measure in np.unique(forecasts.measure.astype(str)):
        one = forecasts.of(forecasts.measure == measure)
        own = one.series_years >= LEAST_SERIES_YEARS
        if not own and pooled is None:
            pooled = _inflation(forecasts)
        here = pooled if pooled and not own else _inflation(one)
        result[str(measure)] = Widening(here, one.series_years, own)
    return result


def _inflation(forecasts: Years) -> scoring.Inflation:
    return scoring.inflation(forecasts.came, forecasts.rest, forecasts.variance)


def widened_then(forecasts: Years) -> np.ndarray:
    """The factor of each forecast as the years over by its day would have given it; 1 at first."""
    factors = np.ones(len(forecasts.measure))
    for year in np.unique(forecasts.made_in):
        here, before = forecasts.made_in == year, forecasts.of(forecasts.year < year)
        known = {name: wider.found.factor for name, wider in widenings(before).items()}
        if new := {*forecasts.measure[here]} - {*known}:
            known |= dict.fromkeys(new, factor_of_all(before))
        factors[here] = [known[name] for name in forecasts.measure[here]]
    return factors


def factor_of_all(forecasts: Years) -> float:
    """The factor of all measures together; 1 without any forecast."""
    if not forecasts.measure.size:
        return 1.0
    return _inflation(forecasts).factor


def inflation(request: Request) -> dict[str, float]:
    """What to multiply the dispersion of a year-end forecast by, for each count measure.

    From the past years of the same measure as a whole (unit or force); a measure with too few
    takes the factor of all together. 1 where its 80 % band holds as it is; empty where no
    past year can be forecast at all.
    """
    return {row["measure"]: row["factor"] for row in _inflations(request)}


class Factor(TypedDict):
    """What a measure's dispersion is multiplied by."""

    measure: str
    factor: float


@reckoned(Factor)
def _inflations(request: Request) -> list[Factor]:
    forecasts = years(request, WHOLE)
    if not forecasts.measure.size:
        return []
    own, others = widenings(forecasts), factor_of_all(forecasts)
    return [
        {"measure": item.id, "factor": own[item.id].found.factor if item.id in own else others}
        for item in request.measures.values()
        if not item.is_rate and item.aggregate == "sum"
    ]
