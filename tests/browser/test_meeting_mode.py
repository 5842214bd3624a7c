"""The meeting by keys alone, from its first item to its last, on both screens of the house."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

SPINNER = 300  # milliseconds that anything may turn
AGAIN = 2
BUSY = "[data-testid='stStatusWidget'], [data-testid='stSpinner'], [data-testid='stSkeleton']"
# Notes how long anything that says "wait" stands on the page, 50 times a second.
WATCH = f"""() => {{
  window.waits = []; let since = null;
  setInterval(() => {{
    const busy = document.querySelector({BUSY!r}) !== null, now = performance.now();
    if (busy && since === null) since = now;
    if (!busy && since !== null) {{ window.waits.push(now - since); since = null; }}
  }}, 20);
}}"""
OVER = """() => [
  document.documentElement.scrollWidth - window.innerWidth,
  document.querySelector('.st-key-stage-keys').getBoundingClientRect().bottom
    - document.querySelector('.marking.bottom').getBoundingClientRect().top,
  Math.max(...[...document.querySelectorAll(
    '.stage-title, .stage-sub, .stage-lines, .stage-figures, table.scd, .st-key-stage-chart svg')]
    .map(e => e.getBoundingClientRect().bottom))
    - document.querySelector('.st-key-stage-keys').getBoundingClientRect().top,
]"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll(
  '.stage *, .stage-title, .stage-sub, .stage-lines *, .stage-figures *, table.scd td *,'
  + ' table.scd td, table.scd th, .st-key-stage-keys p')]
  .filter(e => !e.closest('.unseen') && e.textContent.trim() && e.getClientRects().length)
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""


def chip(page: Page) -> Locator:
    """'3 of 10'."""
    return page.locator(".stage-chips .chip").last


def through(page: Page, small: bool) -> tuple[list[str], list[float]]:
    """From the first item to the last by one key: the parts of the meeting, and every wait.

    small  whether no word may be under 18 pixels
    """
    page.evaluate("window.waits.length = 0")
    total = int(chip(page).inner_text().split(" of ")[1])
    sections = [page.locator(".stage-part").inner_text()]
    for number in range(2, total + 1):
        page.keyboard.press("ArrowRight")
        expect(chip(page)).to_have_text(f"{number} of {total}")
        page.wait_for_timeout(350)
        assert [part for part in page.evaluate(OVER) if part > 0] == [], page.url
        if small:
            assert page.evaluate(SMALLEST) >= 18, page.url
        sections.append(page.locator(".stage-part").inner_text())
    return sections, page.evaluate("window.waits")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_from_the_first_item_to_the_last_by_keys_alone(server, browser, width, height):
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(f"{server}/?as_at=2004-07-12")
    expect(page.get_by_role("link", name="Meeting mode")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Meeting mode").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".stage-title")).to_contain_text("Commercial robbery", timeout=60_000)
    expect(page.get_by_role("button", name=re.compile("^Next"))).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(1, timeout=60_000)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=60_000)
    page.evaluate(WATCH)
    sections, waits = through(page, small=width == 1920)
    assert sections[0] == "Agenda" and sections[-1] == "Close"
    for _ in range(AGAIN):
        # A machine that is busy with something else can make one turn slow, not each.
        if max(waits, default=0) <= SPINNER:
            break
        page.keyboard.press("Home")
        expect(chip(page)).to_have_text(re.compile("^1 of "))
        _, waits = through(page, small=False)
    assert [wait for wait in waits if wait > SPINNER] == []
    total = len(sections)
    page.keyboard.press("Home")
    expect(chip(page)).to_have_text(f"1 of {total}")
    page.keyboard.press("End")
    expect(chip(page)).to_have_text(f"{total} of {total}")
    page.keyboard.press("ArrowLeft")
    expect(chip(page)).to_have_text(f"{total - 1} of {total}")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"/\?as_at=2004-07-12"))
    assert "item=" not in page.url
    assert page.get_by_test_id("stAlert").count() == 0
    context.close()


def test_a_link_to_an_item_opens_there(server, page):
    page.goto(f"{server}/meeting?as_at=2004-07-12&item=objectives")
    expect(page.locator(".stage-part")).to_have_text("4 · Objectives of the plan", timeout=60_000)
    page.goto(f"{server}/meeting?as_at=2004-07-12&item=nonsense")
    expect(page.locator(".stage-part")).to_have_text("Agenda", timeout=60_000)
