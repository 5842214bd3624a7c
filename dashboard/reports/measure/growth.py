"""How counts grew over past planning years: the material of the year-end backtest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
import polars as pl

from dashboard.periods import calendar, next_start, planning_year
from dashboard.reports.measure.breaks import broken
from dashboard.reports.request import Request

WHOLE, BOROUGH = "whole", "borough"
MOST_YEARS, LEAST_YEARS = 5, 2  # whole years before, whose shares are taken
Key = tuple[str, str, str | None]  # measure, unit, borough
MONTHS = 24  # last months whose dispersion is taken; of a daily series a year of windows


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
        found = {year: self.between(*span(year)) for year in range(first - 1, last + 1)}
        return {year: total for year, total in found.items() if total is not None}

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
        edges = np.arange(end, max(first, end - length * most) - 1, -length)[::-1]
        found = np.full(most, np.nan)
        if len(edges) > 1:
            found[most - len(edges) + 1 :] = np.diff(self.sums[edges])
        return found

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
    found = planning_year(year)
    return found.since, found.until


def grown(request: Request, place: str) -> list[Grown]:
    """All count measures as a whole, or in boroughs, at the finest grain that spans years.

    A whole is read by day where that gives enough whole years, else by month; boroughs by
    month.
    """
    by_month = read(request, "month", place)
    if place == BOROUGH:
        return by_month
    by_day = [item for item in read(request, "day", place) if len(item.years) > LEAST_YEARS]
    daily = {item.key for item in by_day}
    return by_day + [item for item in by_month if item.key not in daily]


def read(request: Request, grain: str, place: str, until: date | None = None) -> list[Grown]:
    """The count series of one grain and place, of whole covered periods before `until`."""
    frame = covered(request, "n", grain, place, until)
    return [_one(request, key, grain, rows) for key, rows in _series(frame)]


def covered(
    request: Request, unit: str, grain: str, place: str, until: date | None = None
) -> pl.DataFrame:
    """Both parts of every series of a unit (n, percent), whole covered periods alone, in order."""
    rows = request.run("backtest_years", unit=unit, grain=grain, place=place, until=until)
    ends = pl.DataFrame(
        [(row["measure"], row["since"], row["until"]) for row in request.coverage_rows],
        schema={"measure": pl.String, "covered": pl.Date, "ends": pl.Date},
        orient="row",
    )
    ends = ends.group_by("measure").agg(pl.col("covered").min(), pl.col("ends").max())
    areas = [code for code, area in request.catalogue.areas.items() if area.kind == "borough"]
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


def _series(frame: pl.DataFrame) -> Iterator[tuple[Key, list[tuple[Any, ...]]]]:
    for key, group in groupby(frame.iter_rows(), key=lambda row: row[:3]):
        yield key, list(group)


def _one(request: Request, key: Key, grain: str, rows: list[tuple[Any, ...]]) -> Grown:
    """A series of the rows after its last gap."""
    days = [row[3] for row in rows]
    first = max(
        (i for i in range(1, len(days)) if next_start(days[i - 1], grain) != days[i]), default=0
    )
    counts = np.array([row[4] for row in rows[first:]], dtype=float)
    return Grown(*key, grain, days[first], counts, broken(request, *key))
