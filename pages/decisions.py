"""Decisions: what the meeting decided, what is to be done, and what came of it."""

import streamlit as st

from dashboard import ui
from dashboard.reports.decisions import one
from dashboard.reports.overtime import decided
from dashboard.reports.strategy import capacity
from dashboard.ui.decisions import detail, form, listing

with ui.guard():
    request = ui.page("decision", "raise", "visit", "rule")
    chosen, asked = st.query_params.get("decision"), form.asked(request)
    if asked is not None:
        form.draw(request, asked, capacity.spare(request), decided.origin)
    elif chosen:
        detail.draw(request, one.one(request, chosen))
    else:
        listing.whole(request)
