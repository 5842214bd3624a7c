"""Files that come in: taken of a window whose page asks for one, as long as whoever looks may load.

Streamlit takes a file into a window before any page is asked. So the gate asks here first, for
each request, whether that window stands open for files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from dashboard.ui.kit import person

ROUTE = "upload_file"  # below Streamlit's own path: then the session and a file's number
METHODS = ("PUT", "DELETE")
MOST_MB = 64  # of one file, which is held in memory; what is larger is imported by command


@dataclass(frozen=True)
class Opened:
    """A window that takes files: of which browser, and for as long as its person may load."""

    browser: str
    still: Callable[[], bool]


class Door:
    """The windows that take files."""

    def __init__(self, living: Callable[[str], bool]):
        self.living = living
        self._open: dict[str, Opened] = {}
        self._lock = Lock()

    def open(self, session: str, browser: str, still: Callable[[], bool]) -> None:
        """Lets a window take files."""
        with self._lock:
            self._open = {key: one for key, one in self._open.items() if self.living(key)}
            self._open[session] = Opened(browser, still)

    def close(self, session: str) -> None:
        """Lets it take none from now on."""
        with self._lock:
            self._open.pop(session, None)

    def lets(self, method: str, asked: str, browser: str) -> bool:
        """Whether a request may pass.

        asked  what follows Streamlit's path
        """
        parts = asked.split("/")
        if method not in METHODS or len(parts) != 3 or parts[0] != ROUTE or not parts[2]:
            return False
        with self._lock:
            opened = self._open.get(parts[1])
        if opened is None or not browser or opened.browser != browser:
            return False
        return self.living(parts[1]) and opened.still()


door = Door(person.living)
