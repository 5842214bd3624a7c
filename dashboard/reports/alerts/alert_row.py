"""One row of the alert list: of a series, or of boroughs that touch."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, TypedDict

import numpy as np

from dashboard.reports.measure import identity
from dashboard.reports.request import Request
from dashboard.signals.alerts import AlertTable
from dashboard.signals.clusters import ClusterRow
from dashboard.signals.windows import Series, Windows
from dashboard.words.figures import FIGURE_OF
from dashboard.words.phrases import listed

RULES = {"alert": "nb_bh", "watch": "nb_p", "fall": "nb_fall"}
SCAN = "scan"  # the rule of a cluster that the scan itself found
JOIN = "+"  # between the boroughs' codes of one row
WHOLE = "null: all areas"


class Placed(TypedDict):
    """What an alert is of."""

    measure: str
    name: str
    family: str
    unit_code: str
    unit_name: str
    borough: Annotated[str | None, WHOLE]  # codes of those that are one problem, + between them
    borough_name: Annotated[str | None, WHOLE]
    boroughs: list[str]  # codes; none for all areas


class Counted(TypedDict):
    """A count and what was expected of it."""

    now: int
    expected: float
    low: int
    high: int


class Tested(Counted):
    """What a series' test said."""

    tier: str  # alert, watch, fall or ''
    q: float


class Standing(Placed, Tested):
    """A row of one snapshot's list."""

    excess: float
    p: float
    rule: str
    window_since: date
    window_until: date  # exclusive
    fortnights_behind: int
    priority: Annotated[str | None, "null: no priority in force names the measure"]
    spark: list[float | None]  # the year of windows before, and the latest
    figure_of: str


class Alert(Standing):
    """The same with the meetings that it stood at."""

    first_seen: date
    times_seen: int
    p_before: Annotated[float | None, "null: it did not stand at the meeting before"]
    sentence: str


def same(row: Placed, other: Placed) -> bool:
    """Whether rows of two meetings are the same alert: a measure of a unit, and the same place or
    one borough in common."""
    named = row["measure"] == other["measure"] and row["unit_code"] == other["unit_code"]
    both = set(row["boroughs"]) & set(other["boroughs"])
    return named and bool(both or not row["boroughs"] and not other["boroughs"])


def within(row: Standing, joined: Standing) -> bool:
    """Whether a joined row already says it: an alert, or one to watch, in one of its boroughs."""
    return (
        row["tier"] in ("alert", "watch")
        and row["rule"] != SCAN
        and row["measure"] == joined["measure"]
        and bool(set(row["boroughs"]) & set(joined["boroughs"]))
    )


def tier_of(table: AlertTable, index: int) -> str:
    """'alert', 'watch', 'fall' or ''."""
    return str(table.tier[index]) or ("fall" if table.fall[index] else "")


def figures_of(read: Windows, table: AlertTable, index: int) -> Tested:
    """What a series' test said."""
    return {
        "now": int(read.now[index]),
        "expected": float(table.expected[index]),
        "low": int(table.low[index]),
        "high": int(table.high[index]),
        "q": float(table.q[index]),
        "tier": tier_of(table, index),
    }


def of_series(
    request: Request, item: Series, tier: str, table: AlertTable, index: int, read: Windows
) -> Standing:
    """The row of one series; tier alert, watch or fall."""
    window = read.window[item.measure]
    placed = _placed(request, item, [item.borough] if item.borough else [])
    return {
        **placed,
        **figures_of(read, table, index),
        "tier": tier,
        "excess": float(table.excess[index]),
        "p": float(table.fall_p[index] if tier == "fall" else table.p[index]),
        "rule": RULES[tier],
        "window_since": window.since,
        "window_until": window.until,
        "fortnights_behind": read.behind[item.measure],
        "priority": _priority(request, item.measure),
        "spark": _line(read.baseline[index], float(read.now[index])),
        FIGURE_OF: _figure_of(request, placed, window.since, window.until),
    }


def of_problem(request: Request, problem: ClusterRow, table: AlertTable, read: Windows) -> Standing:
    """The row of boroughs that touch: figures of its days, the line of all its fortnights."""
    at = [
        index
        for index, item in enumerate(read.series)
        if item.measure == problem.measure and item.family == "borough"
    ]
    inside = [index for index in at if read.series[index].borough in problem.boroughs]
    window = read.window[problem.measure]
    since, until = (window.since + timedelta(days=day) for day in (problem.first, problem.until))
    placed = _placed(request, read.series[at[0]], list(problem.boroughs))
    of_members = min((float(table.q[index]) for index in problem.members), default=1.0)
    return {
        **placed,
        "now": problem.now,
        "expected": problem.expected,
        "low": problem.low,
        "high": problem.high,
        "tier": "alert",
        "q": of_members if problem.q is None else problem.q,
        "excess": problem.now - problem.expected,
        "p": problem.p,
        "rule": RULES["alert"] if problem.q is None else SCAN,
        "window_since": since,
        "window_until": until,
        "fortnights_behind": read.behind[problem.measure],
        "priority": _priority(request, problem.measure),
        "spark": _line(read.baseline[inside].sum(axis=0), float(read.now[inside].sum())),
        FIGURE_OF: _figure_of(request, placed, since, until),
    }


def _figure_of(request: Request, placed: Placed, since: date, until: date) -> str:
    measure = request.measures[placed["measure"]]
    return identity.spelt(request, measure, since, until, placed["unit_code"], placed["borough"])


def _placed(request: Request, item: Series, boroughs: list[str]) -> Placed:
    """A series in some boroughs; in none of all areas."""
    unit, areas = unit_of(request, item), request.catalogue.areas
    names = [areas[code].name for code in boroughs if code in areas]
    return {
        "measure": item.measure,
        "name": request.measures[item.measure].name,
        "family": item.family,
        "unit_code": unit,
        "unit_name": request.catalogue.units[unit].name,
        "borough": JOIN.join(sorted(boroughs)) or None,
        "borough_name": listed(names) if names else None,
        "boroughs": boroughs,
    }


def _line(before: np.ndarray, now: float) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in before] + [now]


def unit_of(request: Request, item: Series) -> str:
    """Whose row it is: a unit's measure in one borough is its owner's, unless published counts
    serve it, which know no unit."""
    measure = request.measures[item.measure]
    own = item.family == "borough" and measure.scope == "ocu"
    return measure.owner if own and not request.has_published(item.measure) else item.unit_code


def _priority(request: Request, measure: str) -> str | None:
    """The priority of the control strategy in force that names the measure."""
    for priority in request.catalogue.priorities:
        begun = priority.since <= request.as_at
        ended = priority.until is not None and priority.until <= request.as_at
        if measure in priority.measures and begun and not ended:
            return priority.name
    return None
