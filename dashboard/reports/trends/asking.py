"""The Trends page: what an address asks for, and the charts that answer it.

Any measure in any place, at any grain that its source nests in, over so many years; up to
four series at once; limits that start anew at a day the reader names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.errors import UsageError
from dashboard.periods import day_words, parse_date
from dashboard.reports.alerts import standing
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.measure import chart_rows, claims
from dashboard.reports.measure.covers import ADDED_UP
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.measure.window import Window
from dashboard.reports.request import Request
from dashboard.reports.trends import series_at
from dashboard.reports.trends.first_signal import first_signal, replay
from dashboard.reports.trends.first_signal import words as signal_words
from dashboard.reports.trends.opening import opening
from dashboard.reports.trends.seasons import seasonal
from dashboard.reports.trends.series_at import Place, track_at, why_none
from dashboard.reports.trends.weekly import expectations
from dashboard.words import phrases
from dashboard.words.names import windows_word

__all__ = [
    "Asked",
    "asked_of_address",
    "beyond",
    "chart",
    "expectations",
    "first_signal",
    "found",
    "replay",
    "seasonal",
    "signalled",
    "watched",
    "why_none",
    "yardsticks",
]

MOST = 3  # series beside the first
AT_LEVELS = phrases.listed(series_at.LEVELS)
KEYS = ("level", "grain", "years", "compare", "scale", "rebase", "because")  # of the address
BETWEEN = "~"  # measure~place in the address
YEARS = {"1": 1, "3": 3, "5": 5, "10": 10, "all": None}
USUAL_YEARS = {"week": "1", "fortnight": "1", "month": "3", "quarter": "5", "year": "all"}
LONGEST_REASON = 120  # letters of a reason for a rebase


@dataclass(frozen=True)
class Asked:
    """What the address asks for, with what it leaves out filled in.

    years    key of YEARS
    also     series to compare with, three at most
    shared   whether all have one scale
    remarks  sentences on what in the address could not be followed, and on what was chosen
    """

    place: Place
    level: str
    grain: str
    years: str
    rebase: date | None
    because: str
    also: tuple[Place, ...]
    shared: bool
    remarks: tuple[str, ...]

    @property
    def shown(self) -> Window:
        return Window(YEARS[self.years], self.rebase, self.because)

    @property
    def plain(self) -> Window:
        """As long, without the reader's rebase, which was named for the first series."""
        return Window(YEARS[self.years])


def measures(request: Request) -> list[str]:
    """Ids of the measures in the plan's order: those with present figures, with data, the rest."""
    known = list(request.measures)
    return sorted(
        known,
        key=lambda name: (
            not series_at.has_data(request, name),
            not series_at.has_present(request, name),
        ),
    )


def asked_of_address(request: Request, address: Mapping[str, str]) -> Asked:
    """What an address asks for.

    A word that is not known falls back to what is usual, and a remark says so.
    """
    remarks: list[str] = []
    measure = _measure(request, address, remarks)
    level, unit, borough = _where(request, measure, address, remarks)
    own = series_at.grains(request, measure) or list(ADDED_UP)
    usual = "month" if "month" in own else own[0]
    grain = _one_of(address, "grain", own, usual, remarks)
    years = _one_of(address, "years", list(YEARS), USUAL_YEARS[grain], remarks)
    return Asked(
        Place(measure, unit, borough),
        level,
        grain,
        years,
        _rebase(address, remarks),
        address.get("because", "").strip()[:LONGEST_REASON],
        _also(request, address, remarks),
        address.get("scale") == "shared",
        tuple(remarks),
    )


def _measure(request: Request, address: Mapping[str, str], remarks: list[str]) -> str:
    """The address's measure; where it names none the one whose standing is worst, which is said."""
    known = measures(request)
    if "measure" in address:
        return _one_of(address, "measure", known, None, remarks)
    unit = address.get("unit")
    name, why = opening(request, known, unit if unit in request.catalogue.units else None)
    remarks.append(why)
    return name


def _one_of(
    address: Mapping[str, str],
    key: str,
    known: list[str],
    usual: str | None,
    remarks: list[str],
) -> str:
    """The address's word for `key` if it is known, else the usual one, with a remark."""
    said, fallback = address.get(key), usual or known[0]
    if said is None or said in known:
        return said or fallback
    remarks.append(f"The link asks for {key} {said}, which is not to be had: {fallback} is shown.")
    return fallback


def _where(
    request: Request, measure: str, address: Mapping[str, str], remarks: list[str]
) -> tuple[str, str, str]:
    """Level, unit and borough. A unit alone says its level, a borough alone that level."""
    catalogue, said = request.catalogue, address.get("unit")
    known = series_at.levels(request, measure)
    owner = request.measures[measure].owner
    unit = said if said in catalogue.units else owner
    implied = "borough" if address.get("borough") in catalogue.areas else catalogue.unit(unit).level
    level = address.get("level", implied)
    if level not in series_at.LEVELS:
        remarks.append(f"The link asks for level {level}, which is none; they are {AT_LEVELS}.")
        level = implied
    if said is not None and said not in catalogue.units:
        remarks.append(f"The link names {said}, a unit that is not known.")
    if level not in known:
        if said or address.get("level"):
            remarks.append(_no_level(request, measure, said or level, known[0]))
        level = known[0]
    if level == "borough":
        codes = boroughs(request)
        return level, ours().force, _one_of(address, "borough", codes, codes[0], remarks)
    options = series_at.units(request, measure, level)
    if unit not in options:
        # The level leads: of its units the one above or below the unit that was shown.
        line = [unit, *catalogue.ancestors(unit), owner, *catalogue.ancestors(owner)]
        below = catalogue.descendants(unit)
        unit = next((code for code in [*line, *below] if code in options), options[0])
        if said in catalogue.units and catalogue.unit(said).level == level:
            remarks.append(_not_counted(request, measure, said, unit))
    return level, unit, ""


def _no_level(request: Request, measure: str, said: str, level: str) -> str:
    name = request.measures[measure].name
    if request.only_published(measure):
        return f"{name} is known from published counts only, of the whole force: not of {said}."
    return _not_counted(request, measure, said, f"the {level}")


def _not_counted(request: Request, measure: str, said: str, shown: str) -> str:
    return f"{request.measures[measure].name} is not counted for {said}: {shown} is shown."


def boroughs(request: Request) -> list[str]:
    """Codes of the boroughs by name, then airports and unknown."""
    kinds = ("borough", "airport", "unknown")
    areas = [area for area in request.catalogue.areas.values() if area.kind in kinds]
    return [area.code for area in sorted(areas, key=lambda a: (kinds.index(a.kind), a.name))]


def _rebase(address: Mapping[str, str], remarks: list[str]) -> date | None:
    said = address.get("rebase")
    if not said:
        return None
    try:
        return parse_date(said, "rebase")
    except UsageError as error:
        remarks.append(f"The link's {error}: the limits are not rebased.")
        return None


def _also(request: Request, address: Mapping[str, str], remarks: list[str]) -> tuple[Place, ...]:
    said = [item for item in address.get("compare", "").split(",") if item]
    places = [place_of(request, item) for item in said]
    unknown = [item for item, place in zip(said, places, strict=True) if place is None]
    remarks += [f"The link compares with {item}, which is not known." for item in unknown]
    if len(said) > MOST:
        remarks.append(f"Four series are shown at once, and {len(said) - MOST} left out.")
    return tuple(dict.fromkeys(place for place in places if place is not None))[:MOST]


def place_of(request: Request, words: str) -> Place | None:
    """'knife_crime~AREA' or 'knife_crime~UNIT' as a place; None where it is not known."""
    measure, _, code = words.partition(BETWEEN)
    if measure not in request.measures:
        return None
    if code in request.catalogue.areas:
        return Place(measure, ours().force, code)
    return Place(measure, code) if code in request.catalogue.units else None


def written(place: Place) -> str:
    """The place as the address writes it."""
    return f"{place.measure}{BETWEEN}{place.borough or place.unit}"


def found(request: Request, asked: Asked) -> MeasureSeries | None:
    """The track of the first series; None where there is nothing to draw."""
    return track_at(request, asked.place, asked.grain, asked.shown)


def compared(request: Request, asked: Asked) -> list[tuple[Place, MeasureSeries | None]]:
    """The first series and those beside it, each with its track."""
    rest = [(place, track_at(request, place, asked.grain, asked.plain)) for place in asked.also]
    return [(asked.place, found(request, asked)), *rest]


def statement_of(names: list[str], tracks: list[MeasureSeries | None]) -> str:
    """Which of several series are beyond their usual range, and which have moved within it."""
    judged = [
        (name, claims.claim(track).kind)
        for name, track in zip(names, tracks, strict=True)
        if track and track.variation
    ]
    beyond = [name for name, kind in judged if kind in claims.BEYOND]
    moved = [name for name, kind in judged if kind in claims.MOVED]
    if not judged:
        return f"{len(names)} series, none of them judged against a usual range"
    of = f"the {len(judged)} of {len(names)}" if len(judged) < len(names) else f"{len(judged)}"
    first = _stand(beyond, len(names), "is", "are", "beyond") if beyond else ""
    second = _stand(moved, len(names), "has moved", "have moved", "within") if moved else ""
    return "; ".join(filter(None, (first, second))) or (
        f"None of {of} series judged is beyond its usual range"
    )


def _stand(these: list[str], of: int, one: str, many: str, where: str) -> str:
    """'Kidnaps is beyond its usual range', '3 of 4 series are beyond their usual range'."""
    if len(these) > 2:
        return f"{len(these)} of {of} series {many} {where} their usual range"
    verb, its = (one, "its") if len(these) == 1 else (many, "their")
    return f"{'; '.join(these)} {verb} {where} {its} usual range"


def yardsticks(grain: str) -> str:
    """How what the alert list expects and a chart's usual range differ, where both are said."""
    return (
        f"Expected: where its latest {windows_word()} and the season were heading; usual range: "
        f"about the mean of the {grain}s drawn."
    )


def chart(request: Request, track: MeasureSeries) -> Disclosed:
    """The rows of dashboard.charts.spc of one series."""
    return chart_rows.chart(request, track, track.borough or None)


def beyond(request: Request, place: Place) -> tuple[Alert, ...]:
    """Alerts that speak of the place's series: of a borough its own, of a unit those of it, of
    all together every one of the measure."""
    return standing.alerts_on(
        request, measure=place.measure, unit=_of_unit(place), borough=place.borough or None
    )


def watched(request: Request, place: Place) -> str:
    """What the watch list says of the place's own series; '' where it is not on it."""
    return standing.watched(request, place.measure, _of_unit(place), place.borough or None)


def _of_unit(place: Place) -> str | None:
    """Whose series are spoken of; None where whoever's are."""
    whole = place.unit in (ours().force, ours().directorate)
    return None if place.borough or whole else place.unit


def rebased(asked: Asked, track: MeasureSeries) -> str:
    """A remark where the day of the rebase lies outside what is shown."""
    if asked.rebase is None or any(on == asked.rebase for on, _ in track.notes):
        return ""
    return f"The rebase at {day_words(asked.rebase)} lies outside the periods shown."


def signalled(request: Request, asked: Asked) -> str:
    """When the present run was first signalled, in a sentence; '' where nothing is beyond."""
    place = asked.place
    signal = first_signal(
        request, place.measure, place.unit, asked.grain, place.borough, asked.shown
    )
    return signal_words(signal, asked.grain) if signal else ""
