"""Rare events: listed one by one with their gaps, never as a percentage."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from dashboard.periods import MONTHS, calendar, day_words
from dashboard.reports.alerts.rows_of_list import Found
from dashboard.reports.request import Request
from dashboard.stats import alerts as rules

# Monthly published counts of rare events are listed while they are this fresh.
MONTHLY_FRESH = timedelta(days=92)

RARE_SCHEMA = pa.schema(
    [
        ("day", pa.date32()),
        ("period_words", pa.string()),
        ("measure", pa.string()),
        ("name", pa.string()),
        ("unit_code", pa.string()),
        ("borough", pa.string()),
        ("borough_name", pa.string()),
        ("n", pa.int64()),
        ("gap_days", pa.int64()),
    ]
)


def rare(request: Request, found: Found) -> pa.Table:
    """The events of series too rare to test; monthly counts as a month's number.

    The measures that are rarest as a whole come first, each latest event first.
    """
    fortnight = request.fortnight
    chosen = {(item.measure, item.borough) for item in found.rare if item.family == "borough"}
    monthly = _monthly_rare(request)
    rows = []
    for event in _events(request):
        by_day = event["grain"] == "day" and (event["measure"], event["borough"]) in chosen
        if by_day and fortnight.since <= event["period_start"] < fortnight.until:
            rows.append(_event(request, event, event["period_start"]))
        elif (event["measure"], event["borough"], event["period_start"]) in monthly:
            rows.append(_event(request, event, None))
    total = {name: found.usual.get(name, 0.0) for name in {row["measure"] for row in rows}}
    rows.sort(key=lambda row: (total[row["measure"]], row["measure"]))
    return pa.Table.from_pylist(rows, RARE_SCHEMA)


def _events(request: Request) -> list[dict[str, Any]]:
    span = {"since": request.fortnight.since - MONTHLY_FRESH, "until": request.as_at}
    return request.run("events", **span).to_pylist()


def dated_events(request: Request, found: Found) -> dict[str, list[tuple[date, str]]]:
    """Day and borough of every event of each measure's window, of tested measures that are
    known by day; events without a borough are left out."""
    windows, areas = found.read.window, request.catalogue.areas
    events: dict[str, list[tuple[date, str]]] = {}
    for event in _events(request):
        window, area = windows.get(event["measure"]), areas.get(event["borough"])
        if window is None or event["grain"] != "day" or area is None or area.kind != "borough":
            continue
        if window.since <= event["period_start"] < window.until:
            place = (event["period_start"], event["borough"])
            events.setdefault(event["measure"], []).extend([place] * event["n"])
    return events


def _monthly_rare(request: Request) -> set[tuple[str, str, date]]:
    """Measure, borough and month of the last covered month of monthly series that are rare."""
    months = _monthly_only(request)
    if not months:
        return set()
    first = min(months.values())
    read = request.run(
        "all_series",
        level="borough",
        unit=None,
        borough=None,
        grain="month",
        since=first.replace(year=first.year - 1),
        until=max(months.values()),
    )
    totals: dict[tuple[str, str], float] = {}
    for row in read.to_pylist():
        month = months.get(row["measure"])
        if month and _year_before(month) <= row["period_start"] < month:
            key = row["measure"], row["borough"]
            totals[key] = totals.get(key, 0.0) + row["numerator"]
    return {
        (name, area, months[name])
        for (name, area), total in totals.items()
        if total / ((months[name] - _year_before(months[name])).days / calendar().window.days)
        < rules.RARE_BELOW
    }


def _year_before(month: date) -> date:
    return month.replace(year=month.year - 1)


def _monthly_only(request: Request) -> dict[str, date]:
    """Last covered month of the measures that are known by month only, while it is fresh."""
    known: dict[str, dict[str, date]] = {}
    for row in request.coverage_rows:
        spans = known.setdefault(row["measure"], {})
        spans[row["grain"]] = max(row["until"], spans.get(row["grain"], row["until"]))
    return {
        name: date(*divmod_month(spans["month"]))
        for name, spans in known.items()
        if "month" in spans
        and "day" not in spans
        and request.measures[name].alert
        and request.as_at - spans["month"] <= MONTHLY_FRESH
    }


def divmod_month(until: date) -> tuple[int, int, int]:
    """Year, month and 1 of the last whole month before `until` (exclusive).

    >>> divmod_month(date(2025, 8, 1))
    (2025, 7, 1)
    """
    index = until.year * 12 + until.month - 2
    return index // 12, index % 12 + 1, 1


def _event(request: Request, event: dict[str, Any], day: date | None) -> dict[str, Any]:
    start = event["period_start"]
    area = request.catalogue.areas.get(event["borough"])
    words = day_words(start) if day else f"{MONTHS[start.month - 1]} {start.year}"
    previous = event["previous"]
    return {
        "day": day,
        "period_words": words,
        "measure": event["measure"],
        "name": request.measures[event["measure"]].name,
        "unit_code": event["unit_code"],
        "borough": event["borough"],
        "borough_name": area.name if area else None,
        "n": event["n"],
        "gap_days": (start - previous).days if day and previous else None,
    }
