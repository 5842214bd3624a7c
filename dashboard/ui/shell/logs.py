"""The server's log: one row a message, whatever was typed into an address or stands in a file.

Control characters can't begin a row of their own, colour a terminal or turn the writing round.
"""

from __future__ import annotations

import logging
import sys

from dashboard.errors import visible


class Plain(logging.Formatter):
    """Time, level and message in one row; the traceback below it, indented."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        return visible(super().formatMessage(record))

    def formatException(self, ei) -> str:  # type: ignore[no-untyped-def]
        rows = super().formatException(ei).split("\n")
        return "\n".join(f"  {visible(row)}" for row in rows)


def begin() -> None:
    """Writes the package's log to standard error, the heads of the audit among it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain())
    for name, level in (("dashboard", logging.WARNING), ("dashboard.audit", logging.INFO)):
        logging.getLogger(name).setLevel(level)
    log = logging.getLogger("dashboard")
    log.handlers = [handler]
    log.propagate = False
