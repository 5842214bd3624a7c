"""From a click on a link until nothing is drawn any more, in a real Chromium: milliseconds.

python -m tests.benchmarks.clicks [--data FOLDER] [--clicks 20]

The links are those of which tests/browser/test_links.py holds that they stay in their session.
Each is clicked in turn, from its own page, until there were so many clicks.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.benchmarks.bench import load_sample
from tests.browser import chromium
from tests.browser.server import running
from tests.browser.test_links import WAYS
from tests.browser.test_meeting import settled

# The page's own clock: when it was clicked, and when anything was last drawn.
WATCH = """() => {
    window.clicked = window.drawn = 0;
    addEventListener("click", () => { window.clicked = performance.now() }, true);
    new MutationObserver(() => { window.drawn = performance.now() }).observe(
        document.body, { subtree: true, childList: true, characterData: true });
}"""
TAKEN = "() => window.drawn - window.clicked"
PATIENCE = 180_000
SIZE = {"width": 1280, "height": 720}


def clicks(page: Page, address: str, count: int) -> Iterator[tuple[str, float]]:
    """The words of each way, and the milliseconds of its click."""
    for words, (start, link) in islice(cycle(WAYS.items()), count):
        page.goto(f"{address}/{start}")
        settled(page)
        here, there = page.url, page.locator(link).first
        there.scroll_into_view_if_needed()
        page.evaluate(WATCH)
        there.click()
        page.wait_for_url(lambda url, here=here: url != here)
        settled(page)
        yield words, page.evaluate(TAKEN)


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--data", type=Path, help="with the sample published; else it is made")
    asked.add_argument("--clicks", type=int, default=20)
    values = asked.parse_args()
    expect.set_options(timeout=PATIENCE)
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.NONE_FOUND)
    with tempfile.TemporaryDirectory() as folder:
        data = values.data or Path(folder) / "data"
        if not values.data:
            load_sample(data)
        with running(data, DASHBOARD_WARM="yes") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=path, args=list(chromium.ARGUMENTS)
            )
            page = browser.new_page(viewport=SIZE)
            for _ in clicks(page, address, len(WAYS)):
                pass  # each way once, for nobody: what is imported late is no click's
            found = list(clicks(page, address, values.clicks))
            browser.close()
    for words, ms in found:
        print(f"{words}: {ms:.0f}")
    taken = [ms for _, ms in found]
    print(f"median {statistics.median(taken):.0f}, worst {max(taken):.0f} of {len(taken)}")


if __name__ == "__main__":
    main()
