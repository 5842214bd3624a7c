"""What whole planning years of a track came to."""

from __future__ import annotations

from datetime import date

from dashboard.periods import later, next_start
from dashboard.reports.measure.tracks import MeasureSeries, total


def broken_since(track: MeasureSeries, start: date) -> bool:
    """Whether a track means another thing now than in the planning year that begins on a day."""
    return track.broken_between(start, track.points[-1].start) is not None


def year_of(track: MeasureSeries, start: date) -> float | None:
    """What the planning year that begins on a day came to; None where a period of it is missing."""
    until = later(start, 12)
    own = tuple(point for point in track.points[: track.judged] if start <= point.start < until)
    if not own or any(point.numerator is None for point in own):
        return None
    if next_start(own[-1].start, track.grain) < until or _begun_late(track, own[0].start, start):
        return None
    if track.measure.aggregate == "last":
        return own[-1].value(track.measure.is_rate)
    whole = total(track.measure, own)
    return whole.value(track.measure.is_rate) if whole else None


def _begun_late(track: MeasureSeries, first: date, start: date) -> bool:
    """Whether a year's first period is not known: weeks do not begin with the year."""
    return next_start(start, track.grain) <= first
