"""Audit, for the auditor: who looked at what, took what, was refused what; is it unchanged?"""

from dashboard import ui
from dashboard.reports.audit.overview import overview
from dashboard.ui.audit import sections as parts

with ui.guard():
    ui.desk("since", "until", "kind", "who", "words", "before", "after")
    asked = parts.asked()
    found = overview(asked)
    parts.header(found)
    parts.controls(asked)
    with ui.guard():
        parts.days(asked, found)
    with ui.guard():
        parts.lines(asked)
