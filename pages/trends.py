"""Trends: any measure in any place over time, its season, and others beside it."""

import streamlit as st

from dashboard import ui
from dashboard.reports.trends import asking
from dashboard.ui.trends import controls
from dashboard.ui.trends import sections as parts

with ui.guard():
    request = ui.page(*asking.KEYS)
    asked = asking.asked_of_address(request, st.query_params.to_dict())
    top = st.container()  # the statement stands first, on a phone too
    controls.controls(request, asked)
    track = asking.found(request, asked)
    with top, ui.guard():
        parts.head(request, asked, track)
    if asked.also:
        parts.together(request, asked)
    elif track is not None:
        left, right = st.columns([0.62, 0.38], gap="small")
        with left, ui.guard():
            parts.chart(request, track, asked.place)
        with right, ui.guard():
            parts.season(request, track)
        with ui.guard():
            parts.weeks(request, track)
        with ui.guard():
            parts.periods(request, track)
