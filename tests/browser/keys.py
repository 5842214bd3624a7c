"""What a person does by keyboard alone, and what a step looked like."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_meeting import settled

SCREENS = "SCREENSHOTS"  # a folder: each step of a rehearsal is kept there as a picture


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
    entered(page, page.get_by_role("button", name=name, exact=True))


def entered(page: Page, place: Locator) -> None:
    """The Enter key on a button, a link or what unfolds."""
    place.focus()
    page.keyboard.press("Enter")
    settled(page)


def explained(page: Page, address: str, way: str, card: str, words: str) -> None:
    """The commander opens the form behind the button `way`, and says in it what explains what that
    card shows."""
    page.goto(address)
    settled(page)
    pressed(page, way)
    typed(page, "What explains it", words)
    typed(page, "Your name", "Det Supt Ash")
    pressed(page, "Save")
    expect(page.locator(f".st-key-card-{card}")).to_contain_text(words)
    seen(page, "1-explained")


def on_the_wall(page: Page, address: str) -> int:
    """Opens the wall at its first item; how many it has."""
    page.goto(address)
    expect(page.locator(".count")).to_have_text(re.compile(r"^1 of \d+$"))
    return int(page.locator(".count").inner_text().split()[-1])


def turned(page: Page) -> None:
    """The clicker's key: the next item."""
    page.keyboard.press("PageDown")
    page.wait_for_timeout(200)


def seen(page: Page, step: str) -> None:
    """A step of a rehearsal: nothing went wrong; kept as a picture where a folder is named."""
    expect(page.locator("body")).not_to_contain_text("Something went wrong")
    if folder := os.environ.get(SCREENS):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{step}.png"))
