"""The gate before everything: who may ask for what, and what a browser may do with the answer.

ASGI middleware, so that it stands before pages, files and the websocket alike. A request is let
through only for a name that this server goes by: a page of another site whose name resolves to
this machine (DNS rebinding) gets nothing.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable
from html import escape
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.ui.kit import uploads
from dashboard.ui.kit.component import ALL
from dashboard.ui.kit.person import BROWSER_COOKIE
from dashboard.ui.shell.present import present
from dashboard.ui.shell.settings import Settings
from dashboard.words.marking import marking

STRICT = ("_streamlit_user", "_streamlit_xsrf", BROWSER_COOKIE)
METHODS = ("GET", "HEAD")  # beside files that come in; what is said goes over the websocket
# What pages need of Streamlit's own paths; of components' files those of the house's own.
OWN = tuple(f"bidi-components/{name}" for one in ALL for name in one.files)
STREAMLIT = ("health", "host-config", "stream", *OWN)
CLOSED = ("/media", "/component", "/app/static")  # files leave by their own route
POLICY_VIOLATION = 1008
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def policy(inline: Iterable[str] = ()) -> str:
    """The Content-Security-Policy: everything from here, nothing evaluated, framed nowhere.

    inline  scripts that stand in Streamlit's own page, each allowed by its hash
    """
    digests = (hashlib.sha256(words.encode()).digest() for words in inline)
    hashes = (f"'sha256-{base64.b64encode(item).decode()}'" for item in digests)
    scripts = " ".join(["'self'", *hashes])
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit styles its elements one by one
            "img-src 'self' data:",  # the small drawings in tables
            "font-src 'self' data:",  # Streamlit's icons
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def inline_scripts() -> list[str]:
    """What stands between <script> and </script> in the page that Streamlit serves."""
    page = Path(streamlit.__file__).with_name("static") / "index.html"
    return re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)


class Gate:
    """Refuses names, origins, methods and paths that are not this server's; adds the headers."""

    def __init__(self, app: ASGIApp, settings: Settings):
        self.app, self.settings = app, settings
        self.headers = HEADERS | {"Content-Security-Policy": policy(inline_scripts())}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        fault = self.fault(scope)
        if scope["type"] == "websocket":
            if fault:
                await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            else:
                await self.app(scope, receive, send)
            return
        answer = error_page(*fault) if fault else self.app

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(scope, MutableHeaders(scope=message))
            await send(message)

        await answer(scope, receive, dressed)

    def fault(self, scope: Scope) -> tuple[int, str] | None:
        """Status and sentence of the refusal; None where the request may pass."""
        headers = Headers(scope=scope)
        if not self._is_ours(headers.getlist("host")):
            return 421, "This server does not go by the name in the address."
        origin = headers.get("origin")
        if origin is None:
            if scope["type"] == "websocket":  # every browser says where it comes from
                return 403, "The origin is missing."
        elif not self._same(origin, headers["host"]):
            return 403, "Pages of other sites may not ask this server anything."
        if scope["type"] == "http" and self._comes_in(scope):
            return None
        if scope["type"] == "http" and scope["method"] not in METHODS:
            return 405, "This server takes no such request."
        if self._is_closed(scope["path"]):
            return 404, "There is nothing here."
        return None

    def _is_ours(self, hosts: list[str]) -> bool:
        if len(hosts) != 1:
            return False
        try:
            return (urlsplit(f"//{hosts[0]}").hostname or "") in self.settings.names
        except ValueError:
            return False

    def _same(self, origin: str, host: str) -> bool:
        parts = urlsplit(origin)
        said = f"{parts.scheme}://{parts.netloc}"
        return said == self.settings.origin or (
            parts.scheme in ("http", "https") and parts.netloc == host
        )

    def _comes_in(self, scope: Scope) -> bool:
        """Whether it is a file for a window that stands open for one."""
        _, _, asked = scope["path"].removeprefix(self.settings.base).partition("/_stcore/")
        return uploads.door.lets(scope["method"], asked, browser_of(scope))

    def _is_closed(self, path: str) -> bool:
        inner = path.removeprefix(self.settings.base)
        if any(inner == start or inner.startswith(f"{start}/") for start in CLOSED):
            return True
        _, separator, asked = inner.partition("/_stcore/")
        return bool(separator) and asked not in STREAMLIT

    def _dress(self, scope: Scope, headers: MutableHeaders) -> None:
        for name, value in self.headers.items():
            headers[name] = value
        secure = scope.get("scheme") == "https"
        # Asked for by the page before it opens the websocket: a strict cookie is sent with it,
        # while the page itself may have been opened from a message.
        if scope["path"].endswith("/_stcore/host-config") and not browser_of(scope):
            made = f"{BROWSER_COOKIE}={secrets.token_urlsafe(24)}; HttpOnly"
            headers.append("set-cookie", f"{made}; Path={self.settings.base or '/'}")
        cookies = headers.getlist("set-cookie")
        if cookies:
            del headers["set-cookie"]
            for cookie in cookies:
                headers.append("set-cookie", strict(cookie, secure))


def strict(cookie: str, secure: bool) -> str:
    """A Set-Cookie line with SameSite=Strict, but for the state that comes back from a sign-in."""
    if cookie.startswith(STRICT):
        cookie = re.sub(r";\s*samesite=\w+", "", cookie, flags=re.IGNORECASE) + "; SameSite=Strict"
    if secure and not re.search(r";\s*secure\b", cookie, re.IGNORECASE):
        cookie += "; Secure"
    return cookie


def browser_of(scope: Scope) -> str:
    """What tells the asking browser from others; '' before it was told."""
    try:
        cookie = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(BROWSER_COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def error_page(status: int, sentence: str) -> Response:
    """A page of one sentence, with the marking at its head and foot."""
    own = present()
    said, brand = escape(marking(own).upper()), escape(own.brand)
    body = (
        f"<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>{brand}</title>"
        f"<p><strong>{said}</strong></p><h1>{escape(sentence)}</h1><p><strong>{said}</strong></p>"
    )
    return HTMLResponse(body, status, headers={"Cache-Control": "no-store"})
