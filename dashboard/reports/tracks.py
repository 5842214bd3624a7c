"""One measure of a unit as the unit's page shows it: its series, limits, target and words.

Whole covered periods only. Where no record of the unit serves a measure that it owns, the
published counts of the whole force stand in as context, and say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from dashboard.periods import next_start, planning_year_start
from dashboard.queries import Measure
from dashboard.reports import saying, trajectory
from dashboard.reports.points import Point, span_words
from dashboard.reports.request import Request
from dashboard.reports.series import series
from dashboard.stats import spc

KEPT = 60  # periods read: the year so far, the three before, and a year for shares
YEARS_SHOWN = 3  # whole planning years before the present one, that the limits stand on
FEWEST = 5.0  # mean count (or denominator) below which limits would mislead
SETTLES_SOON = 28  # days; a measure that settles later is judged by settled periods only


@dataclass(frozen=True)
class Track:
    """A measure's series in one place: the unit's own, or the force's.

    place   'unit'; 'force' where only the whole force has figures; 'published' where these are
            published counts
    points  whole covered periods, oldest first, a gap as a point without parts
    """

    measure: Measure
    unit: str
    place: str
    grain: str
    points: tuple[Point, ...]
    aims: trajectory.Path
    rebase: tuple[int, ...] = ()
    notes: tuple[tuple[date, str], ...] = ()

    @property
    def values(self) -> list[float | None]:
        return [point.value(self.measure.is_rate) for point in self.points]

    @cached_property
    def judged(self) -> int:
        """How many points, from the oldest, are settled enough to be judged."""
        if self.measure.settles <= SETTLES_SOON:
            return len(self.points)
        return sum(1 for point in self.points if not point.provisional)

    @cached_property
    def too_small(self) -> bool:
        """Whether counts are too small for process limits."""
        rate = self.measure.is_rate
        parts = [point.denominator if rate else point.numerator for point in self.points]
        known = [part for part in parts if part is not None]
        return not known or sum(known) / len(known) < FEWEST

    @cached_property
    def chart(self) -> spc.Chart | None:
        """Limits and states of the judged points; None where they would mislead."""
        if self.too_small or not self.judged:
            return None
        path = self.aims.values[self.judged - 1]
        values = self.values[: self.judged]
        rebase = [index for index in self.rebase if index < self.judged]
        return spc.xmr(values, better=self.measure.better, target=path, rebase=rebase)

    @property
    def variation(self) -> str:
        return (self.chart.variation or "") if self.chart else ""

    @property
    def assurance(self) -> str:
        return (self.chart.assurance or "") if self.chart else ""

    @property
    def span(self) -> str:
        """All its periods in words."""
        if not self.points:
            return saying.MISSING
        return span_words(self.points[0].start, self.points[-1].start, self.grain)

    @property
    def year(self) -> tuple[Point, ...]:
        """The points of the planning year that the last one lies in; of a stock the last."""
        if self.measure.aggregate == "last":
            return self.points[-1:]
        since = planning_year_start(self.points[-1].start)
        return tuple(point for point in self.points if point.start >= since)


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


@lru_cache(maxsize=128)
def tracks(request: Request, unit: str) -> dict[str, Track]:
    """The tracks of all measures that have data for the unit, by measure.

    raises  NotFoundError for a unit that the catalogue has not
    """
    request.catalogue.unit(unit)
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in request.run("unit_measures", unit=unit, periods=KEPT).to_pylist():
        if row["whole"]:
            found.setdefault((row["measure"], row["place"], row["grain"]), []).append(row)
    return {
        name: track(request, name, unit, place, grain, rows)
        for (name, place, grain), rows in found.items()
    }


def of_borough(request: Request, whole: Track, borough: str) -> Track:
    """The same measure in one borough: same place, grain and span.

    Inside the coverage of the whole an absent cell is 0.
    """
    unit = whole.unit if whole.place == "unit" else "MPS"
    level = request.catalogue.unit(unit).level
    read = series(
        request,
        whole.measure.id,
        level=level,
        unit=unit,
        borough=borough,
        grain=whole.grain,
        since=whole.points[0].start,
        until=next_start(whole.points[-1].start, whole.grain),
    )
    held = {row["period_start"]: row for row in read.to_pylist()}
    rows = [
        held.get(point.start)
        or {
            "period_start": point.start,
            "numerator": None if point.numerator is None else 0.0,
            "denominator": None if point.denominator is None else 0.0,
            "provisional": point.provisional,
        }
        for point in whole.points
    ]
    return track(
        request,
        whole.measure.id,
        whole.unit,
        whole.place,
        whole.grain,
        rows,
        borough=borough,
    )


def track(
    request: Request,
    name: str,
    unit: str,
    place: str,
    grain: str,
    rows: list[dict[str, Any]],
    borough: str | None = None,
) -> Track:
    """A track from rows of period_start, numerator, denominator, provisional in time order."""
    measure = request.measure(name)
    held = {row["period_start"]: row for row in rows}
    start: date = rows[0]["period_start"] if rows else date.min
    points: list[Point] = []
    while rows and start <= rows[-1]["period_start"]:
        row = held.get(start)
        parts = (row["numerator"], row["denominator"], row["provisional"]) if row else GAP
        points.append(Point(start, *parts))
        start = next_start(start, grain)
    # A target is set for a unit as a whole, never for its part in one borough.
    aimed = unit if place == "unit" else "MPS"
    if place == "unit" and measure.is_rate and measure.owner in request.catalogue.ancestors(unit):
        aimed = measure.owner  # a level set for all units holds for each
    starts = [point.start for point in points]
    values = [point.value(measure.is_rate) for point in points]
    aims = (
        trajectory.Path((None,) * len(points), None, "", "")
        if borough
        else trajectory.path(request, measure, aimed, starts, grain, values)
    )
    return _shown(request, Track(measure, unit, place, grain, tuple(points), aims), borough)


GAP = (None, None, False)
SOURCE = re.compile(r"\s*\[[A-Z][\w-]*\]")  # the key of a paper, of no use on a chart


def _shown(request: Request, whole: Track, borough: str | None) -> Track:
    """The part that is shown, three whole years and the present one, with its breaks."""
    if not whole.points:
        return whole
    last = planning_year_start(whole.points[-1].start)
    since = date(last.year - YEARS_SHOWN, 4, 1)
    first = next(i for i, point in enumerate(whole.points) if point.start >= since)
    points = whole.points[first:]
    aims = trajectory.Path(
        whole.aims.values[first:],
        whole.aims.target,
        whole.aims.status,
        whole.aims.source,
    )
    breaks = [
        (item.on, SOURCE.sub("", item.note))
        for item in request.catalogue.breaks_of(whole.measure.id, whole.measure.published)
        if item.area in ("", borough) and item.unit in ("", whole.unit)
    ]
    inside = [(on, note) for on, note in breaks if points[0].start < on <= points[-1].start]
    rebase = tuple(
        next(i for i, point in enumerate(points) if point.start >= on) for on, _ in inside
    )
    return Track(
        whole.measure,
        whole.unit,
        whole.place,
        whole.grain,
        points,
        aims,
        rebase,
        tuple(inside),
    )
