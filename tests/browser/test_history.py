"""Back is one press: a visit and a choice are one entry of the browser's history each."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.test_meeting import query, settled

pytestmark = pytest.mark.some(2, "links")

FULL = "?as_at=2004-07-12&unit=SCD7&measure=commercial_robbery"


def entries(page: Page) -> int:
    return page.evaluate("history.length")


@pytest.mark.few(1)
@pytest.mark.parametrize("place", ["", "ocu", "boroughs", "trends", "quality", "explore"])
def test_a_visit_adds_one_entry_however_much_is_spelled_out(server, page, place):
    page.goto(f"{server}/{place}")
    settled(page)
    assert query(page)["as_at"] and query(page)["snapshot"]
    assert entries(page) <= 3  # the empty tab, the address as it was typed, as it is spelled out


def test_an_as_at_that_is_chosen_is_left_by_one_press(server, page):
    page.goto(server + "/ocu" + FULL)
    settled(page)
    before, there = entries(page), page.url
    page.locator(".st-key-bar [data-testid='stSelectbox'] input").click()
    page.get_by_role("option", name="As at Mon 28 Jun 2004").click()
    page.wait_for_url(re.compile("as_at=2004-06-28"))
    settled(page)
    assert entries(page) == before + 1
    page.go_back()
    page.wait_for_url(there)
    settled(page)
    assert query(page)["as_at"] == ["2004-07-12"]
