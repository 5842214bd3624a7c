"""The parts of a unit beside each other: each against the limits for its own size.

No ranking: the order is the organisation's. A rate is compared with the unit's own rate;
a count with the branch's share of the year before, as branches have remits of their own.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import next_start
from dashboard.reports.measure import returns
from dashboard.reports.measure.series import Counted, series
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.stats import funnel
from dashboard.words import dates, numbers, phrases

UNLIMITED = "null: a rate of money or hours, or of more outcomes than cases, has no such limits"
BELOW = {"force": "directorate", "directorate": "ocu", "ocu": "branch", "branch": "team"}


BANDS = "95 % and 99.8 % limits for each one's size"
WITHOUT = "No limits for size: those are for shares, and here a part can exceed its whole."


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
    low_95: Annotated[float | None, UNLIMITED]
    high_95: Annotated[float | None, UNLIMITED]
    low_998: Annotated[float | None, UNLIMITED]
    high_998: Annotated[float | None, UNLIMITED]
    said: str
    limits: str
    state: str  # inside or outside


Parts = tuple[float, float]


def branches(request: Request, track: MeasureSeries) -> Disclosed | None:
    """The rows of dashboard.charts.funnel over the last year of whole periods.

    None where the measure is not counted by branch: published counts, stocks, or one branch
    only; nor where only one has what a rate is taken of.
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
    if len(shown) < 2:
        return None  # the one half of a rate is not kept by part of the unit
    span = dates.span(middle, track.points[-1].start, track.grain)
    span += returns.without([start for start in missing if start >= middle], track.grain)
    return request.disclose(
        rows.table(Compared, shown),
        title=_title(shown),
        subtitle=f"{span}; bands: {BANDS}" if _limited(shown) else span,
        notes=(_note(track), *(() if _limited(shown) else (WITHOUT,))),
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
    low, high, lowest, highest = _limits(track, size, whole)
    value = seen / size
    said = (
        numbers.figure_with_parts(value, "percent", parts, track.measure.parts)
        if rate
        else f"{numbers.number(seen)}, {numbers.number(size)} expected"
    )
    outside = lowest is not None and highest is not None and not lowest <= value <= highest
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
        "limits": _words(rate, size, low, high),
        "state": "outside" if outside else "inside",
    }


def _limits(track: MeasureSeries, size: float, whole: float) -> tuple[float | None, ...]:
    """Low and high 95 %, then 99.8 %, on the value of a part of this size; None where there are
    none: only a share of cases, at most all of them, varies as one drawn by lot."""
    if not track.measure.is_rate:
        return tuple(edge / size for edge in funnel.count_limits(size))
    if track.measure.parts != "n" or not 0 <= whole <= 1:
        return (None,) * 4
    return funnel.share_limits(size, whole)


def _words(rate: bool, size: float, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "none"
    if rate:
        return f"{numbers.figure(low, 'percent')} to {numbers.figure(high, 'percent')}"
    return f"{numbers.number(low * size)} to {numbers.number(high * size)}"


def _limited(compared: list[Compared]) -> bool:
    return any(row["low_95"] is not None for row in compared)


def _title(compared: list[Compared]) -> str:
    if not _limited(compared):
        return "The parts beside each other, without limits"
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
