"""Centre, limits and states of a series, by the chart that stats.choice names for it.

Everything starts anew at a break: each part between two breaks has the chart of its own
mean, kind and length, and the last part's is what the series is judged by.

A method says only what it can: process limits (XmR, P′, U′) give a variation, a run chart
one where the last run is longer than chance allows; a forecast band marks points beyond it
and gives no verdict, as one in twenty is beyond by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain, pairwise
from typing import Any

import numpy as np

from dashboard.queries import Measure
from dashboard.reports.measure.choice import chosen, stands_still
from dashboard.reports.measure.point import Point
from dashboard.reports.measure.process_limits import (
    Part,
    ProcessLimits,
    floats_of,
    line_of,
    sides_beyond,
    states_of,
)
from dashboard.stats import alerts, spc, stocks, xmr_rules
from dashboard.stats.charts_counts import control_chart
from dashboard.stats.choice import FEWEST
from dashboard.stats.runs import run_bounds, run_members

BEFORE = 26  # periods before a point that its forecast stands on, as in the alert list
USEFUL = 10  # points off the median below which runs tell too little (Anhøj & Olesen 2014)
YEAR = timedelta(days=366)  # holds 52 weeks or 12 months from end to end, and no more
BAND, LONG_RUN, GAP = "band", "long_run", "gap"  # labels beside those of stats.spc


def drawn(
    measure: Measure, points: Sequence[Point], target: float | None, rebase: Sequence[int]
) -> ProcessLimits | None:
    """The chart of the points, each part between two rebases for itself; None without points."""
    parts = [
        _part(chosen(measure, points[start:stop]), measure, points[start:stop], target)
        for start, stop in pairwise([*sorted({0, *rebase}), len(points)])
    ]
    if not points:
        return None

    def joined(name: str) -> tuple[Any, ...]:
        return tuple(chain.from_iterable(getattr(part, name) for part in parts))

    return replace(
        parts[-1],
        mean=joined("mean"),
        lower=joined("lower"),
        upper=joined("upper"),
        rules=joined("rules"),
        states=joined("states"),
    )


def _part(
    kind: str, measure: Measure, points: Sequence[Point], target: float | None
) -> ProcessLimits:
    part = Part(
        floats_of([point.value(measure.is_rate) for point in points]),
        floats_of([point.numerator for point in points]),
        floats_of([point.denominator for point in points]),
        measure.better,
        target,
    )
    if kind == "none":
        none, common = (None,) * len(points), (spc.COMMON,) * len(points)
        return ProcessLimits(kind, none, none, none, common, common)
    if kind in ("p_prime", "u_prime"):
        return _prime(kind, part)
    if kind == "run" and stands_still(measure, points):
        return _still(part)
    if kind == "stock":
        year = sum(points[-1].start - point.start <= YEAR for point in points) - 1
        whole = points[-1].start - points[0].start >= timedelta(days=52 * 7)
        return _stock(part, stocks.course(part.values, year) if whole else None)
    return {"xmr": _xmr, "run": _run}.get(kind, _band)(part)


def _xmr(part: Part) -> ProcessLimits:
    return of_xmr(spc.xmr(part.values, better=part.better, target=part.target))


def of_xmr(chart: spc.Chart) -> ProcessLimits:
    """The limits of an XmR chart."""
    return ProcessLimits(
        "xmr",
        chart.mean,
        chart.lower,
        chart.upper,
        chart.rules,
        chart.states,
        chart.variation or "",
        chart.assurance or "",
        chart.trial,
    )


def _stock(part: Part, course: stocks.Course | None) -> ProcessLimits:
    """Where each end was to lie from the one before. A target is held against the next end.

    The last is judged by its change; where that is usual, by its year: a slow climb has no change
    that is unusual by itself.
    """
    limits = stocks.stock(part.values)
    assert limits is not None  # as stats.choice has it, of 13 points and more
    states, last = states_of(limits.sides, part.better), float(part.values[-1])
    next_low, next_high = max(last + limits.least, 0.0), last + limits.most
    reach = spc.assurance(next_low, next_high, part.target, part.better)
    variation = states[-1]
    if course and variation == spc.COMMON:
        variation = states_of(np.array([course.side]), part.better)[0]
    return ProcessLimits(
        "stock",
        line_of(limits.expected),
        line_of(limits.lower),
        line_of(limits.upper),
        tuple(str(rule) for rule in limits.rules),
        states,
        "" if np.isnan(limits.expected[-1]) else variation,
        (reach or "") if not np.isnan(last) else "",
        course=course,
    )


def _prime(kind: str, part: Part) -> ProcessLimits:
    """Laney's limits; marks: outside them, or seven in a row on one side of the mean."""
    known = ~np.isnan(part.values)
    tops, sizes = np.where(known, part.numerators, np.nan), np.where(known, part.denominators, 1.0)
    chart = control_chart(kind, tops, sizes)
    lower, upper = (np.where(known, line, np.nan) for line in (chart.lower, chart.upper))
    run = xmr_rules.shift(xmr_rules.side_of(chart.plotted, float(chart.centre[0])))
    out = sides_beyond(part.values, lower, upper)
    states = states_of(np.where(out != 0, out, run), part.better)
    rules = np.select([out != 0, run != 0], [spc.OUTSIDE, spc.SHIFT], spc.COMMON)
    reach = spc.assurance(float(lower[-1]), float(upper[-1]), part.target, part.better)
    return ProcessLimits(
        kind,
        line_of(chart.centre),
        line_of(lower),
        line_of(upper),
        tuple(str(rule) for rule in rules),
        states,
        states[-1] if known[-1] else "",
        (reach or "") if known[-1] else "",
    )


def _run(part: Part) -> ProcessLimits:
    """Median and runs about it; those longer than chance allows are marked."""
    chart = control_chart("run", part.values)
    side = _long_runs(part.values, float(chart.centre[0]))
    states, none = states_of(side, part.better), (None,) * len(side)
    enough = chart.runs.useful >= USEFUL
    judged = enough and not np.isnan(part.values[-1]) and (side[-1] != 0 or not chart.runs.signal)
    return ProcessLimits(
        "run",
        line_of(chart.centre),
        none,
        none,
        tuple(LONG_RUN if mark else spc.COMMON for mark in side),
        states,
        states[-1] if judged else "",
        restless=chart.runs.signal and enough,
    )


def _still(part: Part) -> ProcessLimits:
    """A run chart of a series that mostly stands still, and how far from its median is far.

    Points beyond 2.66 mean moving ranges, none screened out, are outside; where no point ever
    differed there is no such distance, and the series has no other course than to go on.
    """
    run_chart = _run(part)
    known = part.values[~np.isnan(part.values)]
    ranges = xmr_rules.moving_ranges(part.values)
    apart = xmr_rules.TO_LIMIT * float(np.nanmean(ranges))
    median, last = float(np.median(known)), not np.isnan(part.values[-1])
    if apart == 0:
        reach = spc.assurance(median, median, part.target, part.better) if last else None
        return replace(run_chart, variation=spc.COMMON if last else "", assurance=reach or "")
    lower, upper = median - apart, median + apart
    out = xmr_rules.beyond(part.values, lower, upper)
    rules = tuple(
        spc.OUTSIDE if mark else rule for mark, rule in zip(out, run_chart.rules, strict=True)
    )
    sides = states_of(out, part.better)
    states = tuple(
        side if mark else state
        for mark, side, state in zip(out, sides, run_chart.states, strict=True)
    )
    reach = spc.assurance(lower, upper, part.target, part.better) if last else None
    return replace(
        run_chart,
        lower=(lower,) * len(out),
        upper=(upper,) * len(out),
        rules=rules,
        states=states,
        variation=states[-1] if last else "",
        assurance=reach or "",
    )


def _long_runs(values: np.ndarray, median: float) -> np.ndarray:
    """Side of each point in a run longer than chance allows (stats.runs)."""
    members, sides = run_members(values, median), np.zeros(len(values), dtype=int)
    useful = sum(len(run) for _, run in members)
    if useful < USEFUL:
        return sides
    for side, run in members:
        if len(run) > run_bounds(useful)[0]:
            sides[run] = side
    return sides


def _band(part: Part) -> ProcessLimits:
    """Each point in the 95 % band of its forecast from the periods before it."""
    values = part.values
    lines = np.full((3, len(values)), np.nan)
    for index in range(len(values)):
        before = values[:index][~np.isnan(values[:index])][-BEFORE:]
        if len(before) >= FEWEST:
            phi = alerts.pooled_dispersion(before[None, :])
            mean, variance = alerts.predictive(before.sum(), len(before), phi)
            lines[:, index] = mean, *alerts.band(mean, variance)
    # No verdict: a point beyond the band is marked as neither better nor worse.
    side = sides_beyond(values, lines[1], lines[2])
    rules = tuple(BAND if mark else spc.COMMON for mark in side)
    expected, low, high = (line_of(row) for row in lines)
    return ProcessLimits("band", expected, low, high, rules, states_of(side, "neutral"))


def days_between(gaps: Sequence[float]) -> ProcessLimits:
    """The t chart of days between events, oldest first; same-day events are half a day apart.

    A gap beyond the limits is marked as neither better nor worse: no verdict on rare events.
    """
    chart = control_chart("t", gaps)
    side = sides_beyond(chart.plotted, chart.lower, chart.upper)
    return ProcessLimits(
        "t",
        line_of(chart.centre),
        line_of(chart.lower),
        line_of(chart.upper),
        tuple(GAP if mark else spc.COMMON for mark in side),
        states_of(side, "neutral"),
    )
