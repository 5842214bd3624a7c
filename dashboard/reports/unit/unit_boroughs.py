"""A measure borough by borough: the tiles of London and what stands beside them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import next_start, period_start
from dashboard.reports.alerts import alert_list
from dashboard.reports.measure.series import series
from dashboard.reports.measure.tracks import Track
from dashboard.reports.request import Request
from dashboard.words import numbers

SHOWN = 13  # periods a tile
NOT_A_BOROUGH = "none"

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


def boroughs(request: Request, track: Track) -> Disclosed | None:
    """The rows of dashboard.charts.tiles over the last 13 whole periods.

    Fortnights where the measure is counted by the day, else months; the subtitle says which.
    None where the measure is not counted by borough.
    """
    grain, until = _window(request, track)
    since = until
    for _ in range(SHOWN):
        since = period_start(since - timedelta(days=1), grain)
    unit = track.unit if track.place == "unit" else "MPS"
    params: dict[str, Any] = {
        "level": "borough",
        "unit": unit,
        "grain": grain,
        "since": since,
        "until": until,
    }
    rows = series(request, track.measure.id, **params).to_pylist()
    if all(row["borough"] == NOT_A_BOROUGH for row in rows):
        return None
    marked = _marked(request, track, until) if grain == "fortnight" else set()
    shown = _rows(request, track, rows, [_nth(since, i, grain) for i in range(SHOWN)], marked)
    last = numbers.period(_nth(since, SHOWN - 1, grain), grain)
    return request.disclose(
        pa.Table.from_pylist(shown, ROWS),
        title=_title(shown, track, grain),
        subtitle=f"Last 13 {grain}s; figures of {last}; one scale for all tiles",
        notes=(_sum(shown, track),),
        query="measure_series",
        params={"measure": track.measure.id, **params},
        measure=track.measure.id,
        unit=unit,
    )


def _window(request: Request, track: Track) -> tuple[str, date]:
    """The grain of the tiles, and where the last whole covered period of it ends."""
    spans = [row for row in request.coverage_rows if row["measure"] == track.measure.id]
    daily = [row["until"] for row in spans if row["grain"] == "day"]
    until = next_start(track.points[-1].start, track.grain)
    # A daily file that has fallen behind the monthly ones would show old figures as the latest.
    if daily and not track.measure.is_rate and max(daily) >= until:
        return "fortnight", period_start(min(max(daily), request.as_at), "fortnight")
    return track.grain, until


def _nth(since: date, steps: int, grain: str) -> date:
    for _ in range(steps):
        since = next_start(since, grain)
    return since


def _marked(request: Request, track: Track, until: date) -> set[str]:
    """Boroughs in which the tasking list holds an alert on the measure for the last fortnight."""
    rows = alert_list.alert_list(request).alerts.rows.to_pylist()
    return {
        row["borough"]
        for row in rows
        if row["measure"] == track.measure.id and row["borough"] and row["window_until"] == until
    }


def _rows(
    request: Request,
    track: Track,
    rows: list[dict[str, Any]],
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


def _cell(row: dict[str, Any] | None, track: Track) -> dict[str, Any]:
    if row is None:
        return {"numerator": None, "denominator": None, "value": None}
    numerator, denominator = row["numerator"], row["denominator"]
    value = numerator
    if track.measure.is_rate:
        value = numerator / denominator if denominator else None
    return {"numerator": numerator, "denominator": denominator, "value": value}


def _figure(row: dict[str, Any] | None, track: Track) -> str:
    """A rate by its two parts, as they are small; a count as it is."""
    if row is None or row["numerator"] is None:
        return numbers.MISSING
    if track.measure.is_rate:
        return f"{row['numerator']:.0f}/{row['denominator'] or 0:.0f}"
    return numbers.figure(row["numerator"], track.measure.unit)


def _title(rows: list[dict[str, Any]], track: Track, grain: str) -> str:
    names = list(dict.fromkeys(row["name"] for row in rows if row["stands_out"]))
    if not names:
        return f"Boroughs, last 13 {grain}s"
    return f"Beyond expectation in {numbers.listed(names)}"


def _sum(rows: list[dict[str, Any]], track: Track) -> str:
    """Tiles and the rest add up to the total: said, with the numbers."""
    last = max((row["slot"] for row in rows), default=0)
    latest = [row for row in rows if row["slot"] == last and row["numerator"] is not None]
    if not latest:
        return ""
    unit = track.measure.unit if not track.measure.is_rate else "n"
    inside = sum(row["numerator"] for row in latest if row["kind"] == "borough")
    rest = [
        f"{row['name'].lower()} {numbers.figure(row['numerator'], unit)}"
        for row in latest
        if row["kind"] != "borough"
    ]
    total = numbers.figure(sum(row["numerator"] for row in latest), unit)
    parts = [f"boroughs {numbers.figure(inside, unit)}", *rest]
    words = f"{' + '.join(parts)} = {total}"
    return f"{numbers.sentence(words)}." if not track.measure.is_rate else ""
