"""A track as the rows of its chart, whichever stats.choice names for it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import BREAK, EXPLAINED, METHOD, Note
from dashboard.periods import day_words, next_start
from dashboard.reports.measure import (
    by_borough,
    chart_words,
    choice,
    fault_counts,
    gaps,
    identity,
    read_as,
    returns,
    unsigned,
    verdicts,
    wording,
)
from dashboard.reports.measure.gaps import Gaps
from dashboard.reports.measure.tracks import FRESH, MeasureSeries, of_borough, tracks
from dashboard.reports.request import Request
from dashboard.words import dates, numbers, phrases
from dashboard.words.figures import FIGURE_OF

BROKEN = "[b]"  # of a row that follows a break: it is of another series than those before
BRIEF = 42  # letters of a break's note on a chart
RULES = {
    "outside": "outside the limits",
    "trend": "7 in a row rising or falling",
    "two_in_three": "close to a limit in 2 of 3",
    "shift": "7 in a row on one side of the usual",
    "band": "outside the forecast band (1 in 20 is by chance)",
    "long_run": "on one side of its middle for longer than chance allows",
    "change": "changed by more than it usually does",
    "drift": "7 changes on one side of the usual one",
    "gap": "outside the limits of days between",
    "common": "usual range",
}
COMMON = {
    "band": "inside the forecast band",
    "run": "",
    "stock": "usual change",
    "t": "usual gap",
}
NO_LINE = "null: there is no such line"


class Lines(TypedDict):
    """Limits and state of one point."""

    mean: Annotated[float | None, NO_LINE]
    lower: Annotated[float | None, NO_LINE]
    upper: Annotated[float | None, NO_LINE]
    point: str  # a state of dashboard.stats.spc
    rule: str  # in words; '' where there is none


class Charted(TypedDict):
    """A point of a chart: a period; of a t chart an event, its value the days since the last."""

    period_start: date
    period: str
    value: Annotated[float | None, "null: no figure is known"]
    numerator: Annotated[float | None, "null: no figure is known, or an event"]
    denominator: Annotated[float | None, "null: a count, or no figure is known"]
    said: str
    mean: Annotated[float | None, NO_LINE]
    lower: Annotated[float | None, NO_LINE]
    upper: Annotated[float | None, NO_LINE]
    target: Annotated[float | None, "null: no target"]
    mean_said: Annotated[str | None, NO_LINE]
    lower_said: Annotated[str | None, NO_LINE]
    upper_said: Annotated[str | None, NO_LINE]
    target_said: Annotated[str | None, "null: no target"]
    segment: int
    point: str
    rule: str
    provisional: bool
    symbol: Annotated[str | None, "null: no break before it"]
    note: Annotated[str | None, "null: no break begins here"]
    chart: Annotated[str | None, "null: limits of the months shown, of no measure of the plan"]
    figure_of: Annotated[str | None, "null: no figure of a period"]


def track_of(request: Request, unit: str, measure: str | None) -> MeasureSeries | None:
    """The unit's track of a measure; None where there are no data."""
    track = tracks(request, unit).get(measure or "")
    return track if track and track.points else None


def in_borough(request: Request, whole: MeasureSeries, borough: str) -> MeasureSeries | None:
    """The same measure in one borough; None where it is not counted by borough."""
    if by_borough.read_by_borough(request, whole) is None:
        return None
    return of_borough(request, whole, borough)


def chart(request: Request, track: MeasureSeries, borough: str | None = None) -> Disclosed:
    """The rows of dashboard.charts.spc, with a title that is true of them.

    One row a period; of a rare event with its day known, one row an event (a t chart).
    """
    area = request.catalogue.areas[borough].name if borough else ""
    as_at = day_words(request.as_at)
    rare = track.chart_kind == "t" and bool(track.points)
    apart = gaps.gaps(request, track) if rare else None
    points = _points(request, track) if apart is None else _gap_points(apart)
    said = wording.statement(track) if apart is None else gaps.statement(track, apart)
    if not area and verdicts.misses_quietly(request, track):
        said += ", yet its target is likely to be missed"
    return request.disclose(
        rows.table(Charted, points),
        title=_dated(request, track, wording.placed(said, track.measure.name, area)),
        subtitle=wording.subtitle(track, area, as_at, apart is not None),
        notes=(*notes_of(track, apart), *unsigned.note(request, track), *_tied(request, track)),
        query=read_as.QUERY,
        params=read_as.read_as(request, track),
        measure=track.measure.id,
        unit=track.unit,
        borough=area or None,
    )


def _tied(request: Request, track: MeasureSeries) -> tuple[str, ...]:
    """Of the stock of faults how its figure goes with those on other pages."""
    if track.measure.id != request.stock_of_faults or track.borough:
        return ()
    return tuple(filter(None, (fault_counts.tied(request, track.unit),)))


def _dated(request: Request, track: MeasureSeries, said: str) -> str:
    """The title of figures that ended long ago says so first: what they say is not of now."""
    if not track.points:
        return said
    last = track.points[-1].start
    due = next_start(next_start(last, track.grain), track.grain)
    if due + timedelta(days=track.measure.settles) >= request.as_at - FRESH:
        return said
    return f"No figures since {dates.period(last, track.grain)}: {said}"


def _gap_points(apart: Gaps) -> list[Charted]:
    """A row an event: days since the one before."""
    return [_gap(apart, index) for index in range(len(apart.days))]


def _gap(apart: Gaps, index: int) -> Charted:
    on, chart = apart.on[index], apart.chart
    mean, lower, upper = chart.mean[index], chart.lower[index], chart.upper[index]
    return {
        "period_start": on,
        "period": day_words(on),
        "value": apart.days[index],
        "numerator": None,
        "denominator": None,
        "said": apart.said(index),
        "mean": mean,
        "lower": lower,
        "upper": upper,
        "target": None,
        "mean_said": _days(mean),
        "lower_said": _days(lower),
        "upper_said": _days(upper),
        "target_said": None,
        "segment": 0,
        "symbol": None,
        "point": chart.states[index],
        "rule": _rule(chart.rules[index], "t"),
        "provisional": False,
        "note": None,
        "chart": "t",
        FIGURE_OF: None,
    }


def _days(line: float | None) -> str | None:
    return None if line is None else numbers.figure(round(line), "n")


def _rule(rule: str, kind: str) -> str:
    return COMMON.get(kind, RULES[rule]) if rule == "common" else RULES[rule]


def _points(request: Request, track: MeasureSeries) -> list[Charted]:
    noted: dict[int, str] = {}
    for index, (_, note) in zip(track.rebase, track.notes, strict=True):
        noted[index] = f"{noted[index]}; {_brief(note)}" if index in noted else _brief(note)
    segment, points = 0, []
    for index in range(len(track.points)):
        segment += index in track.rebase
        points.append(_point(request, track, index, segment, noted.get(index)))
    return points


def _brief(note: str) -> str:
    """The first words of a break's note, as many as a chart has room for."""
    first = re.split("[:;,]", note)[0].strip()
    return first if len(first) <= BRIEF else f"{first[: BRIEF - 1].rsplit(' ', 1)[0]} …"


def _point(
    request: Request, track: MeasureSeries, index: int, segment: int, note: str | None
) -> Charted:
    point, unit = track.points[index], track.measure.unit
    said, lines = wording.point_words(track.measure, point), _lines(track, index)
    target = track.aims.values[index]
    return {
        "period_start": point.start,
        "period": dates.period(point.start, track.grain),
        "value": track.values[index],
        "numerator": point.numerator,
        "denominator": point.denominator,
        "said": f"{said} [p]" if point.provisional else said,
        "mean_said": _level(lines["mean"], unit),
        "lower_said": _level(lines["lower"], unit),
        "upper_said": _level(lines["upper"], unit),
        "target": target,
        "target_said": _level(target, unit),
        "segment": segment,
        "provisional": point.provisional,
        "symbol": BROKEN if segment else None,
        "note": note,
        "chart": track.chart.kind if track.chart else "none",
        FIGURE_OF: identity.of_points(request, track, [point]),
        **lines,
    }


def _lines(track: MeasureSeries, index: int) -> Lines:
    """Those of one point; the limits run on under points that are not settled."""
    if track.chart is None:
        return {"mean": None, "lower": None, "upper": None, "point": "common", "rule": ""}
    held, chart = min(index, track.judged - 1), track.chart
    lower = chart.lower[held]
    if lower is not None and lower < 0:
        lower = 0.0  # the drawn line only: neither a count nor a rate goes below
    upper = chart.upper[held]
    if upper is not None and upper > 1 and choice.kind_of(track.measure, track.known) == "share":
        upper = 1.0  # no more than all
    settled = index < track.judged
    rule = chart.rules[index] if settled else "common"
    return {
        "mean": chart.mean[held],
        "lower": lower,
        "upper": upper,
        "point": chart.states[index] if settled else "common",
        "rule": _rule(rule, chart.kind) if settled else "not settled yet",
    }


def _level(value: float | None, unit: str) -> str | None:
    """A limit in words: whole numbers for what is counted in whole numbers and is not small."""
    if value is None:
        return None
    return numbers.figure(round(value) if unit != "percent" and value >= 10 else value, unit)


def short_notes(chart: Disclosed) -> list[str]:
    """The notes of a page but for the breaks, which the chart itself names, and what is said
    of its figures, which stands apart."""
    apart = (*chart.noted(BREAK), *chart.noted(EXPLAINED))
    return [note for note in chart.plain_notes if note not in apart]


def notes_of(track: MeasureSeries, apart: Gaps | None) -> tuple[str, ...]:
    """Which chart it is and why, then its breaks and marks."""
    if not track.points:
        return ()
    notes: list[str] = [chart_words.chart_words(track, dated=apart is not None)]
    if method := chart_words.METHODS.get(track.chart_kind):
        notes.append(Note(method, METHOD))
    notes += [Note(f"{day_words(on)}: {note} {BROKEN}", BREAK) for on, note in track.notes]
    if apart is not None:
        quiet, until = apart.quiet, day_words(apart.until)
        days = phrases.many(quiet, "day")
        notes.append(f"none in the {days} since, up to {until} (exclusive)")
        notes.append("each point an event; a gap beyond the limits is marked, not judged")
        return tuple(notes)
    if any(point.provisional for point in track.points):
        notes.append("hollow: provisional, may still change [p]")
    if track.judged < len(track.points) and track.judged:
        settled = track.points[track.judged - 1].start
        until = day_words(next_start(settled, track.grain))
        notes.append(f"judged up to {until} (exclusive): later periods have not settled")
    if track.chart and track.chart.trial:
        notes.append("fewer than 13 points: trial limits")
    if track.lacking:
        notes.append(returns.not_sent(track.lacking, track.grain))
    sent = {point.start for point in track.points} - {start for start, _ in track.lacking}
    if any(p.start in sent and v is None for p, v in zip(track.points, track.values, strict=True)):
        notes.append("a gap is a period without figures [x]")
    if track.aims.status == "illustrative":
        notes.append("target illustrative: ours, found in no paper")
    return tuple(notes)
