"""One measure of a unit as the unit's page shows it: its series, limits, target and words.

Whole covered periods only. Where no record of the unit serves a measure that it owns, the
published counts of the whole force stand in as context, and say so. Which chart a series
has is the choice of dashboard.stats.choice alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.periods import later, next_start, planning_year_start
from dashboard.queries import Measure
from dashboard.reports.measure import choice, limits, returns, trajectory
from dashboard.reports.measure.point import Point
from dashboard.reports.measure.process_limits import ProcessLimits
from dashboard.reports.measure.scopes import wider
from dashboard.reports.measure.series import Counted, Period, series
from dashboard.reports.measure.window import USUAL, Window, breaks
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words import dates, numbers

KEPT = 60  # periods read: the year so far, the three before, and a year for shares
FRESH = timedelta(days=124)  # a figure that ended longer ago is no news
SETTLES_SOON = 28  # days; a measure that settles later is judged by settled periods only


class OfUnit(Period):
    """A period of a measure of a unit; `place` as MeasureSeries has it."""

    measure: str
    place: str
    grain: str
    whole: bool  # covered from its first day to its last


@dataclass(frozen=True)
class MeasureSeries:
    """A measure's series in one place: the unit's own, or the force's.

    place   'unit'; 'force' where only the whole force has figures; 'published' where these are
            published counts
    points  whole covered periods, oldest first, a gap as a point without parts
    lacking  the gaps that are returns not sent: first day of the period, and of which units
    rebase  points at which limits start anew; `notes` have the days and the reasons
    borough code of the one borough it is of; '' for all
    """

    measure: Measure
    unit: str
    place: str
    grain: str
    points: tuple[Point, ...]
    aims: trajectory.Path
    rebase: tuple[int, ...] = ()
    notes: tuple[tuple[date, str], ...] = ()
    borough: str = ""
    shown: Window = USUAL
    lacking: returns.Lacking = ()

    @property
    def values(self) -> list[float | None]:
        return [point.value(self.measure.is_rate) for point in self.points]

    @cached_property
    def judged(self) -> int:
        """How many points, from the oldest, are settled enough to be judged."""
        if not self.settles_late:
            return len(self.points)
        return sum(1 for point in self.points if not point.provisional)

    @cached_property
    def chart(self) -> ProcessLimits | None:
        """Centre, limits and states of the judged points; None where there are none.

        Of a 't' chart it is the band of the counts, which stands where the days are not known.
        """
        if not self.judged:
            return None
        path = self.aims.values[self.judged - 1]
        return limits.drawn(self.measure, self.points[: self.judged], path, self.breaks)

    @property
    def breaks(self) -> tuple[int, ...]:
        """The judged points at which limits start anew."""
        return tuple(index for index in self.rebase if index < self.judged)

    @property
    def present(self) -> tuple[Point, ...]:
        """The judged points since the last break: the chart is chosen from them."""
        return self.points[max(self.breaks, default=0) : self.judged]

    @property
    def known(self) -> tuple[Point, ...]:
        """Of these the points that have a value."""
        rate = self.measure.is_rate
        return tuple(point for point in self.present if point.value(rate) is not None)

    @property
    def chart_kind(self) -> str:
        """The chart that stats.choice names for the points since the last break: 'xmr', 't', …"""
        return choice.chosen(self.measure, self.present)

    @property
    def variation(self) -> str:
        return self.chart.variation if self.chart else ""

    @property
    def assurance(self) -> str:
        return self.chart.assurance if self.chart else ""

    @property
    def span(self) -> str:
        """All its periods in words."""
        if not self.points:
            return numbers.MISSING
        return dates.span(self.points[0].start, self.points[-1].start, self.grain)

    def words(self, points: tuple[Point, ...]) -> str:
        """The span of some of its periods in words, with those in it that have no figures."""
        missing = [point.start for point in points if point.numerator is None]
        span = dates.span(points[0].start, points[-1].start, self.grain)
        return span + returns.without(missing, self.grain)

    @property
    def year(self) -> tuple[Point, ...]:
        """The settled points of the planning year that the last of them lies in; of a stock it.

        A cohort that has not had its time is no figure of the year: it is left out.
        """
        settled = self.points[: self.judged]
        if not settled or self.measure.aggregate == "last":
            return settled[-1:]
        since = planning_year_start(settled[-1].start)
        return tuple(point for point in settled if point.start >= since)

    @property
    def settles_late(self) -> bool:
        """Whether its latest periods have had no time to settle, and are not judged."""
        return self.measure.settles > SETTLES_SOON

    def broken_between(self, since: date, until: date) -> date | None:
        """The last day in a span at which the series changes its meaning; None without any."""
        return max((on for on, _ in self.notes if since < on <= until), default=None)


def total(measure: Measure, points: tuple[Point, ...]) -> Point | None:
    """The parts of several periods added up, dated by the first; None without any figure."""
    known = [point for point in points if point.numerator is not None]
    if not known:
        return None
    denominators = [point.denominator for point in known if point.denominator is not None]
    return Point(
        known[0].start,
        sum(point.numerator or 0.0 for point in known),
        sum(denominators) if measure.is_rate and denominators else None,
        any(point.provisional for point in known),
    )


@kept(128)
def tracks(request: Request, unit: str, shown: Window = USUAL) -> dict[str, MeasureSeries]:
    """The tracks of all measures that have data for the unit, by measure.

    raises  NotFoundError for a unit that the catalogue has not
    """
    request.catalogue.unit(unit)
    periods: dict[tuple[str, str, str], list[Period]] = {}
    for row in rows.typed(OfUnit, request.run("unit_measures", unit=unit, periods=KEPT)):
        if row["whole"]:
            periods.setdefault((row["measure"], row["place"], row["grain"]), []).append(row)
    return {
        name: track(request, name, unit, place, grain, known, shown=shown)
        for (name, place, grain), known in periods.items()
    }


def of_borough(request: Request, whole: MeasureSeries, borough: str) -> MeasureSeries:
    """The same measure in one borough: same place, grain and span.

    Inside the coverage of the whole an absent cell is 0.
    """
    read_of = whole.unit if whole.place == "unit" else ours().force
    level = request.catalogue.unit(read_of).level
    read = series(
        request,
        whole.measure.id,
        level=level,
        unit=read_of,
        borough=borough,
        grain=whole.grain,
        since=whole.points[0].start,
        until=next_start(whole.points[-1].start, whole.grain),
    )
    held = {row["period_start"]: row for row in rows.typed(Counted, read)}
    periods: list[Period] = [
        held.get(point.start)
        or {
            "period_start": point.start,
            "numerator": None if point.numerator is None else 0.0,
            "denominator": None if point.denominator is None else 0.0,
            "provisional": point.provisional,
        }
        for point in whole.points
    ]
    name, unit, place, grain = whole.measure.id, whole.unit, whole.place, whole.grain
    return track(
        request, name, unit, place, grain, periods, borough=borough, shown=whole.shown, of=read_of
    )


def track(
    request: Request,
    name: str,
    unit: str,
    place: str,
    grain: str,
    periods: Sequence[Period],
    borough: str | None = None,
    shown: Window = USUAL,
    of: str = "",
) -> MeasureSeries:
    """A track from periods in time order.

    It goes on to the last period that any unit sent a return for, where this one sent none.
    of  the unit whose periods these are, where it is not `unit` or, of force-wide ones, the force
    """
    measure = request.measure(name)
    held = {row["period_start"]: row for row in periods}
    start = periods[0]["period_start"] if periods else date.min
    series_of = of or (unit if place == "unit" else ours().force)
    lacking = returns.lacking(request, name, series_of, grain) if periods else ()
    last = max(
        [row["period_start"] for row in periods[-1:]] + [day for day, _ in lacking[-1:]],
        default=start,
    )
    points: list[Point] = []
    while periods and start <= last:
        row = held.get(start)
        parts = (row["numerator"], row["denominator"], row["provisional"]) if row else GAP
        points.append(Point(start, *parts))
        start = next_start(start, grain)
    # A target is set for a unit as a whole, never for its part in one borough.
    aimed = unit if place == "unit" else ours().force
    if place == "unit" and measure.is_rate and measure.owner in request.catalogue.ancestors(unit):
        aimed = measure.owner  # a level set for all units holds for each
    starts = [point.start for point in points]
    values = [point.value(measure.is_rate) for point in points]
    # What its owner answers for of a whole is no target of the owner's own part of it.
    part = not of and place == "unit" and unit == measure.owner and bool(wider(measure))
    aims = (
        trajectory.Path((None,) * len(points), None, "", "")
        if borough or (part and not measure.is_rate)
        else trajectory.path(request, measure, aimed, starts, grain, values)
    )
    whole = MeasureSeries(
        measure, unit, place, grain, tuple(points), aims, borough=borough or "", shown=shown,
        lacking=lacking,
    )  # fmt: skip
    return _shown(request, whole)


GAP = (None, None, False)


def _shown(request: Request, whole: MeasureSeries) -> MeasureSeries:
    """The part that is shown, so many whole years and the present one, with its breaks."""
    if not whole.points:
        return whole
    first = 0
    if whole.shown.years is not None:
        last = planning_year_start(whole.points[-1].start)
        since = later(last, -12 * whole.shown.years)
        first = next(i for i, point in enumerate(whole.points) if point.start >= since)
    points, aims = whole.points[first:], whole.aims
    inside = [
        (on, note)
        for on, note in breaks(
            request.catalogue, whole.measure, whole.unit, whole.borough, whole.shown
        )
        if points[0].start < on <= points[-1].start
    ]
    rebase = tuple(
        next(i for i, point in enumerate(points) if point.start >= on) for on, _ in inside
    )
    return replace(
        whole,
        points=points,
        lacking=tuple(item for item in whole.lacking if item[0] >= points[0].start),
        aims=trajectory.Path(aims.values[first:], aims.target, aims.status, aims.source),
        rebase=rebase,
        notes=tuple(inside),
    )
