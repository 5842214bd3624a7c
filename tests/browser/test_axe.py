"""Each page in both themes by axe-core: what a keyboard, an ear or weak eyes would miss."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.test_meeting import settled
from tests.browser.test_sizes import PLACES

pytestmark = pytest.mark.some(2, "sizes")

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
SIZES = ((1280, 720), (390, 844))
TABS = 25
# Findings of any impact that are not ours, by the rule and a part of the element's markup.
STREAMLIT = {
    # The menu on a phone: its sections stand as <div> in the <ul>, its rooms as <li> in them.
    ("list", 'data-testid="stSidebarNavItems"'),
    ("listitem", "<li class="),
    ("region", 'id="stFloatingOverlayPortal"'),  # where drop-down lists are drawn
    ("region", 'data-testid="stSkipToContent"'),
    # The field that a file is dropped on: the button in it is what the keyboard comes to.
    ("presentation-role-conflict", 'data-testid="stFileUploaderDropzone"'),
}
# The button that opens any drop-down list.
SAME_NAME = {"Open"}
RUN = """async () => (await axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
})).violations.flatMap(rule => rule.nodes.map(node => [
    rule.id, node.html.slice(0, 200), rule.impact,
    [...node.any, ...node.all, ...node.none].map(check => check.message).join(' '),
]))"""
# Of what has the focus: its markup, whether a ring shows it, its top and its foot.
FOCUS = """() => {
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const style = getComputedStyle(at), box = at.getBoundingClientRect();
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return [at.outerHTML.slice(0, 200), at.matches('input, textarea, body') || ring,
        box.top, box.bottom];
}"""


def findings(page: Page) -> list[list[str]]:
    """What axe-core finds in ours: rule, element, impact, reason."""
    page.evaluate(AXE)
    return [
        one
        for one in page.evaluate(RUN)
        if not any(one[0] == rule and part in one[1] for rule, part in STREAMLIT)
    ]


@pytest.mark.few(1)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_of_ours_and_what_is_alike_is_told_apart(server, browser, place, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{server}/{place}")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        assert findings(page) == [], width
    names = re.findall(r'button "(.+?)"', page.get_by_test_id("stMain").aria_snapshot())
    assert {name for name, times in Counter(names).items() if times > 1} <= SAME_NAME
    context.close()


OPENING = "[data-testid=stPopover] button"
FOLDED = ":is([data-testid=stExpander], [data-testid=stHtml]) details:not([open]) summary"
TARGETS = """() => [...document.querySelectorAll(
    '[data-testid=stPopoverBody] :is(a, input[type=checkbox], summary,'
    + ' button:not([data-testid^=stDateInput]))')]
    .map(e => [e.closest('label') ?? e]).flat()
    .map(e => [e.outerHTML.slice(0, 120), e.getBoundingClientRect()])
    .filter(([_, box]) => box.width && Math.min(box.width, box.height) < 23.5).map(([e]) => e)"""


@pytest.mark.few(2)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_in_what_opens(server, browser, place, scheme):
    """All that is folded is opened together, then one pop-over after the other."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(f"{server}/{place}")
    settled(page)
    page.evaluate("all => document.querySelectorAll(all).forEach(e => e.click())", FOLDED)
    settled(page)
    wrong = {"folded": findings(page)}
    for at in range(page.locator(OPENING).count()):
        button = page.locator(OPENING).nth(at)
        if not button.is_visible() or button.is_disabled():
            continue
        words = f"{at} {button.inner_text()}"
        button.click()
        page.wait_for_selector("[data-testid=stPopoverBody]")
        settled(page)
        wrong[words] = [*findings(page), *page.evaluate(TARGETS)]
        page.keyboard.press("Escape")
        page.wait_for_selector("[data-testid=stPopoverBody]", state="detached")
    assert {words: found for words, found in wrong.items() if found} == {}
    context.close()


@pytest.mark.few(1)
@pytest.mark.parametrize("place", PLACES)
def test_what_the_tab_key_comes_to_is_seen_and_lies_under_no_bar(server, page, place):
    page.goto(f"{server}/{place}")
    settled(page)
    marking = [page.locator(f".marking.{edge}").bounding_box() for edge in ("top", "bottom")]
    top, foot = marking[0]["height"], marking[1]["y"]
    for _ in range(TABS):
        page.keyboard.press("Tab")
        element, shown, above, below = page.evaluate(FOCUS)
        if element.startswith("<body"):  # the browser's own turn, after the last of the page
            break
        assert shown, element
        assert above < foot and below > top, element
