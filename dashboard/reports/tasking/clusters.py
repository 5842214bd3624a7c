"""Where events of one kind lie together: alerts in boroughs that touch, said as one problem."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import MONTHS, Period
from dashboard.reports.alerts.rare_events import dated_events, days_before
from dashboard.reports.alerts.rows_of_list import found
from dashboard.reports.request import Request
from dashboard.signals.clusters import ClusterRow, cluster_rows
from dashboard.words.phrases import listed

DAYS, WEEK = 14, 7
# Events of a week's days are few: so many spread evenly are added before they tell the days apart.
EVEN = 70
COLUMNS = pa.schema(
    [
        *((name, pa.string()) for name in ("measure", "name", "boroughs", "window")),
        ("borough_codes", pa.list_(pa.string())),
        ("since", pa.date32()),
        ("until", pa.date32()),
        ("now", pa.int64()),
        ("expected", pa.float64()),
        ("low", pa.int64()),
        ("high", pa.int64()),
        ("p", pa.float64()),
        ("alerts", pa.int64()),
        ("sentence", pa.string()),
    ]
)


@lru_cache(maxsize=32)
def clusters(request: Request) -> Disclosed:
    """One row a problem: a kind of crime in one borough or several that touch, the most unlikely
    first. `alerts` counts the alerts of the list that the row holds."""
    here = found(request)
    held = dated_events(request, here)
    rows = [_row(request, row) for row in _signals(request, held)] if held else []
    names = listed([f"{row['name']} in {row['boroughs']}" for row in rows])
    kinds = f"{len(held)} kind{'' if len(held) == 1 else 's'}"
    if not held:
        title = "Clusters can't be looked for: no events are known by day"
    elif rows:
        title = f"{names}: more than the past lets expect together"
    else:
        title = f"No cluster among the {kinds} of events known by day"
    return request.disclose(
        pa.Table.from_pylist(rows, COLUMNS),
        title=title,
        subtitle=f"{kinds} scanned over up to four boroughs that touch, and 3, 7 or 14 days; "
        "a small cluster can be missed",
        query="events",
    )


def _signals(request: Request, held: dict[str, list[tuple[date, str]]]) -> list[ClusterRow]:
    here = found(request)
    daily: dict[str, dict[str, np.ndarray]] = {}
    for name, events in held.items():
        since = here.read.window[name].since
        by_borough = daily.setdefault(name, {})
        for day, borough in events:
            by_borough.setdefault(borough, np.zeros(DAYS))[(day - since).days] += 1
    boroughs = sorted(a.code for a in request.catalogue.areas.values() if a.kind == "borough")
    neighbours = tuple((code, request.catalogue.neighbours(code)) for code in boroughs)
    # The snapshot's own name seeds the simulations: each reader sees the same answer.
    seed = int(request.snapshot.id[:8], 16)
    before = days_before(request, here)
    share = {name: _day_share(before.get(name, [])) for name in daily}
    return cluster_rows(here.read.table, here.table, daily, share, neighbours, seed)


def _day_share(before: list[tuple[int, int]]) -> np.ndarray:
    """Share of a fortnight on each of its days, from (days before the fortnight, events)."""
    weekday = np.full(WEEK, EVEN / WEEK)
    for back, events in before:
        weekday[-back % WEEK] += events
    return np.tile(weekday / weekday.sum(), DAYS // WEEK) * WEEK / DAYS


def _row(request: Request, item: ClusterRow) -> dict[str, Any]:
    window: Period = found(request).read.window[item.measure]
    since = window.since + timedelta(days=item.first)
    until = window.since + timedelta(days=item.until)
    name = request.measures[item.measure].name
    places = listed([request.catalogue.areas[code].name for code in item.boroughs])
    last = until - timedelta(days=1)
    length = item.until - item.first
    when = f"the fortnight to {last.day} {MONTHS[last.month - 1]}"
    if length < DAYS:
        when = f"the {length} days to {last.day} {MONTHS[last.month - 1]}"
    return {
        "measure": item.measure,
        "name": name,
        "boroughs": places,
        "window": when,
        "borough_codes": list(item.boroughs),
        "since": since,
        "until": until,
        "now": item.now,
        "expected": item.expected,
        "low": item.low,
        "high": item.high,
        "p": item.p,
        "alerts": len(item.members),
        "sentence": f"{name} in {places}: {item.now} in {when}, {item.expected:.1f} expected "
        f"({item.low}–{item.high}).",
    }
