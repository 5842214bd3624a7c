"""What each borough counted in a span of whole months, of every measure; and its verdict.

The borough is where the offence was committed, whoever investigates it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dashboard.catalogue import ours
from dashboard.periods import day_words
from dashboard.queries import Measure
from dashboard.reports.boroughs import exposure, verdicts
from dashboard.reports.boroughs.exposure import CountedSpan, Part
from dashboard.reports.boroughs.verdicts import Comparison
from dashboard.reports.measure import area_spans, identity
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words import dates, numbers
from dashboard.words.names import area_word, areas_word

SPANS = {
    area_spans.TWELVE: "last 12 months",
    "calendar": "calendar year so far",
    "planning": "planning year so far",
    "month": "last month",
}


@dataclass(frozen=True)
class Choice:
    """What the reader chose on the page.

    unit   who investigates; None is whoever
    until  the day up to which months are counted (exclusive); None is the as-at
    """

    span: str = area_spans.TWELVE
    against: str = exposure.RESIDENTS
    unit: str | None = None
    until: date | None = None


@kept(64)
def windows(request: Request, choice: Choice) -> dict[str, dict[int, CountedSpan]]:
    """Windows by measure and years ago, of measures counted by borough, in the plan's order."""
    counted = area_spans.spans(request, choice.span, choice.unit, choice.until)
    return {
        name: {ago: _window(areas) for ago, areas in held.items()} for name, held in counted.items()
    }


def why_none(request: Request, choice: Choice) -> tuple[str, str]:
    """Why no measure has a window, and what to do, each in a sentence."""
    if choice.until and windows(request, replace(choice, until=None)):
        last = choice.until - timedelta(days=1)
        return (
            f"No measure is known by {area_word()} up to {day_words(last)}",
            "Choose another month: nothing that is loaded reaches so far.",
        )
    shorter = [
        SPANS[span]
        for span in SPANS
        if span != choice.span and windows(request, replace(choice, span=span))
    ]
    if shorter:
        return (
            f"No measure is known by {area_word()} of the {SPANS[choice.span]}",
            f"Choose {' or '.join(shorter)}.",
        )
    counted = request.run("all_series", level="borough", grain="month", unit=choice.unit)
    if set(counted.column("borough").to_pylist()) - {"none", None}:
        return (
            f"No measure is known by {area_word()} of a whole month",
            "Trends shows its weeks and days; import the rest of a month, and publish a snapshot.",
        )
    return (
        f"No measure is counted by {area_word()}",
        f"Import crime records or published counts by {area_word()}, and publish a snapshot.",
    )


def investigator(request: Request, measure: str, unit: str | None) -> str | None:
    """The unit whose investigations a measure's figures by area are, where they are one's alone:
    the one asked for, else the measure's own remit; None where all count."""
    about = request.measure(measure)
    if unit is not None or about.scope == "force" or request.has_published(measure):
        return unit
    return about.owner


def params_of(request: Request, choice: Choice) -> dict[str, Any]:
    """What borough_matrix is asked with."""
    return {**area_spans.params_of(request, choice.span, choice.unit, choice.until)}


def _window(areas: list[area_spans.Spanned]) -> CountedSpan:
    parts = {
        row["borough"]: exposure.Part(row["numerator"], row["denominator"])
        for row in areas
        if row["numerator"] is not None
    }
    last = any(row["provisional"] for row in areas)
    return CountedSpan(areas[0]["since"], areas[0]["until"], last, parts)


def broken(request: Request, measure: Measure, window: CountedSpan, now: CountedSpan) -> bool:
    """Whether the series changes its meaning between the start of a window and now's end."""
    return any(
        window.since < item.on < now.until
        for item in request.catalogue.breaks_of(measure.id, measure.published)
        if not item.area and not item.unit
    )


@kept(512)
def comparison(request: Request, measure: str, choice: Choice) -> Comparison:
    """The boroughs' verdicts on a measure; money and hours are counted but not judged."""
    about, held = request.measure(measure), windows(request, choice)[measure]
    if not request.whole:
        reason = f"the other {areas_word()} are not seen"
        return Comparison(choice.against, exposure.compared_with(choice.against), {}, reason=reason)
    # What lies before a break counts something else: it is no history of what came after.
    spans = {a: w for a, w in held.items() if not a or not broken(request, about, w, held[0])}
    if about.unit not in ("n", "percent"):
        basis = exposure.compared_with(choice.against)
        return Comparison(choice.against, basis, {}, reason="an amount, not a number of events")
    return verdicts.compare(request.catalogue, spans, choice.against, rate=about.is_rate)


def figure_of(
    request: Request,
    measure: Measure,
    window: CountedSpan,
    borough: str = "",
    unit: str | None = None,
) -> str:
    """What a window's figure is of: one borough's or all of them, whoever investigated or one."""
    of = None if unit == ours().force else unit
    return identity.spelt(request, measure, window.since, window.until, of, borough)


def period(window: CountedSpan) -> str:
    """Its months in words: 'January to November 2025'."""
    return dates.span(window.since, window.months[-1], "month")


def figure(measure: Measure, seen: float | None, size: float | None) -> str:
    """A count as it is, a share by its two parts."""
    if measure.is_rate:
        return numbers.rate(seen, size, measure.parts)
    return numbers.figure(seen, measure.unit)


def tile_figure(measure: Measure, part: Part) -> str:
    """The same for a tile or a cell of the matrix."""
    if measure.is_rate:
        return numbers.tight(part.seen, part.size)
    return numbers.figure(part.seen, measure.unit)
