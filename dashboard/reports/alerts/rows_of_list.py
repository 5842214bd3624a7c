"""The rows of one snapshot's alert list, before anything is known of earlier meetings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.reports.alerts.alert_row import (
    Standing,
    Tested,
    figures_of,
    of_problem,
    of_series,
    tier_of,
    unit_of,
    within,
)
from dashboard.reports.alerts.freshness import known
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.signals import marts
from dashboard.signals.alerts import AlertTable
from dashboard.signals.windows import Series, Windows, behind, windows_tested
from dashboard.stats import alerts as rules

Identity = tuple[str, str, str | None]  # measure, unit, borough: kept from meeting to meeting


@dataclass(frozen=True)
class AlertRows:
    """What one snapshot alone says.

    rows    of the three tiers, strongest evidence first; alerts that are one problem are one row
    tested  now, expected, low, high and q of every series that was tested, by identity
    counts  series tested, by family (directorate, ocu, borough)
    usual   counted in the window and the year before it over all areas, by measure: an
            expectation of few adds a little everywhere, and would not tell the rarer of two
    by_chance  rows of the watch tier to expect though nothing has changed
    table   the figures of every series, in the order of read.series
    """

    rows: tuple[Standing, ...]
    rare: tuple[Series, ...]
    tested: dict[Identity, Tested]
    counts: dict[str, int]
    usual: dict[str, float]
    by_chance: float
    read: Windows
    table: AlertTable


@kept(64)
def alert_rows(request: Request) -> AlertRows:
    """Every tested series of the request's last whole fortnight, in tiers."""
    days, published = known(request), request.run("alert_series")
    read, table = marts.read_series(
        published,
        windows_tested(days, request.as_at),
        behind(days, request.as_at),
    )
    rows: list[Standing] = []
    tested: dict[Identity, Tested] = {}
    counts = dict.fromkeys(("directorate", "ocu", "borough"), 0)
    usual: dict[str, float] = {}
    for index, item in enumerate(read.series):
        if item.family == "borough":
            counted = float(read.now[index] + np.nansum(read.baseline[index]))
            usual[item.measure] = usual.get(item.measure, 0.0) + counted
        if table.tested[index]:
            counts[item.family] += 1
            tested[identity_of(request, item)] = figures_of(read, table, index)
        if tier := tier_of(table, index):
            rows.append(of_series(request, item, tier, table, index, read))
    for problem in marts.read_clusters(published):
        joined = of_problem(request, problem, table, read)
        rows = [joined, *(row for row in rows if not within(row, joined))]
    rows.sort(key=lambda row: (row["p"], -row["excess"]))
    rare = tuple(
        item
        for index, item in enumerate(read.series)
        if read.now[index] > 0 and table.expected[index] < rules.RARE_BELOW
    )
    by_chance = float(table.by_chance.sum())
    return AlertRows(tuple(rows), rare, tested, counts, usual, by_chance, read, table)


def identity_of(request: Request, item: Series) -> Identity:
    """The identity of the row that a series makes."""
    return item.measure, unit_of(request, item), item.borough
