"""The Streamlit parts that pages share. A page begins:

with ui.guard():
    request = ui.page()
    …
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.ui.kit.address import state
    from dashboard.ui.kit.section import downloads, note, statement
    from dashboard.ui.shell.frame import desk, page, stage
    from dashboard.ui.shell.incidents import end, guard
    from dashboard.ui.shell.visitor import admitted

__all__ = [
    "admitted",
    "desk",
    "downloads",
    "end",
    "guard",
    "note",
    "page",
    "stage",
    "state",
    "statement",
]
WHERE = {
    "state": "kit.address",
    "downloads": "kit.section",
    "note": "kit.section",
    "statement": "kit.section",
    "desk": "shell.frame",
    "page": "shell.frame",
    "stage": "shell.frame",
    "end": "shell.incidents",
    "guard": "shell.incidents",
    "admitted": "shell.visitor",
}


def __getattr__(name: str) -> Any:
    """A shared part, imported when it is first asked for: the server listens before that."""
    if name not in WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{WHERE[name]}"), name)
