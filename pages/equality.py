"""Equality: whom crime touches, what comes of it, and who works in the units."""

from dashboard import ui
from dashboard.ui.equality import sections as parts

with ui.guard():
    request = ui.page("by")
    parts.page(request)
