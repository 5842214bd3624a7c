"""Snapshots: what was revised, what is loaded and from where, and whether it is sound."""

import streamlit as st

from dashboard import ui
from dashboard.reports.snapshots import loaded
from dashboard.ui.snapshots import sections as parts

with ui.guard():
    request = ui.page("compare")
    listing = loaded.listing(request)
    parts.heading(request, listing)
    left, right = st.columns([0.36, 0.64], gap="small")
    with left, ui.guard():
        parts.listed(listing)
        parts.sound(request)
    with right, ui.guard():
        parts.compared(request)
    with right, ui.guard():
        parts.coming(request)
    with right, ui.guard():
        parts.held(loaded.held(request))
    with right, ui.guard():
        parts.loaded(request)
    with right, ui.guard():
        parts.served(request)
