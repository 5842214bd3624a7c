"""Overtime beside outcomes: each unit's pounds a month next to its first measure of the plan.

Side by side, each against its own usual range. Nothing here says that one made the other:
both follow the work that came in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.queries import Measure
from dashboard.reports.alerts import standing
from dashboard.reports.decisions import on_chart
from dashboard.reports.measure import chart_rows
from dashboard.reports.measure.choice import first_of
from dashboard.reports.measure.limits import of_xmr
from dashboard.reports.measure.point import Point
from dashboard.reports.measure.process_limits import ProcessLimits
from dashboard.reports.measure.tracks import MeasureSeries, tracks
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.spending.ledgers import Ledger, ledger
from dashboard.stats import spc
from dashboard.words import dates, numbers, phrases

SIDE_BY_SIDE = "side by side; nothing here says one made the other"
MONTHLY = ("day", "month")  # grains that add up to months
FEWEST = 12  # months that limits stand on
LAST = 3  # months of the figures in words

NO_LIMITS = "null: too few months for limits"

SPENT = "overtime_spent"


class Beside(TypedDict):
    """A unit's overtime, or its first measure, by the month; `values` oldest first."""

    unit_code: str
    unit_name: str
    series: str  # overtime or outcome
    name: str
    unit: str
    values: list[float | None]
    mean: Annotated[float | None, NO_LIMITS]
    lower: Annotated[float | None, NO_LIMITS]
    upper: Annotated[float | None, NO_LIMITS]
    last: Annotated[float | None, "null: no month of the last is known"]
    last_said: str
    usual_said: str  # '' without limits
    variation: str  # '' without limits


@dataclass(frozen=True)
class Line:
    """A monthly series: its measure's name and unit, and its limits at each month."""

    name: str
    unit: str
    points: tuple[Point, ...]
    chart: ProcessLimits | None

    @property
    def values(self) -> list[float | None]:
        return [point.value(self.unit == "percent") for point in self.points]


def first_measures(request: Request) -> dict[str, Measure]:
    """Each unit's first measure that is known by the month, by the rule of its own page."""
    monthly: dict[str, list[Measure]] = {}
    for item in request.measures.values():
        if item.grain in MONTHLY and item.aggregate == "sum":
            monthly.setdefault(item.owner, []).append(item)
    return {
        unit: first_of(known, {row["measure"] for row in standing.alerts_on(request, unit=unit)})
        for unit, known in monthly.items()
    }


@kept(16)
def lines(request: Request) -> dict[str, tuple[Line, Line | None]]:
    """Overtime in pounds and the first measure, month by month over the same months, by unit."""
    accounts = ledger(request)
    if accounts is None:
        return {}
    starts = sorted({month.start for month in accounts.months if month.start < accounts.until})
    firsts = first_measures(request)
    return {
        unit: (_spending(accounts, unit, starts), _outcome(request, firsts.get(unit), unit, starts))
        for unit in accounts.units
    }


def _spending(accounts: Ledger, unit: str, starts: list[date]) -> Line:
    spent = {
        month.start: month.spent / 100
        for month in accounts.months
        if month.unit == unit and month.start < accounts.until
    }
    points = tuple(Point(start, spent.get(start), None, False) for start in starts)
    values = [point.numerator for point in points]
    if sum(value is not None for value in values) < FEWEST:
        return Line("Overtime", "gbp", points, None)
    own = of_xmr(spc.xmr(values, better="neutral"))
    return Line("Overtime", "gbp", points, own)


def _outcome(
    request: Request, measure: Measure | None, unit: str, starts: list[date]
) -> Line | None:
    """The unit's own series of the measure with the limits that its page draws: of all its months,
    of which those of the overtime are shown."""
    track = tracks(request, unit).get(measure.id) if measure and starts else None
    if measure is None or track is None or track.place != "unit" or track.grain != "month":
        return None
    places = {point.start: place for place, point in enumerate(track.points)}
    points = tuple(
        track.points[places[start]] if start in places else Point(start, None, None, False)
        for start in starts
    )
    if all(point.numerator is None for point in points):
        return None
    return Line(measure.name, measure.unit, points, _part(track, places, starts))


def _part(
    track: MeasureSeries, places: dict[date, int], starts: list[date]
) -> ProcessLimits | None:
    """Of the limits of a series those at some of its months; None where it has no limits."""
    whole = track.chart
    if whole is None or whole.kind == "none":
        return None
    held = [
        places[start] if places.get(start, len(whole.mean)) < len(whole.mean) else None
        for start in starts
    ]

    def at(line: tuple[Any, ...], missing: Any) -> tuple[Any, ...]:
        return tuple(missing if place is None else line[place] for place in held)

    return replace(
        whole,
        mean=at(whole.mean, None),
        lower=at(whole.lower, None),
        upper=at(whole.upper, None),
        rules=at(whole.rules, spc.COMMON),
        states=at(whole.states, spc.COMMON),
    )


def beside(request: Request) -> Disclosed | None:
    """Two rows a unit, its overtime and its first measure; None where no overtime is loaded."""
    held = lines(request)
    if not held:
        return None
    listed = [
        _row(request, unit, series, line)
        for unit, pair in held.items()
        for series, line in zip(("overtime", "outcome"), pair, strict=True)
        if line is not None
    ]
    first = next(iter(held.values()))[0].points
    span = dates.span(first[0].start, first[-1].start, "month") if first else ""
    return request.disclose(
        rows.table(Beside, listed),
        title=_title(request, listed),
        subtitle=f"overtime and each unit's first measure by the month, {span}; {SIDE_BY_SIDE}",
        notes=(
            "band: the usual range, of a measure that of its own page; of overtime over these "
            f"months, where there are {FEWEST} or more",
            "first measure: one in an alert, else the first count of the plan",
            f"figures: mean of the last {LAST} months, of a rate their cases together",
        ),
        query=SPENT,
        params=_read(request),
    )


def _title(request: Request, listed: list[Beside]) -> str:
    """Which first measures are in an alert, then what is unusual by the month."""
    firsts = first_measures(request)
    alerted = [
        f"{phrases.inside(row['name'])} ({row['unit_code']})"
        for row in listed
        if row["series"] == "outcome"
        and standing.alerts_on(request, measure=firsts[row["unit_code"]].id, unit=row["unit_code"])
    ]
    unusual = [
        f"{phrases.inside(row['name'])} ({row['unit_code']})"
        for row in listed
        if row["variation"] not in ("", spc.COMMON)
    ]
    first = f"Alert: {phrases.listed(alerted)}; by" if alerted else "By"
    return f"{first} the month {phrases.listed(unusual) or 'nothing here'} {_is(unusual)} unusual"


def _is(these: Sequence[str]) -> str:
    return "are" if len(these) > 1 else "is"


def _row(request: Request, unit: str, series: str, line: Line) -> Beside:
    chart = line.chart
    last = _mean(line, line.points[-LAST:])
    usual = _latest(chart.mean) if chart else None
    return {
        "unit_code": unit,
        "unit_name": words.unit_words(request, unit),
        "series": series,
        "name": line.name,
        "unit": line.unit,
        "values": line.values,
        "mean": usual,
        "lower": _low(_latest(chart.lower)) if chart else None,
        "upper": _high(_latest(chart.upper), line) if chart else None,
        "last": last,
        "last_said": numbers.figure(last, line.unit),
        "usual_said": numbers.figure(usual, line.unit) if usual is not None else "",
        "variation": chart.variation if chart else "",
    }


def _latest(limit: Sequence[float | None]) -> float | None:
    """The last that is known: what has not settled has none of its own."""
    return next((value for value in reversed(limit) if value is not None), None)


def _low(lower: float | None) -> float | None:
    # Nothing here is counted below nothing.
    return None if lower is None else max(0.0, lower)


def _high(upper: float | None, line: Line) -> float | None:
    return min(1.0, upper) if upper is not None and line.unit == "percent" else upper


def _mean(line: Line, points: tuple[Point, ...]) -> float | None:
    known = [point for point in points if point.numerator is not None]
    if not known:
        return None
    if line.unit == "percent":
        cases = sum(point.denominator or 0 for point in known)
        return sum(point.numerator or 0 for point in known) / cases if cases else None
    return sum(point.numerator or 0 for point in known) / len(known)


def heading(request: Request, unit: str) -> str:
    """What stands beside what on a unit's own page."""
    pair = lines(request).get(unit)
    if pair is None or pair[1] is None:
        return f"Overtime of {unit}, which has no measure of its own by the month"
    return f"Overtime of {unit} beside its first measure of the plan, {pair[1].name}"


def decided(request: Request, unit: str) -> Disclosed | None:
    """The decisions on the unit's first measure, for its chart; None where it has none."""
    measure = first_measures(request).get(unit)
    return on_chart.event_rows(request, measure.id, unit) if measure else None


def charts(request: Request, unit: str) -> list[tuple[Disclosed, str]]:
    """Rows of dashboard.charts.spc over the same months, and the unit of their figures:
    overtime in pounds, then the unit's first measure where it has one."""
    pair = lines(request).get(unit)
    if pair is None:
        return []
    return [
        (_charted(request, unit, line, query), line.unit)
        for line, query in zip(pair, (SPENT, "unit_measures"), strict=True)
        if line is not None and line.points
    ]


def _read(request: Request) -> dict[str, Any]:
    """What the ledger was asked with."""
    accounts = ledger(request)
    return dict(accounts.read) if accounts else {}


def _charted(request: Request, unit: str, line: Line, query: str) -> Disclosed:
    chart, values = line.chart, line.values
    points = [_point(line, chart, index) for index in range(len(line.points))]
    last = dates.period(line.points[-1].start, "month")
    over = "limits from the months shown" if query == SPENT else "limits of its own page"
    return request.disclose(
        rows.table(chart_rows.Charted, points),
        title=f"{line.name}, {unit}, by the month",
        subtitle=f"{numbers.figure(values[-1], line.unit)} in {last}; {over}",
        notes=(SIDE_BY_SIDE,),
        query=query,
        params=_read(request) if query == SPENT else {"unit": unit},
        unit=unit,
    )


def _point(line: Line, chart: ProcessLimits | None, index: int) -> chart_rows.Charted:
    point, value = line.points[index], line.values[index]
    mean = lower = upper = None
    if chart:
        mean, lower = chart.mean[index], _low(chart.lower[index])
        upper = _high(chart.upper[index], line)

    def said(limit: float | None) -> str | None:
        return None if limit is None else numbers.figure(limit, line.unit)

    return {
        "period_start": point.start,
        "period": dates.period(point.start, "month"),
        "value": value,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "said": numbers.figure(value, line.unit),
        "mean": mean,
        "lower": lower,
        "upper": upper,
        "target": None,
        "mean_said": said(mean),
        "lower_said": said(lower),
        "upper_said": said(upper),
        "target_said": None,
        "segment": 0,
        "symbol": None,
        "point": chart.states[index] if chart else "common",
        "rule": chart_rows.RULES[chart.rules[index]] if chart else "",
        "provisional": point.provisional,
        "note": None,
        "chart": None,
        "figure_of": None,
    }
