"""The last periods of a measure in every borough, as tiles show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.periods import calendar, next_start, period_start
from dashboard.reports.measure.series import Counted, series
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request

SHOWN = 13  # periods
NOT_A_BOROUGH = "none"


@dataclass(frozen=True)
class ByBorough:
    """What was read over the periods of `starts`."""

    grain: str
    starts: tuple[date, ...]
    until: date
    params: dict[str, Any]
    rows: list[Counted]


def read_by_borough(request: Request, track: MeasureSeries) -> ByBorough | None:
    """The last 13 whole periods: windows of meetings where it is counted by the day, else months.

    None where the measure is not counted by borough.
    """
    grain, until = _window(request, track)
    starts = [until]
    for _ in range(SHOWN):
        starts.insert(0, period_start(starts[0] - timedelta(days=1), grain))
    params: dict[str, Any] = {
        "level": "borough",
        "unit": track.unit if track.place == "unit" else ours().force,
        "grain": grain,
        "since": starts[0],
        "until": until,
    }
    counted = rows.typed(Counted, series(request, track.measure.id, **params))
    if all(row["borough"] in (NOT_A_BOROUGH, None) for row in counted):
        return None
    return ByBorough(grain, tuple(starts[:-1]), until, params, counted)


def _window(request: Request, track: MeasureSeries) -> tuple[str, date]:
    """The grain, and where the last whole covered period of it ends."""
    spans = [row for row in request.coverage_rows if row["measure"] == track.measure.id]
    daily = [row["until"] for row in spans if row["grain"] == "day"]
    until = next_start(track.points[-1].start, track.grain)
    # A daily file that has fallen behind the monthly ones would show old figures as the latest.
    if daily and not track.measure.is_rate and max(daily) >= until:
        return calendar().grain, calendar().window_start(min(max(daily), request.as_at))
    return track.grain, until
