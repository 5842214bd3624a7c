"""Strategy: priorities over years, capacity beside demand, next year's targets, development."""

from dashboard import ui
from dashboard.ui.strategy import sections as parts

with ui.guard():
    request = ui.page("view", "level")
    parts.page(request)
