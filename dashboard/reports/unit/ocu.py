"""One OCU: its remit and strength, what changed, and its measures of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import Unit, order, ours
from dashboard.periods import day_words, next_start
from dashboard.queries import Measure
from dashboard.reports.alerts import standing
from dashboard.reports.measure import identity, scopes, unsigned, verdicts, wording
from dashboard.reports.measure.tracks import FRESH, MeasureSeries, total, tracks
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.unit import of_whole, same_figure
from dashboard.words import dates, numbers, phrases
from dashboard.words.figures import FIGURE_OF

OVER_ALL = "over 100 %: an outcome counts when it comes, also of an earlier period's case"
BRIEF = (
    *("name", "figure", unsigned.COLUMN, "parts", "period_words", "target_words", "target_of"),
    *("verdict", "foretold", "variation", "symbol"),
)  # where there is little room
SPARK = 26  # periods in a sparkline
CHANGES = 3  # sentences of what changed
FORCE_WIDE = {
    "published": "published counts of the whole force, not {unit}'s own",
    "force": "force-wide figures, not {unit}'s own",
}

NO_DATA = "null: no figure is known"


class Standing(TypedDict):
    """A measure's figure, how it stands and its target.

    place   as dashboard.reports.measure.tracks has it; '' without data
    value, numerator, denominator   planning year to date; of a stock the last period
    target  of the whole year for a count, the level for a rate
    alert   where the list has one on the measure: 'Ashby and Holme', the unit as a whole
    symbol  '[x]' without data, '[p]' where the last period may still change
    """

    measure: str
    name: str
    unit: str
    place: str
    period_words: Annotated[str | None, NO_DATA]
    value: Annotated[float | None, NO_DATA]
    numerator: Annotated[float | None, NO_DATA]
    denominator: Annotated[float | None, f"{NO_DATA}, or a count"]
    target: Annotated[float | None, "null: no target"]
    figure: str
    parts: str
    target_words: str | None  # '' of no target
    target_sign: str
    target_status: str
    variation: str
    assurance: str
    symbol: str
    alert: str


class Planned(Standing, verdicts.Verdict):
    """The same with the verdict on the target, and what the figures are of.

    whole     of a measure of more than its owner, on its owner's page: the figure of all of it
              (of_whole.Whole), which the target is of and the verdict speaks of
    foretold  where a rate's year so far and its end lie on two sides of the target: why
    beside    why the row differs from another of the same figure or target
    at_end    whether the figure is of the end of its period, and adds up over no year
    """

    last_start: Annotated[date | None, NO_DATA]
    figure_of: Annotated[str | None, NO_DATA]
    whole: Annotated[str | None, of_whole.NO_WHOLE]
    whole_words: Annotated[str | None, of_whole.NO_WHOLE]
    target_of: Annotated[str | None, of_whole.NO_WHOLE]
    whole_figure_of: Annotated[str | None, of_whole.NO_WHOLE]
    whole_value: Annotated[float | None, of_whole.NO_WHOLE]
    foretold: Annotated[str | None, "null: both lie on one side, or no target"]
    beside: Annotated[str | None, "null: no other row of the figure or target is judged otherwise"]
    at_end: Annotated[bool | None, NO_DATA]
    spark: list[float | None]


class Signed(Planned):
    """The same with the returns without a signature that the figure stands on."""

    unsigned: Annotated[str | None, "null: all are signed"]
    unsigned_returns: Annotated[str | None, "null: all are signed"]


class Explained(Signed, total=False):
    """The same with what is said of the figure, where anything is."""

    explanation: str


class Strength(TypedDict):
    """A row of the query unit_strength."""

    month: date
    posts: Annotated[float | None, "null: nobody has said"]
    in_post: Annotated[float | None, "null: nobody has said"]


@dataclass(frozen=True)
class Head:
    """The head of an OCU's page.

    alerts   the unit's rows of the alert list in words, strongest first: they outrank the rest
    posts    '296 of 310 posts filled, June 2032'; '' where nobody has said
    changed  up to three sentences, worst first; else one that says why there are none; nothing
             at all where no measure has a figure
    """

    unit: Unit
    alerts: tuple[str, ...]
    posts: str
    changed: tuple[str, ...]


def unit_of(request: Request, said: str | None, measure: str | None = None) -> tuple[str, str]:
    """The unit whose page a link asks for, and a remark where that is not the unit it names.

    A branch or team opens its OCU; a measure without a unit that of its owner.
    raises  NotFoundError with the near ones for a unit that the catalogue has not
    """
    pages = order.page_units(request.catalogue)
    if said is None:
        owner = request.measures[measure].owner if measure in request.measures else None
        return owner if owner in pages else pages[0], ""
    unit = request.catalogue.unit(said)
    code = request.catalogue.ocu_of(unit.code)
    remark = "" if code == said else f"The link names {said}, a {unit.level} of {code}."
    return code, remark


def of_part(request: Request, part: str | None, unit: str) -> str:
    """What the page of a unit says to who asked for a part of it; '' to who asked for none."""
    if part is None or part not in request.catalogue.descendants(unit):
        return ""
    found = request.catalogue.units[part]
    return (
        f"{part} {found.name} is a {found.level} of {unit}, whose page this is: its own row is"
        " marked ▸ among the parts of the unit, on measures that are counted by part."
    )


def boroughs(request: Request) -> list[str]:
    """Codes of the areas that a unit's figures can be asked for."""
    kinds = ("borough", "airport", "unknown")
    return [area.code for area in order.areas(request.catalogue, kinds)]


def first(plan: Disclosed) -> str | None:
    """The measure of a plan that is shown unless another is asked: one in an alert, else the first
    with data."""
    listed = rows.typed(Planned, plan.rows)
    if in_alert := [row["measure"] for row in listed if row["alert"]]:
        return in_alert[0]
    with_data = [row["measure"] for row in listed if row["symbol"] != numbers.MISSING]
    return next(iter(with_data or [row["measure"] for row in listed]), None)


def no_data(request: Request, unit: str, measure: str | None) -> str:
    """Why there is nothing to draw, and what to do, in a sentence."""
    if not tracks(request, unit):
        return (
            f"Nothing that is loaded says anything of {unit}: import its records or returns and"
            " publish a snapshot."
        )
    name = request.measures[measure].name if measure in request.measures else "this measure"
    when = day_words(request.as_at)
    return f"Nothing that is loaded as at {when} says anything of {name} for {unit}."


def measures_of(request: Request, unit: str) -> list[Measure]:
    """The unit's measures in the plan's order: its own, then those of all that it has data for."""
    above, held = request.catalogue.ancestors(unit), tracks(request, unit)
    own = [item for item in request.measures.values() if item.owner == unit]
    shared = [item for item in request.measures.values() if item.owner in above and item.id in held]
    return own + shared


@kept(64)
def head(request: Request, unit: str) -> Head:
    """Remit, posts filled and what changed.

    raises  NotFoundError for a unit that the catalogue has not
    """
    held = tracks(request, unit)
    mine = [held[item.id] for item in measures_of(request, unit) if item.id in held]
    return Head(
        request.catalogue.unit(unit),
        standing.sentences(standing.alerts_on(request, unit=unit)),
        _posts(request, unit),
        _changed(request, mine),
    )


def _changed(request: Request, mine: list[MeasureSeries]) -> tuple[str, ...]:
    """What its own limits put beyond its usual range in fresh figures, worst first."""
    ended = {id(item): next_start(item.points[-1].start, item.grain) for item in mine}
    fresh = [item for item in mine if ended[id(item)] >= request.as_at - FRESH]
    if not mine:
        return ()
    if not fresh:
        last = date.fromordinal(max(ended.values()).toordinal() - 1)
        return (f"Nothing is known beyond {day_words(last)}",)
    beyond = [item for item in fresh if wording.is_beyond(item) and wording.is_settled(item)]
    beyond.sort(key=lambda item: not item.variation.startswith("concern"))
    if not beyond:
        return ("No last period is beyond its own limits",)
    return tuple(wording.statement(item) for item in beyond[:CHANGES])


def _posts(request: Request, unit: str) -> str:
    known = rows.typed(Strength, request.run("unit_strength", unit=unit))
    if not known or known[0]["posts"] is None:
        return ""
    last = known[0]
    filled = numbers.rate(last["in_post"], last["posts"])
    return f"{filled} posts filled, {dates.period(last['month'], 'month')}"


def plan(request: Request, unit: str) -> Disclosed:
    """One row of Signed a measure of the unit, in the plan's order."""
    said = unsigned.of_years(request, tracks(request, unit))
    return unsigned.marked(_plan(request, unit), said)


@kept(64)
def _plan(request: Request, unit: str) -> Disclosed:
    held = tracks(request, unit)
    measures = measures_of(request, unit)
    listed = [_row(request, unit, item, held.get(item.id)) for item in measures]
    same = same_figure.repeated(measures, listed)
    for row in listed:
        if row["measure"] in same:
            row["beside"] = f"the same reports as {phrases.inside(same[row['measure']])}"
    code = request.catalogue.unit(unit).code
    notes = [
        f"{scopes.FORCE_WIDE}: {words.format(unit=code)}"
        for place, words in FORCE_WIDE.items()
        if code != ours().force and any(row["place"] == place for row in listed)
    ]
    notes += ["[x] not available in what is loaded"] * any(row["symbol"] == "[x]" for row in listed)
    cases = {item.id for item in measures if item.is_rate and item.parts == "n"}
    notes += [OVER_ALL] * any((r["high80"] or 0.0) > 1 for r in listed if r["measure"] in cases)
    notes += ["illustrative: a target of ours, found in no paper"] * any(
        row["target_status"] == "illustrative" for row in listed
    )
    return request.disclose(
        rows.table(Planned, listed),
        title=f"Measures of the plan, {code}",
        subtitle=f"planning year to date, as at {day_words(request.as_at)}",
        notes=tuple(notes),
        query="unit_measures",
        columns=BRIEF,
        params={"unit": unit},
        unit=unit,
    )


def _without_data(request: Request, measure: Measure) -> Planned:
    beyond = standing.alerts_on(request, measure=measure.id)
    return {
        "measure": measure.id,
        "name": measure.name,
        "unit": measure.unit,
        "place": "",
        "period_words": None,
        "value": None,
        "numerator": None,
        "denominator": None,
        "target": None,
        "figure": numbers.MISSING,
        "parts": "",
        "target_words": "",
        "target_sign": "",
        "target_status": "",
        "variation": "",
        "assurance": "",
        "symbol": numbers.MISSING,
        "alert": "; ".join(item["borough_name"] or item["unit_name"] for item in beyond),
        **verdicts.NOTHING,
        "last_start": None,
        FIGURE_OF: None,
        **of_whole.NOTHING,
        "beside": None,
        "foretold": None,
        "at_end": None,
        "spark": [],
    }


def _row(request: Request, unit: str, measure: Measure, track: MeasureSeries | None) -> Planned:
    row = _without_data(request, measure)
    if track is None or not track.points or (year := total(measure, track.year)) is None:
        return row
    value = year.value(measure.is_rate)
    aimed = of_whole.aimed(request, unit, track)
    verdict = verdicts.verdict(request, aimed or track)
    return {
        **row,
        **of_whole.figure(request, aimed, value),
        "place": track.place,
        "period_words": track.words(track.year),
        "last_start": track.year[-1].start,
        FIGURE_OF: identity.of_points(request, track, track.year),
        "value": value,
        "numerator": year.numerator,
        "denominator": year.denominator,
        "target": (aimed or track).aims.target,
        "figure": numbers.short(
            value,
            measure.unit,
            (year.numerator, year.denominator),
            measure.parts,
            None if aimed else track.aims.target,
        ),
        "parts": (
            numbers.rate(year.numerator, year.denominator, measure.parts) if measure.is_rate else ""
        ),
        "target_words": wording.target(aimed or track),
        "target_sign": wording.target(aimed or track, wording.SIGNS),
        "target_status": (aimed or track).aims.status,
        "variation": track.variation,
        "assurance": (aimed or track).assurance,
        "symbol": "[p]" if year.provisional else "",
        "spark": track.values[-SPARK:],
        "at_end": measure.aggregate == "last",
        **verdict,
        "beside": None if aimed else same_figure.above(request, unit, track, verdict),
        "foretold": None if aimed else of_whole.foretold(track, value, verdict["projected"]),
    }
