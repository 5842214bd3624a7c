"""The Streamlit parts that pages share. A page begins:

with ui.guard():
    request = ui.page()
    …
"""

from dashboard.ui.kit.address import state
from dashboard.ui.kit.section import downloads, note, statement
from dashboard.ui.shell.frame import page, stage
from dashboard.ui.shell.incidents import guard

__all__ = ["downloads", "guard", "note", "page", "stage", "state", "statement"]
