"""A dashboard on the sample in a process of its own, and a real Chromium to look at it with."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.server import running

# Of what is looked for: a first page of a new server may take as long beside other tests.
PATIENCE = 180_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def server(sample_copy: Callable[[], Path]) -> Iterator[str]:
    """Address of a running dashboard on the published sample; what is written there stays there."""
    with running(sample_copy()) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium. Where there is none the tests are skipped, in CI they fail."""
    path = chromium.find()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(chromium.NONE_FOUND)
        pytest.skip(chromium.NONE_FOUND)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        found.on("context", lambda context: context.set_default_timeout(PATIENCE))
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page at the size of the wall in a context of its own: no cookie, no cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    yield context.new_page()
    context.close()
