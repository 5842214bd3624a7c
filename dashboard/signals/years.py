"""How counts grew over past planning years, and how each of these years would have been forecast.

The seasonal share comes from earlier years only, the dispersion from the months before the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import groupby
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from dashboard.periods import calendar, month_start, next_start, planning_year
from dashboard.signals.windows import Known
from dashboard.stats.alerts import pooled_dispersion

WHOLE, BOROUGH = "whole", "borough"
MOST_YEARS, LEAST_YEARS = 5, 2  # whole years before, whose shares are taken
Key = tuple[str, str, str | None]  # measure, unit, borough
Row = tuple[Any, ...]
Breaks = Callable[[str, str, str | None], tuple[date, ...]]  # of a series, by its key
MONTHS = 24  # last months whose dispersion is taken; of a daily series a year of windows

KEYS = [(name, pa.string()) for name in ("place", "grain", "measure", "unit_code", "borough")]
FORECASTS = pa.schema(
    [
        ("number", pa.int64()),
        *KEYS,
        ("year", pa.int64()),
        ("origin", pa.date32()),
        *((name, pa.float64()) for name in ("so_far", "elapsed", "phi", "total", "last")),
        ("ended", pa.date32()),
    ]
)
BEGUN = pa.schema([*KEYS, ("origin", pa.date32()), ("so_far", pa.float64())])


@dataclass(frozen=True)
class Grown:
    """One series from the first period known to the last, without a gap.

    counts  one a period of `grain`; the first begins on `start`
    breaks  days on which the series changes its meaning
    """

    measure: str
    unit: str
    borough: str | None
    grain: str
    start: date
    counts: np.ndarray
    breaks: tuple[date, ...]

    @property
    def key(self) -> Key:
        return self.measure, self.unit, self.borough

    @property
    def place(self) -> str:
        return WHOLE if self.borough is None else BOROUGH

    @cached_property
    def sums(self) -> np.ndarray:
        """Count of all periods before each one; one longer than the series."""
        return np.concatenate([[0.0], np.cumsum(self.counts)])

    def index(self, day: date) -> int:
        """Number of periods from the first one to `day`; may lie outside the series."""
        if self.grain == "day":
            return (day - self.start).days
        return 12 * (day.year - self.start.year) + day.month - self.start.month

    def between(self, since: date, until: date) -> float | None:
        """The count of a span of whole periods; None where it is not known as a whole."""
        a, b = self.index(since), self.index(until)
        return float(self.sums[b] - self.sums[a]) if 0 <= a <= b <= len(self.counts) else None

    @cached_property
    def years(self) -> dict[int, float]:
        """Totals of the planning years that are known as a whole, by the year they begin in."""
        first, last = self.start.year, self.start.year + len(self.counts) // 12 + 1
        totals = {year: self.between(*span(year)) for year in range(first - 1, last + 1)}
        return {year: total for year, total in totals.items() if total is not None}

    def unbroken(self, year: int) -> bool:
        """Whether the series means one thing all through a planning year."""
        since, until = span(year)
        return not any(since < on < until for on in self.breaks)

    def last_year(self, year: int) -> float | None:
        """The total of the year before; None where it is not known or means another thing."""
        since, last = span(year)[0], span(year - 1)[0]
        return None if any(last < on <= since for on in self.breaks) else self.years.get(year - 1)

    def elapsed(self, year: int, origin: date) -> float | None:
        """Share of a year's count that usually has come by `origin`, from the years before.

        The mean of up to five whole years without a break; None with fewer than two.
        """
        steps = self.index(origin) - self.index(span(year)[0])
        shares: list[float] = []
        for before in sorted((y for y in self.years if y < year), reverse=True):
            if self.years[before] and self.unbroken(before) and len(shares) < MOST_YEARS:
                at = self.index(span(before)[0])
                come = self.sums[at + steps] - self.sums[at]
                shares.append(come / self.years[before])
        return float(np.mean(shares)) if len(shares) >= LEAST_YEARS else None

    def recent(self, origin: date) -> np.ndarray:
        """The last windows before `origin` (of meetings, or months), NaN where there is none."""
        grid = calendar()
        length, most = (
            (grid.window.days, grid.windows_a_year) if self.grain == "day" else (1, MONTHS)
        )
        since = max((on for on in self.breaks if on <= origin), default=self.start)
        end, first = self.index(origin), max(0, self.index(since))
        known = min(max(0, (end - first) // length), most)
        edges = self.sums[end - known * length : end + 1 : length]
        windows = np.full(most, np.nan)
        windows[most - known :] = edges[1:] - edges[:-1]
        return windows

    def origins(self, year: int) -> Iterator[date]:
        """Days inside the year on which it is forecast: ends of meetings' windows, or of months."""
        since, until = span(year)
        grain = calendar().grain if self.grain == "day" else "month"
        day = next_start(since, grain)
        while day < until:
            yield day
            day = next_start(day, grain)


def span(year: int) -> tuple[date, date]:
    """First day of the planning year that begins in `year`, and of the next."""
    period = planning_year(year)
    return period.since, period.until


def whole_periods(
    rows: pa.Table, coverage: Iterable[Known], areas: Sequence[str], grain: str
) -> pl.DataFrame:
    """Whole covered periods alone, in order; of boroughs those that are `areas`.

    rows      measure, unit_code, borough, period_start, numerator, denominator
    coverage  rows measure, since, until (exclusive)
    """
    ends = pl.DataFrame(
        [(row["measure"], row["since"], row["until"]) for row in coverage],
        schema={"measure": pl.String, "covered": pl.Date, "ends": pl.Date},
        orient="row",
    )
    ends = ends.group_by("measure").agg(pl.col("covered").min(), pl.col("ends").max())
    return (
        pl.DataFrame(rows)
        .with_columns(pl.col("borough").cast(pl.String))
        .join(ends, on="measure")
        .filter(
            pl.col("period_start") >= pl.col("covered"),
            pl.col("period_start").dt.offset_by("1d" if grain == "day" else "1mo")
            <= pl.col("ends"),
            pl.col("borough").is_null() | pl.col("borough").is_in(areas),
        )
        .sort("measure", "unit_code", "borough", "period_start", nulls_last=True)
        .select("measure", "unit_code", "borough", "period_start", "numerator", "denominator")
    )


def series_of(frame: pl.DataFrame, grain: str, breaks: Breaks) -> list[Grown]:
    """The series of what `whole_periods` gives, each after its last gap."""
    columns = (frame[name].to_list() for name in ("measure", "unit_code", "borough"))
    starts, counts = frame["period_start"], frame["numerator"].to_numpy()
    months = (12 * starts.dt.year().cast(pl.Int64) + starts.dt.month()).to_numpy()
    number = starts.to_physical().to_numpy() if grain == "day" else months
    series: list[Grown] = []
    first = 0
    for key, group in groupby(zip(*columns, strict=True)):
        last = first + sum(1 for _ in group)
        gaps = np.flatnonzero(np.diff(number[first:last]) != 1)
        since = first + int(gaps[-1]) + 1 if gaps.size else first
        own, (measure, unit, borough) = counts[since:last].astype(float), key
        on = breaks(measure, unit, borough)
        series.append(Grown(measure, unit, borough, grain, starts[since], own, on))
        first = last
    return series


def finest(by_day: list[Grown], by_month: list[Grown]) -> list[Grown]:
    """Each whole by day where that gives enough whole years, else by month."""
    daily = [item for item in by_day if len(item.years) > LEAST_YEARS]
    known = {item.key for item in daily}
    return daily + [item for item in by_month if item.key not in known]


def forecasts(place: str, series: list[Grown], wholes: list[Grown]) -> Iterator[Row]:
    """Rows of FORECASTS without their number: of each series and past year that is known as a whole
    and holds no break, what was known of it on each day inside it, by these figures cut at the day.

    wholes  the series whose years tell the season, of the same grain: a borough's year is too thin
    """
    season = {item.key: item for item in wholes}
    of_measure: dict[str, Key] = {}
    for key in season:
        of_measure.setdefault(key[0], key)
    peers: dict[tuple[str, str], list[Grown]] = defaultdict(list)
    for item in series:
        peers[item.measure, item.grain].append(item)

    @cache
    def phi(measure: str, grain: str, origin: date) -> float:
        return pooled_dispersion(np.array([one.recent(origin) for one in peers[measure, grain]]))

    @cache
    def known(key: Key, year: int) -> list[tuple[date, float]]:
        """The days inside a year on which it is forecast, and the share that has come by each."""
        shares = ((day, season[key].elapsed(year, day)) for day in season[key].origins(year))
        return [(day, part) for day, part in shares if part is not None and 0 < part < 1]

    ended = max((span(year)[1] for item in series for year in item.years), default=date.min)
    for item in series:
        whole = item.key if item.borough is None else of_measure[item.measure]
        for year in item.years:
            if not item.unbroken(year):
                continue
            since, total, last = span(year)[0], item.years[year], item.last_year(year)
            for origin, part in known(whole, year):
                so_far = item.between(since, origin) or 0.0
                spread = phi(item.measure, item.grain, origin)
                yield (
                    place, item.grain, *item.key, year, origin,
                    so_far, part, spread, total, last, ended,
                )  # fmt: skip


def begun(place: str, series: list[Grown], origin: date) -> Iterator[Row]:
    """Rows of BEGUN: the count by `origin` of the year that it lies in, of each series that is
    known so far and no further."""
    year = next(y for y in (origin.year - 1, origin.year) if span(y)[0] <= origin < span(y)[1])
    since = span(year)[0]
    for item in series if since < origin else ():
        count = item.between(since, origin)
        if count is not None:
            yield place, item.grain, *item.key, origin, count


def tables(
    frames: Mapping[tuple[str, str], pl.DataFrame], breaks: Breaks, as_at: date
) -> dict[str, pa.Table]:
    """year_forecasts and years_begun of a snapshot.

    frames  what `whole_periods` gives, by grain and place: month of both, day of the whole
    """
    held = {key: series_of(frame, key[0], breaks) for key, frame in frames.items()}
    months = held["month", WHOLE]
    whole = finest(held["day", WHOLE], months)
    rows = [*forecasts(WHOLE, whole, whole)]
    rows += forecasts(BOROUGH, held["month", BOROUGH], months)
    said: list[Row] = []
    ends = {"day": calendar().window_start(as_at), "month": month_start(as_at)}
    for (grain, place), frame in frames.items():
        cut = frame.filter(pl.col("period_start") < ends[grain])
        said += begun(place, series_of(cut, grain, breaks), ends[grain])
    numbered = [(number, *row) for number, row in enumerate(rows)]
    return {
        "year_forecasts": _table(numbered, FORECASTS),
        "years_begun": _table(said, BEGUN),
    }


def _table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in schema]
    return pa.table(dict(zip(schema.names, columns, strict=True)), schema)
