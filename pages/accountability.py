"""Accountability: what is overdue and of whom; the year's visits, reviews and improvement."""

from dashboard import ui
from dashboard.ui.accountability import cells
from dashboard.ui.accountability import sections as parts

with ui.guard():
    request = ui.page("view", cells.RECOMMENDATION)
    parts.page(request)
