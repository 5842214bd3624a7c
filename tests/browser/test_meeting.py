"""What a person does: from an alert to the unit, with the filters kept, and a link that lasts."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

pytestmark = pytest.mark.some(2, "rooms")


def settled(page: Page) -> None:
    """Waits until the page has been drawn and nothing runs any more."""
    page.wait_for_selector("h1, h2, .statement, .fault, [data-testid='stMarkdown']")
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    before, same = "", 0
    for _ in range(200):  # charts are drawn after the page: wait until nothing changes
        page.wait_for_timeout(150)
        now = page.locator("[data-testid='stMain']").inner_text()
        same = same + 1 if now == before else 0
        before = now
        if same >= 4:
            return
    raise AssertionError("the page did not come to rest in 30 seconds")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def figures(page: Page) -> list[str]:
    """All numbers in the page's body, in order."""
    return re.findall(r"\d[\d,.]*", page.locator("[data-testid='stMain']").inner_text())


def test_from_an_alert_to_the_unit_and_a_link_that_says_the_same(server, page, browser):
    page.goto(server)
    settled(page)
    main = page.locator("[data-testid='stMain']")
    expect(main).to_contain_text("Commercial robbery is above what was expected")
    assert query(page)["as_at"] == ["2004-07-12"]  # spelt out, though nobody asked
    main.get_by_role("link", name="Commercial robbery").first.click()
    page.wait_for_url(re.compile(r"/ocu\?"))
    settled(page)
    kept = query(page)
    assert kept["as_at"] == ["2004-07-12"]
    assert kept["unit"] == ["SCD7"]
    assert kept["measure"] == ["commercial_robbery"]
    assert kept["borough"] == ["all"]  # the alert is of three: none is chosen for the reader
    first = figures(page)
    assert len(first) > 50

    again = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    again.goto(page.url)
    settled(again)
    expect(again.locator("[data-testid='stMain']")).to_contain_text("Commercial robbery")
    assert figures(again) == first
    again.context.close()


def complaint(said: ConsoleMessage) -> str:
    """What an error on the console says and where; '' for what is none."""
    place = said.location["url"]
    # On a deep link Streamlit looks for its server below the page's path first, then at the root.
    if said.type != "error" or re.search(r"/\w+/_stcore/(health|host-config)$", place):
        return ""
    return f"{said.text} {place}"


@pytest.mark.few(1)
@pytest.mark.parametrize("room", ["", "ocu?unit=SCD7&measure=commercial_robbery", "snapshots"])
def test_nothing_leaves_the_machine_and_nothing_breaks(server, page, room):
    hosts: set[str] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(urlparse(request.url).hostname or ""))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(complaint(said)) if complaint(said) else None)
    page.goto(f"{server}/{room}")
    settled(page)
    assert hosts - {"127.0.0.1", ""} == set()  # "": data and blob addresses
    assert errors == []
    assert page.get_by_test_id("stAlert").count() == 0  # no part of the page gave up
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) == 0  # nothing is cut off at 1280


def test_a_link_to_a_unit_that_is_not_there_says_so(server, page):
    page.goto(f"{server}/ocu?as_at=2004-07-12&unit=SCD99")
    settled(page)
    main = page.locator("[data-testid='stMain']")
    expect(main).to_contain_text("there is no unit 'SCD99'")
    expect(main.get_by_role("link", name="SCD7 Serious and Organised Crime")).to_be_visible()
    assert "Traceback" not in main.inner_text()


def test_a_link_to_a_snapshot_that_is_gone_says_so(server, page):
    page.goto(f"{server}/?as_at=1999-01-01")
    settled(page)
    main = page.locator("[data-testid='stMain']")
    expect(main).to_contain_text("The snapshot of this link is not here")
    expect(main.get_by_role("link", name="As at Mon 12 Jul 2004")).to_be_visible()
    assert "Traceback" not in main.inner_text()


def test_an_older_meeting_is_chosen_in_the_bar_and_stands_in_the_address(server, page):
    page.goto(server)
    settled(page)
    page.get_by_role("combobox", name="As at").click()
    page.get_by_role("option", name="As at Mon 28 Jun 2004").click()
    page.wait_for_url(re.compile("as_at=2004-06-28"))
    settled(page)
    assert query(page)["snapshot"][0]
    expect(page.locator("[data-testid='stMain']")).to_contain_text("14 to 27 June 2004")


def test_the_snapshots_page_lists_all_eight(server, page):
    page.goto(f"{server}/snapshots?as_at=2004-07-12")
    settled(page)
    expect(page.locator("[data-testid='stMain']")).to_contain_text("5 Apr")


def test_rooms_and_alerts_are_reached_with_the_tab_key(server, page):
    page.goto(server)
    settled(page)
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText || ''").strip())
    assert [room for room in ("OCU", "Data") if room not in reached] == []
    assert any("Commercial robbery" in words for words in reached)
