"""What a measure is to reach: the year's target, and the last period's place on its path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dashboard.catalogue import Target
from dashboard.queries import Measure
from dashboard.reports.request import Request
from dashboard.reports.trajectory import path


class Point(Protocol):
    """One period of a measure."""

    start: date

    def value(self, rate: bool) -> float | None: ...


@dataclass(frozen=True)
class Aim:
    """The target in force in the last period: of the year, and of that period by its path."""

    target: Target
    year: float
    path: float


def aim(
    request: Request, measure: Measure, points: Sequence[Point], grain: str
) -> Aim | None:
    """The aim of the last period; None without a target or without what it builds on."""
    starts = [point.start for point in points]
    target = request.catalogue.target(
        measure.id, measure.owner, starts[-1], request.as_at
    )
    if target is None:
        return None
    values = [point.value(measure.is_rate) for point in points]
    found = path(request, measure, measure.owner, starts, grain, values)
    if found.target is None or found.values[-1] is None:
        return None
    return Aim(target, found.target, found.values[-1])
