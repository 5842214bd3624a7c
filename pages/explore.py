"""Explore: an analyst's own questions to the snapshot, as rows, chart and link."""

import streamlit as st

from dashboard import ui
from dashboard.ui.explore import sections as parts

with ui.guard():
    request = ui.page("way", "q", "run", "sql", "title", "kind", "x", "y", "colour", "p_*")
    head = st.container()
    left, right = st.columns([0.36, 0.64], gap="small")
    found = None
    with left:
        asking = parts.choose()
        with ui.guard():
            found = parts.queried(request) if asking == parts.QUERY else parts.written(request)
    with head:
        parts.heading(found)
    if found is None:
        with right:
            parts.nothing_yet(request, asking)
    else:
        with right, ui.guard():
            parts.chart(found)
        with right, ui.guard():
            parts.rows(found)
