"""Overtime, for the Star Chamber: who will overspend, by how much, why; exceptions; finances."""

import streamlit as st

from dashboard import ui
from dashboard.reports.overtime import board as overtime
from dashboard.reports.spending.ledgers import ledger
from dashboard.ui.overtime import sections as parts
from dashboard.ui.overtime import tabs as more

with ui.guard():
    request = ui.page("tab", "rule")
    unit, remark = parts.chosen(request)
    board, found = overtime.board(request, unit), ledger(request)
    if board is None or found is None:
        parts.without(request, unit)
        more.finances(request, unit)
        ui.end()
    shown = parts.tab()
    parts.header(request, unit, remark, *parts.heading(request, board, unit, shown))
    parts.tabs()
    if shown == "budget":
        with ui.guard():
            parts.last_time(request, unit)
        left, right = st.columns([0.66, 0.34], gap="small")
        with left, ui.guard():
            parts.board(request, board, unit)
        with left, ui.guard():
            parts.moved(request, found, unit)
        with right, ui.guard():
            parts.course(request, found, board.focus)
        with right, ui.guard():
            parts.causes(request, found, board.focus)
        parts.breakdown(request, found, unit)
    elif shown == "teams":
        left, right = st.columns([0.62, 0.38], gap="small")
        with left, ui.guard():
            more.teams(request, unit)
        with right, ui.guard():
            parts.officers(request, found)
    elif shown == "exceptions":
        with ui.guard():
            more.exceptions(request, unit)
    elif shown == "outcomes":
        with ui.guard():
            more.outcomes(request, unit)
    else:
        with ui.guard():
            more.finances(request, unit)
