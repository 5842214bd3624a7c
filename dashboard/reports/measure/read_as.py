"""How the rows of a track are asked for: the query that gives its periods, and what it is told."""

from __future__ import annotations

from typing import Any

from dashboard.catalogue import ours
from dashboard.periods import next_start
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request

QUERY = "measure_series"


def read_as(request: Request, track: MeasureSeries) -> dict[str, Any]:
    """The parameters with which QUERY gives each period of the track that is known."""
    unit = track.unit if track.place == "unit" else ours().force
    points = track.points
    return {
        "measure": track.measure.id,
        "level": request.catalogue.unit(unit).level,
        "unit": unit,
        "borough": track.borough or None,
        "grain": track.grain,
        "since": points[0].start if points else None,
        "until": next_start(points[-1].start, track.grain) if points else None,
    }
