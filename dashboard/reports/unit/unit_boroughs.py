"""A measure borough by borough: the tiles and what stands beside them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import calendar
from dashboard.reports.alerts import alert_list
from dashboard.reports.measure import by_borough
from dashboard.reports.measure.series import Counted, value_of
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.words import dates, numbers, phrases
from dashboard.words.names import area_inside, areas_word
from dashboard.words.phrases import sentence

ROWS = pa.schema(
    [
        *((name, pa.string()) for name in ("code", "name", "short", "kind")),
        *((name, pa.int64()) for name in ("grid_x", "grid_y", "slot")),
        ("period_start", pa.date32()),
        ("period", pa.string()),
        *((name, pa.float64()) for name in ("value", "numerator", "denominator")),
        ("figure", pa.string()),
        ("stands_out", pa.bool_()),
    ]
)


def boroughs(request: Request, track: MeasureSeries) -> Disclosed | None:
    """The rows of dashboard.charts.tiles over the last 13 whole periods.

    Fortnights where the measure is counted by the day, else months; the subtitle says which.
    None where the measure is not counted by borough.
    """
    read = by_borough.read(request, track)
    if read is None:
        return None
    grain, rows = read.grain, read.rows
    marked = _marked(request, track, read.until) if grain == calendar().grain else set()
    shown = _rows(request, track, rows, list(read.starts), marked)
    last = dates.period(read.starts[-1], grain)
    return request.disclose(
        pa.Table.from_pylist(shown, ROWS),
        title=_title(shown, grain),
        subtitle=f"Last 13 {grain}s; figures of {last}; one scale for all tiles",
        notes=(_sum(request, shown, track),),
        query="measure_series",
        params={"measure": track.measure.id, **read.params},
        measure=track.measure.id,
        unit=read.params["unit"],
    )


def _marked(request: Request, track: MeasureSeries, until: date) -> set[str]:
    """Boroughs in which the tasking list holds an alert on the measure for the last window."""
    since = until - calendar().window
    return {
        code
        for row in alert_list.alerts(request)
        if row["measure"] == track.measure.id and since < row["window_until"] <= until
        for code in row["boroughs"]
    }


def _rows(
    request: Request,
    track: MeasureSeries,
    rows: list[Counted],
    starts: list[date],
    marked: set[str],
) -> list[dict[str, Any]]:
    held = {(row["borough"], row["period_start"]): row for row in rows}
    present = {row["borough"] for row in rows}
    found = []
    for area in request.catalogue.areas.values():
        if area.kind != "not_policed" and area.code not in present:
            continue
        last = held.get((area.code, starts[-1]))
        shared = {
            "code": area.code,
            "name": area.name,
            "short": area.short,
            "kind": area.kind,
            "grid_x": area.grid_x,
            "grid_y": area.grid_y,
            "figure": _figure(last, track),
            "stands_out": area.code in marked,
        }
        for slot, start in enumerate(starts):
            row = held.get((area.code, start))
            found.append(shared | _cell(row, track) | {"slot": slot, "period_start": start})
    return found


def _cell(row: Counted | None, track: MeasureSeries) -> dict[str, Any]:
    if row is None:
        return {"numerator": None, "denominator": None, "value": None}
    value = value_of(row, rate=track.measure.is_rate)
    return {"numerator": row["numerator"], "denominator": row["denominator"], "value": value}


def _figure(row: Counted | None, track: MeasureSeries) -> str:
    """A rate by its two parts, as they are small; a count as it is."""
    if row is None or row["numerator"] is None:
        return numbers.MISSING
    if track.measure.is_rate:
        return numbers.tight(row["numerator"], row["denominator"] or 0)
    return numbers.figure(row["numerator"], track.measure.unit)


def _title(rows: list[dict[str, Any]], grain: str) -> str:
    names = list(dict.fromkeys(row["name"] for row in rows if row["stands_out"]))
    if not names:
        return f"{sentence(areas_word())}, last 13 {grain}s"
    return f"Beyond expectation in {phrases.listed(names)}"


def _sum(request: Request, rows: list[dict[str, Any]], track: MeasureSeries) -> str:
    """Tiles and the rest add up to the total: said, with the numbers."""
    last = max((row["slot"] for row in rows), default=0)
    latest = [row for row in rows if row["slot"] == last and row["numerator"] is not None]
    if not latest:
        return ""
    unit = track.measure.unit if not track.measure.is_rate else "n"
    inside = sum(row["numerator"] for row in latest if row["kind"] == "borough")
    rest = [
        f"{area_inside(request.catalogue, row['code'])} {numbers.figure(row['numerator'], unit)}"
        for row in latest
        if row["kind"] != "borough"
    ]
    total = numbers.figure(sum(row["numerator"] for row in latest), unit)
    parts = [f"{areas_word()} {numbers.figure(inside, unit)}", *rest]
    words = f"{' + '.join(parts)} = {total}"
    return f"{phrases.sentence(words)}." if not track.measure.is_rate else ""
