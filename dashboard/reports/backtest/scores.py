"""The backtest: what past forecasts and alerts, made with what was known then, came to.

For analysts. Fortnight bands, year-end forecasts and the alert list are run again over the
past by their own arithmetic and scored against what came. `inflation` is what the rest of
the program takes from it: how far to widen a year-end forecast so that its band holds true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import BESIDE, Note
from dashboard.periods import day_words
from dashboard.reports.alerts import past_record
from dashboard.reports.alerts.past_rounds import Rounds, rounds
from dashboard.reports.backtest import (
    alert_rows,
    markdown_tables,
    past_alerts,
    power_words,
    rate_rows,
    score_rows,
)
from dashboard.reports.backtest import backtest_words as words
from dashboard.reports.backtest.scored import Staged, Windowed, YearEnd
from dashboard.reports.measure import past_chances
from dashboard.reports.measure.growth import BOROUGH, WHOLE
from dashboard.reports.measure.past_chances import Reliable
from dashboard.reports.measure.past_targets import asked
from dashboard.reports.measure.year_ends import (
    Years,
    widened_then,
    widenings,
    years,
)
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.snapshots import SnapshotInfo
from dashboard.words.names import windows_word

PLACES = (WHOLE, BOROUGH)


@dataclass(frozen=True)
class Backtest:
    """All that the page shows; a table without rows says why in its title.

    truths  the sample's planted rises and what became of them; None for real data
    """

    fortnights: Disclosed
    years: Disclosed
    stages: Disclosed
    reliability: Disclosed
    alerts: Disclosed
    power: Disclosed
    truths: Disclosed | None


def backtest(request: Request) -> Backtest:
    """The whole backtest, kept for as long as no snapshot comes to the folder or leaves it."""
    return _backtest(request, request.listed)


def table(request: Request) -> list[dict[str, Any]]:
    """All rows of the backtest, as `backtest --json` prints them; `part` names the table."""
    found = backtest(request)
    parts = {
        "fortnights": found.fortnights,
        "year_ends": found.years,
        "stages": found.stages,
        "reliability": found.reliability,
        "alerts": found.alerts,
        "power": found.power,
        "planted": found.truths,
    }
    return [
        {"part": part, **row}
        for part, disclosed in parts.items()
        if disclosed is not None
        for row in disclosed.rows.to_pylist()
    ]


def markdown(request: Request) -> str:
    """The coverage, the year ends and the alerts as small Markdown tables."""
    found = backtest(request)
    lines = [f"{found.fortnights.title}.", ""]
    if found.fortnights.rows.num_rows:
        lines += [*markdown_tables.fortnights(rows.typed(Windowed, found.fortnights.rows)), ""]
    lines += [f"{found.years.title}.", ""]
    if found.years.rows.num_rows:
        lines += [*markdown_tables.years(rows.typed(YearEnd, found.years.rows)), ""]
    said = [found.reliability.title, found.alerts.title, found.power.title]
    said += [found.truths.title] if found.truths and found.truths.rows.num_rows else []
    return "\n".join([*lines, *(f"{item}. " for item in said)]).rstrip() + "\n"


@kept(8)
def _backtest(request: Request, listed: tuple[SnapshotInfo, ...]) -> Backtest:
    again = rounds(request, listed)
    windows = score_rows.fortnights(request, again.forecasts)
    days = power_words.known([item.known for item in again.forecasts], windows_word())
    said = words.fortnights(windows)
    notes = (words.PROMISED, words.nested(), days, words.NAMED)
    alerts = _alerts(request, again)
    return Backtest(
        fortnights=_disclosed(request, rows.table(Windowed, windows), said, notes, FORTNIGHTS),
        **_year_ends(request),
        alerts=alerts.alerts,
        power=alerts.power,
        truths=alerts.truths,
    )


FORTNIGHTS, YEARS = "backtest_fortnights", "backtest_years"


def _disclosed(
    request: Request, scored: pa.Table, title: str, notes: tuple[str, ...], query: str
) -> Disclosed:
    params = {"grain": "month", "place": WHOLE, "until": None} if query == YEARS else {}
    return request.disclose(
        scored,
        title=title,
        subtitle=f"past forecasts scored as at {day_words(request.as_at)}",
        notes=notes,
        query=query,
        params=params,
    )


def _year_ends(request: Request) -> dict[str, Disclosed]:
    """The tables `years`, `stages` and `reliability`."""
    counts: list[YearEnd] = []
    reliable: list[Reliable] = []
    staged: list[Staged] = []
    days = ""
    for place in PLACES:
        found = years(request, place)
        if not found.measure.size:
            continue
        questions, factors = asked(request, found), widened_then(found)
        counts += score_rows.year_ends(request, found, questions, widenings(found), factors)
        reliable += past_chances.reliability(found, questions, factors)
        if place == WHOLE:
            staged = score_rows.stages(found, questions, factors)
            days = power_words.known(_origins(found), "days of forecast")
    rates = [row for place in PLACES for row in rate_rows.year_ends(request, place)]
    shared = (words.ORIGINS, words.REFIT, words.BASELINES, words.NAMED)
    own = (words.rates(),) if rates else ()
    notes = (*shared, *own, words.WIDENING, words.TARGETS, Note(days, BESIDE))
    chance = (words.ORIGINS, words.TARGETS, words.WIDENED_THEN, words.NAMED)
    return {
        "years": _disclosed(
            request,
            rows.table(YearEnd, [*counts, *rates]),
            words.years([*counts, *rates]),
            tuple(filter(None, notes)),
            YEARS,
        ),
        "stages": _disclosed(
            request, rows.table(Staged, staged), words.stages(staged), shared, YEARS
        ),
        "reliability": _disclosed(
            request,
            rows.table(Reliable, reliable),
            words.reliability(reliable),
            chance,
            YEARS,
        ),
    }


def _origins(found: Years) -> list[Any]:
    """The as-at of the snapshot that said the count of each day of forecast; None: none did."""
    days = {int(day) for day in found.origin}
    return [*found.known, *([None] * (len(days) - len(found.known)))]


@dataclass(frozen=True)
class _Alerts:
    alerts: Disclosed
    power: Disclosed
    truths: Disclosed | None


def _alerts(request: Request, again: Rounds) -> _Alerts:
    planted = past_record.truth(request)
    tallies, named = past_alerts.tallies(again.meetings, planted)
    injected = past_alerts.injected(again.meetings)
    alerted, power = alert_rows.alerts(tallies), alert_rows.power(injected)
    days = power_words.known([item.known for item in again.meetings], "meetings")
    title = power_words.alerts(alerted, planted is not None)
    truths = alert_rows.truths(request, named)
    counted = rows.table(alert_rows.Alerted, alerted)
    found = rows.table(alert_rows.Power, power)
    rises = rows.table(alert_rows.Rise, truths)
    return _Alerts(
        _disclosed(request, counted, title, (days,), FORTNIGHTS),
        _disclosed(request, found, power_words.power(power), (words.injected(),), FORTNIGHTS),
        None
        if planted is None
        else _disclosed(request, rises, power_words.truths(truths), (words.PLANTED,), FORTNIGHTS),
    )
