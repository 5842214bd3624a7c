"""Meeting mode: the items of the tasking meeting one by one, by keys, on the wall."""

from dashboard import ui
from dashboard.ui.tasking import wall

with ui.guard():
    request = ui.stage()
    with ui.guard():
        wall.show(request)
