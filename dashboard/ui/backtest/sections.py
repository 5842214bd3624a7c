"""The sections of the backtest page: each draws one table of the report."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.charts import reliability as chart
from dashboard.reports import Disclosed, Request
from dashboard.reports.backtest import backtest_words as words
from dashboard.reports.backtest import scores
from dashboard.reports.backtest.scores import Backtest
from dashboard.ui.backtest import cells as rows_of
from dashboard.ui.kit.section import actions, card, downloads, draw, note, statement, table, why

CHART_HEIGHT = 214
COMPUTING = (
    "Past fortnights, years and meetings are forecast again with what was known then: "
    "this takes some seconds the first time …"
)


def computed(request: Request) -> Backtest:
    """The backtest of the snapshot; says what it does while it is not there yet."""
    with st.spinner(COMPUTING):
        return scores.backtest(request)


def header(found: Backtest) -> None:
    """What the bands held, and what it stands on."""
    statement(found.fortnights.title, f"{found.years.title}; {found.years.subtitle}")


def fortnights(found: Disclosed) -> None:
    """Coverage of the fortnight bands by crime type."""
    rows = found.rows.to_pylist()
    with card("fortnights", "Fortnight forecasts, by crime type"):
        if not rows:
            note(
                f"{found.title}: the alert list needs counts by day or week, and half a year of "
                "them before the first fortnight that is tested."
            )
            return
        table(rows_of.FORTNIGHTS, rows_of.fortnights(rows), caption=found.title)
        _below(found, "backtest-fortnights")
        note(*found.notes)


def reliability(found: Disclosed) -> None:
    """Whether what was called likely was."""
    with card("reliability", "Chance of target: said and come true"):
        if not found.rows.num_rows:
            note(f"{found.title}: it needs a whole year, and the years before it.")
            return
        note(f"{found.title}.")
        alt = f"{found.title}. Points on the dashed line are as likely as was said."
        spec, data = chart.spec(CHART_HEIGHT), chart.data(found)
        draw(spec, data, alt=alt, key="reliability")
        said = "Circles: measures as a whole, with number asked and interval; squares: boroughs."
        _below(found, "backtest-reliability", said, spec=spec, data=data)


def years(found: Disclosed) -> None:
    """Year-end forecasts against what came and against two simple calls."""
    rows = found.rows.to_pylist()
    with card("years", found.title):
        if not rows:
            note(
                "It needs whole planning years, and at least two whole ones before them to tell "
                "the season; none is loaded."
            )
            return
        table(rows_of.YEARS, rows_of.years(rows), caption=found.title)
        rest = len(rows) - len(rows_of.shown(rows))
        more = f"{rest} lines of crime types in boroughs are in the download." if rest else ""
        said = "Off by: mean error in counts; of all crime types together, of what came."
        _below(found, "backtest-years", said, more, found.notes[-1])


def stages(found: Disclosed) -> None:
    """Year-end forecasts by stage of the year."""
    if not found.rows.num_rows:
        return
    with card("stages", found.title):
        cells = rows_of.stages(found.rows.to_pylist())
        table(rows_of.STAGES, cells, caption=found.title)
        _below(found, "backtest-stages")


def alerts(found: Backtest) -> None:
    """Alerts of past meetings, and what rises the list finds."""
    left, right = st.columns([0.58, 0.42], gap="small")
    with left, card("alerts", found.alerts.title):
        rows = found.alerts.rows.to_pylist()
        if not rows:
            note("It needs counts by day or week, and half a year of them before a meeting.")
        else:
            table(rows_of.ALERTS, rows_of.alerts(rows), caption=found.alerts.title)
            _below(found.alerts, "backtest-alerts")
            note(*found.alerts.notes)
    with right, card("power", found.power.title):
        if found.power.rows.num_rows:
            cells = rows_of.power(found.power.rows.to_pylist())
            table(rows_of.POWER, cells, caption=found.power.title)
            _below(found.power, "backtest-power")
            note(*found.power.notes)
    if found.truths is not None and found.truths.rows.num_rows:
        with left, card("truths", found.truths.title):
            cells = rows_of.truths(found.truths.rows.to_pylist())
            table(rows_of.TRUTHS, cells, caption=found.truths.title)
            _below(found.truths, "backtest-planted")


def rules() -> None:
    """How it is done: refit, baselines, widening, targets."""
    with card("rules", "How the past is forecast again"):
        for sentence in words.RULES:
            note(sentence)


def _below(
    found: Disclosed, name: str, *said: str, spec: dict[str, Any] | None = None, data: Any = None
) -> None:
    """Why, downloads and the notes below a table, or below a chart with its spec and data."""
    with actions(name):
        why(found)
        downloads(found, name, spec, data)
        note(*said, inline=True)
