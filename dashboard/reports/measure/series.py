"""The series of one measure, as any page reads it."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from dashboard.errors import NotFoundError
from dashboard.reports.request import Request


def series(
    request: Request,
    measure: str,
    *,
    level: str | None = None,
    unit: str | None = None,
    borough: str | None = None,
    grain: str | None = "month",
    since: date | None = None,
    until: date | None = None,
) -> pa.Table:
    """period_start, unit_code, borough, numerator, denominator, provisional; in that order.

    raises  NotFoundError for a measure, unit or borough that the catalogue has not.
    """
    request.measure(measure)
    if unit is not None and unit not in request.catalogue.units:
        raise NotFoundError("unit", unit, tuple(request.catalogue.units))
    if borough is not None and borough not in request.catalogue.areas:
        raise NotFoundError("borough", borough, tuple(request.catalogue.areas))
    return request.run(
        "measure_series",
        measure=measure,
        level=level,
        unit=unit,
        borough=borough,
        grain=grain,
        since=since,
        until=until,
    )
