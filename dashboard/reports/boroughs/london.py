"""The whole by borough: the tiles of one measure, what stands beside them, and their sum."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import BESIDE, Note
from dashboard.catalogue import order, ours
from dashboard.periods import next_start
from dashboard.queries import Measure
from dashboard.reports.alerts import standing
from dashboard.reports.boroughs import exposure
from dashboard.reports.boroughs.all_areas import sum_words
from dashboard.reports.boroughs.exposure import CITY, CountedSpan, Part
from dashboard.reports.boroughs.funnel import cautions, compared_words, funnel_title, subject
from dashboard.reports.boroughs.spans import (
    SPANS,
    Choice,
    comparison,
    figure,
    figure_of,
    investigator,
    params_of,
    period,
    tile_figure,
    windows,
)
from dashboard.reports.boroughs.verdicts import Comparison, Judged
from dashboard.reports.measure.series import Counted, series, value_of
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words import numbers, phrases
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import window_word
from dashboard.words.status import STANDING

SHOWN = 24  # months in a tile's line
BRIEF = ("name", "figure", "expected", "status")  # where there is little room
FIRST = "commercial_robbery"

NOT_POLICED = "null: not policed"


class Tile(TypedDict):
    """An area: what was counted there, and where it lies for its size.

    status   by the limits that are due, as boroughs.verdicts.STATUSES; '' not judged
    values   the last 24 months up to the span's end, oldest first; a share's months by its cases
    """

    code: str
    name: str
    short: str
    kind: str
    grid_x: Annotated[int | None, "null: beside the map"]
    grid_y: Annotated[int | None, "null: beside the map"]
    seen: Annotated[float | None, NOT_POLICED]
    cases: Annotated[float | None, f"{NOT_POLICED}, or a count"]
    expected: Annotated[float | None, f"{NOT_POLICED}, not judged, or a share"]
    figure: str
    status: str
    said: str
    misleading: bool  # residents mislead here
    values: list[float | None]
    figure_of: Annotated[str | None, NOT_POLICED]


def measures(request: Request, choice: Choice) -> list[str]:
    """Measures that are counted by borough, in the plan's order."""
    return list(windows(request, choice))


def first(options: list[str]) -> str | None:
    """The measure that is shown unless another is asked for."""
    return FIRST if FIRST in options else next(iter(options), None)


def units(request: Request) -> list[str]:
    """Who may be asked as investigator: anyone (the force), then units with records.

    Published counts name no investigator: without records there is only the force.
    """
    own = any(row["source"] != "returns" and not row["unit_code"] for row in request.coverage_rows)
    known = request.catalogue.units.values()
    return [ours().force] + [
        unit.code for unit in known if own and unit.level in ("directorate", "ocu")
    ]


def untils(request: Request, choice: Choice, measure: str) -> list[date]:
    """Days up to which months can be counted for a measure, latest first: two years of them."""
    last = windows(request, Choice(choice.span, choice.against, choice.unit))[measure][0].until
    months = [last.year * 12 + last.month - 1 - back for back in range(SHOWN)]
    return [date(index // 12, index % 12 + 1, 1) for index in months]


def against(request: Request, choice: Choice, measure: str) -> dict[str, str]:
    """What a count can be set against, each in words; what is not loaded says so."""
    year = windows(request, choice)[measure][0].months[-1].year
    return {
        key: exposure.compared_with(key)
        if exposure.loaded(request.catalogue, key, year)
        else f"{exposure.compared_with(key)}, not loaded"
        for key in exposure.AGAINST
    }


@kept(64)
def tiles(request: Request, measure: str, choice: Choice) -> Disclosed:
    """One row an area in the order of names, the rest last."""
    about, window = request.measure(measure), windows(request, choice)[measure][0]
    judged = comparison(request, measure, choice)
    lines = _lines(request, measure, choice, window)
    near = exposure.misleading(request.catalogue) if judged.against == exposure.RESIDENTS else []
    areas: list[Tile] = []
    for area in order.areas(request.catalogue):
        part = window.parts.get(area.code)
        if part is None and area.kind != CITY:
            continue
        item = judged.boroughs.get(area.code)
        areas.append(
            {
                "code": area.code,
                "name": area.name,
                "short": area.short,
                "kind": area.kind,
                "grid_x": area.grid_x,
                "grid_y": area.grid_y,
                "seen": part.seen if part else None,
                "cases": part.size if part else None,
                "expected": item.size if item and not about.is_rate else None,
                "figure": tile_figure(about, part) if part else "",
                "status": judged.status(area.code),
                "said": _said(about, part, item),
                "misleading": area.code in near,
                "values": lines.get(area.code, []),
                FIGURE_OF: figure_of(request, about, window, area.code, choice.unit)
                if part
                else None,
            }
        )
    return request.disclose(
        rows.table(Tile, areas),
        title=_title(request, measure, choice),
        subtitle=_subtitle(request, measure, choice, window, judged),
        notes=(
            Note(
                sum_words(about, window, request, investigator(request, measure, choice.unit)),
                BESIDE,
            ),
            *cautions(request, judged),
        ),
        query="borough_matrix",
        params=params_of(request, choice),
        columns=BRIEF,
        measure=measure,
        unit=choice.unit,
        span=SPANS[choice.span],
        against=exposure.compared_with(judged.against),
    )


def _title(request: Request, measure: str, choice: Choice) -> str:
    """The alert on the measure where there is one; else what stands out for its size."""
    beyond = standing.alerts_on(request, measure=measure)
    return standing.alert_title(beyond) if beyond else funnel_title(request, measure, choice)


def _subtitle(
    request: Request, measure: str, choice: Choice, window: CountedSpan, judged: Comparison
) -> str:
    """What the tiles are of; where the title is an alert's, that they are of another span, and how
    the alert's own areas stand in it."""
    span = f"{period(window)}{compared_words(judged)}{' [p]' if window.provisional else ''}"
    about = subject(request.measure(measure), choice)
    beyond = standing.alerts_on(request, measure=measure)
    if not beyond:
        return f"{about}, {span}"
    said = phrases.sentence(funnel_title(request, measure, choice).removeprefix(f"{about}: "))
    here = [code for code in beyond[0]["boroughs"] if judged.status(code)]
    where = [
        f"{request.catalogue.areas[code].name} {STANDING[judged.status(code)].short}"
        for code in here
    ]
    if here and len({judged.status(code) for code in here}) == 1:
        names = phrases.listed([request.catalogue.areas[code].name for code in here])
        where = [f"{names} {STANDING[judged.status(here[0])].short}"]
    of_alert = f". {', '.join(where)}" if where else ""
    return f"Below, not the alert's {window_word()}: {span}. {said}{of_alert}"


def _lines(
    request: Request, measure: str, choice: Choice, window: CountedSpan
) -> dict[str, list[float | None]]:
    """Each area's months, oldest first; None where a share has no case."""
    index = window.until.year * 12 + window.until.month - 1 - SHOWN
    since = date(index // 12, index % 12 + 1, 1)
    unit = None if choice.unit == ours().force else choice.unit
    counted = series(
        request,
        measure,
        level="borough",
        unit=unit,
        grain="month",
        since=since,
        until=window.until,
    )
    rate, held = request.measure(measure).is_rate, {}
    for row in rows.typed(Counted, counted):
        held[row["borough"] or "", row["period_start"]] = value_of(row, rate=rate)
    starts = sorted({start for _, start in held})
    return {code: [held.get((code, s)) for s in starts] for code in {c for c, _ in held}}


def _said(about: Measure, part: Part | None, item: Judged | None) -> str:
    """What a tile says in words, without its status."""
    if part is None:
        return f"not policed by {ours().force}"
    said = figure(about, part.seen, part.size)
    if about.is_rate:
        return f"{said.replace('/', ' of ')}"
    return f"{said}, {numbers.number(item.size, 1)} expected" if item else said


def after(day: date) -> str:
    """The address's word for a day up to which is counted: the last month, '2025-11'."""
    last = date.fromordinal(day.toordinal() - 1)
    return f"{last.year}-{last.month:02d}"


def until_of(word: str | None) -> date | None:
    """The day after the month '2025-11'; None where the word is no month."""
    try:
        return next_start(date.fromisoformat(f"{word}-01"), "month") if word else None
    except ValueError:
        return None
