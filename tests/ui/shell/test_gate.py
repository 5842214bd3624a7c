"""The gate: which names, origins, methods and paths pass, and what the answer carries."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.access.sign_in import SignIn
from dashboard.ui.kit import component, uploads
from dashboard.ui.kit.person import BROWSER_COOKIE
from dashboard.ui.shell import gate, logs, settings
from dashboard.ui.shell.settings import Settings

HERE = Settings()
PROVIDER = SignIn(
    metadata_url="https://provider.example/.well-known/openid-configuration",
    client_id="dashboard",
    client_secret="a secret of a test",
    cookie_secret="another secret of a test",
    public_url="https://scd.example",
    ask="the desk",
)
BEHIND = Settings(base="/scd", sign_in=PROVIDER)


async def inner(scope, receive, send):
    """What stands behind the gate: an answer with the cookies of Streamlit."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    cookies = ["_streamlit_xsrf=1; Path=/; SameSite=Lax", "_streamlit_session=2; SameSite=lax"]
    headers = [(b"set-cookie", cookie.encode()) for cookie in cookies]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"inside"})


def asked(path="/", settings=HERE, kind="http", method="GET", scheme="http", **headers):
    """The messages that come back for a request."""
    said = {"host": "127.0.0.1:8501"} | headers
    pairs = [(key.encode(), value.encode()) for key, value in said.items() if value is not None]
    scope = {"type": kind, "path": path, "headers": pairs, "scheme": scheme, "method": method}
    sent = []

    async def send(message):
        sent.append(message)

    # In a thread of its own: where a browser is open in this process, its loop runs in ours.
    with ThreadPoolExecutor(1) as alone:
        alone.submit(asyncio.run, gate.Gate(inner, settings)(scope, None, send)).result()
    return sent


def status(*args, **kwargs) -> int:
    return asked(*args, **kwargs)[0]["status"]


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "LOCALHOST"])
def test_this_machine_is_let_in(host):
    assert status(host=host) == 200


@pytest.mark.parametrize(
    "host", ["evil.example:8501", "127.0.0.1.evil.example", "localhost@evil.example", "", None]
)
def test_a_name_that_is_not_ours_gets_nothing(host):
    sent = asked(host=host)
    assert sent[0]["status"] == 421
    assert b"OFFICIAL-SENSITIVE" in sent[1]["body"] and b"inside" not in sent[1]["body"]
    refused = asked(kind="websocket", host=host, origin=f"http://{host}")
    assert [message["type"] for message in refused] == ["websocket.close"]


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999", None])
def test_the_websocket_opens_to_our_own_pages_only(origin):
    sent = asked("/_stcore/stream", kind="websocket", origin=origin)
    assert [message["type"] for message in sent] == ["websocket.close"]
    own = asked("/_stcore/stream", kind="websocket", origin="http://127.0.0.1:8501")
    assert [message["type"] for message in own] == ["websocket.accept"]


def test_behind_a_proxy_its_name_is_ours():
    assert status("/scd/", BEHIND, host="scd.example") == 200
    assert status("/scd/", BEHIND, host="127.0.0.1:8501", origin="https://scd.example") == 200
    assert status("/scd/", BEHIND, host="scd.example", origin="https://evil.example") == 403


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/script-health-check",
        "/_stcore/upload_file/a/b",
        "/ocu/_stcore/metrics",
        "/media/abc.csv",
        "/component/x",
        "/app/static/x",
    ],
)
def test_what_no_page_needs_is_closed(path):
    assert status(path) == 404
    assert status(f"/scd{path}", BEHIND) == 404


@pytest.mark.parametrize("name", [name for one in component.ALL for name in one.files])
def test_the_files_of_the_house_pass_and_no_others_of_components(name):
    start = "/_stcore/bidi-components"
    assert status(f"{start}/{name}") == 200
    assert status(f"/scd{start}/{name}", BEHIND, host="scd.example") == 200
    folder = name.rpartition("/")[0]
    for other in (
        folder,
        f"{folder}/",
        f"{folder}/x.js",
        f"{name}/x",
        f"{folder}/../{name}",
        "x/y",
    ):
        assert status(f"{start}/{other}") == 404, other
    assert status(start) == 404


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/media/a.woff2", "/ocu", "/health"])
def test_what_pages_need_is_open(path):
    assert status(path) == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_is_taken(method):
    assert status(method=method) == 405


UPLOAD = "/_stcore/upload_file/window/number"


@pytest.fixture
def opened(monkeypatch):
    """A window that takes files, of the browser `mine`; `shut` says what it lacks."""
    lacks = set()
    mine = uploads.Door(lambda session: session == "window" and "window" not in lacks)
    mine.open("window", "mine", lambda: "role" not in lacks)
    monkeypatch.setattr(uploads, "door", mine)
    return lacks


def brought(path=UPLOAD, method="PUT", browser="mine", origin="http://127.0.0.1:8501"):
    cookie = f"{BROWSER_COOKIE}={browser}" if browser else None
    return status(path, method=method, origin=origin, cookie=cookie)


def test_a_file_comes_in_by_a_window_that_asks_for_one_and_no_other_way(opened):
    assert brought() == brought(method="DELETE") == 200
    for method in ("POST", "GET", "PATCH", "OPTIONS"):
        assert brought(method=method) in (404, 405)
    for path in (
        "/_stcore/upload_file/other/number",
        "/_stcore/upload_file/window",
        "/_stcore/upload_file/window/",
        f"{UPLOAD}/more",
        "/ocu",
        "/_stcore/stream",
    ):
        assert brought(path) == 405, path  # fmt: skip
    assert brought(browser="theirs") == brought(browser=None) == 405
    assert brought(origin="http://evil.example") == 403


@pytest.mark.parametrize("lacking", ["window", "role"])
def test_none_comes_in_when_the_window_or_the_right_is_gone(opened, lacking):
    opened.add(lacking)
    assert brought() == 405


def headers(sent) -> list[tuple[str, str]]:
    return [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]


@pytest.mark.parametrize("sent", [asked(), asked("/media/x"), asked(host="evil.example")])
def test_every_answer_says_what_a_browser_may_do(sent):
    found = dict(headers(sent))
    assert found["x-content-type-options"] == "nosniff"
    assert found["referrer-policy"] == "same-origin"
    said = found["content-security-policy"]
    assert "frame-ancestors 'none'" in said and "default-src 'none'" in said
    assert "blob:" not in said and "unsafe-eval" not in said
    assert "script-src 'self' 'sha256-" in said
    assert "script-src 'self' 'unsafe-inline'" not in said


def test_cookies_are_strict_and_secure_where_the_way_is():
    def cookies(**kwargs):
        return [value for name, value in headers(asked(**kwargs)) if name == "set-cookie"]

    xsrf, session = cookies()
    assert xsrf == "_streamlit_xsrf=1; Path=/; SameSite=Strict"
    assert session == "_streamlit_session=2; SameSite=lax"  # it comes back from the provider
    assert all(cookie.endswith("; Secure") for cookie in cookies(scheme="https"))
    first = cookies(path="/_stcore/host-config")[-1]
    assert first.startswith("dashboard_browser=") and "HttpOnly" in first and "Strict" in first
    told = first.split(";")[0]
    assert len(cookies(path="/_stcore/host-config", cookie=told)) == 2


def test_streamlit_is_told_what_it_may_do(monkeypatch):
    told = {}
    monkeypatch.setattr(settings.bootstrap, "load_config_options", told.update)
    settings.apply(BEHIND)
    assert told["browser.gatherUsageStats"] is False and told["client.allowedOrigins"] == []
    assert told["server.enableXsrfProtection"] and told["server.xsrfCookieSameSite"] == "strict"
    assert told["server.baseUrlPath"] == "/scd"


def test_a_row_of_the_log_is_one_row(caplog):
    record = logging.LogRecord("x", 40, "f", 1, "unit %s", ("a\nb\x1b[31m\u202ec",), None)
    said = logs.Plain().format(record)
    assert said.endswith(r"unit a\nb\u001b[31m\u202ec")
