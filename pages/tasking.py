"""Tasking: the tactical meeting in its own order, on one page."""

from functools import partial

import streamlit as st

from dashboard import ui
from dashboard.reports.alerts import alert_list
from dashboard.reports.tasking import fitness, forecasts, objectives, pressures, since_last
from dashboard.ui.decisions import listing
from dashboard.ui.tasking import layout, outlook
from dashboard.ui.tasking import sections as parts

with ui.guard():
    request = ui.page()
    found = alert_list.alert_list(request)
    parts.heading(request, found)
    laid = layout.layout(request)
    part = laid.numbers.get
    draws = {
        "decided": lambda: listing.last_time(
            request, partial(parts.since, request, since_last.since_last(request))
        ),
        "beyond": lambda: parts.beyond(request, found, part("beyond")),
        "rare": lambda: parts.rare(request, found, part("rare")),
        "coming": lambda: outlook.coming(request, forecasts.coming(request), part("coming")),
        "pressure": lambda: outlook.pressure(pressures.pressure(request), part("pressure")),
        "plan": lambda: outlook.plan(request, objectives.board(request), part("plan")),
    }
    with st.container(key="agenda"):
        left, right = st.columns([0.61, 0.39], gap="small")
        for column, names in ((left, laid.left), (right, laid.right)):
            for name in names:
                with column, ui.guard():
                    draws[name]()
        # Beside a single column there is room for what else stands below both.
        foot = st.container() if laid.right else right
        for name in laid.below:
            with foot, ui.guard():
                draws[name]()
        with foot, ui.guard():
            outlook.fit(request, fitness.strip(request), laid.quiet)
        with foot, ui.guard():
            outlook.decide(request)
