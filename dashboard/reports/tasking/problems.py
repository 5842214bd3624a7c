"""Alerts of one kind in boroughs that touch, as one problem: what the wall shows of it.

A row of the list and a cluster are problems alike: what makes one is its measure, its boroughs and
its figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

import numpy as np

from dashboard.reports.alerts import alert_list, alert_words
from dashboard.reports.alerts.rows_of_list import Row, found
from dashboard.reports.request import Request
from dashboard.stats import alerts as rules
from dashboard.words import numbers, phrases

Touch = Callable[[str, str], bool]


@dataclass(frozen=True)
class Problem:
    """One kind of crime, above what its past lets expect, in one borough or in several that touch.

    rows     the alerts that it holds, strongest first
    wider    alerts of all boroughs that share its excess
    now, expected, low, high   of its boroughs together, with the 95 % band
    spark    the fortnights before and the one it is about, oldest first; None where not known
    """

    rows: tuple[Row, ...]
    wider: tuple[Row, ...]
    now: int
    expected: float
    low: int
    high: int
    spark: tuple[float | None, ...]

    @property
    def first(self) -> Row:
        return self.rows[0]

    @property
    def boroughs(self) -> tuple[str, ...]:
        """Codes, strongest first; empty for a series of all boroughs."""
        return tuple(row["borough"] for row in self.rows if row["borough"])


def problems(request: Request) -> list[Problem]:
    """The meeting's alerts as problems, strongest first."""
    rows = alert_list.alert_list(request).alerts.rows.to_pylist()
    near = request.catalogue.neighbours
    entries = together(alert_list.rolled(rows), lambda one, other: other in near(one))
    return [_problem(request, members, wider) for members, wider in entries]


def together(
    entries: Sequence[tuple[Row, list[Row]]], touch: Touch
) -> list[tuple[list[Row], list[Row]]]:
    """Entries of alert_list.rolled, those of one measure in boroughs that touch joined.

    touch   whether two boroughs touch
    return  the alerts of each problem, strongest first, and the wider ones that share its excess
    """
    groups: list[tuple[list[Row], list[Row]]] = []
    for row, below in entries:
        beside = [
            group for group in groups if any(_joined(row, other, touch) for other in group[0])
        ]
        groups = [group for group in groups if group not in beside]
        # The new row is weaker than those it joins: it stands last, the joined ones in their order.
        members = [other for group in beside for other in group[0]]
        wider = [other for group in beside for other in group[1]]
        groups.append(([*members, row], [*wider, *below]))
    order = {id(row): place for place, (row, _) in enumerate(entries)}
    for members, _ in groups:
        members.sort(key=lambda row: order[id(row)])
    return sorted(groups, key=lambda group: order[id(group[0][0])])


def _joined(one: Row, other: Row, touch: Touch) -> bool:
    kind = ("measure", "unit_code")
    alike = all(one[key] == other[key] for key in kind)
    return bool(alike and one["borough"] and other["borough"]) and touch(
        one["borough"], other["borough"]
    )


def _problem(request: Request, members: list[Row], wider: list[Row]) -> Problem:
    first = members[0]
    if len(members) == 1:
        figures = {key: first[key] for key in ("now", "expected", "low", "high")}
        return Problem((first,), tuple(wider), **figures, spark=tuple(first["spark"]))
    spark = np.array([row["spark"] for row in members], dtype=float).sum(axis=0)
    before = spark[:-1][np.isfinite(spark[:-1])]
    mean, variance = rules.predictive(
        np.array([before.sum()]), np.array([max(len(before), 1)]), _phi(request, first["measure"])
    )
    low, high = (int(edge[0]) for edge in rules.band(mean, variance))
    return Problem(
        tuple(members),
        tuple(wider),
        now=int(spark[-1]),
        expected=float(mean[0]),
        low=low,
        high=high,
        spark=tuple(float(value) if isfinite(value) else None for value in spark),
    )


def _phi(request: Request, measure: str) -> float:
    """Spread of the crime type, pooled over its series as in the alert list."""
    read = found(request).read
    chosen = [index for index, item in enumerate(read.series) if item.measure == measure]
    return rules.pooled_dispersion(read.baseline[chosen])


def places(request: Request, item: Problem) -> str:
    """' in Hackney, Islington and Camden', ' in 6 boroughs', or ' across London'."""
    names = [row["borough_name"] for row in item.rows if row["borough"]]
    if len(names) > alert_words.MOST_PLACES:
        return f" in {len(names)} boroughs"
    if names:
        return f" in {phrases.listed(names)}"
    whole = request.catalogue.unit(item.first["unit_code"]).level == "force"
    return " across London" if whole else f", {item.first['unit_name']}"


def title(request: Request, item: Problem) -> str:
    """'Commercial robbery above the usual range in Hackney, Islington and Camden'."""
    return f"{item.first['name']} above the usual range{places(request, item)}"


def short(request: Request, item: Problem) -> str:
    """'Commercial robbery in Hackney, Islington and Camden: 68 where 13 were expected'."""
    return f"{item.first['name']}{places(request, item)}: {_counts(item.now, item.expected)}"


def sentence(item: Problem) -> str:
    """What came, what was expected, of which boroughs, and since when."""
    last = date.fromordinal(item.first["window_until"].toordinal() - 1)
    parts = ", ".join(f"{row['borough_name']} {row['now']}" for row in item.rows)
    said = (
        f"{_counts(item.now, item.expected)} ({numbers.number(item.low)} to "
        f"{numbers.number(item.high)}) in the fortnight to {last.day} {last:%B}"
    )
    wider = [f" All boroughs: {_counts(row['now'], row['expected'])}." for row in item.wider]
    named = f": {parts}" if len(item.rows) > 1 else ""
    return f"{said}{named}.{''.join(wider)} {phrases.sentence(_seen(item))}."


def _counts(now: float, expected: float) -> str:
    """'68 where 13 were expected', '10 where 1.5 were expected'."""
    places = 0 if expected >= 10 else 1
    verb = "was" if expected == 1 else "were"
    return f"{numbers.number(now)} where {numbers.number(expected, places)} {verb} expected"


def _seen(item: Problem) -> str:
    times = max(row["times_seen"] for row in item.rows)
    return "new this meeting" if times == 1 else f"{alert_words.ordinal(times)} meeting running"
