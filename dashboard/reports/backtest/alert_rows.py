"""Rows of the backtest on alerts: how many, how many false, and which rises are found."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from dashboard.reports.backtest.past_alerts import FAMILIES, SIZES, Planted, Tally, Truth
from dashboard.reports.request import Request
from dashboard.stats import alerts as rules
from dashboard.stats import backtest as scoring

TEXT, COUNT, SHARE = pa.string(), pa.int64(), pa.float64()
ALERTS = pa.schema(
    [
        *(("family", TEXT), ("meetings", COUNT), ("tested", COUNT), ("alerts", COUNT)),
        *(("per_meeting", SHARE), ("with_alert", COUNT), ("judged", COUNT)),
        *(("true", COUNT), ("watched", COUNT), ("watched_expected", SHARE)),
    ]
)
POWER = pa.schema(
    [
        *(("expected", TEXT), ("planted", COUNT), ("found", COUNT)),
        *(("share", SHARE), ("low", SHARE), ("high", SHARE)),
    ]
)
TRUTHS = pa.schema(
    [
        *(("measure", TEXT), ("name", TEXT), ("borough", TEXT), ("borough_name", TEXT)),
        *(("since", pa.date32()), ("now", COUNT), ("expected", SHARE), ("found", pa.bool_())),
        ("alerted", TEXT),
    ]
)


def alerts(tallies: dict[str, Tally]) -> pa.Table:
    """Alerts of past meetings by family."""
    rows = []
    for family in FAMILIES:
        tally = tallies[family]
        if not tally.meetings:
            continue
        rows.append(
            {
                "family": family,
                "meetings": tally.meetings,
                "tested": tally.tested,
                "alerts": tally.alerts,
                "per_meeting": tally.alerts / tally.meetings,
                "with_alert": tally.with_alert,
                "judged": tally.judged,
                "true": tally.true,
                "watched": tally.watched,
                "watched_expected": rules.WATCH * tally.tested,
            }
        )
    return pa.Table.from_pylist(rows, ALERTS)


def power(planted: Planted) -> pa.Table:
    """Rises put into held-out fortnights, by what was expected, and how many were found."""
    rows = []
    for low, high in SIZES:
        size = planted.sizes[low]
        if size.planted:
            found = scoring.share(np.arange(size.planted) < size.found)
            words = f"{low:.0f} to under {high:.0f}" if np.isfinite(high) else f"{low:.0f} or more"
            rows.append(
                {
                    "expected": words,
                    "planted": size.planted,
                    "found": size.found,
                    "share": found.value,
                    "low": found.low,
                    "high": found.high,
                }
            )
    return pa.Table.from_pylist(rows, POWER)


def truths(request: Request, named: list[Truth]) -> pa.Table:
    """Each rise that the ground truth names, and by which measures its borough alerted."""
    rows = [
        {
            "measure": item.measure,
            "name": request.measures[item.measure].name,
            "borough": item.borough,
            "borough_name": request.catalogue.areas[item.borough].name,
            "since": item.since,
            "now": item.now,
            "expected": item.expected,
            "found": bool(item.alerted),
            "alerted": ", ".join(request.measures[name].name for name in item.alerted),
        }
        for item in named
    ]
    return pa.Table.from_pylist(rows, TRUTHS)
