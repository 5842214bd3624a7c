"""One OCU: its remit and strength, what changed, and its measures of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import Unit, order, ours
from dashboard.periods import day_words, next_start
from dashboard.queries import Measure
from dashboard.reports.alerts import standing
from dashboard.reports.measure import identity, scopes, unsigned, verdicts, wholes, wording
from dashboard.reports.measure.tracks import FRESH, MeasureSeries, total, tracks
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.unit import same_figure
from dashboard.words import dates, numbers, phrases
from dashboard.words.figures import FIGURE_OF

WHOLE_OF = "whole_of"  # what the figure of the whole is of
OVER_ALL = "over 100 %: an outcome counts when it comes, also of an earlier period's case"
BRIEF = (
    *("name", "figure", unsigned.COLUMN, "parts", "period_words", "target_words", "verdict"),
    *("variation", "symbol"),
)  # where there is little room
SPARK = 26  # periods in a sparkline
CHANGES = 3  # sentences of what changed
FORCE_WIDE = {
    "published": "published counts of the whole force, not {unit}'s own",
    "force": "force-wide figures, not {unit}'s own",
}

PLAN = pa.schema(
    [
        *((name, pa.string()) for name in ("measure", "name", "unit", "place", "period_words")),
        *((name, pa.float64()) for name in ("value", "numerator", "denominator", "target")),
        *((name, pa.string()) for name in ("figure", "parts", "target_words", "target_sign")),
        ("target_status", pa.string()),
        *((name, pa.string()) for name in ("variation", "assurance", "symbol", "alert")),
        *rows.schema(verdicts.Verdict),
        ("last_start", pa.date32()),
        (FIGURE_OF, pa.string()),
        *((name, pa.string()) for name in ("whole", "whole_words", WHOLE_OF, "foretold", "beside")),
        ("whole_value", pa.float64()),
        ("at_end", pa.bool_()),
        ("spark", pa.list_(pa.float64())),
    ]
)


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


def boroughs(request: Request) -> list[str]:
    """Codes of the areas that a unit's figures can be asked for."""
    kinds = ("borough", "airport", "unknown")
    return [area.code for area in order.areas(request.catalogue, kinds)]


def first(found: Disclosed) -> str | None:
    """The measure of a plan that is shown unless another is asked: one in an alert, else the first
    with data."""
    rows = found.rows.to_pylist()
    if in_alert := [row["measure"] for row in rows if row["alert"]]:
        return in_alert[0]
    with_data = [row["measure"] for row in rows if row["symbol"] != numbers.MISSING]
    return next(iter(with_data or [row["measure"] for row in rows]), None)


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
    above, found = request.catalogue.ancestors(unit), tracks(request, unit)
    own = [item for item in request.measures.values() if item.owner == unit]
    shared = [
        item for item in request.measures.values() if item.owner in above and item.id in found
    ]
    return own + shared


@kept(64)
def head(request: Request, unit: str) -> Head:
    """Remit, posts filled and what changed.

    raises  NotFoundError for a unit that the catalogue has not
    """
    found = tracks(request, unit)
    mine = [found[item.id] for item in measures_of(request, unit) if item.id in found]
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
    rows = request.run("unit_strength", unit=unit).to_pylist()
    if not rows or rows[0]["posts"] is None:
        return ""
    last = rows[0]
    filled = numbers.rate(last["in_post"], last["posts"])
    return f"{filled} posts filled, {dates.period(last['month'], 'month')}"


def plan(request: Request, unit: str) -> Disclosed:
    """One row a measure of the unit, in the plan's order; columns as in PLAN, and of what is
    unsigned.

    value, numerator, denominator   planning year to date; of a stock the last period
    target      of the whole year for a count, the level for a rate
    whole       of a measure of more than its owner, on its owner's page: the figure of all of it,
                which the target is of and the verdict speaks of; whole_words say of what and when
    beside      why the row differs from another of the same figure or target; null where none does
    foretold    where a rate's year so far and its end lie on two sides of the target: why
    at_end      whether the figure is of the end of its period, and adds up over no year
    place       as dashboard.reports.measure.tracks has it; '' without data
    alert       where the list has one on the measure: 'Ashby and Holme', the unit as a whole
    verdict …   on the target, as dashboard.reports.measure.verdicts says it
    symbol      '[x]' without data, '[p]' where the last period may still change
    unsigned    the returns without a signature that the figure stands on; null where all are signed
    """
    said = unsigned.of_years(request, tracks(request, unit))
    return unsigned.marked(_plan(request, unit), said)


@kept(64)
def _plan(request: Request, unit: str) -> Disclosed:
    found = tracks(request, unit)
    listed = measures_of(request, unit)
    rows = [_row(request, unit, item, found.get(item.id)) for item in listed]
    same = same_figure.repeated(listed, rows)
    for row in rows:
        if row["measure"] in same:
            row["beside"] = f"the same reports as {phrases.inside(same[row['measure']])}"
    code = request.catalogue.unit(unit).code
    notes = [
        f"{scopes.FORCE_WIDE}: {words.format(unit=code)}"
        for place, words in FORCE_WIDE.items()
        if code != ours().force and any(row["place"] == place for row in rows)
    ]
    notes += ["[x] not available in what is loaded"] * any(row["symbol"] == "[x]" for row in rows)
    cases = {item.id for item in listed if item.is_rate and item.parts == "n"}
    notes += [OVER_ALL] * any((r["high80"] or 0.0) > 1 for r in rows if r["measure"] in cases)
    notes += ["illustrative: a target of ours, found in no paper"] * any(
        row["target_status"] == "illustrative" for row in rows
    )
    return request.disclose(
        pa.Table.from_pylist(rows, PLAN),
        title=f"Measures of the plan, {code}",
        subtitle=f"planning year to date, as at {day_words(request.as_at)}",
        notes=tuple(notes),
        query="unit_measures",
        columns=BRIEF,
        params={"unit": unit},
        unit=unit,
    )


def _row(
    request: Request, unit: str, measure: Measure, track: MeasureSeries | None
) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(PLAN.names)
    row |= {
        "measure": measure.id,
        "name": measure.name,
        "unit": measure.unit,
        "place": "",
    }
    beyond = standing.alerts_on(request, measure=measure.id)
    row |= {
        "alert": "; ".join(item["borough_name"] or item["unit_name"] for item in beyond),
        "variation": "",
        "assurance": "",
        "spark": [],
        "target_words": "",
        "target_sign": "",
        "parts": "",
    }
    if track is None or not track.points or (year := total(measure, track.year)) is None:
        return row | {
            "symbol": numbers.MISSING,
            "figure": numbers.MISSING,
            "target_status": "",
        }
    value = year.value(measure.is_rate)
    aimed = wholes.whole(request, measure) if _leads(unit, track) else None
    verdict = verdicts.verdict(request, aimed or track)
    return {
        **row,
        **(_whole(request, aimed, value) if aimed else NO_WHOLE),
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
        "foretold": None if aimed else _foretold(track, value, verdict["projected"]),
    }


NO_WHOLE = {"whole": None, "whole_words": None, WHOLE_OF: None, "whole_value": None}


def _leads(unit: str, track: MeasureSeries) -> bool:
    """Whether the figures are a unit's own of a measure that it answers for."""
    return track.place == "unit" and track.measure.owner == unit


def _whole(request: Request, track: MeasureSeries, value: float | None) -> dict[str, Any]:
    year = total(track.measure, track.year)
    if year is None or year.value(track.measure.is_rate) == value:
        return NO_WHOLE
    when = wording.end_of(track) or track.words(track.year)
    return {
        "whole": wording.full(track.measure, year, track.aims.target),
        "whole_words": f"{scopes.words(track.measure)}, {when}",
        WHOLE_OF: identity.of_points(request, track, track.year),
        "whole_value": year.value(track.measure.is_rate),
    }


def _foretold(track: MeasureSeries, value: float | None, end: float | None) -> str | None:
    """'94 % foretold for the whole year, as earlier years come into it', of 14 of 14 so far."""
    target = track.aims.target
    if not track.measure.is_rate or value is None or end is None or target is None:
        return None
    side = -1 if track.measure.better == "lower" else 1
    said, now = (numbers.figure(part, track.measure.unit) for part in (end, value))
    if said == now or (side * value >= side * target) == (side * end >= side * target):
        return None
    return f"{said} foretold for the whole year, as earlier years come into it"
