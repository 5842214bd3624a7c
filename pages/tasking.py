"""Tasking: what is beyond expectation, where the objectives stand, whether the data is fit."""

import streamlit as st

from dashboard import ui
from dashboard.reports import Disclosed, Request, fitness, objectives
from dashboard.reports import alerts as alert_reports
from dashboard.reports.alerts import AlertList
from dashboard.ui import rows

MOST_ALERTS = 10


def beyond(found: AlertList, request: Request) -> None:
    """Section 2: the alerts, and folded below them the watch tier and the quiet falls."""
    with ui.card("beyond", "2 · Beyond expectation now"):
        listed = found.alerts.rows.to_pylist()
        if listed:
            ui.table(
                rows.ALERTS,
                rows.alerts(request, listed[:MOST_ALERTS]),
                caption=found.alerts.title,
            )
        ui.note(*found.late)
        with ui.actions("beyond"):
            ui.note(rows.tested_words(found.tested, len(listed), MOST_ALERTS), inline=True)
            watch = found.watch.rows.num_rows
            chance = f"about {found.expected_false:.0f} by chance"
            _folded(f"Watch list: {watch} ({chance})", found.watch, request)
            _folded(f"Quiet falls: {found.falls.rows.num_rows}", found.falls, request)
            ui.why(found.alerts)
            ui.downloads(found.alerts, "alerts")


def _folded(label: str, tier: Disclosed, request: Request) -> None:
    if not tier.rows.num_rows:
        ui.note(label, inline=True)
        return
    with st.popover(label, type="tertiary", key=f"folded-{label.split(':')[0]}"):
        ui.table(rows.ALERTS, rows.alerts(request, tier.rows.to_pylist()), caption=tier.title)


def rare(found: AlertList) -> None:
    """Rare events as a dated list with the gap since the last of the kind there."""
    with ui.card("rare", "Rare events, this fortnight"):
        listed = found.rare.rows.to_pylist()
        if listed:
            ui.table(rows.RARE, rows.rare(listed), caption=found.rare.title)
        else:
            ui.note("None in the fortnight, or none is loaded by date.")


def board(request: Request, found: Disclosed) -> None:
    """Section 4: the measures that have a target, then the others, folded."""
    with ui.card("objectives", "4 · Objectives of the plan", found.title):
        first, others = rows.split(found.rows.to_pylist())
        ui.table(rows.OBJECTIVES, rows.objectives(request, first), caption=found.title)
        if others:
            with st.expander(f"{len(others)} other measures of the plan", key="others"):
                ui.table(
                    rows.OBJECTIVES, rows.objectives(request, others), caption="Other measures"
                )
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
        rare(alerts)
    with right, ui.guard():
        fit(fitness.strip(request), alerts)
