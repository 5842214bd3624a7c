"""Whose figure it is, and of when: the identity that a figure carries wherever it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.catalogue import ours
from dashboard.periods import next_start
from dashboard.queries import Measure
from dashboard.reports.measure.point import Point
from dashboard.reports.measure.scopes import wider
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.words.figures import Figure

OVERTIME = "overtime_against_profile"


def whole_of(request: Request, measure: Measure) -> str:
    """The unit that a figure of the whole measure is of: its owner, the directorate, or the force,
    which alone has what was published."""
    if request.has_published(measure.id):
        return ours().force
    return wider(measure) or measure.owner


def spelt(
    request: Request,
    measure: Measure,
    since: date,
    until: date,
    unit: str | None = None,
    borough: str | None = None,
) -> str:
    """A figure's identity; `unit` where it is of one alone, else of the whole measure."""
    of = unit or whole_of(request, measure)
    figure = Figure(measure.id, of, borough or "", since, until, measure.basis, request.as_at)
    return figure.spelt


def of_overtime(request: Request, unit: str, since: date, until: date) -> str | None:
    """That of a unit's spending beside its profile; None where no measure holds the two together.

    until  end (exclusive) of the last whole month known
    """
    measure = request.measures.get(OVERTIME)
    return spelt(request, measure, since, until, unit) if measure else None


def of_points(
    request: Request, track: MeasureSeries, points: Sequence[Point], unit: str | None = None
) -> str:
    """That of some of a track's periods together; `unit` where it is not the track's own."""
    own = track.unit if track.place == "unit" else ours().force
    until = next_start(points[-1].start, track.grain)
    return spelt(request, track.measure, points[0].start, until, unit or own, track.borough)
