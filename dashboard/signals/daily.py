"""Events by day, as the scan over boroughs and days takes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, TypedDict

import numpy as np

from dashboard.catalogue import Catalogue
from dashboard.periods import Period, calendar
from dashboard.signals.alerts import AlertTable
from dashboard.signals.clusters import ClusterRow, cluster_rows
from dashboard.signals.windows import Windows

WEEK = 7
# Events of a week's days are few: so many spread evenly are added before they tell the days apart.
EVEN = 70
# How long before the meeting's window the weekdays are told apart by.
WEEKDAYS_FROM = timedelta(days=92)


class Event(TypedDict):
    """Events of a measure on a day."""

    measure: str
    borough: Annotated[str | None, "null: in no borough"]
    period_start: date
    n: int


def problems(
    events: Iterable[Event], catalogue: Catalogue, read: Windows, table: AlertTable, seed: int
) -> list[ClusterRow]:
    """One row a problem: a kind of crime in boroughs that touch, or in one for some days alone,
    the most unlikely first. Kinds that are known by day only.

    events  those of the windows and of WEEKDAYS_FROM before
    table   the figures of read.series
    seed    of the simulations
    """
    known = list(events)
    daily = _daily(known, catalogue, read)
    if not daily:
        return []
    boroughs = sorted(area.code for area in catalogue.areas.values() if area.kind == "borough")
    neighbours = tuple((code, catalogue.neighbours(code)) for code in boroughs)
    shares = _day_shares(known, read)
    rows = cluster_rows(read.table, table, daily, shares, neighbours, seed)
    # One borough whose alert says it all is that alert.
    return [row for row in rows if len(row.boroughs) > 1 or not row.members]


def _daily(
    events: list[Event], catalogue: Catalogue, read: Windows
) -> dict[str, dict[str, np.ndarray]]:
    """Events of each measure that is known by day, by borough and day of its window; those that
    lie in no borough are left out."""
    daily: dict[str, dict[str, np.ndarray]] = {}
    length = calendar().window.days
    for event in events:
        window, area = (
            read.window.get(event["measure"]),
            catalogue.areas.get(event["borough"] or ""),
        )
        if window is None or area is None or area.kind != "borough":
            continue
        if window.since <= event["period_start"] < window.until:
            days = daily.setdefault(event["measure"], {}).setdefault(area.code, np.zeros(length))
            days[_day(event, window)] += event["n"]
    return daily


def _day(event: Event, window: Period) -> int:
    return (event["period_start"] - window.since).days


def _day_shares(events: list[Event], read: Windows) -> dict[str, np.ndarray]:
    """Share of a window's events on each of its days, by measure, from the weekdays of the
    three months before it."""
    weekdays = {name: np.full(WEEK, EVEN / WEEK) for name in read.window}
    for event in events:
        window = read.window.get(event["measure"])
        if window is not None and event["period_start"] < window.since:
            weekdays[event["measure"]][_day(event, window) % WEEK] += event["n"]
    weeks = calendar().every_weeks
    return {name: np.tile(one / one.sum(), weeks) / weeks for name, one in weekdays.items()}
