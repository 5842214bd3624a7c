"""What is known of some boroughs' latest window together."""

from __future__ import annotations

from dashboard.reports.alerts.alert_row import Counted
from dashboard.signals.alerts import AlertTable
from dashboard.signals.clusters import together
from dashboard.signals.windows import Windows


def figures(
    read: Windows, table: AlertTable, measure: str, boroughs: tuple[str, ...]
) -> Counted | None:
    """Some boroughs' latest window together; None where the measure has no series there."""
    at = [
        index
        for index, item in enumerate(read.series)
        if item.measure == measure and item.borough in boroughs
    ]
    if not at:
        return None
    known = together(table.expected[at], table.variance[at], float(table.common[at[0]]))
    now = int(read.now[at].sum())
    return {"now": now, "expected": known.mean, "low": known.low, "high": known.high}
