"""Phone, tablet and 200 % zoom: no page scrolls sideways, no part lies on another."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.test_meeting import settled

pytestmark = pytest.mark.some(2, "sizes")

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
AT = "as_at=2004-07-12"
# Beside each page as it opens, what only a choice on it draws.
VIEWS = (
    f"accountability?{AT}&view=visits",
    f"boroughs?{AT}&borough=E09000012",
    f"boroughs?{AT}&borough=E09000012&view=briefing",
    f"ocu?{AT}&unit=SCD7&measure=commercial_robbery&of=alert",
    f"ocu?{AT}&unit=SCD7&view=day",
    f"trends?{AT}&unit=SCD7&measure=commercial_robbery&compare=kidnaps~SCD7",
)
PLACES = [*(f"{'' if name == 'tasking' else name}?{AT}" for name in PAGES), *VIEWS]
# Lists of records and faults, whose figures stand in the last columns.
LISTS = (
    f"accountability?{AT}&view=reviews",
    f"ocu?{AT}&unit=SCD5&measure=open_quality_faults",
    f"ocu?{AT}&unit=SCD7",
    f"ocu?{AT}&unit=SCD7&view=day",
    f"quality?{AT}&unit=SCD5",
)
# A phone, a tablet either way, and 1280 × 720 at 200 %.
SIZES = ((390, 844), (768, 1024), (1024, 768), (640, 360))
TITLE_AT = 140  # pixels from the top of a phone: the marking, the menu's line, one more of chips
CARDS = 6  # of a table that stand open on a phone: three, its sums, and no fold for two more
LONGEST = """() => Math.max(0, ...[...document.querySelectorAll('table.scd.cards')]
    .filter(e => e.offsetParent && !e.closest('.frame[style], .st-key-agenda'))
    .map(e => [...e.tBodies[0].rows].filter(row => row.offsetParent).length))"""
# Every element that reaches beyond the screen and is not in a frame of its own that scrolls.
BEYOND = """() => {
    const wide = innerWidth, found = [];
    const framed = e => {
        for (let up = e; up && up !== document.body; up = up.parentElement) {
            const style = getComputedStyle(up);
            if (up !== e && /auto|scroll|hidden|clip/.test(style.overflowX)
                && up.getBoundingClientRect().right <= wide + 1
                && up.dataset.testid !== 'stMain') return true;
        }
        return false;
    };
    for (const e of document.querySelectorAll('body *')) {
        const box = e.getBoundingClientRect();
        if (box.width > 1 && box.height > 1 && box.right > wide + 1 && box.left < wide
            && getComputedStyle(e).visibility !== 'hidden' && !framed(e))
            found.push(`${e.tagName}.${e.className} ${Math.round(box.right)}`);
    }
    const main = document.querySelector('[data-testid=stMain]');
    if (document.documentElement.scrollWidth > wide) found.push('the document scrolls sideways');
    if (main && main.scrollWidth > main.clientWidth + 1) found.push('the page scrolls sideways');
    return found.slice(0, 6);
}"""
# Every cell that the frame of its table cuts on its right: half a number reads as another one.
CUT = """() => [...document.querySelectorAll('table.scd')].flatMap(e => {
    if (!e.offsetParent) return [];
    const frame = e.closest('.frame') || e.closest('[data-testid=stHtml]');
    const edge = frame.getBoundingClientRect().left + frame.clientWidth + 1;
    return [...e.querySelectorAll('th, td')].filter(cell => {
        const box = cell.getBoundingClientRect();
        return box.width > 1 && box.right > edge;
    }).map(cell => `${e.caption.innerText}: ${cell.innerText}`);
}).slice(0, 6)"""
# Every frame that holds more rows than it shows and does not fade at its foot.
HARD = """() => [...document.querySelectorAll('.frame')].filter(e =>
    e.scrollHeight > e.clientHeight + 1
    && getComputedStyle(e).getPropertyValue('--below') === '0px').map(e => e.ariaLabel)"""
# Pairs of parts of which neither holds the other and that lie on each other.
OVERLAP = """() => {
    const seen = e => {  // the part of its box that no frame around it cuts off
        let {left, top, right, bottom} = e.getBoundingClientRect();
        for (let up = e.parentElement; up && up !== document.body; up = up.parentElement) {
            if (!/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflow)) continue;
            const box = up.getBoundingClientRect();
            left = Math.max(left, box.left); right = Math.min(right, box.right);
            top = Math.max(top, box.top); bottom = Math.min(bottom, box.bottom);
        }
        return {left, top, right, bottom, width: right - left, height: bottom - top};
    };
    const parts = [...document.querySelectorAll(
        '.statement, .substatement, .st-key-bar .chip, .st-key-bar button, .st-key-bar'
        + ' [data-testid=stSelectbox], .onward a, [class*=st-key-card-], .cardtitle,'
        + ' [class*=st-key-row-] button, table.scd, [data-testid=stTopNavLink]'
    )].map(e => [e, seen(e)]).filter(([e, b]) => b.width > 1 && b.height > 1
        && getComputedStyle(e).visibility !== 'hidden' && !e.closest('details:not([open])'));
    const found = [];
    parts.forEach(([a, p], at) => parts.slice(at + 1).forEach(([b, q]) => {
        if (a.contains(b) || b.contains(a)) return;
        const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
        const down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        const hidden = e => e.closest('[data-testid=stMain]') && !e.closest('.st-key-bar');
        // What scrolls goes below the bar that stays; that is no overlap.
        if (hidden(a) !== hidden(b)) return;
        if (across > 2 && down > 2)
            found.push(`${a.className || a.innerText} on ${b.className || b.innerText}`);
    }));
    return found.slice(0, 6);
}"""


def standing(page: Page) -> list[str]:
    """What is wrong once charts and columns have taken their new width; they get ten seconds."""
    found: list[str] = []
    for _ in range(20):
        page.wait_for_timeout(500)
        found = page.evaluate(BEYOND) + page.evaluate(OVERLAP)
        if not found:
            break
    return found


@pytest.mark.few(1)
@pytest.mark.parametrize("place", PLACES)
def test_nothing_overlaps_and_nothing_scrolls_sideways(server, browser, place):
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(f"{server}/{place}")
    settled(page)
    said = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        if found := standing(page):
            said[f"{width} × {height}"] = found
    context.close()
    assert said == {}


@pytest.mark.few(1)
@pytest.mark.parametrize("place", LISTS)
def test_no_figure_of_a_list_is_cut(server, browser, place):
    """At 1280 less the page's and the list's own scroll bar, which a headless browser has not."""
    context = browser.new_context(viewport={"width": 1250, "height": 720})
    page = context.new_page()
    page.goto(f"{server}/{place}")
    settled(page)
    assert page.evaluate(CUT) == [] and page.evaluate(HARD) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(500)
    assert page.evaluate(CUT) == [] and page.evaluate(HARD) == []
    context.close()


@pytest.mark.few(2)
@pytest.mark.parametrize("place", [place for place in PLACES if not place.startswith("meeting")])
def test_on_a_phone_a_title_stands_below_two_lines_of_bar_and_long_tables_fold(
    server, browser, place
):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{server}/{place}")
    settled(page)
    bar = page.locator(".st-key-bar")
    chip, title = bar.locator(".chip.sample"), page.locator("h1, .fault, .chapters").first
    for part in (chip, title):
        assert part.bounding_box()
    assert title.bounding_box()["y"] <= TITLE_AT
    menu = page.get_by_test_id("stExpandSidebarButton").bounding_box()
    assert menu["x"] + menu["width"] <= chip.bounding_box()["x"]
    # Open, the menu lies over the chips.
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNav").wait_for()
    page.wait_for_timeout(700)
    box = chip.bounding_box()
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert page.evaluate(
        "([x, y]) => !!document.elementFromPoint(x, y).closest('[data-testid=stSidebar]')", at
    )
    assert page.evaluate(LONGEST) <= CARDS
    context.close()
