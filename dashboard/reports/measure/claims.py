"""What may be claimed of a track's last judged point: a record of claim and values, no words.

The strongest claim that is true comes first: outside the limits, then a run (a rise or fall, or a
shift), then close to a limit. Words are made of it last (wording.py), so that the claim can be
tested against the rows behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.stats import stocks

OUTSIDE, TREND, RUN, NEAR, WITHIN = "outside", "trend", "run", "near", "within"
NO_FIGURES, UNSETTLED, MISSING, UNJUDGED = "no_figures", "unsettled", "missing", "unjudged"
TOO_FEW, NONE, FORECAST = "too_few", "none", "forecast"
STILL, RESTLESS, MEDIAN, MEDIAN_RUN = "still", "restless", "median", "median_run"
SURGE, DRIFT, AS_USUAL = "surge", "drift", "as_usual"  # of a stock: its changes
YEAR = "year"  # of a stock: its year, where its changes one by one are usual
OF_STOCK = (SURGE, DRIFT, AS_USUAL, YEAR)
BEYOND = (OUTSIDE, SURGE)  # the limits
MOVED = (TREND, RUN, NEAR, MEDIAN_RUN, DRIFT, YEAR)  # special, but not beyond the limits
OF_NEAR = 3  # points of which two at least lie near a limit
OF_SHIFT = 7  # points on one side of the mean, as stats.xmr_rules has it
NEAR_AT = 2 / 3  # of the way from the mean to a limit


class Lines(TypedDict):
    """The lines that the last point is held against."""

    low: float | None
    high: float | None
    middle: float | None


@dataclass(frozen=True)
class Claim:
    """What is claimed, and the values that make it true or false.

    kind    one of the constants above
    start   first day of the last judged period
    value   its figure
    side    'high' or 'low', where the claim has one
    since   first day of the period that a run or a rise or fall began with
    began   of a stock the figure before `since`, or of the period before where there is none; of
            its year the figure of a year before
    count   points: of a run, a rise or fall; near or beyond a limit of the last three; known; equal
    beyond  of these last three, how many lie beyond the limit
    low, high, middle  limits, band or centre line at the last point
    """

    kind: str
    start: date | None = None
    value: float | None = None
    side: str = ""
    since: date | None = None
    began: float | None = None
    count: int = 0
    beyond: int = 0
    low: float | None = None
    high: float | None = None
    middle: float | None = None


def claim(track: MeasureSeries) -> Claim:
    """The strongest claim that is true of the track's last judged point."""
    if not track.points or all(value is None for value in track.values):
        return Claim(NO_FIGURES)
    if not track.judged:
        return Claim(UNSETTLED)
    last = track.judged - 1
    start, value, chart = track.points[last].start, track.values[last], track.chart
    if value is None:
        return Claim(MISSING, start)
    if chart is None or chart.kind == "none":
        return Claim(TOO_FEW, start, value, count=len(track.known))
    lines: Lines = {"low": chart.lower[-1], "high": chart.upper[-1], "middle": chart.mean[-1]}
    if chart.kind in ("band", "t"):
        if len(track.known) == len(track.present) and not any(p.numerator for p in track.known):
            return Claim(NONE, start, value, count=len(track.present))
        return Claim(FORECAST, start, value, **lines)
    if chart.kind == "stock" and track.variation:
        return _of_stock(track, start, value, lines)
    if chart.kind == "run":
        return _about_median(track, start, value, lines)
    if not track.variation:
        return Claim(UNJUDGED, start, value, **lines)
    if track.variation == "common":
        return Claim(WITHIN, start, value, **lines)
    return _special(track, start, value, lines)


def _special(track: MeasureSeries, start: date, value: float, lines: Lines) -> Claim:
    """Outside before a rise or fall, that before a shift, that before near."""
    assert track.chart is not None  # asked only of a judged track
    rule, high = track.chart.rules[-1], side(track)
    if rule == "outside":
        return Claim(OUTSIDE, start, value, high, **lines)
    if rule == "trend":
        first = first_of_trend(track)
        since, count = track.points[first].start, track.judged - first
        return Claim(TREND, start, value, high, since, count=count, **lines)
    first = first_of_run(track)
    if (count := track.judged - first) >= OF_SHIFT:
        return Claim(RUN, start, value, high, track.points[first].start, count=count, **lines)
    near, beyond = _near(track, high)
    return Claim(NEAR, start, value, high, count=near + beyond, beyond=beyond, **lines)


def _of_stock(track: MeasureSeries, start: date, value: float, lines: Lines) -> Claim:
    """Its changes: since when they are unusual, and what it stood at before."""
    assert track.chart is not None  # asked only of a judged track
    last = track.judged - 1
    if track.variation == "common":
        return Claim(AS_USUAL, start, value, began=track.values[last - 1], **lines)
    if track.chart.states[-1] == "common":
        assert track.chart.course is not None  # else nothing of it would be unusual
        return Claim(YEAR, start, value, side(track), began=track.chart.course.began, **lines)
    first = first_of_run(track)
    kind = SURGE if track.chart.rules[-1] == stocks.CHANGE else DRIFT
    since, began = track.points[first].start, track.values[first - 1]
    return Claim(kind, start, value, side(track), since, began, count=track.judged - first, **lines)


def _about_median(track: MeasureSeries, start: date, value: float, lines: Lines) -> Claim:
    assert track.chart is not None  # asked only of a judged track
    if len({point.value(track.measure.is_rate) for point in track.known}) == 1:
        return Claim(STILL, start, value, count=len(track.known), **lines)
    if track.variation not in ("", "common"):
        high = side(track)
        if track.chart.rules[-1] == "outside":
            return Claim(OUTSIDE, start, value, high, **lines)
        first = first_of_run(track)
        since, count = track.points[first].start, track.judged - first
        return Claim(MEDIAN_RUN, start, value, high, since, count=count, **lines)
    if track.chart.restless:
        return Claim(RESTLESS, start, value, **lines)
    return Claim(MEDIAN, start, value, **lines)


def side(track: MeasureSeries) -> str:
    """'high' or 'low': on which side the last judged point is beyond."""
    return "low" if track.variation.endswith("low") else "high"


def _near(track: MeasureSeries, high: str) -> tuple[int, int]:
    """How many of the last three points lie near the limit of that side, and how many beyond it."""
    assert track.chart is not None  # asked only of a judged track
    near = beyond = 0
    for index in range(max(track.judged - OF_NEAR, 0), track.judged):
        value, mean = track.values[index], track.chart.mean[index]
        limit = (track.chart.upper if high == "high" else track.chart.lower)[index]
        if value is None or mean is None or limit is None or limit == mean:
            continue
        part_of_the_way = (value - mean) / (limit - mean)
        near += NEAR_AT < part_of_the_way <= 1
        beyond += part_of_the_way > 1
    return near, beyond


def first_of_run(track: MeasureSeries) -> int:
    """Index of the first point of the run on one side of the centre that the last stands in.

    On a run chart a point on the median does not break it. Of a stock it is the first of the
    unusual changes on that side, one after the other; of those beyond the limits where it is one.
    """
    assert track.chart is not None  # asked only of a judged track
    values, index = track.values, track.judged - 1
    if track.chart.kind == "stock":
        marks = [*zip(track.chart.states, track.chart.rules, strict=True)]
        state, rule = marks[index]
        same = {(state, stocks.CHANGE), (state, rule)}
        return next(i for i in range(index, 0, -1) if marks[i - 1] not in same)
    high = side(track) == "high"
    while index > 0:
        before, mean = values[index - 1], track.chart.mean[index - 1]
        same_mean = mean == track.chart.mean[index]
        if before is None or mean is None or not same_mean:
            break
        passed = before == mean and track.chart.kind == "run"
        if not passed and (before == mean or (before > mean) != high):
            break
        index -= 1
    return index


def first_of_trend(track: MeasureSeries) -> int:
    """Index of the point that the unbroken rise or fall to the last one began at."""
    values, index = track.values, track.judged - 1
    rising = side(track) == "high"
    while index > max(track.breaks, default=0):
        now, before = values[index], values[index - 1]
        if now is None or before is None or now == before or (now > before) != rising:
            break
        index -= 1
    return index
