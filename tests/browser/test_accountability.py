"""From what is overdue to the gap in the year's visits, to one unit's part, and to its page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_meeting import query, settled

pytestmark = pytest.mark.some(2, "journeys")

START = "/accountability?as_at=2004-07-12"


def test_overdue_then_the_calendar_of_visits_then_a_unit_and_its_page(server, page):
    page.goto(server + START)
    settled(page)
    expect(page.locator("h1")).to_contain_text("overdue; SCD1 has most")
    everything = page.locator(".st-key-card-overdue table.scd tbody tr")
    assert everything.count() > 0

    page.get_by_role("radio", name="Visits").click()
    page.wait_for_url(re.compile("view=visits"))
    settled(page)
    expect(page.locator(".substatement").first).to_contain_text("none is planned to SCD4(3)")
    expect(
        page.locator(".st-key-card-calendar canvas, .st-key-card-calendar svg").first
    ).to_be_visible()

    units = page.get_by_role("combobox", name=re.compile("Unit"))
    units.fill("SCD7 Serious")  # a list of all OCUs and branches is long: it is typed into
    units.press("Enter")
    page.wait_for_url(re.compile("unit=SCD7"))
    settled(page)
    assert query(page)["view"] == ["visits"]
    expect(page.locator("h1")).to_contain_text("SCD7(3)")
    expect(page.locator("h1")).not_to_contain_text("SCD4(3)")

    page.get_by_role("radio", name="Overdue").click()
    page.wait_for_url(re.compile("view=overdue"))
    settled(page)
    page.locator('.st-key-card-overdue td a[href*="ocu?"]').first.click()
    page.wait_for_url(re.compile(r"/ocu\?"))
    settled(page)
    expect(page.locator("h1")).to_contain_text("SCD7")
    assert query(page)["as_at"] == ["2004-07-12"]


@pytest.mark.few(1)
@pytest.mark.parametrize("width", [1277, 1280, 1366, 1381])
def test_no_room_of_the_menu_lies_under_the_bar(server, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 720})
    page.goto(server + START)
    settled(page)
    last = page.get_by_test_id("stTopNavSection").last.bounding_box()
    bar = page.locator(".st-key-bar").bounding_box()
    assert last and bar and last["x"] + last["width"] <= bar["x"]
    page.close()
