"""What a server serves and for whom: read from its environment, handed on to Streamlit.

Streamlit itself reads its settings from .streamlit/config.toml and from the flags of its own
command only; a server that anything else starts takes what differs by machine from here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit.web import bootstrap

LOCAL_ADDRESS = "127.0.0.1"
PORT = 8501
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


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
    "server.maxUploadSize": 1,
    "server.xsrfCookieSameSite": "strict",
}


@dataclass(frozen=True)
class Settings:
    """Where the server listens, and the names that it goes by.

    base     '' or '/path', below which everything is served
    origin   'https://name' under which people reach it through a proxy; '' for this machine only
    proxies  addresses whose X-Forwarded headers are believed
    """

    address: str = LOCAL_ADDRESS
    port: int = PORT
    base: str = ""
    origin: str = ""
    proxies: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Host names that a request may be addressed to."""
        named = urlsplit(self.origin).hostname
        return LOOPBACK | {named} if named else LOOPBACK


def read() -> Settings:
    """The settings of this process: DASHBOARD_ADDRESS, DASHBOARD_PORT, DASHBOARD_BASE_PATH."""
    said = os.environ.get
    base = said("DASHBOARD_BASE_PATH", "").strip("/")
    return Settings(
        said("DASHBOARD_ADDRESS") or LOCAL_ADDRESS,
        int(said("DASHBOARD_PORT") or PORT),
        f"/{base}" if base else "",
    )


def apply(settings: Settings) -> None:
    """Tells Streamlit, over what stands in .streamlit/config.toml."""
    bootstrap.load_config_options(
        {
            "server.address": settings.address,
            "server.port": settings.port,
            "server.baseUrlPath": settings.base,
            **HARDENED,
        }
    )
