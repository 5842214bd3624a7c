"""What pages read of a snapshot beside its marts, reckoned when it is published.

What compares meetings is in no snapshot (reports/request/reckoned.py), and what its questions
answered is kept (reports/request/answers.py): who publishes asks once for what the first reader of
each page would wait for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.errors import DashboardError
from dashboard.snapshots import SnapshotInfo

if TYPE_CHECKING:
    from dashboard.reports import Request


def reckon(folder: Path, snapshots: Iterable[SnapshotInfo]) -> None:
    """Asks for it, of each snapshot; what was reckoned before is not again. With DASHBOARD_WARM=no
    that is left to whoever opens a page first.

    Published they are, whatever comes of it: a page that can't be reckoned says so itself.
    """
    if os.environ.get("DASHBOARD_WARM") == "no":
        return
    from dashboard import reports  # late: importing waits for none of the statistics
    from dashboard.reports.request import answers

    with answers.kept():
        for info in snapshots:
            try:
                request = reports.open_request(info.as_at, info.id, folder)
                _of_the_whole(request)
                _of_units(request)
            except DashboardError as error:
                print(f"{info.as_at}/{info.id} is published; its pages: {error}", file=sys.stderr)


def _of_the_whole(request: Request) -> None:
    """What the pages of the whole ask first."""
    from dashboard.catalogue import ours
    from dashboard.reports.accountability import overdue, owed
    from dashboard.reports.alerts import past_record
    from dashboard.reports.backtest import scores
    from dashboard.reports.boroughs import london
    from dashboard.reports.boroughs.spans import Choice
    from dashboard.reports.measure import area_spans
    from dashboard.reports.overtime import course, use
    from dashboard.reports.quality import faults
    from dashboard.reports.spending.ledgers import ledger
    from dashboard.reports.tasking import agenda, fitness, forecasts, pressures
    from dashboard.reports.trends import asking

    whole = ours().directorate
    agenda.agenda(request)
    past_record.record(request)
    past_record.came_true(request)
    pressures.pressure(request)
    fitness.strip(request)
    forecasts.coming(request)
    overdue.counts(request, whole)
    owed.due_before(request, request.as_at)
    if spent := ledger(request):
        course.course(request, spent, whole)
        use.operations(request, spent, whole)
    if not faults.without(request):
        faults.kinds(request, whole)
    if request.measures:
        asked = asking.asked_of_address(request, {})
        if track := asking.found(request, asked):
            asking.seasonal(request, track)
            asking.expectations(request, track)
    area_spans.on_the_map(request, "")
    if first := london.first(london.measures(request, Choice())):
        london.tiles(request, first, Choice())
    scores.backtest(request)


def _of_units(request: Request) -> None:
    """Each unit's page, at each of its measures."""
    from dashboard.catalogue import order
    from dashboard.reports.measure import chart_rows
    from dashboard.reports.unit import branches, mixes, ocu, planned, unit_boroughs

    for unit in order.page_units(request.catalogue):
        plan = planned.plan(request, unit)
        ocu.head(request, unit)
        for measure in plan.rows.column("measure").to_pylist():
            if track := chart_rows.track_of(request, unit, measure):
                unit_boroughs.boroughs(request, track)
                branches.branches(request, track)
                mixes.mix(request, track, next(iter(mixes.FIELDS)))
