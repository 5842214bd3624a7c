"""How people sign in here: the provider of the directorate, as one TOML file says.

Without such a file the program serves this machine only, and nobody is signed in.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dashboard.errors import UsageError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SHORTEST_SECRET = 32
VARIABLE = "DASHBOARD_SIGN_IN"


@dataclass(frozen=True)
class SignIn:
    """What the provider and the proxy in front are.

    metadata_url  the provider's .well-known/openid-configuration
    public_url    under which people reach the dashboard, without its base path
    ask           whom to ask for a role, in words
    hours         after which they sign in again
    proxies       addresses whose X-Forwarded headers are believed
    """

    metadata_url: str
    client_id: str
    client_secret: str
    cookie_secret: str
    public_url: str
    ask: str
    hours: float = 12.0
    proxies: tuple[str, ...] = ()

    @property
    def origin(self) -> str:
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"


def configured() -> SignIn | None:
    """What the file that DASHBOARD_SIGN_IN names says; None where none is named."""
    path = os.environ.get(VARIABLE)
    return read(Path(path)) if path else None


def read(path: Path) -> SignIn:
    """The configuration in a file.

    raises  UsageError with the first fault; it quotes no value, for some of them are secret
    """
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"the sign-in file {path.name!r} can't be read") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"the sign-in file {path.name!r} is not readable as TOML") from error
    if fault := _fault(said):
        raise UsageError(f"the sign-in file {path.name!r} {fault}")
    proxies = tuple(said.get("proxies", ()))
    return SignIn(**{**said, "hours": float(said.get("hours", 12.0)), "proxies": proxies})


def _fault(said: dict[str, Any]) -> str:
    known = {field.name: field for field in fields(SignIn)}
    if surplus := sorted(set(said) - set(known)):
        return f"knows no {', '.join(surplus)}"
    needed = [name for name, field in known.items() if field.default is MISSING]
    for name in needed:
        if not isinstance(said.get(name), str) or not said[name]:
            return f"must say {name}"
    if len(said["cookie_secret"]) < SHORTEST_SECRET:
        return f"must have a cookie_secret of at least {SHORTEST_SECRET} characters"
    for name in ("metadata_url", "public_url"):
        parts = urlsplit(said[name])
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            return f"must have a {name} that begins with https://"
    hours = said.get("hours", 1)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or hours <= 0:
        return "must have hours above 0"
    proxies = said.get("proxies", [])
    if not isinstance(proxies, list) or not all(isinstance(item, str) for item in proxies):
        return "must list proxies as addresses"
    return ""


def needed_for(address: str, sign_in: SignIn | None) -> None:
    """raises  UsageError where others could reach the server and nobody would be asked."""
    if sign_in is None and address not in LOOPBACK:
        raise UsageError(
            f"{address} can be reached from other machines, and nobody has to sign in: say how"
            " with --sign-in FILE (handbook, Operating), or leave --address out"
        )
