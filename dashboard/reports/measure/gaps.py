"""Rare events as days between them: the rows of a t chart, one an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.periods import day_words, next_start
from dashboard.reports.measure.limits import days_between
from dashboard.reports.measure.process_limits import ProcessLimits
from dashboard.reports.measure.series import Counted, series
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.stats.choice import FEWEST
from dashboard.words import phrases

SAME_DAY = 0.5  # days between two events of one day: a t chart takes nothing of 0


@dataclass(frozen=True)
class Gaps:
    """Days between events, oldest first: `days[i]` from the event before to that of `on[i]`.

    until  day up to which (exclusive) nothing more has happened
    """

    on: tuple[date, ...]
    days: tuple[float, ...]
    until: date
    chart: ProcessLimits

    @property
    def quiet(self) -> int:
        """Whole days since the last event."""
        return (self.until - self.on[-1]).days - 1

    def said(self, index: int) -> str:
        """'12 days', 'same day'."""
        days = self.days[index]
        return "same day" if days == SAME_DAY else phrases.many(round(days), "day")


def gaps(request: Request, track: MeasureSeries) -> Gaps | None:
    """The days between the events of a track since its last break.

    None where only counts by the month are known, or there are fewer than three gaps.
    """
    daily = [
        row
        for row in request.coverage_rows
        if row["measure"] == track.measure.id and row["grain"] == "day"
    ]
    since = track.present[0].start if track.present else track.points[0].start
    until = next_start(track.points[-1].start, track.grain)
    if not any(row["since"] <= since and row["until"] >= until for row in daily):
        return None
    unit = track.unit if track.place == "unit" else ours().force
    counted = series(
        request,
        track.measure.id,
        level=request.catalogue.unit(unit).level,
        unit=unit,
        borough=track.borough or None,
        grain="day",
        since=since,
        until=until,
    )
    days = [
        row["period_start"]
        for row in rows.typed(Counted, counted)
        for _ in range(int(row["numerator"] or 0))
    ]
    if len(days) <= FEWEST:
        return None
    between = [
        float((now - before).days) or SAME_DAY for before, now in zip(days, days[1:], strict=False)
    ]
    return Gaps(tuple(days[1:]), tuple(between), until, days_between(between))


def statement(track: MeasureSeries, apart: Gaps) -> str:
    """'Murder: the last on 3 July 2032, 12 days after the one before; usually about 20'."""
    last = apart.days[-1]
    after = (
        "the same day as the one before"
        if last == SAME_DAY
        else f"{apart.said(len(apart.days) - 1)} after the one before"
    )
    usual = apart.chart.mean[-1] or 0.0
    return (
        f"{track.measure.name}: the last on {day_words(apart.on[-1])}, {after};"
        f" usually about {max(usual, 1):.0f}"
    )
