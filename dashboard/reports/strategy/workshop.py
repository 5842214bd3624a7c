"""One measure's workshop: the chance of any level of its next year that is thought of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import day_words, planning_year_words
from dashboard.queries import Measure
from dashboard.reports.measure import next_years
from dashboard.reports.measure.growth import span
from dashboard.reports.measure.next_years import NextYear
from dashboard.reports.measure.tracks import KEPT, MeasureSeries
from dashboard.reports.measure.whole_years import broken_since
from dashboard.reports.request import Request
from dashboard.reports.strategy.levels import (
    NOTES,
    Told,
    figure,
    is_higher,
    said_level,
    told_of,
    too_wide,
    tracks_of,
    years_of,
)
from dashboard.stats import levels, year_end
from dashboard.words import names, numbers, phrases

ASKED = (0.95, 0.90, 0.80, 0.65, 0.50, 0.35, 0.20)  # chances for which a level is given


class Line(TypedDict):
    """A line of a measure's workshop: a past year, the next, or a level with its chance."""

    kind: str  # past, next, chosen, level or typed
    label: str
    said: str
    value: Annotated[float | None, "null: a level, or a year that is not known"]
    low: Annotated[float | None, "null: not the next year"]
    high: Annotated[float | None, "null: not the next year"]
    level: Annotated[float | None, "null: a past year"]
    chance: Annotated[float | None, "null: a year"]
    broken: Annotated[bool | None, "null: no past year"]


@dataclass(frozen=True)
class Workshop:
    """One measure's workshop.

    levels    chances and their levels, the surest first, and the level that was typed; past years
              with what they came to, and the next with its band
    sentence  the level typed and its chance in words; '' without one
    level     for 80 of 100, with the chance that is promised of it
    typed     the level that is thought of, with its chance
    """

    measure: Measure
    levels: Disclosed
    sentence: str
    level: float
    promised: float
    typed: float | None
    chance: float | None


def workshop(request: Request, unit: str, measure: str, typed: float | None) -> Workshop | None:
    """The workshop of one measure of a unit; None where its next year can't be foretold.

    typed  a level that is thought of, in the measure's own unit (a share of 1); None without one
    """
    track = next((item for item in tracks_of(request, unit) if item.measure.id == measure), None)
    next_year = next_years.of_track(request, track) if track else None
    if track is None or next_year is None or too_wide(next_year):
        return None
    about, told = track.measure, told_of(next_year, track.measure)
    chance = None if typed is None else levels.chance(next_year.law, is_higher(about), typed)
    asked = [] if typed is None or chance is None else [_level("typed", about, typed, chance)]
    surest = sorted([*_levels(next_year, about), *asked], key=lambda row: -(row["chance"] or 0))
    words = planning_year_words(span(next_year.year)[0])
    shown = request.disclose(
        rows.table(Line, [*_past(track), _coming(next_year, told), *surest]),
        title=_statement(about, told, words),
        subtitle=f"{names.unit(request.catalogue, track.unit)}, from the months before "
        f"{day_words(next_year.origin)}",
        notes=NOTES,
        query="unit_measures",
        params={"unit": unit, "periods": KEPT},
        measure=measure,
        unit=unit,
    )
    sentence = "" if chance is None else _said(about, typed or 0.0, chance)
    return Workshop(about, shown, sentence, told.level, told.promised, typed, chance)


def _past(track: MeasureSeries) -> list[Line]:
    return [
        {
            "kind": "past",
            "label": planning_year_words(start),
            "said": numbers.MISSING if value is None else figure(track.measure, value),
            "value": value,
            "low": None,
            "high": None,
            "level": None,
            "chance": None,
            "broken": broken_since(track, start),
        }
        for start, value in years_of(track).items()
    ]


def _coming(next_year: NextYear, told: Told) -> Line:
    return {
        "kind": "next",
        "label": planning_year_words(span(next_year.year)[0]),
        "said": told.expected_words,
        "value": told.expected,
        "low": told.low80,
        "high": told.high80,
        "level": told.level,
        "chance": None,
        "broken": None,
    }


def _levels(next_year: NextYear, about: Measure) -> list[Line]:
    """Each level once, the surest first; `chosen` is the one for 80 of 100."""
    law, higher, share = next_year.law, is_higher(about), about.is_rate
    chosen = levels.level(law, higher, share)
    values = dict.fromkeys(levels.level(law, higher, share, asked) for asked in ASKED)
    return [
        _level(
            "chosen" if value == chosen else "level",
            about,
            value,
            levels.chance(law, higher, value),
        )
        for value in values
    ]


def _level(kind: str, about: Measure, value: float, chance: float) -> Line:
    return {
        "kind": kind,
        "label": said_level(about, value),
        "said": year_end.chance_words(chance),
        "value": None,
        "low": None,
        "high": None,
        "level": value,
        "chance": chance,
        "broken": None,
    }


def _statement(about: Measure, told: Told, words: str) -> str:
    """'Commercial robbery: at most 3,170 in 2032/33 would be met in 80 of 100 years like …'."""
    said = numbers.chance(told.promised).removesuffix(" %")
    return f"{about.name}: {told.level_words} in {words} would be met in {said} of 100 such years"


def _said(about: Measure, typed: float, chance: float) -> str:
    """'At most 2,900 would be unlikely: 12 %.'"""
    words = year_end.chance_words(chance)
    return phrases.sentence(f"{said_level(about, typed)}: {words} ({numbers.chance(chance)})")


def units(request: Request) -> list[str]:
    """Whom the workshop can be asked for: the directorate, its OCUs and the force."""
    own = [
        code
        for code in request.catalogue.descendants(ours().directorate)
        if request.catalogue.units[code].level == "ocu"
    ]
    return [ours().directorate, *own, ours().force]
