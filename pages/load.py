"""Load: a file is recognised, tried, and staged for the next publish; and taken back."""

from dashboard import ui
from dashboard.ui.snapshots import imports as listed
from dashboard.ui.snapshots import loading as parts

with ui.guard():
    ui.desk()
    role = parts.allowed()
    listed.heading(role)
    with ui.guard():
        file = parts.upload()
        if file is not None:
            parts.become(role, file)
    with ui.guard():
        listed.listing(role)
