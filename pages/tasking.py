"""Tasking: the tactical meeting in its own order, on one page."""

import streamlit as st

from dashboard import ui
from dashboard.reports.alerts import alert_list
from dashboard.reports.tasking import (
    fitness,
    forecasts,
    objectives,
    pressures,
    since_last,
)
from dashboard.ui.decisions import listing
from dashboard.ui.tasking import outlook
from dashboard.ui.tasking import sections as parts

with ui.guard():
    request = ui.page()
    found = alert_list.alert_list(request)
    parts.heading(request, found)
    with ui.guard():
        listing.last_time(request)
    left, right = st.columns([0.65, 0.35], gap="small")
    with left, ui.guard():
        parts.beyond(request, found)
    with left, ui.guard():
        parts.board(request, objectives.board(request))
    with left, ui.guard():
        outlook.pressure(pressures.pressure(request))
    with right, ui.guard():
        parts.since(since_last.since_last(request))
    with right, ui.guard():
        outlook.coming(request, forecasts.coming(request))
    with right, ui.guard():
        parts.rare(request, found)
    with right, ui.guard():
        parts.fit(fitness.strip(request), found)
