"""Overtime beside outcomes: each unit's pounds a month next to its first measure of the plan.

Side by side, each against its own usual range. Nothing here says that one made the other:
both follow the work that came in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.queries import Measure
from dashboard.reports.decisions import on_chart
from dashboard.reports.measure import chart_rows
from dashboard.reports.measure.point import Point
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.spending.ledgers import Ledger, ledger
from dashboard.stats import spc
from dashboard.words import dates, numbers

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


class Month(TypedDict):
    """A row of the query overtime_outcomes."""

    measure: str
    unit_code: str
    period_start: date
    numerator: Annotated[float | None, "null: not known"]
    denominator: Annotated[float | None, "null: of no rate, or not known"]
    provisional: bool


@dataclass(frozen=True)
class Line:
    """A monthly series with the measure that says its name and unit."""

    name: str
    unit: str
    better: str
    points: tuple[Point, ...]

    @property
    def values(self) -> list[float | None]:
        return [point.value(self.unit == "percent") for point in self.points]


def first_measures(request: Request) -> dict[str, Measure]:
    """Each unit's first measure of the plan that is known by the month; a count, if it has one,
    before a rate: it says how much work there was."""
    found: dict[str, Measure] = {}
    monthly = [
        item
        for item in request.measures.values()
        if item.grain in MONTHLY and item.aggregate == "sum"
    ]
    for item in sorted(monthly, key=lambda item: item.is_rate):
        found.setdefault(item.owner, item)
    return found


def _read(found: Ledger, firsts: dict[str, Measure]) -> dict[str, Any]:
    """What the months of the outcomes are asked with."""
    starts = [month.start for month in found.months if month.start < found.until]
    asked = ",".join(firsts[unit].id for unit in found.units if unit in firsts)
    since = min(starts, default=found.year)
    return {"measures": asked, "since": since, "until": found.until}


@kept(16)
def lines(request: Request) -> dict[str, tuple[Line, Line | None]]:
    """Overtime in pounds and the first measure, month by month over the same months, by unit."""
    found = ledger(request)
    if found is None:
        return {}
    starts = sorted({month.start for month in found.months if month.start < found.until})
    firsts = first_measures(request)
    read = _read(found, firsts)
    months = rows.typed(Month, request.run("overtime_outcomes", **read)) if starts else []
    return {
        unit: (_spending(found, unit, starts), _outcome(firsts.get(unit), unit, months, starts))
        for unit in found.units
    }


def _spending(found: Ledger, unit: str, starts: list[date]) -> Line:
    spent = {
        month.start: month.spent / 100
        for month in found.months
        if month.unit == unit and month.start < found.until
    }
    points = (Point(start, spent.get(start), None, False) for start in starts)
    return Line("Overtime", "gbp", "neutral", tuple(points))


def _outcome(
    measure: Measure | None, unit: str, months: list[Month], starts: list[date]
) -> Line | None:
    if measure is None:
        return None
    held = {
        row["period_start"]: row
        for row in months
        if row["unit_code"] == unit and row["measure"] == measure.id
    }
    if not held:
        return None
    points = []
    for start in starts:
        row = held.get(start)
        parts = (row["numerator"], row["denominator"], row["provisional"]) if row else None
        points.append(Point(start, *(parts or (None, None, False))))
    return Line(measure.name, measure.unit, measure.better, tuple(points))


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
        title="Overtime beside each unit's first measure of the plan",
        subtitle=f"by the month, {span}; {SIDE_BY_SIDE}",
        notes=(
            f"band: the unit's usual range over these months, where there are {FEWEST} or more",
            f"figures: mean of the last {LAST} months, of a rate their cases together",
        ),
        query="overtime_outcomes",
        params=_params(request, "overtime_outcomes"),
    )


def _row(request: Request, unit: str, series: str, line: Line) -> Beside:
    chart = _chart(line)
    last = _mean(line, line.points[-LAST:])
    usual = chart.mean[-1] if chart else None
    return {
        "unit_code": unit,
        "unit_name": words.unit_words(request, unit),
        "series": series,
        "name": line.name,
        "unit": line.unit,
        "values": line.values,
        "mean": usual,
        "lower": _low(chart.lower[-1]) if chart else None,
        "upper": _high(chart.upper[-1], line) if chart else None,
        "last": last,
        "last_said": numbers.figure(last, line.unit),
        "usual_said": numbers.figure(usual, line.unit) if chart else "",
        "variation": (chart.variation or "") if chart else "",
    }


def _chart(line: Line) -> spc.Chart | None:
    known = [value for value in line.values if value is not None]
    return spc.xmr(line.values, better=line.better) if len(known) >= FEWEST else None


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
        for line, query in zip(pair, (SPENT, "overtime_outcomes"), strict=True)
        if line is not None and line.points
    ]


def _params(request: Request, query: str) -> dict[str, Any]:
    """What a query of this page's figures was asked with."""
    found = ledger(request)
    if found is None:
        return {}
    return dict(found.read) if query == SPENT else _read(found, first_measures(request))


def _charted(request: Request, unit: str, line: Line, query: str) -> Disclosed:
    chart, values = _chart(line), line.values
    points = [_point(line, chart, index) for index in range(len(line.points))]
    last = dates.period(line.points[-1].start, "month")
    return request.disclose(
        rows.table(chart_rows.Charted, points),
        title=f"{line.name}, {unit}, by the month",
        subtitle=f"{numbers.figure(values[-1], line.unit)} in {last}; limits from the months shown",
        notes=(SIDE_BY_SIDE,),
        query=query,
        params=_params(request, query),
        unit=unit,
    )


def _point(line: Line, chart: spc.Chart | None, index: int) -> chart_rows.Charted:
    point, value = line.points[index], line.values[index]
    mean = lower = upper = None
    if chart:
        mean, lower = chart.mean[index], _low(chart.lower[index])
        upper = _high(chart.upper[index], line)

    def said(limit: float | None) -> str | None:
        return numbers.figure(limit, line.unit) if chart else None

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
        "point": chart.states[index] if chart else "common",
        "rule": chart_rows.RULES[chart.rules[index]] if chart else "",
        "provisional": point.provisional,
        "note": None,
        "chart": None,
        "figure_of": None,
    }
