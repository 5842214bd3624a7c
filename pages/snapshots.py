"""Snapshots: what is loaded and from where, whether it is sound, and what was revised."""

import streamlit as st

from dashboard import ui
from dashboard.reports import snapshots
from dashboard.ui import snapshot_parts as parts

with ui.guard():
    request = ui.page("snapshots")
    listing = snapshots.listing(request)
    ui.statement(listing.title, parts.opened(request))
    left, right = st.columns([0.36, 0.64], gap="small")
    with left, ui.guard():
        parts.listed(listing)
        parts.sound(request)
    with right, ui.guard():
        parts.loaded(request)
    with right, ui.guard():
        parts.served(request)
    with right, ui.guard():
        parts.compared(request)
