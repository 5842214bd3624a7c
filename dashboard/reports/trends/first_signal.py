"""When a run was first signalled: the series replayed, each month with the figures up to it.

The figures are those of the snapshot: what a month's count was before it was revised is
known only from snapshots of that time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.periods import next_start
from dashboard.reports.measure import claims, wording
from dashboard.reports.measure.chart_rows import RULES
from dashboard.reports.measure.series import Period
from dashboard.reports.measure.tracks import MeasureSeries, track
from dashboard.reports.measure.window import Window
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.trends.series_at import Place, track_at
from dashboard.words import dates

ALL = Window(years=None)


@dataclass(frozen=True)
class Signal:
    """What a chart said at the end of one period, of that period.

    rule   as in dashboard.stats.spc; '' where nothing was beyond the usual
    side   'high' or 'low'
    upper, lower, mean  the limits as they stood then; None where there were none
    """

    start: date
    value: float | None
    rule: str
    side: str
    mean: float | None
    lower: float | None
    upper: float | None


@kept(32)
def replay(
    request: Request,
    measure: str,
    unit: str,
    grain: str = "month",
    borough: str = "",
    shown: Window = Window(),
    since: date | None = None,
) -> tuple[Signal, ...]:
    """A signal a period from `since` on, each from a chart that ends with it."""
    whole = track_at(request, Place(measure, unit, borough), grain, ALL)
    if whole is None:
        return ()
    signals = []
    for count in range(1, len(whole.points) + 1):
        if since is None or whole.points[count - 1].start >= since:
            signals.append(_at(_cut(request, whole, count, shown)))
    return tuple(signals)


def first_signal(
    request: Request,
    measure: str,
    unit: str,
    grain: str = "month",
    borough: str = "",
    shown: Window = Window(),
) -> Signal | None:
    """The first signal of the present run: from its first point on, on its side.

    The run is the unbroken line of points on one side of the mean that the last point stands
    in. None where the last point is not beyond the usual.
    """
    now = track_at(request, Place(measure, unit, borough), grain, shown)
    if now is None or not wording.is_beyond(now) or claims.claim(now).kind == claims.YEAR:
        return None  # a year as a whole began with no period
    since = now.points[claims.first_of_run(now)].start
    side = claims.side(now)
    signals = replay(request, measure, unit, grain, borough, shown, since)
    return next((item for item in signals if item.rule and item.side == side), None)


def words(signal: Signal, grain: str) -> str:
    """'First signalled in June 2025 (close to a limit in 2 of 3), with the figures up to then.'"""
    when = dates.period(signal.start, grain)
    when = when if grain == "month" else f"the {grain} {when}"
    return f"First signalled in {when} ({RULES[signal.rule]}), with the figures up to then."


def _cut(request: Request, whole: MeasureSeries, count: int, shown: Window) -> MeasureSeries:
    """The track as it would have been shown at the end of its period number `count`."""
    points = whole.points[:count]
    known = next_start(points[-1].start, whole.grain)
    # What settles within a month is judged at once, on the page as well; the rest by its age.
    known_then: list[Period] = [
        {
            "period_start": point.start,
            "numerator": point.numerator,
            "denominator": point.denominator,
            "provisional": _age(point.start, whole.grain, known) < whole.measure.settles,
        }
        for point in points
    ]
    return track(
        request,
        whole.measure.id,
        whole.unit,
        whole.place,
        whole.grain,
        known_then,
        borough=whole.borough or None,
        shown=shown,
    )


def _age(start: date, grain: str, known: date) -> int:
    """Whole days from a period's end to the day on which it is looked at."""
    return (known - next_start(start, grain)).days


def _at(now: MeasureSeries) -> Signal:
    start, value, chart = now.points[-1].start, now.values[-1], now.chart
    if chart is None or not now.judged:
        return Signal(start, value, "", "", None, None, None)
    last = now.judged - 1
    beyond = wording.is_beyond(now)
    return Signal(
        start=now.points[last].start,
        value=now.values[last],
        rule=chart.rules[last] if beyond else "",
        side=claims.side(now) if beyond else "",
        mean=chart.mean[last],
        lower=chart.lower[last],
        upper=chart.upper[last],
    )
