"""What a new server reads before anybody asks: the reports that a first page would wait for.

Everything goes through the caches that the pages read from, so that nothing is done twice. It
is meant for a thread beside the server; the meeting asked for comes first, then those before it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from dashboard import snapshots
from dashboard.catalogue import order
from dashboard.export.forms import wall_pictures
from dashboard.reports.measure import tracks
from dashboard.reports.request import Request
from dashboard.reports.tasking import agenda

MEETINGS = 13  # half a year of as-ats; the caches of reports hold twice as many
Step = tuple[str, Callable[[], object]]


def warm(request: Request) -> dict[str, float]:
    """Calls the reports that are slow the first time.

    return  seconds that each took, in the order of the calls
    raises  what the reports raise: a damaged snapshot says so on its own page, too
    """
    taken = {}
    for name, work in _steps(request):
        started = time.perf_counter()
        work()
        taken[name] = time.perf_counter() - started
    return taken


def _steps(request: Request) -> Iterator[Step]:
    """The meeting of the request, its units, the wall's pictures, then other meetings."""
    yield "meeting", lambda: agenda.agenda(request)
    yield (
        "units",
        lambda: [tracks.tracks(request, unit) for unit in order.page_units(request.catalogue)],
    )
    yield "wall", lambda: wall_pictures.drawn(request, agenda.agenda)
    others = {info.as_at: info for info in snapshots.listing(request.data)}
    for as_at in sorted(others, reverse=True)[:MEETINGS]:
        other = request.of(others[as_at])
        if other.snapshot != request.snapshot:
            yield str(as_at), lambda other=other: agenda.agenda(other)  # type: ignore[misc]
