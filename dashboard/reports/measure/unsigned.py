"""Which figures of a report stand on returns that nobody has signed: a column and a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.reports.measure.point import Point
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.reports.signing import returns
from dashboard.reports.signing.returns import Return
from dashboard.words.numbers import UNSIGNED

COLUMN, RETURNS = "unsigned", "unsigned_returns"


def of_years(
    request: Request, tracks: Mapping[str, MeasureSeries], *, whole: bool = False
) -> dict[str, str]:
    """By measure 'OCU6 May 2032': what the figure of its year stands on; '' where all
    is signed, or nothing of it was returned.

    whole  whether the tracks are of all units that return the measure, whosever its target is
    """
    owed = returns.owed(request)
    return {
        name: _said(request, owed, track, track.year, "" if whole else track.unit)
        for name, track in tracks.items()
    }


def _said(
    request: Request,
    owed: tuple[Return, ...],
    track: MeasureSeries,
    points: tuple[Point, ...],
    of: str,
) -> str:
    if not owed or not points or track.place == "published":
        return ""
    unit = of if of and track.place == "unit" else ours().force
    span = points[0].start, points[-1].start
    return returns.said(returns.under(request, owed, track.measure.id, unit, span, track.grain))


def note(request: Request, track: MeasureSeries) -> tuple[str, ...]:
    """A chart's note of the unsigned returns among its periods; none where all are signed."""
    said = _said(request, returns.owed(request), track, track.points, track.unit)
    return (f"{UNSIGNED} {said}: nobody has signed this as it stands",) if said else ()


def marked(found: Disclosed, said: Mapping[str, str]) -> Disclosed:
    """The result with a column that says on which unsigned returns each row stands, with the mark
    before them, and one that says it without, for where marks are not read.

    said  by measure, as `of_years` says it. The column is read for whether a figure is marked.
    """
    words = [said.get(name) or None for name in found.rows.column("measure").to_pylist()]
    notes = (*found.notes, returns.NOTE) if any(words) else found.notes
    with_mark = [None if item is None else f"{UNSIGNED} {item}" for item in words]
    rows = found.rows.append_column(COLUMN, pa.array(with_mark, pa.string()))
    return replace(
        found, rows=rows.append_column(RETURNS, pa.array(words, pa.string())), notes=notes
    )
