"""The parts of a unit beside each other: each against the limits for its own size.

No ranking: the order is the organisation's. A rate is compared with the unit's own rate;
a count with the branch's share of the year before, as branches have remits of their own.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import next_start
from dashboard.reports.measure import returns
from dashboard.reports.measure.series import Counted, series
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.stats import funnel
from dashboard.words import dates, numbers, phrases

BELOW = {"force": "directorate", "directorate": "ocu", "ocu": "branch", "branch": "team"}


class Compared(TypedDict):
    """A part of a unit against the limits for its size; of a count, `value` is seen over expected,
    `numerator` seen, `denominator` expected."""

    unit_code: str
    unit_name: str
    place: int  # in the organisation's order
    value: float
    numerator: float
    denominator: float
    target: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float
    said: str
    limits: str
    state: str  # inside or outside


Parts = tuple[float, float]


def branches(request: Request, track: MeasureSeries) -> Disclosed | None:
    """The rows of dashboard.charts.funnel over the last year of whole periods.

    None where the measure is not counted by branch: published counts, stocks, or one branch only.
    """
    if track.place != "unit" or track.measure.aggregate == "last":
        return None
    since, middle, until = _years(track)
    level = BELOW[request.catalogue.unit(track.unit).level]
    params = {"level": level, "unit": track.unit, "grain": track.grain}
    read = series(request, track.measure.id, **params, since=since, until=until)
    counted = rows.typed(Counted, read)
    # A month that one of them did not send is left out for all: they are compared with one another.
    missing = sorted({row["period_start"] for row in counted if row["numerator"] is None})
    sent = [row for row in counted if row["period_start"] not in missing]
    now = _sums([row for row in sent if row["period_start"] >= middle])
    before = _sums([row for row in sent if row["period_start"] < middle])
    if len(now) < 2 or track.measure.unit not in ("n", "percent"):
        return None
    if not track.measure.is_rate and track.broken_between(since, until):
        return None  # the shares of the year before are those of another series
    pairs = now if track.measure.is_rate else _expected(now, before)
    shown = _compared(request, track, pairs)
    if not shown:
        return None
    span = dates.span(middle, track.points[-1].start, track.grain)
    span += returns.without([start for start in missing if start >= middle], track.grain)
    return request.disclose(
        rows.table(Compared, shown),
        title=_title(shown),
        subtitle=f"{span}; bands: 95 % and 99.8 % limits for each one's size",
        notes=(_note(track),),
        query="measure_series",
        params={"measure": track.measure.id, **params, "since": since, "until": until},
        measure=track.measure.id,
        unit=track.unit,
    )


def _years(track: MeasureSeries) -> tuple[date, date, date]:
    """First day of the year before, of the last year, and the day after it, in whole periods."""
    until = next_start(track.points[-1].start, track.grain)
    middle = date(until.year - 1, until.month, 1)
    return date(until.year - 2, until.month, 1), middle, until


def _sums(counted: list[Counted]) -> dict[str, Parts]:
    sums: dict[str, Parts] = {}
    for row in counted:
        code = row["unit_code"] or ""
        numerator, denominator = sums.get(code, (0.0, 0.0))
        sums[code] = numerator + (row["numerator"] or 0), denominator + (row["denominator"] or 0)
    return sums


def _expected(now: dict[str, Parts], before: dict[str, Parts]) -> dict[str, Parts]:
    """Seen and expected of each branch: its share of the year before, of all seen now."""
    all_now = sum(seen for seen, _ in now.values())
    all_before = sum(seen for seen, _ in before.values())
    if not all_before:
        return {}
    return {
        code: (seen, all_now * before.get(code, (0.0, 0.0))[0] / all_before)
        for code, (seen, _) in now.items()
    }


def _compared(request: Request, track: MeasureSeries, pairs: dict[str, Parts]) -> list[Compared]:
    """Branches in the organisation's order, what is not assigned last."""
    order = list(request.catalogue.units)
    codes = sorted(pairs, key=lambda code: order.index(code) if code in order else len(order))
    whole = sum(part for part, _ in pairs.values()) / (sum(of for _, of in pairs.values()) or 1)
    return [
        _row(request, track, code, pairs[code], whole, place)
        for place, code in enumerate(codes)
        if pairs[code][1]
    ]


def _row(
    request: Request, track: MeasureSeries, code: str, parts: Parts, whole: float, place: int
) -> Compared:
    seen, size = parts
    unit = request.catalogue.units.get(code)
    rate = track.measure.is_rate
    if rate:
        low, high, lowest, highest = funnel.share_limits(size, whole)
        value = seen / size
        said = numbers.full(value, "percent", parts, track.measure.parts)
    else:
        low, high, lowest, highest = (edge / size for edge in funnel.count_limits(size))
        value, said = seen / size, f"{numbers.number(seen)}, {numbers.number(size)} expected"
    inside = lowest <= value <= highest
    words = (
        f"{numbers.figure(low, 'percent')} to {numbers.figure(high, 'percent')}"
        if rate
        else f"{numbers.number(low * size)} to {numbers.number(high * size)}"
    )
    return {
        "unit_code": code,
        "unit_name": f"{code} {unit.name}" if unit else "not assigned",
        "place": place,
        "value": value,
        "numerator": seen,
        "denominator": size,
        "target": whole if rate else 1.0,
        "low_95": low,
        "high_95": high,
        "low_998": lowest,
        "high_998": highest,
        "said": said,
        "limits": words,
        "state": "inside" if inside else "outside",
    }


def _title(compared: list[Compared]) -> str:
    outside = [row["unit_name"] for row in compared if row["state"] == "outside"]
    if outside:
        size = "its size" if len(outside) == 1 else "their size"
        return f"{phrases.sentence(phrases.listed(outside))} outside the limits for {size}"
    return "All parts within the limits for their size"


def _note(track: MeasureSeries) -> str:
    if track.measure.is_rate:
        return "Mark: the unit's own rate. In the organisation's order, not ranked."
    return (
        "Seen over expected; expected is its share of the year before. In the"
        " organisation's order, not ranked."
    )
