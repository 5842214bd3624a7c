"""What a server serves and for whom: read from its environment, handed on to Streamlit.

Streamlit itself reads its settings from .streamlit/config.toml and from the flags of its own
command only; a server that anything else starts takes what differs by machine from here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit.web import bootstrap

from dashboard.access import sign_in
from dashboard.access.sign_in import LOOPBACK, SignIn
from dashboard.ui.kit.uploads import MOST_MB

LOCAL_ADDRESS = "127.0.0.1"
PORT = 8501


# What may not depend on the folder that a server is started in.
HARDENED = {
    "browser.gatherUsageStats": False,
    "client.allowedOrigins": [],
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "viewer",
    "global.developmentMode": False,
    # A whole collection after every rerun holds all up; server.py freezes what stays instead.
    "runner.postScriptGC": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": MOST_MB,
    "server.xsrfCookieSameSite": "strict",
}


@dataclass(frozen=True)
class Settings:
    """Where the server listens, and the names that it goes by.

    base     '' or '/path', below which everything is served
    sign_in  how people sign in; None for this machine only
    """

    address: str = LOCAL_ADDRESS
    port: int = PORT
    base: str = ""
    sign_in: SignIn | None = None

    @property
    def origin(self) -> str:
        """'https://name' under which people reach it through a proxy; '' for this machine only."""
        return self.sign_in.origin if self.sign_in else ""

    @property
    def proxies(self) -> tuple[str, ...]:
        """Addresses whose X-Forwarded headers are believed."""
        return self.sign_in.proxies if self.sign_in else ()

    @property
    def secrets(self) -> dict[str, dict[str, str]]:
        """What Streamlit's sign-in has to know."""
        told = self.sign_in
        if told is None:
            return {}
        auth = {
            "redirect_uri": f"{told.origin}{self.base}/oauth2callback",
            "cookie_secret": told.cookie_secret,
            "client_id": told.client_id,
            "client_secret": told.client_secret,
            "server_metadata_url": told.metadata_url,
        }
        return {"auth": auth}

    @property
    def names(self) -> frozenset[str]:
        """Host names that a request may be addressed to."""
        named = urlsplit(self.origin).hostname
        return LOOPBACK | {named} if named else LOOPBACK


def read() -> Settings:
    """The settings of this process: DASHBOARD_ADDRESS, _PORT, _BASE_PATH and _SIGN_IN.

    raises  UsageError where the sign-in is wrong, or lacks for an address that others reach, and
            where DASHBOARD_DRAFT_DAYS is: whoever types would be the first to learn of it
    """
    from dashboard.store.drafts import lasting  # late: the store's library takes long

    lasting()
    said = os.environ.get
    told = sign_in.configured()
    sign_in.needed_for(said("DASHBOARD_ADDRESS") or LOCAL_ADDRESS, told)
    base = said("DASHBOARD_BASE_PATH", "").strip("/")
    return Settings(
        said("DASHBOARD_ADDRESS") or LOCAL_ADDRESS,
        int(said("DASHBOARD_PORT") or PORT),
        f"/{base}" if base else "",
        told,
    )


def apply(settings: Settings) -> None:
    """Tells Streamlit, over what stands in .streamlit/config.toml."""
    told = settings.sign_in
    bootstrap.load_config_options(
        {
            **({"server.cookieSecret": told.cookie_secret} if told else {}),
            "server.address": settings.address,
            "server.port": settings.port,
            "server.baseUrlPath": settings.base,
            **HARDENED,
        }
    )
