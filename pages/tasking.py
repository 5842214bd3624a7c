"""Tasking: what is beyond expectation, where the objectives stand, whether the data is fit."""

import streamlit as st

from dashboard import ui
from dashboard.reports import Disclosed, Request, fitness, objectives
from dashboard.reports import alerts as alert_reports
from dashboard.reports.alerts import AlertList
from dashboard.ui import rows

MOST_ALERTS = 10
OPEN_ALERTS = 5  # what the screen holds above the fold; the others stand in a list beside
OPEN_OBJECTIVES = 5
OPEN_RARE = 6


def beyond(found: AlertList, request: Request) -> None:
    """Section 2: the alerts, and folded below them the watch tier and the quiet falls."""
    with ui.card("beyond", "2 · Beyond expectation now"):
        listed = found.alerts.rows.to_pylist()[:MOST_ALERTS]
        if listed:
            _alerts(request, listed[:OPEN_ALERTS], found.alerts.title)
        ui.note(*found.late)
        with ui.actions("beyond"):
            ui.note(
                rows.tested_words(found.tested, found.alerts.rows.num_rows, MOST_ALERTS),
                inline=True,
            )
            if listed[OPEN_ALERTS:]:
                with st.popover(f"{len(listed) - OPEN_ALERTS} more alerts", type="tertiary"):
                    _alerts(request, listed[OPEN_ALERTS:], "More alerts")
            chance = f"about {found.expected_false:.0f} by chance"
            _folded(request, f"Watch list: {found.watch.rows.num_rows} ({chance})", found.watch)
            _folded(request, f"Quiet falls: {found.falls.rows.num_rows}", found.falls)
            ui.why(found.alerts)
            ui.downloads(found.alerts, "alerts")


def _alerts(request: Request, listed: list[rows.Row], caption: str) -> None:
    ui.table(rows.ALERTS, rows.alerts(request, listed), caption=caption)


def _folded(request: Request, label: str, tier: Disclosed) -> None:
    if not tier.rows.num_rows:
        ui.note(label, inline=True)
        return
    with st.popover(label, type="tertiary"):
        _alerts(request, tier.rows.to_pylist(), tier.title)


def rare(request: Request, found: AlertList) -> None:
    """Rare events as a dated list with the gap since the last of the kind there."""
    with ui.card("rare", "Rare events"):
        listed = found.rare.rows.to_pylist()
        if not listed:
            ui.note("None in the fortnight, or none is loaded by date.")
            return
        first = rows.first_rare(request, listed, each=2, most=OPEN_RARE)
        ui.table(rows.RARE, rows.rare(first), caption=found.rare.title)
        with ui.actions("rare"):
            if len(listed) > len(first):
                with st.popover(f"All {len(listed)}", type="tertiary"):
                    ui.table(rows.RARE, rows.rare(listed), caption=found.rare.title)
            ui.why(found.rare)
            ui.downloads(found.rare, "rare-events")


def board(request: Request, found: Disclosed) -> None:
    """Section 4: the measures with a target, exceptions first, then the others, folded."""
    listed = found.rows.to_pylist()
    usual = rows.usual_period(listed)
    first, others = rows.split(listed, OPEN_OBJECTIVES)
    words = f"{found.title} · {usual} unless said" if usual else found.title
    with ui.card("objectives", "4 · Objectives of the plan", words):
        if first:
            ui.table(rows.OBJECTIVES, rows.objectives(request, first, usual), caption=found.title)
        if others:
            with st.expander(f"{len(others)} other measures of the plan", key="others"):
                cells = rows.objectives(request, others, usual)
                ui.table(rows.OBJECTIVES, cells, caption="Other measures of the plan")
        with ui.actions("objectives"):
            ui.note("; ".join(found.notes), inline=True)
            ui.why(found)
            ui.downloads(found, "objectives")


def fit(found: Disclosed, alerts: AlertList) -> None:
    """Section 5: the data-fitness strip, each figure with its sentence."""
    with ui.card("fit", "5 · Is the data fit?"):
        ui.table(rows.FITNESS, rows.fitness(found.rows.to_pylist()), caption=found.title)
        ui.note(*alerts.fit)
        with ui.actions("fit"):
            ui.why(found)
            ui.downloads(found, "data-fitness")


with ui.guard():
    request = ui.page("tasking")
    alerts = alert_reports.alert_list(request)
    ui.statement(alerts.alerts.title, rows.meeting_words(request, alerts))
    left, right = st.columns([0.65, 0.35], gap="small")
    with left, ui.guard():
        beyond(alerts, request)
    with left, ui.guard():
        board(request, objectives.board(request))
    with right, ui.guard():
        rare(request, alerts)
    with right, ui.guard():
        fit(fitness.strip(request), alerts)
