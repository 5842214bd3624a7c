"""Where a series changes its meaning."""

from __future__ import annotations

from datetime import date

from dashboard.reports.request import Request


def broken(request: Request, measure: str, unit: str, borough: str | None) -> tuple[date, ...]:
    """Days on which a series changes its meaning: those of its measure, unit and area."""
    published = request.measures[measure].published
    return request.catalogue.broken(measure, published, unit, borough)
