"""A measure borough by borough: the tiles and what stands beside them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import calendar
from dashboard.reports.alerts import alert_list
from dashboard.reports.measure import by_borough
from dashboard.reports.measure.series import Counted, Parts, value_of
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.words import dates, numbers, phrases
from dashboard.words.names import area_inside, areas_word
from dashboard.words.phrases import sentence

UNKNOWN = "null: no figure is known"


class Cell(Parts):
    """A figure with both its parts."""

    value: Annotated[float | None, f"{UNKNOWN}, or a rate has no case"]


class Slot(TypedDict):
    """One of the last periods of a measure in an area."""

    code: str
    name: str
    short: str
    kind: str
    grid_x: Annotated[int | None, "null: beside the map"]
    grid_y: Annotated[int | None, "null: beside the map"]
    slot: int  # from 0, the oldest
    period_start: date
    period: str
    value: Annotated[float | None, f"{UNKNOWN}, or a rate has no case"]
    numerator: Annotated[float | None, UNKNOWN]
    denominator: Annotated[float | None, f"{UNKNOWN}, or a count"]
    figure: str  # of the area's last period
    stands_out: bool


def boroughs(request: Request, track: MeasureSeries) -> Disclosed | None:
    """The rows of dashboard.charts.tiles over the last 13 whole periods.

    Fortnights where the measure is counted by the day, else months; the subtitle says which.
    None where the measure is not counted by borough.
    """
    read = by_borough.read_by_borough(request, track)
    if read is None:
        return None
    grain = read.grain
    marked = _marked(request, track, read.until) if grain == calendar().grain else set()
    shown = _slots(request, track, read, marked)
    last = dates.period(read.starts[-1], grain)
    return request.disclose(
        rows.table(Slot, shown),
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


def _slots(
    request: Request, track: MeasureSeries, read: by_borough.ByBorough, marked: set[str]
) -> list[Slot]:
    held = {(row["borough"], row["period_start"]): row for row in read.rows}
    present = {row["borough"] for row in read.rows}
    slots: list[Slot] = []
    for area in request.catalogue.areas.values():
        if area.kind != "not_policed" and area.code not in present:
            continue
        figure = _figure(held.get((area.code, read.starts[-1])), track)
        for slot, start in enumerate(read.starts):
            slots.append(
                {
                    "code": area.code,
                    "name": area.name,
                    "short": area.short,
                    "kind": area.kind,
                    "grid_x": area.grid_x,
                    "grid_y": area.grid_y,
                    "slot": slot,
                    "period_start": start,
                    "period": dates.period(start, read.grain),
                    **_cell(held.get((area.code, start)), track),
                    "figure": figure,
                    "stands_out": area.code in marked,
                }
            )
    return slots


def _cell(row: Counted | None, track: MeasureSeries) -> Cell:
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


def _title(slots: list[Slot], grain: str) -> str:
    names = list(dict.fromkeys(row["name"] for row in slots if row["stands_out"]))
    if not names:
        return f"{sentence(areas_word())}, last 13 {grain}s"
    return f"Beyond expectation in {phrases.listed(names)}"


def _sum(request: Request, slots: list[Slot], track: MeasureSeries) -> str:
    """Tiles and the rest add up to the total: said, with the numbers."""
    last = max((row["slot"] for row in slots), default=0)
    latest = [
        (row, seen)
        for row in slots
        if row["slot"] == last and (seen := row["numerator"]) is not None
    ]
    if not latest:
        return ""
    unit = track.measure.unit if not track.measure.is_rate else "n"
    inside = sum(seen for row, seen in latest if row["kind"] == "borough")
    rest = [
        f"{area_inside(request.catalogue, row['code'])} {numbers.figure(seen, unit)}"
        for row, seen in latest
        if row["kind"] != "borough"
    ]
    total = numbers.figure(sum(seen for _, seen in latest), unit)
    parts = [f"{areas_word()} {numbers.figure(inside, unit)}", *rest]
    words = f"{' + '.join(parts)} = {total}"
    return f"{phrases.sentence(words)}." if not track.measure.is_rate else ""
