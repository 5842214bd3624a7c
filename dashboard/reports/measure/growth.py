"""How counts grew over past planning years, as a request's snapshot tells it."""

from __future__ import annotations

from functools import partial

import polars as pl

from dashboard.reports.measure.breaks import broken
from dashboard.reports.request import Request
from dashboard.signals.years import (
    BOROUGH,
    LEAST_YEARS,
    MONTHS,
    MOST_YEARS,
    WHOLE,
    Grown,
    Key,
    series_of,
    span,
    whole_periods,
)  # fmt: skip

__all__ = [
    "BOROUGH", "LEAST_YEARS", "MONTHS", "MOST_YEARS", "WHOLE", "Grown", "Key",
    "covered", "read", "span",
]  # fmt: skip


def read(request: Request, place: str) -> list[Grown]:
    """The count series of one place by month, of whole covered periods."""
    return series_of(covered(request, "n", place), "month", partial(broken, request))


def covered(request: Request, unit: str, place: str) -> pl.DataFrame:
    """Both parts of every series of a unit (n, percent), whole covered months alone, in order."""
    rows = request.run("year_months", unit=unit, place=place)
    areas = [code for code, area in request.catalogue.areas.items() if area.kind == "borough"]
    return whole_periods(rows, request.coverage_rows, areas, "month")
