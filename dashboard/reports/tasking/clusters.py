"""Near repeats: do the window's shootings and robberies cluster by borough and day?

A borough is a coarse place: what is found says that neighbouring boroughs were hit within days
of each other more often than these places and these days make likely, not which streets were.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.reports.alerts.rare_events import dated_events
from dashboard.reports.alerts.rows_of_list import found
from dashboard.reports.request import Request
from dashboard.stats.knox import Knox, knox
from dashboard.stats.multiple import holm
from dashboard.words.names import area_word, areas_word, window_word

# Kinds of crime that follow each other in place and time (near-repeat literature).
TESTED = ("shootings", "commercial_robbery", "cash_in_transit_robbery", "personal_robbery")
WITHIN = 3  # days apart
UNLIKELY = 0.05
COLUMNS = pa.schema(
    [
        ("measure", pa.string()),
        ("name", pa.string()),
        ("window", pa.string()),
        ("events", pa.int64()),
        ("pairs", pa.int64()),
        *((name, pa.float64()) for name in ("expected", "low", "high", "p", "adjusted")),
        ("boroughs", pa.string()),
        ("sentence", pa.string()),
    ]
)


def _lacking(request: Request) -> tuple[str, ...]:
    """What can't be seen without a list of neighbours."""
    if request.catalogue.adjacency:
        return ()
    return (
        f"adjacency.csv does not say which {areas_word()} touch: only events of one and the same "
        f"{area_word()} are near each other here.",
    )


@lru_cache(maxsize=32)
def clusters(request: Request) -> Disclosed:
    """One row a kind of crime with dated events in the window, in the plan's order."""
    here = found(request)
    held = dated_events(request, here)
    rows = [
        _row(request, name, held[name], here.read.window[name].words)
        for name in TESTED
        if name in request.measures and held.get(name)
    ]
    tested = [row for row in rows if row.get("p") is not None]
    # Several kinds are looked at: one of four would stand out by luck at every sixth meeting.
    for row, held_to in zip(tested, holm([row["p"] for row in tested]), strict=True):
        row["adjusted"] = float(held_to)
    rows = [row | {"sentence": _sentence(row)} for row in rows]
    unlikely = [row for row in tested if row["adjusted"] < UNLIKELY]
    names = " and ".join(row["name"] for row in unlikely)
    said = (
        f"{names} came in runs of neighbouring {areas_word()}"
        if unlikely
        else "No run of near repeats"
    )
    return request.disclose(
        pa.Table.from_pylist(rows, COLUMNS),
        title=said if rows else "Near repeats can't be looked for: no events are known by day",
        subtitle=f"pairs within {WITHIN} days in the same {area_word()} or ones that touch, "
        f"against 999 shuffles of the days",
        notes=_lacking(request),
        query="events",
    )


def _row(
    request: Request, name: str, events: list[tuple[date, str]], window: str
) -> dict[str, Any]:
    measure = request.measures[name].name
    row = {"measure": name, "name": measure, "events": len(events), "window": window}
    result = _test(request, events)
    if result is None:
        return row
    figures = {key: getattr(result, key) for key in ("pairs", "expected", "low", "high", "p")}
    return row | figures | {"boroughs": _busiest(request, events)}


def _sentence(row: dict[str, Any]) -> str:
    if row.get("p") is None:
        return (
            f"{row['name']}: {row['events']} in the {window_word()} {row['window']}, no two in "
            f"{areas_word()} that touch."
        )
    pairs = "1 pair" if row["pairs"] == 1 else f"{row['pairs']:,} pairs"
    return (
        f"{row['name']}, {row['window']}: {pairs} of its {row['events']} within {WITHIN} days in "
        f"{areas_word()} that touch, {row['expected']:,.1f} expected "
        f"({row['low']:,.0f}–{row['high']:,.0f}); "
        f"{'more than chance' if row['adjusted'] < UNLIKELY else 'no more than chance'} "
        f"(p = {row['p']:.3f}; {row['adjusted']:.3f} for all kinds looked at)."
    )


def _test(request: Request, events: list[tuple[date, str]]) -> Knox | None:
    places = sorted({borough for _, borough in events})
    touch = np.array(
        [[a == b or b in request.catalogue.neighbours(a) for b in places] for a in places]
    )
    index = np.array([places.index(borough) for _, borough in events])
    days = [day.toordinal() for day, _ in events]
    # The snapshot's own name seeds the shuffles: each reader sees the same answer.
    seed = int(request.snapshot.id[:8], 16)
    return knox(days, touch[np.ix_(index, index)], WITHIN, seed)


def _busiest(request: Request, events: list[tuple[date, str]]) -> str:
    counts: dict[str, int] = {}
    for _, borough in events:
        counts[borough] = counts.get(borough, 0) + 1
    first = sorted(counts, key=lambda code: (-counts[code], code))[:3]
    return ", ".join(f"{request.catalogue.areas[code].name} {counts[code]}" for code in first)
