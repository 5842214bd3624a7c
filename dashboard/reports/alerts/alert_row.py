"""One row of the alert list: of a series, or of boroughs that touch."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.reports.measure import identity
from dashboard.reports.request import Request
from dashboard.signals.alerts import AlertTable
from dashboard.signals.clusters import ClusterRow
from dashboard.signals.windows import Series, Windows
from dashboard.words.figures import FIGURE_OF
from dashboard.words.phrases import listed

ALERT_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("measure", "name", "family", "unit_code")),
        # Codes of boroughs that are one problem stand in `borough` with + between them.
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
        ("boroughs", pa.list_(pa.string())),
        (FIGURE_OF, pa.string()),
    ]
)
RULES = {"alert": "nb_bh", "watch": "nb_p", "fall": "nb_fall"}
SCAN = "scan"  # the rule of a cluster that the scan itself found
JOIN = "+"  # between the boroughs' codes of one row
Row = dict[str, Any]


def same(row: Row, other: Row) -> bool:
    """Whether rows of two meetings are the same alert: a measure of a unit, and the same place or
    one borough in common."""
    named = row["measure"] == other["measure"] and row["unit_code"] == other["unit_code"]
    both = set(row["boroughs"]) & set(other["boroughs"])
    return named and bool(both or not row["boroughs"] and not other["boroughs"])


def within(row: Row, joined: Row) -> bool:
    """Whether a joined row already says it: an alert, or one to watch, in one of its boroughs."""
    return (
        row["tier"] in ("alert", "watch")
        and row["rule"] != SCAN
        and row["measure"] == joined["measure"]
        and bool(set(row["boroughs"]) & set(joined["boroughs"]))
    )


def tier_of(table: AlertTable, index: int) -> str:
    """'alert', 'watch', 'fall' or ''."""
    return str(table.tier[index]) or ("fall" if table.fall[index] else "")


def figures_of(read: Windows, table: AlertTable, index: int) -> Row:
    """What a series' test said."""
    return {
        "now": int(read.now[index]),
        "expected": float(table.expected[index]),
        "low": int(table.low[index]),
        "high": int(table.high[index]),
        "q": float(table.q[index]),
        "tier": tier_of(table, index),
    }


def of_series(
    request: Request, item: Series, tier: str, table: AlertTable, index: int, read: Windows
) -> Row:
    """The row of one series; tier alert, watch or fall."""
    area = request.catalogue.areas.get(item.borough or "")
    return _identified(
        request,
        _named(request, item, read)
        | figures_of(read, table, index)
        | {
            "borough": item.borough,
            "borough_name": area.name if area else None,
            "boroughs": [item.borough] if item.borough else [],
            "tier": tier,
            "excess": float(table.excess[index]),
            "p": float(table.fall_p[index] if tier == "fall" else table.p[index]),
            "rule": RULES[tier],
            "spark": _line(read.baseline[index], float(read.now[index])),
        },
    )


def of_problem(request: Request, problem: ClusterRow, table: AlertTable, read: Windows) -> Row:
    """The row of boroughs that touch: figures of its days, the line of all its fortnights."""
    at = [
        index
        for index, item in enumerate(read.series)
        if item.measure == problem.measure and item.family == "borough"
    ]
    inside = [index for index in at if read.series[index].borough in problem.boroughs]
    area, window = request.catalogue.areas, read.window[problem.measure]
    since = window.since + timedelta(days=problem.first)
    chosen = read.baseline[inside].sum(axis=0)
    scanned = problem.q is not None
    q = problem.q if scanned else min(float(table.q[index]) for index in problem.members)
    row = _named(request, read.series[at[0]], read) | {
        "now": problem.now,
        "expected": problem.expected,
        "low": problem.low,
        "high": problem.high,
        "borough": JOIN.join(sorted(problem.boroughs)),
        "borough_name": listed([area[code].name for code in problem.boroughs]),
        "boroughs": list(problem.boroughs),
        "tier": "alert",
        "excess": problem.now - problem.expected,
        "p": problem.p,
        "q": q,
        "rule": SCAN if scanned else RULES["alert"],
        "window_since": since,
        "window_until": window.since + timedelta(days=problem.until),
        "spark": _line(chosen, float(read.now[inside].sum())),
    }
    return _identified(request, row)


def _identified(request: Request, row: Row) -> Row:
    """The row with what its figures are of."""
    measure, days = request.measures[row["measure"]], (row["window_since"], row["window_until"])
    return row | {
        FIGURE_OF: identity.spelt(request, measure, *days, row["unit_code"], row["borough"])
    }


def _named(request: Request, item: Series, read: Windows) -> Row:
    """What a row says of its measure, owner and window."""
    unit, window = unit_of(request, item), read.window[item.measure]
    return {
        "measure": item.measure,
        "name": request.measures[item.measure].name,
        "family": item.family,
        "unit_code": unit,
        "unit_name": request.catalogue.units[unit].name,
        "window_since": window.since,
        "window_until": window.until,
        "fortnights_behind": read.behind[item.measure],
        "priority": _priority(request, item.measure),
    }


def _line(before: np.ndarray, now: float) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in before] + [now]


def unit_of(request: Request, item: Series) -> str:
    """Whose row it is: a unit's measure in one borough is its owner's, unless published counts
    serve it, which know no unit."""
    measure = request.measures[item.measure]
    own = item.family == "borough" and measure.scope == "ocu"
    return measure.owner if own and not request.has_published(item.measure) else item.unit_code


def _priority(request: Request, measure: str) -> str | None:
    """The priority of the control strategy in force that names the measure."""
    for priority in request.catalogue.priorities:
        begun = priority.since <= request.as_at
        ended = priority.until is not None and priority.until <= request.as_at
        if measure in priority.measures and begun and not ended:
            return priority.name
    return None
