"""The tasking page as a wall's notebook shows it: the first two parts without scrolling."""

from __future__ import annotations

import pytest

from tests.browser.test_meeting import settled

pytestmark = pytest.mark.some(2, "rooms")

START = "/?as_at=2004-07-12"


def test_the_first_two_sections_stand_on_the_first_screen(server, page):
    page.goto(server + START)
    settled(page)
    marking = page.locator(".marking.bottom").bounding_box()
    assert marking
    # Of the alerts the last row: what a unit explains, as another test may, stands below them.
    alerts = page.locator(".st-key-card-beyond tbody tr")
    for part in (page.locator(".st-key-card-decided"), alerts.nth(alerts.count() - 1)):
        box = part.bounding_box()
        assert box and box["height"] > 40 and box["y"] + box["height"] <= marking["y"]


def test_the_map_stands_beside_the_alerts_and_the_bars_are_drawn(server, page):
    page.goto(server + START)
    settled(page)
    beyond = page.locator(".st-key-card-beyond")
    where = beyond.get_by_test_id("stVegaLiteChart").bounding_box()
    listed = beyond.locator("table.scd").first.bounding_box()
    assert where and listed and where["x"] + where["width"] <= listed["x"]
    bars = page.locator(".st-key-card-objectives img.bar")
    assert bars.count() >= 11
    assert bars.first.evaluate("bar => bar.naturalWidth") > 0


# Cells whose words run over into what stands below them.
OVER = """() => [...document.querySelectorAll('table.scd td')]
    .filter(cell => cell.clientHeight && cell.scrollHeight > cell.clientHeight + 2)
    .map(cell => cell.innerText.slice(0, 60))"""


def test_on_a_phone_no_words_of_a_row_lie_over_others(server, browser):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(server + START)
    settled(page)
    assert page.evaluate(OVER) == []
    context.close()
