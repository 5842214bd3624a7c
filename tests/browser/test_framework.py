"""Each duty of the framework is seen on its page of the sample."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_meeting import settled
from tests.framework import duties

pytestmark = pytest.mark.some(1, "the framework")


@pytest.mark.parametrize("duty", duties(), ids=lambda duty: duty.name)
def test_a_duty_is_seen_on_its_page(server, page, duty):
    page.goto(f"{server}/{duty.page}")
    if duty.page.startswith("meeting"):
        expect(page.locator(".count")).to_contain_text("of")
        page.keyboard.press("ArrowRight")
        expect(page.locator(".part")).to_contain_text(duty.words)
        return
    settled(page)
    said = page.get_by_test_id("stMain").inner_text()
    assert duty.words.casefold() in said.casefold()
