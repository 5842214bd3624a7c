"""Reports: the printed packs, made on demand or kept with their snapshot."""

import streamlit as st

from dashboard import ui
from dashboard.ui.packs import collecting, keeping
from dashboard.ui.packs import sections as parts

with ui.guard():
    request = ui.page("pack", "form", "kept", parts.WITHOUT)
    name = parts.header(request)
    left, right = st.columns([0.5, 0.5], gap="small")
    with left, ui.guard():
        parts.make(request, name)
    with left, ui.guard():
        collecting.collected(request)
    with right, ui.guard():
        keeping.kept(request)
