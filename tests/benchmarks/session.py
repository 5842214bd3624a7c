"""One session over the websocket, as a browser has it: opened, asked for an address, answered."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    generate_xsrf_token_string,
)
from streamlit.web.server.starlette.starlette_server_config import (
    USER_COOKIE_NAME,
    XSRF_COOKIE_NAME,
)
from websockets.asyncio.client import ClientConnection, connect

from tests.access.test_sign_in import GOOD

HEADING = re.compile(rb'<h1 class="statement">(.*?)</h1>', re.DOTALL)
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Step:
    """An address: the page's name in the menu, '' for the first, and what follows the '?'."""

    page: str
    query: str


async def opened(address: str, claims: dict[str, Any] | None = None) -> ClientConnection:
    """A session; signed in with the cookie that the server would set after these claims."""
    there, origin = urlsplit(address), address.rstrip("/")
    protocols, cookies = ["streamlit"], ""
    if claims:
        said = claims | {"origin": origin, "is_logged_in": True, "iat": int(time.time())}
        signed = create_signed_value(GOOD["cookie_secret"], USER_COOKIE_NAME, json.dumps(said))
        token = generate_xsrf_token_string()
        protocols.append(token)
        cookies = f"{USER_COOKIE_NAME}={signed.decode()}; {XSRF_COOKIE_NAME}={token}"
    return await connect(
        f"ws://{there.netloc}{there.path.rstrip('/')}/_stcore/stream",
        origin=origin,
        subprotocols=protocols,
        additional_headers={"Cookie": cookies} if cookies else None,
        max_size=None,
        compression=None,
    )


async def answer(socket: ClientConnection, step: Step) -> bytes:
    """The heading that the server draws for the step.

    raises  RuntimeError where the run ends without one, or with an exception.
    """
    asked = BackMsg(rerun_script=ClientState(query_string=step.query, page_name=step.page))
    await socket.send(asked.SerializeToString())
    heading = b""
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(socket.recv(), PATIENCE_SECONDS))
        kind = message.WhichOneof("type")
        if kind == "delta":
            drawn = message.delta.new_element
            if drawn.WhichOneof("type") in ("exception", "alert"):
                raise RuntimeError(f"{step}: {drawn.exception.message or drawn.alert.body}")
            if said := HEADING.search(message.SerializeToString()):
                heading = said[1]
        elif kind == "page_not_found":
            raise RuntimeError(f"{step}: no such page")
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                continue
            if not heading:
                raise RuntimeError(f"{step}: no heading")
            return heading


async def alone(
    address: str, all_steps: Iterable[Step], claims: dict[str, Any] | None
) -> dict[Step, bytes]:
    """What one reader gets who asks for each step once."""
    found = {}
    for step in all_steps:
        socket = await opened(address, claims)
        found[step] = await answer(socket, step)
        await socket.close()
    return found
