"""The events of the last months one by one, as rare events and clusters ask for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept

# Monthly published counts of rare events are listed while they are this fresh.
MONTHLY_FRESH = timedelta(days=92)


@kept(16)
def recent_events(request: Request) -> tuple[dict[str, Any], ...]:
    """Rows of queries/reports/alerts/events.sql, of the three months before the fortnight on."""
    return tuple(request.run("events").to_pylist())
