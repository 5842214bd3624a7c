"""A unit's measures of the plan: a row each, with its verdict and what is said of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import day_words
from dashboard.queries import Measure
from dashboard.reports.alerts import standing
from dashboard.reports.measure import identity, scopes, unsigned, verdicts, wording
from dashboard.reports.measure.tracks import KEPT, MeasureSeries, total, tracks
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.request.reckoned import reckoned
from dashboard.reports.unit import of_whole, same_figure
from dashboard.words import numbers, phrases
from dashboard.words.figures import FIGURE_OF

OVER_ALL = "over 100 %: an outcome counts when it comes, also of an earlier period's case"
BRIEF = (
    *("name", "figure", unsigned.COLUMN, "parts", "period_words", "target_words", "target_of"),
    *("standing", "symbol"),
)  # where there is little room
SPARK = 26  # periods in a sparkline
FORCE_WIDE = {
    "published": "published counts of the whole force, not {unit}'s own",
    "force": "force-wide figures, not {unit}'s own",
}
NO_DATA = "null: no figure is known"


class Standing(verdicts.Stood):
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
    standing  what the screen's status says, in words: an alert, a likely miss, else the last period
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
    standing: Annotated[str | None, NO_DATA]
    at_end: Annotated[bool | None, NO_DATA]
    spark: list[float | None]


def measures_of(request: Request, unit: str) -> list[Measure]:
    """The unit's measures in the plan's order: its own, then those of all that it has data for."""
    above, held = request.catalogue.ancestors(unit), tracks(request, unit)
    own = [item for item in request.measures.values() if item.owner == unit]
    shared = [item for item in request.measures.values() if item.owner in above and item.id in held]
    return own + shared


def plan(request: Request, unit: str) -> Disclosed:
    """One row of Signed a measure of the unit, in the plan's order."""
    said = unsigned.of_spans(request, _years(request, unit))
    return unsigned.marked(_plan(request, unit), said)


@reckoned(unsigned.Span, 64)
def _years(request: Request, unit: str) -> list[unsigned.Span]:
    return unsigned.spans(tracks(request, unit).values())


@reckoned(Planned, 64)
def _rows(request: Request, unit: str) -> list[Planned]:
    held = tracks(request, unit)
    measures = measures_of(request, unit)
    listed = [_row(request, unit, item, held.get(item.id)) for item in measures]
    same = same_figure.repeated(measures, listed)
    for row in listed:
        if row["measure"] in same:
            row["beside"] = f"the same reports as {phrases.inside(same[row['measure']])}"
    return listed


@kept(64)
def _plan(request: Request, unit: str) -> Disclosed:
    listed = _rows(request, unit)
    code = request.catalogue.unit(unit).code
    notes = [
        f"{scopes.FORCE_WIDE}: {words.format(unit=code)}"
        for place, words in FORCE_WIDE.items()
        if code != ours().force and any(row["place"] == place for row in listed)
    ]
    notes += ["[x] not available in what is loaded"] * any(row["symbol"] == "[x]" for row in listed)
    cases = {item.id for item in request.measures.values() if item.is_rate and item.parts == "n"}
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
        params={"unit": unit, "periods": KEPT},
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
        "standing": None,
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
    planned: Planned = {
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
        "figure": numbers.figure_alone(
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
    return {**planned, "standing": verdicts.standing(planned)}
