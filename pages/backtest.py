"""Backtest, for analysts: what past forecasts and alerts came to, with what was known then."""

import streamlit as st

from dashboard import ui
from dashboard.ui.backtest import sections as parts

with ui.guard():
    request = ui.page()
    found = parts.computed(request)
    parts.header(found)
    left, right = st.columns([0.62, 0.38], gap="small")
    with left, ui.guard():
        parts.fortnights(found.fortnights)
    with right, ui.guard():
        parts.reliability(found.reliability)
    with ui.guard():
        parts.years(found.years)
    left, right = st.columns([0.5, 0.5], gap="small")
    with left, ui.guard():
        parts.stages(found.stages)
    with right:
        parts.rules()
    with ui.guard():
        parts.alerts(found)
