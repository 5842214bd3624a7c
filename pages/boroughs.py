"""Boroughs: where it happens, what each unit does there, and one borough for its commander."""

from dashboard import ui
from dashboard.reports.boroughs import london, spans
from dashboard.ui.boroughs import one_borough as one
from dashboard.ui.boroughs import sections as parts

with ui.guard():
    request = ui.page("view", "order", "cells", whole=False)
    borough = parts.area(request)
    asked = parts.choice(request, borough)
    options = london.measures(request, asked)
    if not options:
        title, advice = spans.why_none(request, asked)
        ui.statement(title)
        ui.note(advice)
        ui.end()
    measure = ui.state("measure", london.first(options), options) or options[0]
    brief = ui.state("view", None, ["briefing"]) == "briefing"
    if borough == parts.ALL:
        parts.london(request, measure, asked)
        parts.lists(request, asked, measure, borough)
        parts.overview(request, measure, asked)
    else:
        one.head(request, borough, asked, brief=brief)
        if not brief:
            parts.lists(request, asked, measure, borough)
        one.one(request, borough, asked, brief=brief)
