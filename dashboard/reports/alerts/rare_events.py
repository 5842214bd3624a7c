"""Rare events: listed one by one with their gaps, never as a percentage."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from dashboard.periods import MONTHS, Period, calendar, day_words
from dashboard.reports.alerts.freshness import windows
from dashboard.reports.alerts.recent_events import MONTHLY_FRESH, recent_events
from dashboard.reports.alerts.rows_of_list import Found
from dashboard.reports.request import Request
from dashboard.stats import alerts as rules
from dashboard.words import phrases

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
        ("counted_by", pa.string()),
    ]
)


def rare(request: Request, found: Found) -> pa.Table:
    """The events of series too rare to test; monthly counts as a month's number.

    The measures that are rarest as a whole come first, each latest event first.
    """
    looked_at = windows(request)
    chosen = {(item.measure, item.borough) for item in found.rare if item.family == "borough"}
    monthly = _monthly_rare(request)
    rows: list[dict[str, Any]] = []
    for event in recent_events(request):
        by_day = event["grain"] == "day" and (event["measure"], event["borough"]) in chosen
        if by_day and _within(looked_at[event["measure"]], event["period_start"]):
            rows.append(_event(request, event, event["period_start"]))
        elif (event["measure"], event["borough"], event["period_start"]) in monthly:
            rows.append(_event(request, event, None))
    total = {name: found.usual.get(name, 0.0) for name in {row["measure"] for row in rows}}
    rows = _once(rows, total)
    rows.sort(key=lambda row: (total[row["measure"]], row["measure"]))
    return pa.Table.from_pylist(rows, RARE_SCHEMA)


def _within(window: Period, day: date) -> bool:
    return window.since <= day < window.until


def _once(rows: list[dict[str, Any]], total: dict[str, float]) -> list[dict[str, Any]]:
    """Each event in one row, though several measures count it: that of the widest of them.

    It names the others; its gap is since the last event of the widest.
    """
    same: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        place = row["period_words"], row["unit_code"], row["borough"]
        key = row["counted_by"] if row["day"] else row["measure"]
        same.setdefault((*place, key), []).append(row)
    found = []
    for counted in same.values():
        counted.sort(key=lambda row: (-total[row["measure"]], row["measure"]))
        also = [row["name"] for row in counted[1:]]
        name = f"{counted[0]['name']} (also {phrases.listed(also)})" if also else counted[0]["name"]
        found.append(counted[0] | {"name": name})
    return found


def title(table: pa.Table) -> str:
    """What stands over the list: a gap is promised only where the days are known."""
    if any(gap is not None for gap in table.column("gap_days").to_pylist()):
        return "Rare events, each with the gap since the last"
    if table.num_rows and not any(table.column("day").to_pylist()):
        return "Rare events by month: their days are not known, so no gap is given"
    return "Rare events"


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
        "counted_by": event["counted_by"],
    }
