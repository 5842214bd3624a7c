"""A commander on the unit's page: from the alert to its records; on a phone the alert first."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_meeting import settled

pytestmark = pytest.mark.some(2, "journeys")

# What has been scrolled, but for lists in frames of their own.
SCROLLED = """() => [...document.querySelectorAll("*")]
    .filter(one => one.scrollTop && !one.closest(".frame")).map(one => one.dataset.testid)"""
PAGE = "/ocu?as_at=2004-07-12&unit=SCD7&measure=commercial_robbery&borough=all"


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_a_click_on_the_alerts_records_lands_on_them(server, page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(server + PAGE)
    settled(page)
    heading = page.locator(".st-key-card-records h2")
    expect(heading).not_to_be_in_viewport()
    page.get_by_role("link", name="Its records").click()
    page.wait_for_url(re.compile("of=alert"))
    settled(page)
    expect(heading).to_contain_text("Records behind the alert · 68")
    expect(heading).to_be_in_viewport()
    assert heading.bounding_box()["y"] >= 72  # below the marking and the bar, which cover the top
    assert page.evaluate(SCROLLED) == ["stMain"]  # nothing that holds the bar too
    page.emulate_media(media="print")
    shown = page.locator("[data-testid=stVegaLiteChart] svg.marks").evaluate_all(
        "drawn => drawn.map(one => one.checkVisibility() && one.getBoundingClientRect().width > 0)"
    )
    assert len(shown) > 3 and all(shown)


def test_on_a_phone_the_alert_comes_first_then_what_is_overdue_then_the_measures(server, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server + PAGE)
    settled(page)
    cards = ("alert", "owes", "plan", "chart", "records")
    tops = [page.locator(f".st-key-card-{name}").bounding_box()["y"] for name in cards]
    assert tops == sorted(tops) and tops[0] < 844
    # Words of a measure have the width of the screen, not of a column.
    widths = page.locator(".st-key-card-plan tbody tr td:first-child").evaluate_all(
        "cells => cells.filter(e => e.offsetParent).map(e => e.getBoundingClientRect().width)"
    )
    assert min(widths) > 250


def test_what_a_unit_owes_stands_on_its_own_page_and_leads_to_it(server, page):
    page.goto(f"{server}/ocu?as_at=2004-07-12&unit=SCD5")
    settled(page)
    owed = page.locator(".st-key-card-owes")
    expect(owed.locator("h2")).to_contain_text("1 decision and 2 recommendations")
    owed.get_by_role("link", name=re.compile("Clear the referrals older than five days")).click()
    page.wait_for_url(re.compile("/decisions.*decision="))
