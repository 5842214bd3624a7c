"""Information quality: are the figures fit, what is to be put right, what is still moving?"""

from dashboard import ui
from dashboard.ui.quality import sections as parts

with ui.guard():
    request = ui.page("view", "fault", "page")
    parts.draw_view(request)
