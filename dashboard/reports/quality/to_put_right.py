"""The reports to put right, one by one, the longest open first."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.measure.fault_counts import LISTED
from dashboard.reports.quality.faults import inside, rules
from dashboard.reports.request import Request
from dashboard.reports.request.paging import bounds, page_of, total_of


class Report(TypedDict):
    """A row of the query quality_worklist: a fault of a report to put right; `total` counts all."""

    crime_ref: str
    fault: str
    name: str
    ocu: str
    branch: Annotated[str | None, "null: of no branch"]
    borough: Annotated[str | None, "null: not known"]
    reported_on: date
    open_since: date
    days_open: int
    total: int


def worklist(
    request: Request, unit: str, fault: str | None, page: int | None = 1
) -> Disclosed | None:
    """One page of the reports to put right, oldest fault first, or all where `page` is None; None
    where none may be shown.
    """
    if request.closed(unit):
        return None
    params = {
        "unit": unit,
        "fault": fault,
        **bounds(page),
    }
    faults = request.run("quality_worklist", **params)
    total = total_of(faults)
    kind = f", {inside(rules(request)[fault])}" if fault else ""
    return request.disclose(
        faults,
        title=f"Worklist: {total:,} faults of {unit}{kind}, the oldest first",
        subtitle=f"as at {day_words(request.as_at)}",
        query="quality_worklist",
        columns=LISTED,
        params=params,
        page_of=page_of(faults, lambda: worklist(request, unit, fault, None)),
        unit=unit,
        fault=fault,
    )
