"""Meeting mode: the items of the tasking meeting one by one, by keys, on the wall."""

from dashboard import ui
from dashboard.reports.tasking import agenda
from dashboard.ui.tasking import wall as parts

with ui.guard():
    request = ui.stage()
    items = agenda.agenda(request)
    item = parts.chosen(items)
    # First of all, so that a key pressed while the item is still being drawn is not lost.
    parts.keys(items, item)
    parts.head(request, items, item)
    with ui.guard():
        parts.show(request, item)
