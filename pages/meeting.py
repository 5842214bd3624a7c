"""Meeting mode: the items of a meeting one by one, by keys, on the wall."""

from dashboard import ui
from dashboard.ui.strategy.meeting import QUARTERLY
from dashboard.ui.tasking import wall

with ui.guard():
    request = ui.stage()
    with ui.guard():
        wall.show(request, {"tasking": wall.TASKING, "strategy": QUARTERLY})
