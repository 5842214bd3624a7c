"""The gate before a running server, tried with what a browser and a tool send."""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

from tests.browser import chromium
from tests.browser.test_meeting import complaint, settled

pytestmark = pytest.mark.some(1, "the gate")

ROOMS = (
    "",
    "ocu?unit=SCD7&measure=commercial_robbery",
    "boroughs",
    "overtime",
    "accountability",
    "trends?measure=commercial_robbery",
    "quality",
    "equality",
    "backtest",
    "explore",
    "reports",
    "snapshots",
    "meeting",
)


@pytest.fixture(scope="module")
def rebound(server):
    """The address of the server under a name of somebody else that resolves to this machine."""
    path = chromium.find()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(chromium.NONE_FOUND)
        pytest.skip(chromium.NONE_FOUND)
    return f"http://evil.example:{urlparse(server).port}", path


def test_a_name_that_resolves_to_this_machine_shows_nothing(rebound, server, browser):
    address = rebound[0]
    script = """async address => await new Promise(done => {
        const socket = new WebSocket(address.replace('http', 'ws') + '/_stcore/stream');
        socket.onopen = () => done('open'); socket.onerror = () => done('refused'); })"""
    # A Chromium of its own, whose names resolve as an attacker's would.
    path, rules = rebound[1], "--host-resolver-rules=MAP evil.example 127.0.0.1"
    theirs = browser.browser_type.launch(executable_path=path, args=[*chromium.ARGUMENTS, rules])
    page = theirs.new_page()
    answer = page.goto(address)
    assert answer is not None and answer.status == 421
    assert "Performance of" not in page.content() and "OFFICIAL-SENSITIVE" in page.content()
    page.route("**/anything", lambda route: route.fulfill(body="<p>a page of theirs</p>"))
    page.goto(f"{address}/anything")
    assert page.evaluate(script, address) == "refused"
    assert page.evaluate(script, server) == "refused"
    theirs.close()


@pytest.mark.few(1)
@pytest.mark.parametrize("room", ROOMS)
def test_each_page_keeps_the_policy(server, page, room):
    broken: list[str] = []
    page.on("console", lambda said: broken.append(complaint(said)) if complaint(said) else None)
    page.goto(f"{server}/{room}")
    settled(page)
    expect(page.locator(".marking")).to_have_count(2)
    assert broken == []


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "room", ["?as_at=31/12/2003", "ocu?unit=SCD99", "nothing-of-that-name", "?snapshot=%E2%80%AE"]
)
def test_the_marking_stands_on_pages_of_errors_too(server, page, room):
    page.goto(f"{server}/{room}")
    settled(page)
    expect(page.locator(".marking")).to_have_count(2)


def test_what_was_typed_becomes_no_link_and_no_markup(server, page):
    typed = "www.evil.example%20a@evil.example%20%5Bx%5D(http://evil.example)%20%3Cb%3Eq"
    page.goto(f"{server}/?snapshot={typed}&as_at={typed}")
    settled(page)
    main = page.locator("[data-testid='stMain']")
    expect(main).to_contain_text("www.evil.example")
    assert main.locator("a[href*=evil], b").count() == 0


def test_streamlits_own_doors_are_closed(server):
    for path in ("_stcore/metrics", "_stcore/agent/openapi.json", "media/x.csv"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{server}/{path}")
        assert refused.value.code == 404
        assert "OFFICIAL-SENSITIVE" in refused.value.read().decode()
    with urllib.request.urlopen(f"{server}/_stcore/host-config") as answer:
        assert not re.search("https?://", json.dumps(json.load(answer)))
