"""The objectives board: every measure of the plan with its figure, variation and target.

Whole covered periods only: a month that is not over, or that its source does not cover to
its end, is left out. Figures are those of the planning year to date, and of the last period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import (
    MONTHS,
    Period,
    day_words,
    next_start,
    period_start,
    planning_year_start,
    planning_year_words,
)
from dashboard.queries import Measure
from dashboard.reports import saying, targets
from dashboard.reports.request import Request
from dashboard.stats import intervals, spc

SHOWN = 26  # periods in a sparkline
BASELINE = 36  # periods that the process limits stand on
FEWEST = 5.0  # mean count (or denominator) below which no XmR verdict is given
SETTLES_SOON = 28  # days; a measure that takes longer is shown by settled periods only
FORCE_WIDE = "force-wide"

SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("measure", "name", "unit_code", "unit", "better")),
        *((name, pa.float64()) for name in ("value", "numerator", "denominator", "low", "high")),
        ("period_words", pa.string()),
        *((name, pa.float64()) for name in ("latest", "latest_numerator", "latest_denominator")),
        *((name, pa.string()) for name in ("latest_words", "basis", "context")),
        ("target", pa.float64()),
        ("path", pa.float64()),
        *((name, pa.string()) for name in ("target_words", "target_status", "variation")),
        *((name, pa.string()) for name in ("assurance", "symbol")),
        ("spark", pa.list_(pa.float64())),
    ]
)


@dataclass(frozen=True)
class Point:
    """One whole covered period of a measure; the parts are None outside coverage."""

    start: date
    numerator: float | None
    denominator: float | None
    provisional: bool

    def value(self, rate: bool) -> float | None:
        """The figure: numerator over denominator for a rate; None where there is none."""
        if not rate or self.numerator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


@lru_cache(maxsize=32)
def board(request: Request) -> Disclosed:
    """One row a measure, in the plan's order; columns as in SCHEMA.

    value, numerator, denominator   planning year to date (stocks: the last period)
    low, high   Wilson interval of a share with fewer than 100 cases, else null
    latest…     the last whole covered period, dated in `latest_words`
    target      what the year is to reach; `path` what the last period was to reach
    variation   a state of dashboard.stats.spc; '' where there are too few points or cases
    symbol      '' or '[x]' (no data) or '[p]' (the last period may still change)
    """
    points = _points(request)
    rows = [_row(request, item, points.get(item.id, [])) for item in request.measures.values()]
    return request.disclose(
        pa.Table.from_pylist(rows, SCHEMA),
        title=_title(rows),
        subtitle=f"Whole periods covered by {day_words(request.as_at)}, planning year to date",
        notes=_notes(rows),
        query="all_series",
        params={"level": "force", "grain": "month"},
    )


def grain_of(request: Request, measure: str) -> str | None:
    """The grain of a measure's board: month where it nests, else its own; None without data."""
    grains = {r["grain"] for r in request.coverage.to_pylist() if r["measure"] == measure}
    if grains & {"day", "month"}:
        return "month"
    return next((grain for grain in ("quarter", "week") if grain in grains), None)


def _points(request: Request) -> dict[str, list[Point]]:
    """The whole covered periods of every measure, in time order, gaps as empty points."""
    grains = {name: grain_of(request, name) for name in request.measures}
    found: dict[str, dict[date, Point]] = {}
    for grain in sorted({item for item in grains.values() if item}):
        rows = request.run("all_series", level="force", grain=grain)
        for row in rows.to_pylist():
            if grains.get(row["measure"]) == grain and row["borough"] is None:
                point = Point(
                    row["period_start"], row["numerator"], row["denominator"], row["provisional"]
                )
                found.setdefault(row["measure"], {})[point.start] = point
    return {
        name: _whole(points, grains[name] or "month", _spans(request, name))
        for name, points in found.items()
    }


def _spans(request: Request, measure: str) -> list[Period]:
    """What the measure covers, spans that meet joined into one."""
    joined: list[Period] = []
    rows = (r for r in request.coverage.to_pylist() if r["measure"] == measure)
    for span in sorted(Period(row["since"], row["until"]) for row in rows):
        if joined and span.since <= joined[-1].until:
            joined[-1] = Period(joined[-1].since, max(joined[-1].until, span.until))
        else:
            joined.append(span)
    return joined


def _whole(points: dict[date, Point], grain: str, spans: list[Period]) -> list[Point]:
    """The points of periods that a span covers from first to last day; gaps are empty."""
    starts = [
        start
        for start in points
        if any(s.since <= start and next_start(start, grain) <= s.until for s in spans)
    ]
    if not starts:
        return []
    found, start = [], min(starts)
    covered = set(starts)
    while start <= max(starts):
        found.append(points[start] if start in covered else Point(start, None, None, False))
        start = next_start(start, grain)
    return found


def _row(request: Request, measure: Measure, points: list[Point]) -> dict[str, Any]:
    """The board's row of one measure."""
    if measure.settles > SETTLES_SOON:
        points = [point for point in points if not point.provisional]
    row: dict[str, Any] = dict.fromkeys(SCHEMA.names)
    row |= {
        "measure": measure.id,
        "name": measure.name,
        "unit_code": measure.owner,
        "unit": measure.unit,
        "better": measure.better,
        "basis": measure.basis,
        "variation": "",
        "assurance": "",
        "context": FORCE_WIDE if _is_force_wide(request, measure) else "",
        "spark": [],
    }
    if not points:
        return row | {"symbol": saying.MISSING}
    grain = grain_of(request, measure.id) or "month"
    last = points[-1]
    start = planning_year_start(last.start)
    year = [p for p in points if p.start >= start] if measure.aggregate == "sum" else [last]
    values = [point.value(measure.is_rate) for point in points]
    return (
        row
        | _total(measure, year)
        | {
            "period_words": span_words(year[0].start, last.start, grain),
            "latest": last.value(measure.is_rate),
            "latest_numerator": last.numerator,
            "latest_denominator": last.denominator,
            "latest_words": saying.period(last.start, grain),
            "symbol": "[p]" if last.provisional else "",
            "spark": values[-SHOWN:],
        }
        | _verdict(request, measure, points, grain)
    )


def _is_force_wide(request: Request, measure: Measure) -> bool:
    rows = request.coverage.to_pylist()
    published = any(r["measure"] == measure.id and r["unit_code"] == "MPS" for r in rows)
    return published and measure.scope != "force"


def _total(measure: Measure, points: list[Point]) -> dict[str, float | None]:
    """Value, both parts, and for a share of few cases its Wilson interval."""
    known = [point for point in points if point.numerator is not None]
    numerator = sum(point.numerator or 0.0 for point in known)
    denominator = sum(point.denominator or 0.0 for point in known)
    if not measure.is_rate:
        return {"value": numerator, "numerator": numerator}
    total: dict[str, float | None] = {
        "value": numerator / denominator if denominator else None,
        "numerator": numerator,
        "denominator": denominator,
    }
    if 0 < denominator < 100 and numerator <= denominator:
        low, high = intervals.wilson(numerator, denominator)
        total |= {"low": low, "high": high}
    return total


def _verdict(request: Request, measure: Measure, points: list[Point], grain: str) -> dict[str, Any]:
    """Target, path, variation and assurance of the last period."""
    values = [point.value(measure.is_rate) for point in points]
    starts = [point.start for point in points]
    unit = _unit_of_target(request, measure, starts[-1])
    aim = targets.path(request, measure, unit, starts, grain, values)
    said: dict[str, Any] = {}
    if aim.target is not None:
        said = {
            "target": aim.target,
            "path": aim.values[-1],
            "target_words": target_words(aim.target, starts[-1], measure),
            "target_status": aim.status,
        }
    recent = points[-BASELINE:]
    cases = [p.denominator if measure.is_rate else p.numerator for p in recent]
    known = [case for case in cases if case is not None]
    if not known or sum(known) / len(known) < FEWEST:
        return said
    return said | spc_states(values[-BASELINE:], measure.better, aim.values[-1])


def _unit_of_target(request: Request, measure: Measure, on: date) -> str:
    """The unit under which a target for the whole measure stands: its owner, else one above."""
    units = (measure.owner, *request.catalogue.ancestors(measure.owner))
    for unit in units:
        if request.catalogue.target(measure.id, unit, on, request.as_at):
            return unit
    return measure.owner


def spc_states(values: list[float | None], better: str, path: float | None) -> dict[str, str]:
    """Variation of the last point and assurance against `path`, as dashboard.stats.spc names
    them; both '' with too few points for limits."""
    chart = spc.xmr(values, better=better, target=path)
    return {"variation": chart.variation or "", "assurance": chart.assurance or ""}


def target_words(target: float, on: date, measure: Measure) -> str:
    """'at most 1,540 in 2004/05', 'at least 20 % in 2004/05'."""
    side = {"lower": "at most ", "higher": "at least "}.get(measure.better, "")
    return f"{side}{saying.figure(target, measure.unit)} in {planning_year_words(on)}"


def span_words(first: date, last: date, grain: str) -> str:
    """'April to June 2004'; one period alone as it is called.

    >>> span_words(date(2004, 4, 1), date(2004, 6, 1), "month")
    'April to June 2004'
    """
    if first == last:
        return saying.period(first, grain)
    end = period_start(date.fromordinal(next_start(last, grain).toordinal() - 1), "month")
    year = "" if first.year == end.year else f" {first.year}"
    return f"{MONTHS[first.month - 1]}{year} to {MONTHS[end.month - 1]} {end.year}"


def _title(rows: list[dict[str, Any]]) -> str:
    """A statement that is true of the rows."""
    judged = [row for row in rows if row["variation"]]
    worse = [row["name"] for row in judged if row["variation"].startswith("concern")]
    if not judged:
        return "No measure has enough covered periods to be judged"
    if not worse:
        return f"None of {len(judged)} measures is worse than its usual range"
    if len(worse) <= 2:
        return f"{saying.sentence(saying.listed(worse))} worse than usual"
    return f"{len(worse)} of {len(judged)} measures are worse than usual"


def _notes(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    found = []
    if any(row["context"] for row in rows):
        found.append("force-wide: published for the whole force, shown beside the unit's plan")
    if any(row["symbol"] == saying.MISSING for row in rows):
        found.append("[x] not available in what is loaded")
    if any(row["symbol"] == "[p]" for row in rows):
        found.append("[p] provisional: the last period may still change")
    if any(row["target_status"] == "illustrative" for row in rows):
        found.append("illustrative: a target of ours, found in no paper")
    return tuple(found)
