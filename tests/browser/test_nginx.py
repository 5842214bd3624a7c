"""The dashboard behind nginx with TLS, by the file in .deploy/, on this machine's loopback."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect

from tests.access.test_sign_in import written
from tests.browser.server import PATIENCE_SECONDS, free_port, running, starting
from tests.browser.test_meeting import settled

pytestmark = pytest.mark.some(1, "nginx")

CONF = Path(__file__).resolve().parents[2] / ".deploy" / "nginx.conf"
MAIN = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/a; uwsgi_temp_path {folder}/b; scgi_temp_path {folder}/c;
    include {folder}/scd-dashboard.conf;
}}
"""


@pytest.fixture(scope="module")
def nginx(tmp_path_factory) -> Path:
    """A folder for it with a certificate of its own."""
    if not (shutil.which("nginx") and shutil.which("openssl")):
        pytest.skip("nginx is not installed here: the dashboard is not tried behind it")
    folder = tmp_path_factory.mktemp("nginx")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    folder.chmod(0o755)  # its worker may be another account
    return folder


@pytest.fixture(scope="module")
def behind(
    nginx: Path, sample_copy: Callable[[], Path], tmp_path_factory
) -> Iterator[tuple[int, int]]:
    """Ports of nginx's TLS and of its plain HTTP, with the dashboard and its sign-in behind."""
    secure, plain, own = free_port(), free_port(), free_port()
    text = CONF.read_text("utf-8")
    for said, here in (
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("listen 443", f"listen 127.0.0.1:{secure}"),
        ("server_name scd.example", "server_name localhost"),
        ("/etc/ssl/scd-dashboard", str(nginx)),
        ("127.0.0.1:8501", f"127.0.0.1:{own}"),
    ):
        assert said in text
        text = text.replace(said, here)
    (nginx / "scd-dashboard.conf").write_text(text, "utf-8")
    (nginx / "nginx.conf").write_text(MAIN.format(folder=nginx), "utf-8")
    people = (User(sub="p1", claims={"name": "Ann Analyst", "groups": ["scd-analyst"]}),)
    command = ["nginx", "-p", str(nginx), "-c", str(nginx / "nginx.conf")]
    with run_server_in_thread(user_claims=people) as provider:
        meta = f"http://localhost:{provider.server_port}/.well-known/openid-configuration"
        file = written(
            tmp_path_factory.mktemp("sign-in"),
            metadata_url=meta,
            public_url=f"https://localhost:{secure}",
            proxies=["127.0.0.1"],
        )
        with (
            running(sample_copy(), own, "scd", DASHBOARD_SIGN_IN=str(file)) as straight,
            starting(command, nginx, dict(os.environ), f"{straight}/health"),
        ):
            until = time.monotonic() + PATIENCE_SECONDS
            while not answers(plain) and time.monotonic() < until:
                time.sleep(0.1)
            yield secure, plain


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def asked(port: int, path: str, secure: bool = True, **headers: str) -> http.client.HTTPResponse:
    unchecked = ssl._create_unverified_context()
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    more = {"context": unchecked} if secure else {}
    connection = kind("localhost", port, timeout=60, **more)
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


def test_health_and_readiness_pass_and_plain_http_is_sent_on(behind):
    secure, plain = behind
    for path, words in (("/scd/health", b"ok"), ("/scd/ready", b"ready")):
        answer = asked(secure, path)
        assert (answer.status, answer.read()) == (200, words)
        assert answer.headers["Strict-Transport-Security"]
    sent = asked(plain, "/scd/ocu", secure=False)
    assert (sent.status, sent.headers["Location"]) == (301, "https://localhost/scd/ocu")
    root = asked(secure, "/")
    assert (root.status, root.headers["Location"].endswith("/scd/")) == (302, True)
    assert asked(secure, "/health").status == 404


def test_what_a_browser_claims_of_its_way_is_not_believed(behind):
    secure, _ = behind
    claims = {"X-Forwarded-Proto": "http", "X-Forwarded-For": "127.0.0.1"}
    cookies = asked(secure, "/scd/_stcore/host-config", **claims).headers.get_all("Set-Cookie")
    assert cookies and all("Secure" in cookie for cookie in cookies)
    assert asked(secure, "/scd/", Host="evil.example").status == 421
    assert asked(secure, "/scd/", Origin="https://evil.example").status == 403


def test_a_person_signs_in_and_sees_figures_over_the_websocket(behind, browser: Browser):
    secure, _ = behind
    context = browser.new_context(ignore_https_errors=True)
    page: Page = context.new_page()
    sockets: list[str] = []
    page.on("websocket", lambda opened: sockets.append(opened.url))
    page.goto(f"https://localhost:{secure}/")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="p1", exact=True).click()
    page.wait_for_url(f"https://localhost:{secure}/scd/**")
    expect(page.get_by_role("button", name="Ann Analyst")).to_be_visible()
    page.goto(f"https://localhost:{secure}/scd/trends?measure=commercial_robbery")
    expect(page.locator("h1")).to_contain_text("robbery")
    assert set(sockets) == {f"wss://localhost:{secure}/scd/_stcore/stream"}
    kept = {
        cookie["name"]: cookie for cookie in context.cookies() if "localhost" in cookie["domain"]
    }
    own = [kept[name] for name in kept if name.startswith("_streamlit")]
    assert own and all(cookie["secure"] and cookie["path"].startswith("/") for cookie in own)
    settled(page)
    page.get_by_role("button", name="Download").first.click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert "commercial" in Path(taken.value.path()).read_text("utf-8-sig").lower()
    context.close()
