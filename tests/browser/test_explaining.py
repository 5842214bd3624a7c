"""A commander explains an alert on the unit's page; it stands beside the figure in the meeting."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.keys import pressed, typed
from tests.browser.test_meeting import settled

pytestmark = pytest.mark.some(2, "journeys")

ALERT = "/ocu?as_at=2004-07-12&unit=SCD7&measure=commercial_robbery&of=alert&borough=all"
WORDS = "One crew on motorcycles, two are charged"


def test_an_alert_is_explained_and_the_meeting_reads_it(server, page):
    page.goto(f"{server}/meeting?as_at=2004-07-12&item=alert-1")
    expect(page.locator(".item:visible .strip")).not_to_contain_text("marked as")
    page.goto(server + ALERT)
    settled(page)
    card = page.locator(".st-key-card-alert")
    expect(card).not_to_contain_text(WORDS)
    pressed(page, "Record the reason")
    typed(page, "What explains it", WORDS)
    page.get_by_text("acted on", exact=True).click()
    settled(page)
    typed(page, "Your name", "Det Supt Ash")
    pressed(page, "Save")
    expect(card).to_contain_text(re.compile("Marked as acted on by Det Supt Ash.*" + WORDS))

    page.goto(f"{server}/?as_at=2004-07-12")
    settled(page)
    expect(page.locator(".st-key-card-beyond")).to_contain_text(WORDS)
    expect(page.locator(".st-key-card-beyond")).to_contain_text("1 acted on")
    page.goto(f"{server}/meeting?as_at=2004-07-12&item=alert-1")
    expect(page.locator(".item:visible .strip")).to_contain_text("marked as acted on")
    # A meeting before knew nothing of it.
    page.goto(f"{server}/?as_at=2004-06-28")
    settled(page)
    expect(page.locator("body")).not_to_contain_text(WORDS)
