"""Where the planning year will end, and how likely it meets its target.

Counts are projected by the share of a year that usually has come by now, rates by the cases
still to come. The spread of a projection is widened by what the backtest found it lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from scipy.stats import betabinom, nbinom

from dashboard.periods import later, next_start, planning_year_start
from dashboard.reports.measure import year_ends
from dashboard.reports.measure.growth import WHOLE, Grown, read
from dashboard.reports.measure.tracks import SETTLES_SOON, Track, total
from dashboard.reports.request import Request
from dashboard.stats import year_end
from dashboard.stats.alerts import pooled_dispersion
from dashboard.words import numbers

MIXED = (0.1, 0.3, 0.5, 0.7, 0.9)  # quantiles of the cases to come that a rate is mixed over
LEAST_YEARS = 2  # whole years before, that a share stands on


@dataclass(frozen=True)
class Chance:
    """A year's end: projection with its 80 % band, and the chance of meeting the target.

    chance   0 to 1; words as dashboard.stats.year_end says them
    share    of the year that usually has come by now
    needed   what each month to come must bring, in the measure's own unit; None for rates
    """

    projected: float
    low80: float
    high80: float
    chance: float
    words: str
    share: float
    needed: float | None


def chance(request: Request, track: Track) -> Chance | None:
    """The year end of a measure that has a target; None where it can't be foretold honestly:
    stocks and money, no whole years before, or a year that is over."""
    measure, target = track.measure, track.aims.target
    year = track.year
    if target is None or measure.aggregate != "sum" or measure.better == "neutral" or not year:
        return None
    if any(point.numerator is None for point in year):
        return None  # a month whose return is missing: what the year has come to is not known
    origin = next_start(year[-1].start, track.grain)
    # A cohort's latest cases have not had their time: their rate so far foretells nothing.
    if measure.settles > SETTLES_SOON:
        return None
    if track.grain != "month" or origin >= next_start(year[0].start, "year"):
        return None
    if measure.is_rate:
        return _of_rate(track, target)
    return _of_count(request, track, target, origin) if measure.unit == "n" else None


def _of_count(request: Request, track: Track, target: float, origin: date) -> Chance | None:
    series = _grown(request).get(track.measure.id)
    if series is not None and not _is_whole(series, track):
        return None  # a part of the measure: its season and spread are not those of the whole
    year = planning_year_start(track.year[0].start).year
    share = series.elapsed(year, origin) if series else None
    so_far = total(track.measure, track.year)
    if series is None or share is None or not 0 < share < 1 or so_far is None:
        return None
    count = so_far.numerator or 0.0
    widened = year_ends.inflation(request).get(track.measure.id, 1.0)
    phi = pooled_dispersion(series.recent(origin)[None, :]) * widened
    found = year_end.project(count, share, phi)
    asked = year_end.chance_at_most if track.measure.better == "lower" else year_end.chance_at_least
    likely = asked(count, share, target, phi)
    return Chance(
        found.projected,
        found.low80,
        found.high80,
        likely,
        year_end.chance_words(likely),
        share,
        max(target - count, 0.0) / (12 - len(track.year)),
    )


def _is_whole(series: Grown, track: Track) -> bool:
    """Whether the track's year is that of the whole series, not of one unit's part of it."""
    until = next_start(track.year[-1].start, track.grain)
    so_far = total(track.measure, track.year)
    return so_far is not None and series.between(track.year[0].start, until) == so_far.numerator


def _of_rate(track: Track, target: float) -> Chance | None:
    """Beta-binomial over the cases still to come, which themselves are only foretold."""
    so_far, share = total(track.measure, track.year), _share_of_cases(track)
    if so_far is None or share is None or so_far.numerator is None or not so_far.denominator:
        return None
    if any(p.numerator is not None and p.numerator % 1 for p in track.year):
        return None  # pounds or hours, which are no cases
    done, cases = round(so_far.numerator), round(so_far.denominator)
    if done > cases:  # outcomes of earlier cases: no share of these
        return None
    rest = year_end.project(cases, share, _phi_of_cases(track))
    size = rest.rest**2 / (rest.variance - rest.rest)
    coming = nbinom(size, size / (size + rest.rest)).ppf(MIXED).astype(int)
    # 'At most a tenth' is 'at least nine tenths without': the same law, seen from the other side.
    higher = track.measure.better == "higher"
    asked, least = (done, target) if higher else (cases - done, 1 - target)
    found = [year_end.rate_chance(asked, cases, int(n), least) for n in coming]
    likely = float(np.mean([item.chance for item in found]))
    mean = float(np.mean([item.mean_rate for item in found]))
    low, high = _band(done, cases, coming)
    return Chance(
        mean if higher else 1 - mean,
        low,
        high,
        likely,
        year_end.chance_words(likely),
        share,
        None,
    )


def _band(done: int, cases: int, coming: np.ndarray) -> tuple[float, float]:
    """Middle 80 % of the year's rate at the middle number of cases to come."""
    n = int(coming[len(coming) // 2])
    rest = betabinom(n, done + 0.5, cases - done + 0.5)
    low, high = (float(done + rest.ppf(p)) / (cases + n) for p in (0.1, 0.9))
    return low, high


def _share_of_cases(track: Track) -> float | None:
    """Share of a year's cases that usually has come by now, from the whole years before."""
    shares: list[float] = []
    this_year = planning_year_start(track.year[0].start)
    for back in range(1, 6):
        start = later(this_year, -12 * back)
        points = [p for p in track.points if planning_year_start(p.start) == start]
        sizes = [p.denominator for p in points if p.denominator is not None]
        whole = sum(sizes)
        if len(sizes) == 12 and whole > 0:
            shares.append(sum(sizes[: len(track.year)]) / whole)
    return float(np.mean(shares)) if len(shares) >= LEAST_YEARS else None


def _phi_of_cases(track: Track) -> float:
    sizes = [np.nan if p.denominator is None else p.denominator for p in track.points[-24:]]
    return pooled_dispersion(np.array([sizes], dtype=float))


@lru_cache(maxsize=16)
def _grown(request: Request) -> dict[str, Grown]:
    """Each count measure as a whole, by month."""
    return {item.measure: item for item in read(request, "month", WHOLE)}


def sentence(name: str, unit: str, target_words: str, found: Chance) -> str:
    """'Gun-enabled crime: 3,790 expected at the year's end (3,576–4,008 in four of five); at most
    3,804 in 2031/32: could go either way (54 %).'"""
    said = [numbers.figure(value, unit) for value in (found.projected, found.low80, found.high80)]
    if unit == "n":
        said = [f"{value:,.0f}" for value in (found.projected, found.low80, found.high80)]
    return (
        f"{name}: {said[0]} expected at the year's end ({said[1]}–{said[2]} in four of five); "
        f"{target_words}: {found.words} ({numbers.chance(found.chance)})."
    )
