"""Next year's targets: what level a year like those past would meet in 80 of 100."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words, later, planning_year_start, planning_year_words
from dashboard.queries import Measure
from dashboard.reports.measure import next_years, wording
from dashboard.reports.measure.growth import span
from dashboard.reports.measure.next_years import NextYear
from dashboard.reports.measure.tracks import KEPT, MeasureSeries, tracks
from dashboard.reports.measure.whole_years import year_of
from dashboard.reports.measure.window import Window
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.strategy.priorities import YEARS
from dashboard.stats import levels
from dashboard.words import dates, names, numbers

BAND = (0.10, 0.90)  # quantiles of the band that holds four of five
WIDEST = 1.0  # a band wider than this part of what is expected bears no level: nobody would set it
NO_LEVEL = "null: no level can be told, as why_not says"
NO_TARGET = "null: none is set for the next year"


class Level(TypedDict):
    """A measure that a target could be set for.

    last      what the last whole planning year came to; expected, low80, high80: the next one
    level     what would be met in 80 of 100; promised: its chance as it is rounded
    target    set for the next year by the as-at, with its chance
    why_not   in words, where no level can be told or its band is too wide to set one
    rests_on  the months that the level was learnt from, in words
    """

    measure: str
    name: str
    unit_code: str
    unit: str
    better: str
    place: str
    last: Annotated[float | None, "null: a period of it is not known"]
    expected: Annotated[float | None, NO_LEVEL]
    low80: Annotated[float | None, NO_LEVEL]
    high80: Annotated[float | None, NO_LEVEL]
    level: Annotated[float | None, NO_LEVEL]
    promised: Annotated[float | None, NO_LEVEL]
    last_words: str
    expected_words: Annotated[str | None, NO_LEVEL]
    level_words: Annotated[str | None, NO_LEVEL]
    target: Annotated[float | None, f"{NO_TARGET}, or as a change on the year before"]
    target_chance: Annotated[float | None, f"{NO_TARGET}, or the year can’t be foretold"]
    target_words: Annotated[str | None, NO_TARGET]
    why_not: Annotated[str | None, "null: a level is told"]
    rests_on: Annotated[str | None, NO_LEVEL]


class Told(NamedTuple):
    """What is told of the next year: as Level says it."""

    expected: float
    low80: float
    high80: float
    level: float
    promised: float
    expected_words: str
    level_words: str


@kept(64)
def levels_of(request: Request, unit: str) -> Disclosed:
    """One row a measure of `unit` that has a better side, in the plan's order."""
    year = next_years.asked(request)
    listed = _once([level_of(request, held, year) for held in tracks_of(request, unit)])
    words = planning_year_words(span(year)[0])
    told = sum(row["level"] is not None for row in listed)
    return request.disclose(
        rows.table(Level, listed),
        title=f"Levels for {words} that {told} of {len(listed)} measures would meet in 80 of 100 "
        "years"
        if told
        else f"No level for {words} can be told from what is loaded",
        subtitle=f"{names.unit(request.catalogue, unit)}, as at {day_words(request.as_at)}",
        notes=NOTES,
        query="unit_measures",
        params={"unit": unit, "periods": KEPT},
        unit=unit,
    )


def _once(listed: list[Level]) -> list[Level]:
    """The rows without those that say the very same of the unit: of two measures that count the
    same cases there the one with a target, else the first."""
    first: dict[object, Level] = {}
    for row in sorted(listed, key=lambda row: row["target_words"] is None):
        told = row["last"], row["expected"], row["low80"], row["high80"], row["unit"]
        same = row["measure"] if row["expected"] is None else (*told, row["better"])
        first.setdefault(same, row)
    kept = {row["measure"] for row in first.values()}
    return [row for row in listed if row["measure"] in kept]


NOTES = (
    "From each series’ own months: its level as it drifts, its own errors, widened as past years "
    "foretold the same way had to be. Nothing is known of what will be done differently.",
)


def tracks_of(request: Request, unit: str) -> list[MeasureSeries]:
    """The tracks of a unit that a target could be set for, in the plan's order."""
    held = tracks(request, unit, Window(years=YEARS))
    return [
        held[name]
        for name, measure in request.measures.items()
        if name in held and measure.better != "neutral" and held[name].points
    ]


def level_of(request: Request, track: MeasureSeries, year: int) -> Level:
    measure, last = track.measure, next(reversed(list(years_of(track).values())), None)
    target, target_words = _target(request, track, year)
    foretold = next_years.of_track(request, track)
    wide = foretold is not None and too_wide(foretold)
    told = None if foretold is None or wide else told_of(foretold, measure)
    chance = levels.chance
    return {
        "measure": measure.id,
        "name": measure.name,
        "unit_code": track.unit,
        "unit": measure.unit,
        "better": measure.better,
        "place": track.place,
        "last": last,
        "expected": told.expected if told else None,
        "low80": told.low80 if told else None,
        "high80": told.high80 if told else None,
        "level": told.level if told else None,
        "promised": told.promised if told else None,
        "last_words": numbers.figure(last, measure.unit),
        "expected_words": told.expected_words if told else None,
        "level_words": told.level_words if told else None,
        "target": target,
        "target_chance": None
        if foretold is None or target is None
        else chance(foretold.law, is_higher(measure), target),
        "target_words": target_words,
        "why_not": why_not(track)
        if foretold is None
        else _width(foretold, measure)
        if wide
        else None,
        "rests_on": _rests_on(track) if told else None,
    }


def too_wide(foretold: NextYear) -> bool:
    """Whether a year like those past may come to so many things that a level says nothing."""
    low, high = (foretold.law.quantile(chance) for chance in BAND)
    return bool(high - low > WIDEST * foretold.law.mean)


def _width(foretold: NextYear, measure: Measure) -> str:
    low, high = (figure(measure, foretold.law.quantile(chance)) for chance in BAND)
    return f"it moves too much: anything from {low} to {high} in four of five years"


def _rests_on(track: MeasureSeries) -> str:
    """'39 months since April 2001'."""
    known = track.present
    since = dates.period(known[0].start, "month")
    return f"{len(known)} months since {since}"


def told_of(foretold: NextYear, measure: Measure) -> Told:
    """The next year in figures and words: expected, its band, and the level with its chance."""
    law, higher = foretold.law, is_higher(measure)
    level = levels.level(law, higher, measure.is_rate)
    low, high = (law.quantile(chance) for chance in BAND)
    words = (
        f"{figure(measure, law.mean)} ({figure(measure, low)} to "
        f"{figure(measure, high)} in four of five)"
    )
    promised = levels.chance(law, higher, level)
    return Told(law.mean, low, high, level, promised, words, said_level(measure, level))


def said_level(measure: Measure, level: float) -> str:
    """'at most 3,804', 'at least 20.4 %'."""
    return f"{wording.SIDES[measure.better]}{figure(measure, level)}"


def figure(measure: Measure, value: float) -> str:
    """A level as it is set: counts whole, shares to a tenth of a per cent."""
    if not measure.is_rate:
        return numbers.number(value)
    return f"{100 * value:.1f}".removesuffix(".0") + " %"


def is_higher(measure: Measure) -> bool:
    """Whether more is better, so that a target is a least."""
    return measure.better == "higher"


def why_not(track: MeasureSeries) -> str:
    """Why no level can be told of a track that can't be foretold."""
    measure = track.measure
    if measure.aggregate != "sum":
        return "a stock: it has no year’s total"
    if measure.unit not in ("n", "percent"):
        return "money and hours: single sums move a year"
    if measure.parts != "n":
        return "its parts are no cases"
    if track.grain != "month":
        return f"it is known by the {track.grain} alone"
    if track.settles_late:
        return "its cases settle late"
    return "too few months are known since it last changed its meaning, or too little comes"


def _target(request: Request, track: MeasureSeries, year: int) -> tuple[float | None, str | None]:
    """The target set for the year by the as-at, in the measure's own unit, and in words."""
    measure, since = track.measure, span(year)[0]
    for unit in (track.unit, *request.catalogue.ancestors(track.unit)):
        held = request.catalogue.target(measure.id, unit, since, request.as_at)
        if held is None:
            continue
        if held.basis != "level":
            # Against a year that is not over yet it is no figure.
            return None, f"{held.target:+g} % on the year before"
        value = held.target / 100 if measure.is_rate else held.target
        return value, f"{said_level(measure, value)} ({held.status})"
    return None, None


def years_of(track: MeasureSeries) -> dict[date, float | None]:
    """What each whole planning year since the track's first period came to, oldest first."""
    first, last = (planning_year_start(track.points[at].start) for at in (0, -1))
    starts = [later(first, 12 * back) for back in range(last.year - first.year)]
    each = {start: year_of(track, start) for start in starts}
    known = [start for start, value in each.items() if value is not None]
    return {start: value for start, value in each.items() if known and start >= known[0]}
