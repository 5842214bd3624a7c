"""A server holds its data folder, so that nothing puts another in its place under it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from dashboard.errors import UsageError
from dashboard.ingest import scratch

NAME = "serving"
log = logging.getLogger("dashboard")


@contextmanager
def serving(data: Path) -> Iterator[None]:
    """Holds the data folder beside other servers of it, for as long as the block lasts."""
    with ExitStack() as held:
        try:
            held.enter_context(scratch.together(data / "state", NAME))
        except OSError as error:  # records and exports are refused there, totals are served
            log.error("the data folder is not held: %s", error.strerror)
        yield


@contextmanager
def unserved(data: Path) -> Iterator[None]:
    """Keeps servers from a data folder for as long as the block lasts.

    raises  UsageError where one serves it
    """
    if not data.is_dir():
        yield
        return
    with scratch.alone(data / "state", NAME) as free:
        if not free:
            raise UsageError("a server serves this data folder: stop it first")
        yield
