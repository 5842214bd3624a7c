"""The events of the last months one by one, as rare events and clusters ask for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept

# Monthly published counts of rare events are listed while they are this fresh.
MONTHLY_FRESH = timedelta(days=92)


class Event(TypedDict):
    """A period in which events of a rare series were counted."""

    measure: str
    grain: str
    period_start: date
    unit_code: str
    borough: str
    n: int
    previous: Annotated[date | None, "null: no earlier event of the kind there is known"]
    counted_by: str  # all measures that count the very same events, with commas


@kept(16)
def recent_events(request: Request) -> tuple[Event, ...]:
    """The events of the three months before the fortnight on."""
    return tuple(rows.typed(Event, request.run("events")))
