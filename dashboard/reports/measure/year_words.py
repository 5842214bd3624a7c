"""Sentences about a planning year so far, beside the one before."""

from __future__ import annotations

from dashboard.periods import a_year_before, day_words
from dashboard.reports.measure.tracks import MeasureSeries, total
from dashboard.reports.measure.wording import against, end_of, point_words
from dashboard.words import numbers


def year_to_date(track: MeasureSeries) -> str:
    """The year so far as one sentence; '' where there is no figure."""
    return " ".join(part for part in year_so_far(track) if part)


def year_so_far(track: MeasureSeries) -> tuple[str, str]:
    """The figure of the year so far; and what it is, beside the same periods of the year before
    and the path to the target. Both '' where there is none."""
    year = total(track.measure, track.year)
    if year is None or not track.year:
        return "", ""
    measure = track.measure
    said = point_words(measure, year, track.aims.target)
    if measure.aggregate == "last":
        before = _year_before(track)
        beside = f", {before}" if before else ""
        return said, f"at the {end_of(track)}{beside}."
    if track.settles_late:
        latest = f"in {track.words(track.year)}, the latest that has settled"
        return said, f"{latest}{against(track)}."
    words = f"in the year to date ({track.words(track.year)})"
    if (before := _year_before(track)) is not None:
        words += f", {before}"
    return said, f"{words}{against(track)}."


def _year_before(track: MeasureSeries) -> str | None:
    """'24 in the same months a year before'; across a break that it can't be compared."""
    held = {point.start: point for point in track.points}
    known = [point for point in track.year if point.numerator is not None]
    starts = [a_year_before(point.start, track.grain) for point in known]
    if not starts or any(start not in held or held[start].numerator is None for start in starts):
        return None
    if on := track.broken_between(starts[0], known[-1].start):
        return f"not comparable with the year before (break of {day_words(on)})"
    before = total(track.measure, tuple(held[start] for start in starts))
    if before is None:
        return None
    said = numbers.figure(before.numerator, track.measure.unit)
    if track.measure.is_rate:
        said = numbers.rate(before.numerator, before.denominator, track.measure.parts)
    same = "" if track.measure.aggregate == "last" else f" in the same {track.grain}s"
    return f"{said}{same} a year before"
