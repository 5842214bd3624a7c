"""The rows of one snapshot's alert list, before anything is known of earlier meetings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.catalogue import ours
from dashboard.reports.alerts.baselines import Series, Windows, windows
from dashboard.reports.request import Request
from dashboard.stats import alerts as rules
from dashboard.stats.alerts import AlertTable

ALERT_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("measure", "name", "family", "unit_code")),
        *((name, pa.string()) for name in ("unit_name", "borough", "borough_name", "tier")),
        ("now", pa.int64()),
        ("expected", pa.float64()),
        ("low", pa.int64()),
        ("high", pa.int64()),
        *((name, pa.float64()) for name in ("excess", "p", "q")),
        ("rule", pa.string()),
        ("window_since", pa.date32()),
        ("window_until", pa.date32()),
        ("fortnights_behind", pa.int64()),
        ("first_seen", pa.date32()),
        ("times_seen", pa.int64()),
        ("p_before", pa.float64()),
        ("priority", pa.string()),
        ("sentence", pa.string()),
        ("spark", pa.list_(pa.float64())),
    ]
)
RULES = {"alert": "nb_bh", "watch": "nb_p", "fall": "nb_fall"}
Identity = tuple[str, str, str | None]  # measure, unit, borough: kept from meeting to meeting
Row = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What one snapshot alone says.

    rows    of the three tiers, strongest evidence first
    tested  now, expected, low, high and q of every series that was tested, by identity
    counts  series tested, by family (directorate, ocu, borough)
    usual   expected in a window in all areas, by measure
    by_chance  rows of the watch tier to expect though nothing has changed
    """

    rows: tuple[Row, ...]
    rare: tuple[Series, ...]
    tested: dict[Identity, Row]
    counts: dict[str, int]
    usual: dict[str, float]
    by_chance: float
    read: Windows


@lru_cache(maxsize=64)
def found(request: Request) -> Found:
    """Every tested series of the request's last whole fortnight, in tiers."""
    read = windows(request)
    table = rules.test_series(
        read.now,
        read.baseline,
        group=np.array([item.measure for item in read.series], dtype=str),
        family=np.array([item.family for item in read.series], dtype=str),
    )
    rows, tested = [], {}
    counts = dict.fromkeys(("directorate", "ocu", "borough"), 0)
    usual: dict[str, float] = {}
    for index, item in enumerate(read.series):
        if item.family == "borough":
            usual[item.measure] = usual.get(item.measure, 0.0) + float(table.expected[index])
        if table.tested[index]:
            counts[item.family] += 1
            tested[identity_of(request, item)] = _figures(read, table, index)
        if tier := _tier(table, index):
            rows.append(_row(request, item, tier, table, index, read))
    rows.sort(key=lambda row: (row["p"], -row["excess"]))
    rare = tuple(
        item
        for index, item in enumerate(read.series)
        if read.now[index] > 0 and table.expected[index] < rules.RARE_BELOW
    )
    by_chance = float(table.by_chance.sum())
    return Found(tuple(rows), rare, tested, counts, usual, by_chance, read)


def identity(row: Row) -> Identity:
    """What makes two rows of different meetings the same alert."""
    return row["measure"], row["unit_code"], row["borough"]


def identity_of(request: Request, item: Series) -> Identity:
    """The identity of the row that a series makes."""
    return item.measure, _unit(request, item), item.borough


def _tier(table: AlertTable, index: int) -> str:
    return str(table.tier[index]) or ("fall" if table.fall[index] else "")


def _figures(read: Windows, table: AlertTable, index: int) -> Row:
    return {
        "now": int(read.now[index]),
        "expected": float(table.expected[index]),
        "low": int(table.low[index]),
        "high": int(table.high[index]),
        "q": float(table.q[index]),
        "tier": _tier(table, index),
    }


def _row(
    request: Request, item: Series, tier: str, table: AlertTable, index: int, read: Windows
) -> Row:
    measure, unit = request.measures[item.measure], _unit(request, item)
    area = request.catalogue.areas.get(item.borough or "")
    window, before = read.window[item.measure], read.baseline[index]
    return _figures(read, table, index) | {
        "measure": item.measure,
        "name": measure.name,
        "family": item.family,
        "unit_code": unit,
        "unit_name": request.catalogue.units[unit].name,
        "borough": item.borough,
        "borough_name": area.name if area else None,
        "tier": tier,
        "excess": float(table.excess[index]),
        "p": float(table.fall_p[index] if tier == "fall" else table.p[index]),
        "rule": RULES[tier],
        "window_since": window.since,
        "window_until": window.until,
        "fortnights_behind": read.behind[item.measure],
        "priority": _priority(request, item.measure),
        "spark": [None if np.isnan(v) else float(v) for v in before] + [float(read.now[index])],
    }


def _unit(request: Request, item: Series) -> str:
    """Whose row it is: a unit's measure in one borough is its owner's, unless published counts
    serve it, which know no unit."""
    measure = request.measures[item.measure]
    own = item.family == "borough" and measure.scope == "ocu"
    return measure.owner if own and not _published(request, item.measure) else item.unit_code


def _published(request: Request, measure: str) -> bool:
    return any(
        row["measure"] == measure and row["unit_code"] == ours().force
        for row in request.coverage_rows
    )


def _priority(request: Request, measure: str) -> str | None:
    """The priority of the control strategy in force that names the measure."""
    for priority in request.catalogue.priorities:
        begun = priority.since <= request.as_at
        ended = priority.until is not None and priority.until <= request.as_at
        if measure in priority.measures and begun and not ended:
            return priority.name
    return None
