"""Help: the handbook, a chapter at a time, for whoever is let in."""

from dashboard import ui
from dashboard.ui.help import sections as parts

with ui.guard():
    ui.desk("chapter")
    with ui.guard():
        parts.page()
