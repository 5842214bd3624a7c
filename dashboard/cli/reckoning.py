"""What pages read of a snapshot beside its marts, reckoned when it is published.

It compares meetings, and so is in no snapshot (reports/request/reckoned.py): who publishes asks
once for what the first reader of each page would wait for.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.snapshots import SnapshotInfo


def reckon(folder: Path, snapshots: Iterable[SnapshotInfo]) -> None:
    """Asks for it, of each snapshot; what was reckoned before is not again.

    Published they are, whatever comes of it: a page that can't be reckoned says so itself.
    """
    from dashboard import reports  # late: importing waits for none of the statistics
    from dashboard.catalogue import order
    from dashboard.reports.backtest import scores
    from dashboard.reports.measure import area_spans
    from dashboard.reports.tasking import agenda
    from dashboard.reports.trends import asking
    from dashboard.reports.unit import ocu, planned

    for info in snapshots:
        try:
            request = reports.open_request(info.as_at, info.id, folder)
            agenda.agenda(request)
            for unit in order.page_units(request.catalogue):
                planned.plan(request, unit)
                ocu.head(request, unit)
            if request.measures:
                asking.asked_of_address(request, {})
            area_spans.on_the_map(request, "")
            scores.backtest(request)
        except DashboardError as error:
            print(f"{info.as_at}/{info.id} is published; its pages: {error}", file=sys.stderr)
