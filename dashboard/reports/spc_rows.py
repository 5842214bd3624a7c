"""A track as the rows of its SPC chart."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import day_words, next_start
from dashboard.reports import places, saying, wording
from dashboard.reports.request import Request
from dashboard.reports.tracks import Track, of_borough, tracks

ROWS = pa.schema(
    [
        ("period_start", pa.date32()),
        ("period", pa.string()),
        *((name, pa.float64()) for name in ("value", "numerator", "denominator")),
        ("said", pa.string()),
        *((name, pa.float64()) for name in ("mean", "lower", "upper", "target")),
        *((f"{name}_said", pa.string()) for name in ("mean", "lower", "upper", "target")),
        ("segment", pa.int64()),
        ("point", pa.string()),
        ("rule", pa.string()),
        ("provisional", pa.bool_()),
        ("note", pa.string()),
    ]
)
BRIEF = 42  # letters of a break's note on a chart
RULES = {
    "outside": "outside the limits",
    "trend": "7 points moving one way (trend)",
    "two_in_three": "2 of 3 points near a limit",
    "shift": "7 points on one side of the mean (shift)",
    "common": "usual range",
}


def track_of(request: Request, unit: str, measure: str | None) -> Track | None:
    """The unit's track of a measure; None where there are no data."""
    found = tracks(request, unit).get(measure or "")
    return found if found and found.points else None


def in_borough(request: Request, whole: Track, borough: str) -> Track | None:
    """The same measure in one borough; None where it is not counted by borough."""
    if places.boroughs(request, whole) is None:
        return None
    return of_borough(request, whole, borough)


def chart(request: Request, track: Track, borough: str | None = None) -> Disclosed:
    """The rows of dashboard.charts.spc, with a title that is true of them."""
    area = request.catalogue.areas[borough].name if borough else ""
    as_at = day_words(request.as_at)
    return request.disclose(
        pa.Table.from_pylist(_rows(track), ROWS),
        title=wording.statement(track),
        subtitle=wording.subtitle(track, area, as_at),
        notes=_notes(track),
        query="unit_measures" if borough is None else "measure_series",
        params={"unit": track.unit} | ({"borough": borough} if borough else {}),
        measure=track.measure.id,
        unit=track.unit,
        borough=area or None,
    )


def _rows(track: Track) -> list[dict[str, Any]]:
    noted = {
        next(i for i, point in enumerate(track.points) if point.start >= on): _brief(note)
        for on, note in track.notes
    }
    segment, rows = 0, []
    for index in range(len(track.points)):
        segment += index in track.rebase
        rows.append(_row(track, index) | {"segment": segment, "note": noted.get(index)})
    return rows


def _brief(note: str) -> str:
    """The first words of a break's note, as many as a chart has room for."""
    first = re.split("[:;,]", note)[0].strip()
    return first if len(first) <= BRIEF else f"{first[: BRIEF - 1].rsplit(' ', 1)[0]} …"


def _row(track: Track, index: int) -> dict[str, Any]:
    point, unit, value = track.points[index], track.measure.unit, track.values[index]
    said = saying.figure(value, unit)
    if track.measure.is_rate and value is not None:
        said = f"{said} ({saying.rate(point.numerator, point.denominator)})"
    row: dict[str, Any] = {
        "period_start": point.start,
        "period": saying.period(point.start, track.grain),
        "value": value,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "said": f"{said} [p]" if point.provisional else said,
        "provisional": point.provisional,
        **_limits(track, index),
        "target": track.aims.values[index],
    }
    for name in ("mean", "lower", "upper", "target"):
        row[f"{name}_said"] = _level(row[name], unit)
    return row


def _limits(track: Track, index: int) -> dict[str, Any]:
    """Limits and state of one point; the limits run on under points that are not settled."""
    if track.chart is None:
        return {
            "mean": None,
            "lower": None,
            "upper": None,
            "point": "common",
            "rule": "",
        }
    held, chart = min(index, track.judged - 1), track.chart
    lower = chart.lower[held]
    if lower is not None and lower < 0:
        lower = 0.0  # the drawn line only: neither a count nor a rate goes below
    settled = index < track.judged
    rule = chart.rules[index] if settled else "common"
    return {
        "mean": chart.mean[held],
        "lower": lower,
        "upper": chart.upper[held],
        "point": chart.states[index] if settled else "common",
        "rule": RULES[rule] if settled else "not settled yet",
    }


def _level(value: float | None, unit: str) -> str | None:
    """A limit in words: whole numbers for what is counted in whole numbers and is not small."""
    if value is None:
        return None
    return saying.figure(round(value) if unit != "percent" and value >= 10 else value, unit)


def short_notes(found: Disclosed) -> list[str]:
    """The notes but for the breaks, which the chart itself names."""
    return [note for note in found.notes if not note.endswith("[b]")]


def _notes(track: Track) -> tuple[str, ...]:
    notes = [f"{day_words(on)}: {note} [b]" for on, note in track.notes]
    if any(point.provisional for point in track.points):
        notes.append("hollow: provisional, may still change [p]")
    if track.judged < len(track.points) and track.judged:
        settled = track.points[track.judged - 1].start
        until = day_words(next_start(settled, track.grain))
        notes.append(f"judged up to {until} (exclusive): later periods have not settled")
    if track.chart and track.chart.trial:
        notes.append("fewer than 13 points: trial limits")
    if track.too_small and track.points:
        notes.append("fewer than five cases a period on average: no limits, no verdict")
    if any(value is None for value in track.values):
        notes.append("a gap is a period without figures [x]")
    if track.aims.status == "illustrative":
        notes.append("target illustrative: ours, found in no paper")
    return tuple(notes)
