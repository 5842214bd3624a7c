"""Decisions: what the meeting decided, what is to be done, and what came of it."""

import streamlit as st

from dashboard import ui
from dashboard.reports.decisions import one
from dashboard.reports.overtime import decided
from dashboard.reports.strategy import capacity
from dashboard.reports.tasking import to_decide
from dashboard.ui.decisions import detail, form, listing, raising
from dashboard.ui.kit import wall

with ui.guard():
    request = ui.page("decision", "raise", "visit", "rule", "matter", *wall.KEYS)
    chosen, asked = st.query_params.get("decision"), raising.asked(request)
    if asked is not None:
        if not raising.choosing(request, to_decide.matter):
            origin = raising.origin(request, decided.origin, to_decide.matter)
            form.draw(request, asked, capacity.spare(request), origin)
    elif chosen:
        detail.draw(request, one.decision_of(request, chosen))
    else:
        listing.decisions_list(request)
