"""A measure as a whole, where that is more than the unit that owns it.

A target that its owner answers for is the whole's: the owner's own part is held against none but a
rate's level (tracks.py), and what is said of the target is said of the whole, on every page.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.queries import Measure
from dashboard.reports.measure import scopes, trajectory
from dashboard.reports.measure.tracks import MeasureSeries, tracks
from dashboard.reports.request import Request


def whole(request: Request, measure: Measure) -> MeasureSeries | None:
    """The measure's whole with the target of its owner; None where it is its owner's alone or has
    no figure."""
    code = scopes.wider(measure)
    track = tracks(request, code).get(measure.id) if code else None
    if track is None or not track.points:
        return None
    starts = [point.start for point in track.points]
    aims = trajectory.path(request, measure, measure.owner, starts, track.grain, track.values)
    return replace(track, aims=aims)
