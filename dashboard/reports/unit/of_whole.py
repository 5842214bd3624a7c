"""A unit may answer for more than its own: the figure of all that a target is of."""

from __future__ import annotations

from typing import Annotated, TypedDict

from dashboard.reports.measure import identity, scopes, wholes, wording
from dashboard.reports.measure.tracks import MeasureSeries, total
from dashboard.reports.request import Request
from dashboard.words import numbers

FIGURE = "whole_figure_of"  # the column that says what the figure of the whole is of
NO_WHOLE = "null: the measure is its owner's alone, or the two figures are one"


class Whole(TypedDict):
    """The figure of the whole, of what and when it is, and both in one."""

    whole: Annotated[str | None, NO_WHOLE]
    whole_words: Annotated[str | None, NO_WHOLE]
    target_of: Annotated[str | None, NO_WHOLE]
    whole_figure_of: Annotated[str | None, NO_WHOLE]
    whole_value: Annotated[float | None, NO_WHOLE]


NOTHING: Whole = {
    "whole": None,
    "whole_words": None,
    "target_of": None,
    "whole_figure_of": None,
    "whole_value": None,
}


def aimed(request: Request, unit: str, track: MeasureSeries) -> MeasureSeries | None:
    """The whole that the target is of; None where that is the track, or another unit answers."""
    if track.place != "unit" or track.measure.owner != unit:
        return None
    return wholes.whole(request, track.measure)


def figure(request: Request, whole: MeasureSeries | None, value: float | None) -> Whole:
    """That of the whole beside the unit's own `value`."""
    year = total(whole.measure, whole.year) if whole else None
    if whole is None or year is None or year.value(whole.measure.is_rate) == value:
        return NOTHING
    said = wording.point_words(whole.measure, year, whole.aims.target)
    of = f"{scopes.scope_words(whole.measure)}, {wording.end_of(whole) or whole.words(whole.year)}"
    return {
        "whole": said,
        "whole_words": of,
        "target_of": f"{of}: {said}",
        "whole_figure_of": identity.of_points(request, whole, whole.year),
        "whole_value": year.value(whole.measure.is_rate),
    }


def foretold(track: MeasureSeries, value: float | None, end: float | None) -> str | None:
    """'94 % foretold for the whole year, as earlier years come into it', of 14 of 14 so far."""
    target = track.aims.target
    if not track.measure.is_rate or value is None or end is None or target is None:
        return None
    side = -1 if track.measure.better == "lower" else 1
    said, now = (numbers.figure(part, track.measure.unit) for part in (end, value))
    if said == now or (side * value >= side * target) == (side * end >= side * target):
        return None
    return f"{said} foretold for the whole year, as earlier years come into it"
