"""The server's own process: warms the caches beside Streamlit's start, then serves.

Streamlit runs app.py only when somebody comes; without this the first to come would wait for
the imports and for the first alert list.

    python -m dashboard.ui.shell.server APP --server.port 8501
"""

from __future__ import annotations

import gc
import logging
import sys
import threading

from streamlit.web import cli

from dashboard.errors import DashboardError
from dashboard.reports import open_request
from dashboard.ui.shell import warm

log = logging.getLogger("dashboard")


def warm_up() -> None:
    """Reads what a first page waits for; what is wrong with a snapshot is said on its page."""
    try:
        warm.warm(open_request())
    except DashboardError as error:
        log.info("nothing to warm: %s", error)
    # What is imported and kept by now stays as long as the server: no collection need look at it.
    gc.collect()
    gc.freeze()


def main(arguments: list[str]) -> None:
    """Serves the app named first in `arguments`; the others go to Streamlit as they are."""
    threading.Thread(target=warm_up, name="warm", daemon=True).start()
    sys.argv = ["streamlit", "run", *arguments]
    cli.main()


if __name__ == "__main__":
    main(sys.argv[1:])
