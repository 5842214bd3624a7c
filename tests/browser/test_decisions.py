"""A decision by keyboard: raised from an alert, reloaded, edited by two at once, closed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_meeting import query, settled

pytestmark = pytest.mark.some(3, "journeys")

START = "/?as_at=2004-07-12"
WORDS = "Plain clothes officers at closing time"


def typed(page: Page, label: str, words: str) -> None:
    """Types into a field as a person does, and leaves it."""
    field = page.get_by_label(label, exact=True).first
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")  # to type nothing leaves what stood
    page.keyboard.type(words)
    page.keyboard.press("Tab")
    settled(page)


def pressed(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")
    settled(page)


def test_raised_reloaded_edited_by_two_and_closed(server, page, browser):
    page.goto(server + START)
    settled(page)
    page.get_by_role("link", name=re.compile("^Decide on Commercial robbery, ")).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/decisions.*raise=alert"))
    settled(page)
    expect(page.locator(".st-key-card-seen")).to_contain_text(re.compile("in \\d+ of 100 cases"))
    typed(page, "What is decided", WORDS)
    page.reload()
    settled(page)
    expect(page.get_by_label("What is decided")).to_have_value(WORDS)  # kept on the server
    typed(page, "Owner: post", "Detective Inspector")
    typed(page, "Your name", "Ann")
    pressed(page, "Save the decision")
    page.wait_for_url(re.compile("decision="))
    own = page.url
    expect(page.locator("h1")).to_contain_text(WORDS)

    other = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    other.goto(own)
    settled(other)
    for window in (page, other):
        window.get_by_text("Edit", exact=True).click()
        settled(window)
    typed(page, "Owner: post", "Commander")
    pressed(page, "Save the changes")
    typed(other, "What is decided", f"{WORDS}, and cameras")
    typed(other, "Your name", "Bob")
    pressed(other, "Save the changes")
    expect(other.get_by_text(re.compile("Nothing that you typed is lost"))).to_be_visible()
    expect(other.locator(".st-key-card-now")).to_contain_text("Commander")
    pressed(other, "Save the changes")
    expect(other.locator("h1")).to_contain_text("and cameras")
    expect(other.locator(".substatement").first).to_contain_text("Commander")  # neither is lost
    pressed(other, "Done")
    expect(other.locator(".st-key-card-now")).to_contain_text("done")

    page.goto(f"{server}/decisions?as_at=2004-07-12")
    settled(page)
    expect(page.locator(".st-key-card-list")).to_contain_text("and cameras")
    page.goto(f"{server}/decisions?as_at=2004-06-28")  # a meeting before knows nothing of it
    settled(page)
    expect(page.locator(".st-key-card-list")).not_to_contain_text("and cameras")
    assert query(page)["as_at"] == ["2004-06-28"]
    other.context.close()
