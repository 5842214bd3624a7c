"""Where the planning year will end, and how likely it meets its target.

Counts are projected by the share of a year that usually has come by now, rates by their own
level and the cases still to come, overtime by its profile, as the Star Chamber sees it. The spread
of a count or rate is widened by what the backtest found it lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.periods import next_start, planning_year_start
from dashboard.reports.measure import identity, past_chances, rate_ends, rate_years, year_ends
from dashboard.reports.measure.growth import WHOLE, Grown, read
from dashboard.reports.measure.tracks import SETTLES_SOON, MeasureSeries, total
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.spending import outlook
from dashboard.reports.spending.ledgers import ledger
from dashboard.stats import year_end
from dashboard.stats.alerts import pooled_dispersion
from dashboard.words import numbers

WITHIN_BUDGET = 1.0  # of the profile: the target that the outlook on a budget speaks of


@dataclass(frozen=True)
class Chance:
    """A year's end: projection with its 80 % band, and the chance of meeting the target.

    chance   0 to 1, as the record of past chances corrects what the forecast has by itself
             (`past_chances.corrected`); words: dashboard.stats.year_end's of it
    alone    as the forecast has it by itself
    share    of the year that usually has come by now
    needed   what each month to come must bring, in the measure's own unit; None for rates
    """

    projected: float
    low80: float
    high80: float
    chance: float
    alone: float
    words: str
    share: float
    needed: float | None


def chance(request: Request, track: MeasureSeries) -> Chance | None:
    """The year end of a measure that has a target; None where it can't be foretold honestly:
    stocks and money, no whole years before, or a year that is over."""
    measure, target = track.measure, track.aims.target
    year = track.year
    if measure.id == identity.OVERTIME:
        return _of_overtime(request, track)
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
        return _of_rate(request, track, target, origin)
    return _of_count(request, track, target, origin) if measure.unit == "n" else None


def _of_count(request: Request, track: MeasureSeries, target: float, origin: date) -> Chance | None:
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
    projection = year_end.project(count, share, phi)
    asked = year_end.chance_at_most if track.measure.better == "lower" else year_end.chance_at_least
    likely = asked(count, share, target, phi)
    told = past_chances.corrected(request, likely)
    return Chance(
        projection.projected,
        projection.low80,
        projection.high80,
        told,
        likely,
        year_end.chance_words(told),
        share,
        max(target - count, 0.0) / (12 - len(track.year)),
    )


def _is_whole(series: Grown, track: MeasureSeries) -> bool:
    """Whether the track's year is that of the whole series, not of one unit's part of it."""
    until = next_start(track.year[-1].start, track.grain)
    so_far = total(track.measure, track.year)
    return so_far is not None and series.between(track.year[0].start, until) == so_far.numerator


def _of_rate(request: Request, track: MeasureSeries, target: float, origin: date) -> Chance | None:
    year = planning_year_start(track.year[0].start).year
    ahead = next(rate_years.ahead(rate_years.of_track(track), [(year, origin)]), None)
    if ahead is None:
        return None
    law = ahead.law(rate_ends.inflation(request, track.measure.id))
    likely = (law.at_most if track.measure.better == "lower" else law.at_least)(target)
    low, high = law.quantile(0.1), law.quantile(0.9)
    told = past_chances.corrected(request, likely)
    said = year_end.chance_words(told)
    return Chance(law.mean, low, high, told, likely, said, ahead.elapsed, None)


def _of_overtime(request: Request, track: MeasureSeries) -> Chance | None:
    """That of keeping to the year's budget; None where the target is another, or it is too early.

    Its words are the other side of those on overspending, from the one outlook.
    """
    year_ledger = ledger(request)
    if year_ledger is None or track.aims.target != WITHIN_BUDGET or track.borough:
        return None
    ends = outlook.outlook_of(year_ledger, track.unit)
    if ends.over is None or ends.forecast is None or ends.low is None or ends.high is None:
        return None
    end, low, high = (value / ends.budget for value in (ends.forecast, ends.low, ends.high))
    likely = 1 - ends.over
    said, share = year_end.chance_words(likely), ends.profiled / ends.budget
    return Chance(end, low, high, likely, likely, said, share, None)


@kept(16)
def _grown(request: Request) -> dict[str, Grown]:
    """Each count measure as a whole, by month."""
    return {item.measure: item for item in read(request, WHOLE)}


def sentence(name: str, unit: str, target_words: str, prospect: Chance) -> str:
    """'Gun-enabled crime: 3,790 expected at the year's end (3,576–4,008 in four of five); at most
    3,804 in 2031/32: could go either way (54 %).'"""
    said = [
        numbers.figure(value, unit)
        for value in (prospect.projected, prospect.low80, prospect.high80)
    ]
    if unit == "n":
        said = [f"{value:,.0f}" for value in (prospect.projected, prospect.low80, prospect.high80)]
    return (
        f"{name}: {said[0]} expected at the year's end ({said[1]}–{said[2]} in four of five); "
        f"{target_words}: {prospect.words} ({numbers.chance(prospect.chance)})."
    )
