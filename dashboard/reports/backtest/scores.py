"""The backtest: what past forecasts and alerts, made with what was known then, came to.

For analysts. Fortnight bands, year-end forecasts and the alert list are run again over the
past by their own arithmetic and scored against what came. `inflation` is what the rest of
the program takes from it: how far to widen a year-end forecast so that its band holds true.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import BESIDE, Note
from dashboard.periods import day_words
from dashboard.reports.alerts import past_record
from dashboard.reports.backtest import backtest_words as words
from dashboard.reports.backtest import markdown_tables, past_scores, power_words
from dashboard.reports.backtest.alert_rows import Alerted, Power, Rise
from dashboard.reports.backtest.scored import Staged, Windowed, YearEnd
from dashboard.reports.measure.growth import WHOLE
from dashboard.reports.measure.past_chances import Reliable
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words.names import windows_word


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
    return _backtest(request)


def table(request: Request) -> list[dict[str, Any]]:
    """All rows of the backtest, as `backtest --json` prints them; `part` names the table."""
    scores = backtest(request)
    parts = {
        "fortnights": scores.fortnights,
        "year_ends": scores.years,
        "stages": scores.stages,
        "reliability": scores.reliability,
        "alerts": scores.alerts,
        "power": scores.power,
        "planted": scores.truths,
    }
    return [
        {"part": part, **row}
        for part, disclosed in parts.items()
        if disclosed is not None
        for row in disclosed.rows.to_pylist()
    ]


def markdown(request: Request) -> str:
    """The coverage, the year ends and the alerts as small Markdown tables."""
    scores = backtest(request)
    lines = [f"{scores.fortnights.title}.", ""]
    if scores.fortnights.rows.num_rows:
        lines += [*markdown_tables.fortnights(rows.typed(Windowed, scores.fortnights.rows)), ""]
    lines += [f"{scores.years.title}.", ""]
    if scores.years.rows.num_rows:
        lines += [*markdown_tables.years(rows.typed(YearEnd, scores.years.rows)), ""]
    said = [scores.reliability.title, scores.alerts.title, scores.power.title]
    said += [scores.truths.title] if scores.truths and scores.truths.rows.num_rows else []
    return "\n".join([*lines, *(f"{item}. " for item in said)]).rstrip() + "\n"


@kept(8)
def _backtest(request: Request) -> Backtest:
    windows = past_scores.windows(request)
    days = power_words.known(_days(request, past_scores.FORECASTS), windows_word())
    said = words.fortnights(windows)
    notes = (words.PROMISED, words.nested(), days, words.NAMED)
    return Backtest(
        fortnights=_disclosed(request, rows.table(Windowed, windows), said, notes, FORTNIGHTS),
        **_year_ends(request),
        **_alerts(request),
        truths=_truths(request),
    )


def _days(request: Request, of: str) -> list[date | None]:
    return [row["known"] for row in past_scores.days(request) if row["of"] == of]


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
    ends, staged = past_scores.year_ends(request), past_scores.stages(request)
    reliable = past_scores.reliability(request)
    origins = _days(request, past_scores.ORIGINS)
    days = power_words.known(origins, "days of forecast") if origins else ""
    shared = (words.ORIGINS, words.REFIT, words.BASELINES, words.NAMED)
    own = (words.rates(),) if any(row["kind"] == "rate" for row in ends) else ()
    notes = (*shared, *own, words.WIDENING, words.TARGETS, Note(days, BESIDE))
    chance = (words.ORIGINS, words.TARGETS, words.WIDENED_THEN, words.NAMED)
    return {
        "years": _disclosed(
            request,
            rows.table(YearEnd, ends),
            words.years(ends),
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


def _alerts(request: Request) -> dict[str, Disclosed]:
    """The tables `alerts` and `power`."""
    alerted, power = past_scores.alerted(request), past_scores.power(request)
    days = power_words.known(_days(request, past_scores.MEETINGS), "meetings")
    title = power_words.alerts(alerted, past_record.truth(request) is not None)
    counted, by_size = rows.table(Alerted, alerted), rows.table(Power, power)
    return {
        "alerts": _disclosed(request, counted, title, (days,), FORTNIGHTS),
        "power": _disclosed(
            request, by_size, power_words.power(power), (words.injected(),), FORTNIGHTS
        ),
    }


def _truths(request: Request) -> Disclosed | None:
    """The table `truths`; None where nobody knows which rises were planted."""
    if past_record.truth(request) is None:
        return None
    rises = past_scores.truths(request)
    planted = rows.table(Rise, rises)
    return _disclosed(request, planted, power_words.truths(rises), (words.PLANTED,), FORTNIGHTS)
