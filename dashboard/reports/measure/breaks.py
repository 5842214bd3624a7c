"""Where a series changes its meaning."""

from __future__ import annotations

from datetime import date

from dashboard.reports.request import Request


def broken(request: Request, measure: str, unit: str, borough: str | None) -> tuple[date, ...]:
    """Days on which a series changes its meaning: those of its measure, unit and area."""
    published = request.measures[measure].published
    return tuple(
        item.on
        for item in request.catalogue.breaks_of(measure, published)
        if item.area in ("", borough) and item.unit in ("", unit)
    )
