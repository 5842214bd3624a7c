"""OCU: one unit's measures, the chart of one of them, and what stands behind it; or its day."""

import streamlit as st

from dashboard import ui
from dashboard.reports.measure import chart_rows
from dashboard.reports.packs import leading
from dashboard.reports.unit import ocu, planned
from dashboard.ui.accountability import sections as owing
from dashboard.ui.kit import views, wall
from dashboard.ui.unit import day, evidence
from dashboard.ui.unit import sections as parts

with ui.guard():
    request = ui.page(
        "by", "came_page", "of", "page", "part", "view", "waits_page", "first", *wall.KEYS
    )
    unit, remark = parts.chosen(request)
    if views.chosen("view", parts.VIEWS) == parts.DAY:
        found = day.found(request, unit)
        parts.header(request, unit, remark, found.title if found else day.nothing(unit))
        with ui.guard():
            day.page(request, unit, found)
        ui.end()
    plan = planned.plan(request, unit)
    area = parts.header(request, unit, remark, leading.title(request, unit, plan))
    borough = None if area == parts.ALL else area
    measure = ui.state("measure", ocu.first(request, plan), plan.rows.column("measure").to_pylist())
    with st.container(key="unit"):
        left, right = st.columns([0.32, 0.68], gap="small")
    with left, ui.guard():
        evidence.part(request, unit)
    with left, ui.guard():
        owing.owes(request, unit)
    with left, ui.guard():
        parts.measures(request, unit, plan, measure, borough)
    with right, ui.guard():
        whole = chart_rows.track_of(request, unit, measure)
        if whole is None:
            evidence.without(request, unit, measure)
        else:
            evidence.evidence(request, whole, borough)
    with ui.guard():
        evidence.looked(request, unit)
