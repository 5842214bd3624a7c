"""Which figures of a report stand on returns that nobody has signed: a column and a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict

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


class Span(TypedDict):
    """The periods that a measure's figure is of, and where its track is from."""

    measure: str
    unit: str
    place: str
    grain: str
    since: date
    until: date  # first day of the last of them


def spans(tracks: Iterable[MeasureSeries]) -> list[Span]:
    """Those of the years of tracks that have any."""
    return [_span(track, track.year) for track in tracks if track.year]


def _span(track: MeasureSeries, points: Sequence[Point]) -> Span:
    return {
        "measure": track.measure.id,
        "unit": track.unit,
        "place": track.place,
        "grain": track.grain,
        "since": points[0].start,
        "until": points[-1].start,
    }


def of_spans(request: Request, tracks: Iterable[Span], *, whole: bool = False) -> dict[str, str]:
    """By measure 'OCU6 May 2032': what the figure of its year stands on; '' where all
    is signed, or nothing of it was returned.

    whole  whether the tracks are of all units that return the measure, whosever its target is
    """
    owed = returns.owed(request)
    return {
        span["measure"]: _said(request, owed, span, "" if whole else span["unit"])
        for span in tracks
    }


def _said(request: Request, owed: tuple[Return, ...], span: Span, of: str) -> str:
    if not owed or span["place"] == "published":
        return ""
    unit = of if of and span["place"] == "unit" else ours().force
    days = span["since"], span["until"]
    return returns.said(returns.under(request, owed, span["measure"], unit, days, span["grain"]))


def note(request: Request, track: MeasureSeries) -> tuple[str, ...]:
    """A chart's note of the unsigned returns among its periods; none where all are signed."""
    if not track.points:
        return ()
    said = _said(request, returns.owed(request), _span(track, track.points), track.unit)
    return (f"{UNSIGNED} {said}: nobody has signed this as it stands",) if said else ()


def marked(disclosed: Disclosed, said: Mapping[str, str]) -> Disclosed:
    """The result with a column that says on which unsigned returns each row stands, with the mark
    before them, and one that says it without, for where marks are not read.

    said  by measure, as `of_spans` says it. The column is read for whether a figure is marked.
    """
    words = [said.get(name) or None for name in disclosed.rows.column("measure").to_pylist()]
    notes = (*disclosed.notes, returns.NOTE) if any(words) else disclosed.notes
    with_mark = [None if item is None else f"{UNSIGNED} {item}" for item in words]
    rows = disclosed.rows.append_column(COLUMN, pa.array(with_mark, pa.string()))
    return replace(
        disclosed, rows=rows.append_column(RETURNS, pa.array(words, pa.string())), notes=notes
    )
