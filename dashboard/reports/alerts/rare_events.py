"""Rare events: listed one by one with their gaps, never as a percentage."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.periods import MONTHS, Period, calendar, day_words
from dashboard.reports.alerts.freshness import windows
from dashboard.reports.alerts.recent_events import MONTHLY_FRESH, Event, recent_events
from dashboard.reports.alerts.rows_of_list import AlertRows
from dashboard.reports.request import Request
from dashboard.stats import alerts as rules
from dashboard.words import phrases

MANY = 3  # of a kind in one area where less than one is usual: that is news


class Rare(TypedDict):
    """An event, or a month's published number of them."""

    day: Annotated[date | None, "null: known by the month only"]
    period_words: str
    measure: str
    also_measures: list[str]  # the other measures that count it
    name: str
    unit_code: str
    borough: str
    borough_name: Annotated[str | None, "null: no area of the catalogue"]
    n: int
    gap_days: Annotated[int | None, "null: the day, or an earlier event there, is not known"]
    counted_by: str


class Month(TypedDict):
    """A row of the query all_series."""

    measure: str
    borough: Annotated[str | None, "null: all areas"]
    period_start: date
    numerator: float


def rare(request: Request, here: AlertRows) -> list[Rare]:
    """The events of series too rare to test; monthly counts as a month's number.

    The measures that are rarest as a whole come first, each latest event first.
    """
    looked_at = windows(request)
    chosen = {(item.measure, item.borough) for item in here.rare if item.family == "borough"}
    monthly = _monthly_rare(request)
    listed: list[Rare] = []
    for event in recent_events(request):
        by_day = event["grain"] == "day" and (event["measure"], event["borough"]) in chosen
        if by_day and _within(looked_at[event["measure"]], event["period_start"]):
            listed.append(_event(request, event, event["period_start"]))
        elif (event["measure"], event["borough"], event["period_start"]) in monthly:
            listed.append(_event(request, event, None))
    total = {row["measure"]: here.usual.get(row["measure"], 0.0) for row in listed}
    once = _once(listed, total)
    once.sort(key=lambda row: (total[row["measure"]], row["measure"]))
    return once


def crowds(events: Iterable[Rare]) -> list[tuple[Rare, ...]]:
    """The events of which MANY or more of one kind came in one area, the most first."""
    of: dict[tuple[str, str], list[Rare]] = {}
    for row in events:
        if row["borough"]:
            of.setdefault((row["measure"], row["borough"]), []).append(row)
    counted = [(sum(row["n"] for row in here), here) for here in of.values()]
    counted.sort(key=lambda item: -item[0])
    return [tuple(here) for n, here in counted if n >= MANY]


def _within(window: Period, day: date) -> bool:
    return window.since <= day < window.until


def _once(listed: list[Rare], total: dict[str, float]) -> list[Rare]:
    """Each event in one row, though several measures count it: that of the widest of them.

    It names the others; its gap is since the last event of the widest.
    """
    same: dict[tuple[str, ...], list[Rare]] = {}
    for row in listed:
        place = row["period_words"], row["unit_code"], row["borough"]
        key = row["counted_by"] if row["day"] else row["measure"]
        same.setdefault((*place, key), []).append(row)
    once: list[Rare] = []
    for counted in same.values():
        counted.sort(key=lambda row: (-total[row["measure"]], row["measure"]))
        first, *others = counted
        also = [row["name"] for row in others]
        name = f"{first['name']} (also {phrases.listed(also)})" if also else first["name"]
        once.append({**first, "name": name, "also_measures": [row["measure"] for row in others]})
    return once


def title(events: list[Rare]) -> str:
    """What stands over the list: a gap is promised only where the days are known."""
    if any(row["gap_days"] is not None for row in events):
        return "Rare events, each with the gap since the last"
    if events and not any(row["day"] for row in events):
        return "Rare events by month: their days are not known, so no gap is given"
    return "Rare events"


def _monthly_rare(request: Request) -> set[tuple[str, str | None, date]]:
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
    totals: dict[tuple[str, str | None], float] = {}
    for row in rows.typed(Month, read):
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


def _event(request: Request, event: Event, day: date | None) -> Rare:
    start = event["period_start"]
    area = request.catalogue.areas.get(event["borough"])
    words = day_words(start) if day else f"{MONTHS[start.month - 1]} {start.year}"
    previous = event["previous"]
    return {
        "day": day,
        "period_words": words,
        "measure": event["measure"],
        "also_measures": [],
        "name": request.measures[event["measure"]].name,
        "unit_code": event["unit_code"],
        "borough": event["borough"],
        "borough_name": area.name if area else None,
        "n": event["n"],
        "gap_days": (start - previous).days if day and previous else None,
        "counted_by": event["counted_by"],
    }
