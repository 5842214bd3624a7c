"""The track of every measure of the plan over its whole scope, from whole covered periods only."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.periods import Period as Span
from dashboard.periods import next_start
from dashboard.queries import Measure
from dashboard.reports.measure.tracks import MeasureSeries, track
from dashboard.reports.measure.window import USUAL, Window
from dashboard.reports.request import Request


class Period(TypedDict):
    """A row of the query board_series."""

    measure: str
    grain: str
    period_start: date
    numerator: Annotated[float | None, "null: not known"]
    denominator: Annotated[float | None, "null: of no rate, or not known"]
    provisional: bool


def grain_of(request: Request, measure: str) -> str | None:
    """The grain of a measure's board: month where it nests, else its own; None without data."""
    grains = {r["grain"] for r in request.coverage_rows if r["measure"] == measure}
    if grains & {"day", "month"}:
        return "month"
    return next((grain for grain in ("quarter", "week") if grain in grains), None)


def tracks_of_plan(request: Request, shown: Window = USUAL) -> dict[str, MeasureSeries]:
    """The track of every measure over its whole scope, from whole covered periods only."""
    grains = {name: grain_of(request, name) for name in request.measures}
    by_measure: dict[str, list[Period]] = {}
    for row in rows.typed(Period, request.run("board_series")):
        if grains.get(row["measure"]) == row["grain"]:
            by_measure.setdefault(row["measure"], []).append(row)
    tracks = {}
    for name, periods in by_measure.items():
        grain = grains[name] or "month"
        kept = _whole(periods, grain, _spans(request, name))
        if kept:
            measure = request.measures[name]
            place = "force" if is_force_wide(request, measure) else "unit"
            unit = _unit_of_target(request, measure, kept[-1]["period_start"])
            tracks[name] = track(
                request, name, unit, place, grain, kept, shown=shown, of=ours().force
            )
    return tracks


def _spans(request: Request, measure: str) -> list[Span]:
    """What the measure covers, spans that meet joined into one."""
    joined: list[Span] = []
    own = (r for r in request.coverage_rows if r["measure"] == measure)
    for span in sorted(Span(row["since"], row["until"]) for row in own):
        if joined and span.since <= joined[-1].until:
            joined[-1] = Span(joined[-1].since, max(joined[-1].until, span.until))
        else:
            joined.append(span)
    return joined


def _whole(periods: list[Period], grain: str, spans: list[Span]) -> list[Period]:
    """The rows of periods that a span covers from first to last day."""
    return [
        row
        for row in periods
        if any(
            span.since <= row["period_start"]
            and next_start(row["period_start"], grain) <= span.until
            for span in spans
        )
    ]


def is_force_wide(request: Request, measure: Measure) -> bool:
    """Whether published counts of the whole force stand for a measure of less."""
    return request.has_published(measure.id) and measure.scope != "force"


def _unit_of_target(request: Request, measure: Measure, on: date) -> str:
    """The unit under which a target for the whole measure stands: its owner, else one above."""
    units = (measure.owner, *request.catalogue.ancestors(measure.owner))
    for unit in units:
        if request.catalogue.target(measure.id, unit, on, request.as_at):
            return unit
    return measure.owner
