"""A return is signed on the page: its mark goes from the unit's figures, and a past meeting keeps
it; a target is proposed and accepted."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keys import pressed, typed
from tests.browser.test_meeting import settled

pytestmark = pytest.mark.some(2, "journeys")

START = "/accountability?as_at=2004-07-12&view="


def chosen(page: Page, label: str, words: str) -> None:
    """Types into a drop-down list and takes what it offers."""
    field = page.get_by_role("combobox", name=re.compile(label))
    field.fill(words)
    field.press("Enter")
    settled(page)


def test_a_return_is_signed_and_its_mark_goes(server, page, browser):
    page.goto(f"{server}/ocu?as_at=2004-07-12&unit=SCD6")
    settled(page)
    expect(page.locator("body")).to_contain_text("[unsigned] SCD6 May 2004")

    page.goto(f"{server}{START}signing&unit=SCD6")
    settled(page)
    expect(page.locator(".st-key-card-signatures")).to_contain_text("14 days over")
    pressed(page, "Sign")
    expect(page.get_by_text(re.compile("type your name", re.IGNORECASE))).to_be_visible()
    typed(page, "Your name", "Ann")
    pressed(page, "Sign")
    expect(page.locator("h1")).to_contain_text("are signed")
    row = page.locator(".st-key-card-signatures tr", has_text="Return of SCD6 May 2004")
    expect(row).to_contain_text("Ann (typed, not signed in)")
    expect(page.get_by_label("Your name", exact=True).first).to_have_value("Ann")
    another = browser.new_context().new_page()  # where Ann never was
    another.goto(f"{server}{START}signing")
    expect(another.get_by_label("Your name", exact=True).first).to_have_value("")
    another.context.close()

    page.goto(f"{server}/ocu?as_at=2004-07-12&unit=SCD6")
    settled(page)
    expect(page.locator(".st-key-card-plan, body").first).to_contain_text("Cash seized")
    expect(page.locator("body")).not_to_contain_text("[unsigned]")
    # A meeting before knows nothing of it: there it stands as it stood.
    page.goto(f"{server}/accountability?as_at=2004-06-28&view=signing&unit=SCD6")
    settled(page)
    expect(page.locator(".st-key-card-signatures")).to_contain_text("[unsigned]")


def test_a_target_is_proposed_and_accepted(server, page):
    page.goto(f"{server}{START}targets&unit=SCD7")
    settled(page)
    chosen(page, "^Measure|Selected .*Measure", "Networks")
    typed(page, "Target", "45")
    card = page.locator(".st-key-card-propose-target")
    for label, words in (("What it rests on", "two more teams"), ("Your name", "Cat")):
        field = card.get_by_label(label, exact=True)
        field.fill(words)
        field.press("Tab")
        settled(page)
    pressed(page, "Propose")
    table = page.locator(".st-key-card-targets")
    expect(table).to_contain_text("at least 45")
    expect(table).to_contain_text("waits for the board")
    typed(page, "Your name", "Chair")
    pressed(page, "Accept")
    expect(table).to_contain_text("counts from the next publish")
    # The snapshot itself, and its verdicts, stay as they were.
    row = table.locator("tr", has_text="at least 45")
    expect(row).to_contain_text("at least 40")
