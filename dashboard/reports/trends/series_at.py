"""Any measure in any place at any grain that its source nests in, as a track."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.periods import calendar, day_words
from dashboard.queries import Measure
from dashboard.reports.measure.covers import ADDED_UP, NESTS, spans, whole
from dashboard.reports.measure.series import Counted, series
from dashboard.reports.measure.tracks import FRESH, MeasureSeries, of_borough, track
from dashboard.reports.measure.window import Window
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words.names import area_word

LEVELS = ("force", "directorate", "ocu", "branch", "team", "borough")


@dataclass(frozen=True)
class Place:
    """Where a measure is looked at: a unit, or all of the force in one borough ('' for none)."""

    measure: str
    unit: str
    borough: str = ""


def has_data(request: Request, measure: str) -> bool:
    """Whether anything loaded says anything of the measure."""
    return any(row["measure"] == measure for row in request.coverage_rows)


def has_present(request: Request, measure: str) -> bool:
    """Whether its figures go on to where they are news: what a page begins with."""
    since = request.as_at - FRESH
    return any(row["measure"] == measure and row["until"] >= since for row in request.coverage_rows)


def grains(request: Request, measure: str) -> list[str]:
    """The grains at which the measure can be shown, finest first; [] without data.

    A fortnight is one of them only where meetings look at fortnights.
    """
    known = {row["grain"] for row in request.coverage_rows if row["measure"] == measure}
    asked = [grain for grain in ADDED_UP if grain != "fortnight" or grain == calendar().grain]
    return [grain for grain in asked if any(grain in NESTS.get(own, ()) for own in known)]


def units(request: Request, measure: str, level: str) -> list[str]:
    """Codes of the units of a level that the measure's scope reaches, in the file's order."""
    known = [unit for unit in request.catalogue.units.values() if unit.level == level]
    if request.only_published(measure):
        return [unit.code for unit in known if unit.code == ours().force]
    inside = _inside(request, request.measures[measure])
    return [unit.code for unit in known if inside is None or unit.code in inside]


def levels(request: Request, measure: str) -> list[str]:
    """The levels at which the measure can be asked for."""
    return [level for level in LEVELS if level == "borough" or units(request, measure, level)]


def _inside(request: Request, measure: Measure) -> set[str] | None:
    """Units that a measure's scope reaches, those above them included; None for all."""
    if measure.scope == "force":
        return None
    catalogue = request.catalogue
    top = measure.owner
    if measure.scope == "directorate":
        top = catalogue.level_of(measure.owner, "directorate") or measure.owner
    return {top, *catalogue.ancestors(top), *catalogue.descendants(top)}


@kept(64)
def by_borough(request: Request, measure: str, grain: str) -> bool:
    """Whether the measure's cells name boroughs."""
    covered = spans(request, measure, grain)
    if not covered:
        return False
    since = date.fromordinal(covered[-1][1].toordinal() - 366)
    read = series(request, measure, level="borough", unit=ours().force, grain=grain, since=since)
    return any(row["borough"] not in ("none", None) for row in rows.typed(Counted, read))


@kept(128)
def track_at(request: Request, place: Place, grain: str, shown: Window) -> MeasureSeries | None:
    """The track of a measure in a place, of whole covered periods; None without any.

    raises  NotFoundError for a measure, unit or borough that the catalogue has not
    """
    if place.borough and not by_borough(request, place.measure, grain):
        return None
    covered = spans(request, place.measure, grain)
    level = request.catalogue.unit(place.unit).level
    read = series(request, place.measure, level=level, unit=place.unit, grain=grain)
    counted = [
        row for row in rows.typed(Counted, read) if whole(row["period_start"], grain, covered)
    ]
    if not counted:
        return None
    published = request.only_published(place.measure)
    kind = "published" if published else "unit"
    series_of = track(request, place.measure, place.unit, kind, grain, counted, shown=shown)
    return of_borough(request, series_of, place.borough) if place.borough else series_of


def why_none(request: Request, place: Place, grain: str) -> str:
    """Why there is nothing to draw, and what to do, in a sentence."""
    measure = request.measure(place.measure)
    when = day_words(request.as_at)
    if not has_data(request, place.measure):
        return (
            f"Nothing that is loaded as at {when} says anything of {measure.name}: import its"
            " records, returns or published counts and publish a snapshot."
        )
    known = grains(request, place.measure)
    if grain not in known:
        return f"{measure.name} is not counted by {grain}: choose {' or '.join(known)}."
    if place.borough and not by_borough(request, place.measure, grain):
        return f"{measure.name} is not counted by {area_word()}: choose another level."
    if place.unit != ours().force and request.only_published(place.measure):
        return f"{measure.name} is known from published counts only, which name no unit."
    if not read_any(request, place, grain):
        return f"Nothing loaded as at {when} names {place.unit} in {measure.name}."
    return f"No whole {grain} of {measure.name} is covered as at {when}: choose a finer grain."


def read_any(request: Request, place: Place, grain: str) -> bool:
    """Whether there is any row of the measure in the place, whole period or not."""
    level = request.catalogue.unit(place.unit).level
    return series(request, place.measure, level=level, unit=place.unit, grain=grain).num_rows > 0
