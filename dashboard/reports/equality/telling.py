"""Which snapshot's counts of people stand at an as-at: they are told once in twelve months.

Two tables of the same people, taken at different days, could be subtracted from each other: what
one hides would follow from the other and from the reports between them, which measures and own SQL
count. So no two tables that are told count a person twice. The first as-at tells its own; those of
the twelve months after it show that table, and so on.

What is told is kept in the store with its pattern, before it is shown: a snapshot of an earlier day
that is published later tells nothing of its own, and one that is pruned goes on to count, for
somebody may hold its table on paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from dashboard.errors import NotAllowedError
from dashboard.periods import day_words, years_before
from dashboard.reports.request import Request
from dashboard.snapshots import SnapshotInfo
from dashboard.store import is_there, keep_pattern, kept_for, open_store

FIRST = "equality"  # how the names of kept patterns begin


def telling(request: Request) -> Request:
    """The request of the snapshot whose counts of people stand at this as-at.

    raises  NotAllowedError where none may be told; StoreError where that can't be kept
    """
    store = open_store(request.data)
    kept = kept_for(store, FIRST)
    if request.sample:  # nobody: a sample that is made anew tells anew
        kept = {item.id: item.as_at for item in request.listed if item.id in kept}
    told = told_by(request.listed, kept)
    before = [item for item in told if overlap(item.as_at, request.as_at)]
    stands = [item for item in before if item.as_at <= request.as_at]
    if stands:
        if stands[-1].id not in kept:
            keep_pattern(store, stands[-1].id, stands[-1].as_at, FIRST, [])
        return request.of(stands[-1])
    days = {*kept.values(), *(item.as_at for item in told)}
    near = [day for day in days if overlap(day, request.as_at)]
    raise NotAllowedError(
        f"Counts of people by group are told once in twelve months, here as at "
        f"{day_words(min(near))}: those of {day_words(request.as_at)} could be taken from them."
    )


def told_snapshots(data: Path) -> frozenset[str]:
    """Ids of the snapshots whose counts of people stand at later as-ats: pruning leaves them."""
    return frozenset(kept_for(open_store(data), FIRST)) if is_there(data) else frozenset()


def withheld(request: Request) -> str:
    """Why no count of people by group may be told, in a sentence; '' where some are."""
    try:
        telling(request)
    except NotAllowedError as error:
        return str(error)
    return ""


def once(request: Request) -> str:
    """A note under what `request` tells: until when it stands."""
    return (
        f"Told once in twelve months, as at {day_words(request.as_at)}: tables of the same people "
        "could be subtracted from each other."
    )


def told_by(listed: Iterable[SnapshotInfo], kept: dict[str, date]) -> list[SnapshotInfo]:
    """The snapshots that tell their own counts, the earliest first.

    kept  the as-at of each whose pattern is kept, whether it is still listed or not
    """
    days = list(kept.values())
    tellers = []
    # Of several snapshots of a day the newest, unless another has told already.
    newest_first = sorted(listed, key=lambda item: item.published_at, reverse=True)
    for item in sorted(newest_first, key=lambda item: item.as_at):
        if item.id in kept or not any(overlap(day, item.as_at) for day in days):
            tellers.append(item)
            days.append(item.as_at)
    return tellers


def overlap(one: date, other: date) -> bool:
    """Whether the twelve months before two days have a day in common.

    >>> overlap(date(2031, 4, 5), date(2032, 4, 4)), overlap(date(2031, 4, 5), date(2032, 4, 5))
    (True, False)
    """
    first, last = sorted((one, other))
    return years_before(last, 1) < first
