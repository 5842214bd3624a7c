"""Alerts of one kind in boroughs that touch, as the one problem that they are."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboard.periods import calendar
from dashboard.reports.alerts.baselines import Windows
from dashboard.reports.alerts.recent_events import recent_events
from dashboard.reports.request import Request
from dashboard.signals.alerts import AlertTable
from dashboard.signals.clusters import ClusterRow, cluster_rows, together

WEEK = 7
# Events of a week's days are few: so many spread evenly are added before they tell the days apart.
EVEN = 70


def problems(request: Request, read: Windows, table: AlertTable) -> list[ClusterRow]:
    """One row a problem: a kind of crime in boroughs that touch, or in one for some days alone,
    the most unlikely first. Kinds that are known by day only.

    table  the figures of read.series
    """
    daily = _daily(request, read)
    if not daily:
        return []
    boroughs = sorted(a.code for a in request.catalogue.areas.values() if a.kind == "borough")
    neighbours = tuple((code, request.catalogue.neighbours(code)) for code in boroughs)
    # The snapshot's own name seeds the simulations: each reader sees the same answer.
    seed = int(request.snapshot.id[:8], 16)
    shares = _day_shares(request, read)
    rows = cluster_rows(read.table, table, daily, shares, neighbours, seed)
    # One borough whose alert says it all is that alert.
    return [row for row in rows if len(row.boroughs) > 1 or not row.members]


def figures(
    read: Windows, table: AlertTable, measure: str, boroughs: tuple[str, ...]
) -> dict[str, Any]:
    """now, expected, low and high of some boroughs' latest window together; empty where the
    measure has no series there."""
    at = [
        index
        for index, item in enumerate(read.series)
        if item.measure == measure and item.borough in boroughs
    ]
    if not at:
        return {}
    known = together(table.expected[at], table.variance[at], float(table.common[at[0]]))
    now = int(read.now[at].sum())
    return {"now": now, "expected": known.mean, "low": known.low, "high": known.high}


def _daily(request: Request, read: Windows) -> dict[str, dict[str, np.ndarray]]:
    """Events of each measure that is known by day, by borough and day of its window; those that
    lie in no borough are left out."""
    daily: dict[str, dict[str, np.ndarray]] = {}
    areas, length = request.catalogue.areas, calendar().window.days
    for event in recent_events(request):
        window, area = read.window.get(event["measure"]), areas.get(event["borough"])
        if window is None or event["grain"] != "day" or area is None or area.kind != "borough":
            continue
        if window.since <= event["period_start"] < window.until:
            days = daily.setdefault(event["measure"], {}).setdefault(area.code, np.zeros(length))
            days[(event["period_start"] - window.since).days] += event["n"]
    return daily


def _day_shares(request: Request, read: Windows) -> dict[str, np.ndarray]:
    """Share of a window's events on each of its days, by measure, from the weekdays of the
    three months before it."""
    weekdays = {name: np.full(WEEK, EVEN / WEEK) for name in read.window}
    for event in recent_events(request):
        window = read.window.get(event["measure"])
        if window is not None and event["grain"] == "day" and event["period_start"] < window.since:
            place = (event["period_start"] - window.since).days % WEEK
            weekdays[event["measure"]][place] += event["n"]
    weeks = calendar().every_weeks
    return {name: np.tile(one / one.sum(), weeks) / weeks for name, one in weekdays.items()}
