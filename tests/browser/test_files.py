"""Files leave to the window that they were offered to, and to nobody after it was closed."""

from __future__ import annotations

import time
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.test_meeting import settled

pytestmark = pytest.mark.some(2, "links")

UNIT = "/ocu?as_at=2004-07-12&unit=SCD7&measure=commercial_robbery"


def status(address: str, cookie: str = "") -> int:
    asked = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(asked) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.few(1)
@pytest.mark.parametrize("form", ["CSV", "PPTX"])
def test_a_file_is_its_sessions_own(server, browser, form):
    context = browser.new_context()
    page = context.new_page()
    page.goto(server + UNIT)
    settled(page)
    page.get_by_role("button", name="Download").first.click()
    link = page.get_by_role("link", name=form, exact=True)
    with page.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename.startswith("RESTRICTED_SAMPLE-DATA_")
    assert waiting.value.path().stat().st_size > 100
    address = f"{server}/{link.get_attribute('href')}"
    (cookie,) = (c for c in context.cookies() if c["name"] == "dashboard_browser")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    said = f"dashboard_browser={cookie['value']}"
    assert status(address, said) == 200
    assert status(address) == 403
    assert status(address, "dashboard_browser=another") == 403
    page.close()
    for _ in range(50):  # five seconds: the server hears of the closed window a moment later
        if status(address, said) == 403:
            break
        time.sleep(0.1)
    assert status(address, said) == 403
    context.close()


def test_ages_of_few_people_are_on_the_screen_and_on_no_paper(server, browser):
    page = browser.new_page()
    for field, printed in (("victim_age_band", False), ("weapon", True)):
        page.goto(f"{server}{UNIT}&by={field}")
        settled(page)
        card = page.locator(".st-key-card-mix")
        assert card.is_visible()
        assert (card.get_by_role("button", name="Download").count() > 0) is printed
        assert not card.get_by_role("button", name="Copy Vega-Lite spec").is_visible()
        page.emulate_media(media="print")
        assert card.is_visible() is printed
        page.emulate_media(media="screen")
    page.close()


def test_the_picture_of_a_chart_is_copied_as_its_file_is_given(server, browser):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{server}{UNIT}")
    settled(page)
    page.locator(".st-key-card-chart").get_by_role("button", name="Download").click()
    page.get_by_role("button", name="Copy picture").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    held = page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            return [item.types, (await item.getType("image/png")).size];
        }"""
    )
    assert held[0] == ["image/png"] and held[1] > 10_000
    context.close()
