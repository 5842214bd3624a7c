"""A click on a link runs its page in the session that is there: one entry of history, no reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_meeting import query, settled

pytestmark = pytest.mark.some(2, "links")

AT = "as_at=2004-07-12"
UNIT = f"ocu?{AT}&unit=SCD7&measure=commercial_robbery"
# Pages, and a link of each to another page or to the same one with another choice.
WAYS = {
    "tasking to unit": (f"?{AT}", "[data-testid=stMain] a[href^='ocu?']"),
    "unit to trends": (UNIT, "[data-testid=stMain] a[href^='trends?']"),
    "unit to measure": (UNIT, "[data-testid=stMain] a[href*='measure=scd_gun_crime']"),
    "map to borough": (f"boroughs?{AT}", "[data-testid=stMain] a[href*='borough=E09000012']"),
    "quality to unit": (f"quality?{AT}", "[data-testid=stMain] a[href^='quality?']"),
    "overtime to unit": (f"overtime?{AT}", "[data-testid=stMain] a[href^='overtime?']"),
}


def sessions(page: Page) -> list[str]:
    """The address of each websocket that the page opens from now on."""
    opened: list[str] = []
    page.on("websocket", lambda socket: opened.append(socket.url))
    return opened


def length(page: Page) -> int:
    return page.evaluate("history.length")


def said(page: Page) -> str:
    settled(page)
    return page.get_by_test_id("stMain").inner_text()


@pytest.mark.few(1)
@pytest.mark.parametrize("way", WAYS)
def test_a_click_opens_in_the_session_what_a_new_one_would_show(server, page, way):
    start, link = WAYS[way]
    opened = sessions(page)
    page.goto(f"{server}/{start}")
    settled(page)
    before, here, was = length(page), page.url, said(page)
    page.locator(link).first.click()
    page.wait_for_url(lambda address: address != here)
    clicked = said(page)
    there = page.url
    assert length(page) == before + 1 and len(opened) == 1
    page.go_back()
    page.wait_for_url(here)
    assert said(page) == was
    page.goto(there)
    assert said(page) == clicked


def test_a_new_tab_is_the_browsers_own_business(server, page):
    page.goto(f"{server}/?{AT}")
    settled(page)
    here = page.url
    with page.context.expect_page() as opened:
        page.locator("[data-testid=stMain] a[href^='ocu?']").first.click(modifiers=["Control"])
    opened.value.wait_for_url("**/ocu?**")
    assert page.url == here


def test_the_menu_keeps_what_is_looked_at_and_back_is_one_press(server, page):
    page.goto(f"{server}/{UNIT}")
    settled(page)
    here = page.url
    page.get_by_text("Analysis", exact=True).click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Trends").click()
    page.wait_for_url("**/trends?**")
    settled(page)
    kept = {key: query(page)[key] for key in ("as_at", "unit", "measure")}
    assert kept == {"as_at": ["2004-07-12"], "unit": ["SCD7"], "measure": ["commercial_robbery"]}
    expect(page.get_by_test_id("stTopNavDropdownLink")).to_have_count(0)  # the list has gone
    page.go_back()
    page.wait_for_url(here)
