"""The server as an ASGI application: Streamlit's pages, with routes and settings of our own.

`python -m dashboard run` starts it with uvicorn in a process of its own; `uvicorn
dashboard.asgi:app` serves the same. What a process serves stands in its environment, so that
either way leads to the same application.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import pkgutil
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import ui
from dashboard.errors import DashboardError
from dashboard.ui.shell import logs, settings, taking
from dashboard.ui.shell.gate import Gate
from dashboard.ui.shell.settings import Settings

SCRIPT = Path(__file__).resolve().parents[2] / "app.py"
STOPPING_SECONDS = 5  # for what is being sent; pages that are still drawn are not waited for
MOST_SAID = 2**20  # bytes that a browser may send at once: the state of a page's widgets
PING_SECONDS = 30  # a window that has gone is noticed after two of them
log = logging.getLogger("dashboard")


def application(served: Settings) -> st.App:
    """Streamlit's pages beside /health, /ready and /files, below the base path of the settings."""
    settings.apply(served)
    logs.begin()
    own = {"health": health, "ready": ready, "files/{address}": taking.take}
    routes = [Route(f"{served.base}/{path}", answer) for path, answer in own.items()]
    return st.App(
        SCRIPT,
        routes=routes,
        middleware=[Middleware(Gate, settings=served)],
        lifespan=_lifespan,
        on_script_error=_unforeseen,
        secrets=dict[str, Any](served.secrets),
    )


def _unforeseen(error: Exception) -> bool:
    from dashboard.ui.shell import dress, incidents

    dress.dress()
    dress.marked()
    return incidents.unforeseen(error)


async def health(_request: Request) -> Response:
    """200 for as long as the process answers."""
    return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})


async def ready(_request: Request) -> Response:
    """200 where a snapshot can be served, 503 with what lacks: a proxy sends nobody here then."""
    fault = await run_in_threadpool(_unready)
    words, status = (fault, 503) if fault else ("ready", 200)
    return PlainTextResponse(words, status, headers={"Cache-Control": "no-store"})


def _unready() -> str:
    from dashboard.reports import open_request  # late, as all that takes long to import

    try:
        open_request()
    except DashboardError:
        log.exception("not ready")
        return "no snapshot can be served"
    return ""


def _begin_audit() -> None:
    """The head of the audit stands in the log from the start; without it aggregates are served."""
    from dashboard import snapshots
    from dashboard.access.witness import audit_of

    try:
        audit_of(snapshots.data_folder()).start()
    except DashboardError as error:
        log.error("records and exports are refused: %s", error)


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    from dashboard import snapshots
    from dashboard.backups.serving import serving

    with serving(snapshots.data_folder()):
        threading.Thread(target=warm_up, name="warm", daemon=True).start()
        yield


def warm_up() -> None:
    """Imports what pages import and reads what a first page waits for.

    Streamlit runs app.py only when somebody comes: the first to come would wait for both. What is
    wrong with a snapshot is said on its page.
    """
    _begin_audit()
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    # What the program takes of SciPy it imports where it asks for it first: no reader is to wait.
    for part in ("scipy.stats", "scipy.optimize"):
        importlib.import_module(part)
    if os.environ.get("DASHBOARD_WARM") != "no":
        _read_ahead()
    # What is imported and kept by now stays as long as the server: no collection need look at it.
    gc.collect()
    gc.freeze()


def _read_ahead() -> None:
    from dashboard.reports import open_request
    from dashboard.ui.shell import warm

    try:
        warm.warm(open_request())
    except DashboardError as error:
        log.info("nothing to warm: %s", error)


def serve() -> None:
    """Serves until SIGTERM or Ctrl+C, on the address and port of the settings."""
    served = settings.read()
    told = uvicorn.Config(
        application(served),
        host=served.address,
        port=served.port,
        ws="websockets-sansio",
        ws_max_size=MOST_SAID,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        access_log=False,
        server_header=False,
        # Only proxies that are named may say who asks, and over what.
        proxy_headers=bool(served.proxies),
        forwarded_allow_ips=list(served.proxies),
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=STOPPING_SECONDS,
    )
    uvicorn.Server(told).run()
