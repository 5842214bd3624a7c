"""One OCU: its remit and strength, what changed, and its measures of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import Unit
from dashboard.periods import day_words
from dashboard.queries import Measure
from dashboard.reports import saying, wording
from dashboard.reports.objectives import span_words
from dashboard.reports.request import Request
from dashboard.reports.tracks import Track, total, tracks

SPARK = 26  # periods in a sparkline
CHANGES = 3  # sentences of what changed
FORCE_WIDE = "force-wide published counts, not {unit}'s own"

PLAN = pa.schema(
    [
        *(
            (name, pa.string())
            for name in ("measure", "name", "unit", "place", "period_words")
        ),
        *(
            (name, pa.float64())
            for name in ("value", "numerator", "denominator", "target")
        ),
        *(
            (name, pa.string())
            for name in ("figure", "parts", "target_words", "target_status")
        ),
        *((name, pa.string()) for name in ("variation", "assurance", "symbol")),
        ("spark", pa.list_(pa.float64())),
    ]
)


@dataclass(frozen=True)
class Head:
    """The head of an OCU's page.

    posts    '296 of 310 posts filled at 30 June 2004'; '' where nobody has said
    changed  up to three sentences, worst first; none where nothing is beyond its usual range
    any_data whether any measure has a figure of the unit or of the force
    """

    unit: Unit
    posts: str
    changed: tuple[str, ...]
    any_data: bool


def units(request: Request) -> list[str]:
    """Codes of the OCUs, in the order of the organisation."""
    return [
        unit.code for unit in request.catalogue.units.values() if unit.level == "ocu"
    ]


def measures_of(request: Request, unit: str) -> list[Measure]:
    """The unit's measures in the plan's order: its own, then those of all that it has data for."""
    above, found = request.catalogue.ancestors(unit), tracks(request, unit)
    own = [item for item in request.measures.values() if item.owner == unit]
    shared = [
        item
        for item in request.measures.values()
        if item.owner in above and item.id in found
    ]
    return own + shared


@lru_cache(maxsize=64)
def head(request: Request, unit: str) -> Head:
    """Remit, posts filled and what changed.

    raises  NotFoundError for a unit that the catalogue has not
    """
    found = tracks(request, unit)
    mine = [found[item.id] for item in measures_of(request, unit) if item.id in found]
    beyond = [track for track in mine if wording.is_beyond(track)]
    beyond.sort(key=lambda track: not track.variation.startswith("concern"))
    return Head(
        unit=request.catalogue.unit(unit),
        posts=_posts(request, unit),
        changed=tuple(wording.statement(track) for track in beyond[:CHANGES]),
        any_data=bool(mine),
    )


def _posts(request: Request, unit: str) -> str:
    rows = request.run("unit_strength", unit=unit).to_pylist()
    if not rows or rows[0]["posts"] is None:
        return ""
    last = rows[0]
    filled = saying.rate(last["in_post"], last["posts"])
    return f"{filled} posts filled, {saying.period(last['month'], 'month')}"


@lru_cache(maxsize=64)
def plan(request: Request, unit: str) -> Disclosed:
    """One row a measure of the unit, in the plan's order; columns as in PLAN.

    value, numerator, denominator   planning year to date; of a stock the last period
    target      of the whole year for a count, the level for a rate
    place       'unit', 'force' (published counts of the whole force), '' without data
    symbol      '[x]' without data, '[p]' where the last period may still change
    """
    found = tracks(request, unit)
    rows = [_row(item, found.get(item.id)) for item in measures_of(request, unit)]
    code = request.catalogue.unit(unit).code
    notes = [f"force-wide: {FORCE_WIDE.format(unit=code)}"] * any(
        row["place"] == "force" for row in rows
    )
    notes += ["[x] not available in what is loaded"] * any(
        row["symbol"] == "[x]" for row in rows
    )
    notes += ["illustrative: a target of ours, found in no paper"] * any(
        row["target_status"] == "illustrative" for row in rows
    )
    return request.disclose(
        pa.Table.from_pylist(rows, PLAN),
        title=f"Measures of the plan, {code}",
        subtitle=f"planning year to date, as at {day_words(request.as_at)}",
        notes=tuple(notes),
        query="unit_measures",
        params={"unit": unit},
        unit=unit,
    )


def _row(measure: Measure, track: Track | None) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(PLAN.names)
    row |= {
        "measure": measure.id,
        "name": measure.name,
        "unit": measure.unit,
        "place": "",
    }
    row |= {
        "variation": "",
        "assurance": "",
        "spark": [],
        "target_words": "",
        "parts": "",
    }
    if (
        track is None
        or not track.points
        or (year := total(measure, track.year)) is None
    ):
        return row | {
            "symbol": saying.MISSING,
            "figure": saying.MISSING,
            "target_status": "",
        }
    value = year.value(measure.is_rate)
    return row | {
        "place": track.place,
        "period_words": span_words(
            track.year[0].start, track.points[-1].start, track.grain
        ),
        "value": value,
        "numerator": year.numerator,
        "denominator": year.denominator,
        "target": track.aims.target,
        "figure": saying.figure(value, measure.unit),
        "parts": saying.rate(year.numerator, year.denominator)
        if measure.is_rate
        else "",
        "target_words": wording.target(track),
        "target_status": track.aims.status,
        "variation": track.variation,
        "assurance": track.assurance,
        "symbol": "[p]" if year.provisional else "",
        "spark": track.values[-SPARK:],
    }
