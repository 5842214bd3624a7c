"""The meetings before a request's own, as the snapshots of the data folder know them."""

from __future__ import annotations

from datetime import date

from dashboard.periods import calendar
from dashboard.reports.request.request import Request
from dashboard.snapshots import SnapshotInfo, begun
from dashboard.words import phrases


def earlier(request: Request, known: tuple[SnapshotInfo, ...]) -> tuple[Request, ...]:
    """Requests for the newest snapshot of each earlier fortnight, latest first."""
    by_fortnight: dict[date, Request] = {}
    for info in known:
        other = request.of(info)
        if info.as_at < request.as_at and other.fortnight.until < request.fortnight.until:
            by_fortnight[other.fortnight.until] = other
    return tuple(by_fortnight[key] for key in sorted(by_fortnight, reverse=True))


def running(request: Request, known: tuple[SnapshotInfo, ...]) -> tuple[Request, ...]:
    """Of these the ones that lead up to the request without a fortnight left out, latest first."""
    chain, last = [], request.fortnight.until
    for other in earlier(request, known):
        if other.fortnight.until != last - calendar().window:
            break
        chain.append(other)
        last = other.fortnight.until
    return tuple(chain)


def awaited(request: Request) -> str:
    """What is said in place of 'nothing before' while earlier meetings are still being published:
    'not yet known, 7 meetings are still being published'; '' where none is."""
    under_way = begun(request.data)
    if not under_way:
        return ""
    lacking = len(set(under_way) - {info.as_at for info in request.listed})
    verb = "is" if lacking == 1 else "are"
    said = f"{phrases.many(lacking, 'meeting')} {verb}" if lacking else "what was written is"
    return f"not yet known, {said} still being published"


def day_of(request: Request) -> date:
    """The day the request's meeting is held, or was to be held where it was cancelled."""
    return request.held_on or request.meeting
