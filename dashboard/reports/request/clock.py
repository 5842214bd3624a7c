"""The as-at's clock of what people write: a past meeting shows decisions as they stood.

All that is written while an as-at is looked at belongs to its fortnight: from the end of the one
that its meeting looks at to the end of the next.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from dashboard.errors import UsageError
from dashboard.periods import calendar
from dashboard.reports.request import meetings
from dashboard.reports.request.request import Request
from dashboard.store.writing import now as computer_time

STEP = timedelta(microseconds=1)
FOREVER = datetime.max.replace(tzinfo=UTC)  # after all that was ever written


def begin(request: Request) -> datetime:
    """The moment from which on what is written belongs to the request's meeting."""
    return _midnight(request.fortnight.until)


def end(request: Request) -> datetime:
    """The moment (exclusive) up to which the request's meeting sees what was written."""
    return _midnight(request.fortnight.until + calendar().window)


def moment(request: Request, after: datetime | None = None) -> datetime:
    """When something that is written now is said to have been written.

    It is now where that lies in the as-at's fortnight; where the figures are older, the time of
    day of the meeting's own day.

    after   of the last change of what is written on: this one comes later
    raises  UsageError where a later meeting has changed it already
    """
    current = computer_time()
    if not begin(request) <= current < end(request):
        current = datetime.combine(meetings.day_of(request), current.time(), UTC)
        current = min(current, end(request) - STEP)
    if after is not None and current <= after:
        current = after + STEP
    if current >= end(request):
        raise UsageError(
            "this was changed at a later meeting: what stood at this one can be read, not changed;"
            " choose a later as-at"
        )
    return current


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
