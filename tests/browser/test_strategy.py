"""What if: a level is typed, its chance stands beside, and the link gives the same."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_meeting import query, settled

pytestmark = pytest.mark.some(2, "journeys")

START = "/strategy?as_at=2004-07-12"


def chance(page) -> int:
    """The chance beside the field, in per cent."""
    said = page.locator(".st-key-card-workshop .big").inner_text()
    return int(re.search(r"(\d+) %", said)[1])


def test_a_level_is_typed_and_its_chance_stands_beside(server, page, browser):
    page.goto(server + START)
    settled(page)
    expect(page.locator("h1")).to_contain_text("targets of 6 priorities")
    page.get_by_role("radio", name="Next year’s targets").click()
    page.wait_for_url(re.compile("view=targets"))
    settled(page)
    page.locator(".st-key-card-levels").get_by_role("link", name="Homicide", exact=True).click()
    page.wait_for_url(re.compile("measure=homicides"))
    settled(page)
    expect(page.locator(".st-key-card-workshop h2")).to_contain_text("such years")
    field = page.get_by_role("spinbutton", name=re.compile("What if it were at most"))
    chosen, surely = int(field.input_value()), chance(page)
    assert 80 <= surely <= 85

    field.fill(str(chosen - 40))
    field.press("Enter")
    page.wait_for_url(re.compile(f"level={chosen - 40}"))
    settled(page)
    harder = chance(page)
    assert harder < surely
    typed = page.locator(".st-key-card-workshop tr", has_text="typed")
    expect(typed).to_contain_text(f"at most {chosen - 40}")
    expect(typed).to_contain_text(f"{harder} %")
    assert query(page)["as_at"] == ["2004-07-12"]

    again = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    again.goto(page.url)
    settled(again)
    assert chance(again) == harder
    again.context.close()


def test_where_a_move_would_hurt_least_stands_first(server, page):
    page.goto(f"{server}{START}&view=capacity")
    settled(page)
    first = page.locator("h1").inner_text().split(" at ")[1].split(":")[0]
    line = page.locator(".st-key-card-capacity table.scd tbody tr").first
    expect(line).to_contain_text(f"1 · {first}")
    expect(
        page.locator(".st-key-card-capacity canvas, .st-key-card-capacity svg").first
    ).to_be_visible()
