"""The sections of the backtest page: each draws one table of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import rows
from dashboard.access.disclosure import BESIDE
from dashboard.charts import forest
from dashboard.charts import reliability as chart
from dashboard.reports import Disclosed, Request
from dashboard.reports.backtest import backtest_words as words
from dashboard.reports.backtest import power_words, scores
from dashboard.reports.backtest.alert_rows import Alerted, Power, Rise
from dashboard.reports.backtest.scored import Staged, Windowed, YearEnd
from dashboard.reports.backtest.scores import Backtest
from dashboard.ui.backtest import cells as rows_of
from dashboard.ui.kit.markup import Column
from dashboard.ui.kit.section import Grid, Picture, card, note, section, statement
from dashboard.words.names import areas_word, window_word
from dashboard.words.phrases import sentence

CHART_HEIGHT = 214
COMPUTING = (
    "Past meetings' windows and years are forecast again with what was known then: "
    "this takes some seconds the first time …"
)


def computed(request: Request) -> Backtest:
    """The backtest of the snapshot; says what it does while it is not there yet."""
    with st.spinner(COMPUTING):
        return scores.backtest(request)


def header(backtest: Backtest) -> None:
    """Whether an alert can be trusted; where less came than was said, what the bands held, and what
    it stands on."""
    power = rows.typed(Power, backtest.power.rows)
    years = rows.typed(YearEnd, backtest.years.rows)
    windows = rows.typed(Windowed, backtest.fortnights.rows)
    title = words.headline(years, power, windows)
    rest = backtest.years if title == backtest.fortnights.title else backtest.fortnights
    alerted = rows.typed(Alerted, backtest.alerts.rows)
    trust = power_words.trust(alerted, power, backtest.truths is not None)
    said = [*trust, title, rest.title, rest.subtitle]
    statement(said[0], ". ".join(map(sentence, said[1:])))


def fortnights(coverage: Disclosed) -> None:
    """Coverage of the fortnight bands by crime type."""
    held = rows.typed(Windowed, coverage.rows)
    name = f"{sentence(window_word())} forecasts, by crime type"
    if not held:
        with card("backtest-fortnights", name):
            note(
                f"{coverage.title}: the alert list needs counts by day or week, and half a year of "
                f"them before the first {window_word()} that is tested."
            )
        return
    drawn = forest.data(forest.HELD, coverage.rows, rows_of.bands(held))
    section(
        coverage,
        "backtest-fortnights",
        title=name,
        picture=Picture(forest.spec(forest.HELD, len(held)), drawn, "held"),
        grid=Grid(rows_of.FORTNIGHTS, rows_of.fortnights(held), folded=True),
        below=coverage.plain_notes,
        notes=["Circles: the 80 % band; diamonds: the 95 % band; with their intervals."],
    )


def reliability(chances: Disclosed) -> None:
    """Whether what was called likely was."""
    name = "Chance of target: said and come true"
    if not chances.rows.num_rows:
        with card("backtest-reliability", name):
            note(f"{chances.title}: it needs a whole year, and the years before it.")
        return
    circles = "Circles: measures as a whole, with number asked and interval; squares: "
    section(
        chances,
        "backtest-reliability",
        title=name,
        lead=[f"{chances.title}. Points on the dashed line are as likely as was said."],
        picture=Picture(chart.spec(CHART_HEIGHT), chart.data(chances), "reliability"),
        notes=[f"{circles}{areas_word()}."],
    )


def years(year_ends: Disclosed) -> None:
    """Year-end forecasts against what came and against two simple calls."""
    ends = rows.typed(YearEnd, year_ends.rows)
    if not ends:
        with card("backtest-years", year_ends.title):
            note(
                "It needs whole planning years, and at least two whole ones before them to tell "
                "the season; none is loaded."
            )
        return
    rest = len(ends) - len(rows_of.shown(ends))
    more = f"{rest} lines of crime types in {areas_word()} are in the download." if rest else ""
    said = "Off by: mean error in counts; of all crime types together, of what came."
    grid = Grid(rows_of.YEARS, rows_of.years(ends))
    section(year_ends, "backtest-years", grid=grid, notes=[said, more, *year_ends.noted(BESIDE)])


def stages(by_stage: Disclosed) -> None:
    """Year-end forecasts by stage of the year."""
    if not by_stage.rows.num_rows:
        return
    grid = Grid(rows_of.STAGES, rows_of.stages(rows.typed(Staged, by_stage.rows)))
    section(by_stage, "backtest-stages", grid=grid)


def alerts(backtest: Backtest) -> None:
    """Alerts of past meetings, and what rises the list finds."""
    left, right = st.columns([0.58, 0.42], gap="small")
    with left:
        needs = "It needs counts by day or week, and half a year of them before a meeting."
        shown = rows_of.alerts(rows.typed(Alerted, backtest.alerts.rows))
        _listed(backtest.alerts, "backtest-alerts", rows_of.ALERTS, shown, needs)
    with right:
        needs = "It needs a past meeting to plant rises in."
        shown = rows_of.power(rows.typed(Power, backtest.power.rows))
        _listed(backtest.power, "backtest-power", rows_of.POWER, shown, needs)
    if backtest.truths is not None and backtest.truths.rows.num_rows:
        with left:
            grid = Grid(rows_of.TRUTHS, rows_of.truths(rows.typed(Rise, backtest.truths.rows)))
            section(
                backtest.truths, "backtest-planted", grid=grid, below=backtest.truths.plain_notes
            )


def _listed(
    shown: Disclosed,
    name: str,
    columns: Sequence[Column],
    cells: list[list[Any]],
    needs: str,
) -> None:
    """A table with its notes; what it needs where it has no rows."""
    if not shown.rows.num_rows:
        with card(name, shown.title):
            note(needs)
        return
    grid = Grid(columns, cells)
    section(shown, name, grid=grid, below=shown.plain_notes)


def rules() -> None:
    """How it is done: refit, baselines, widening, targets."""
    with card("rules", "How the past is forecast again"):
        for sentence in words.RULES:
            note(sentence)
