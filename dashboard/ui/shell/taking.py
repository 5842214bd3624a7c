"""The route on which files leave: it asks who it is before anything is made."""

from __future__ import annotations

import logging
import secrets
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard.errors import DashboardError
from dashboard.ui.shell.gate import browser_of, error_page

log = logging.getLogger("dashboard")


async def take(request: Request) -> Response:
    """The file at the address, or a page that says why not."""
    return await run_in_threadpool(
        _taken, request.path_params["address"], browser_of(request.scope)
    )


def _taken(address: str, browser: str) -> Response:
    from dashboard.ui.kit.files import shelf  # late, as all that takes long to import

    try:
        offer = shelf.take(address, browser)
        content = offer.make()
    except DashboardError as error:
        said = str(error)
        return error_page(403, f"{said[:1].upper()}{said[1:]}.")
    except Exception as error:
        number = secrets.token_hex(3).upper()
        log.error("incident %s", number, exc_info=error)
        return error_page(500, f"The file could not be made. Note reference {number}.")
    headers = {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(offer.name, safe='')}",
        "Cache-Control": "no-store",
    }
    return Response(content, headers=headers, media_type=offer.type)
