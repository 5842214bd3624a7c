"""From a tile to its borough, to the unit's records and back, by keyboard, with filters kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_meeting import query, settled

pytestmark = pytest.mark.some(2, "rooms")

START = "/boroughs?as_at=2004-07-12&measure=commercial_robbery&against=history&span=planning"
HACKNEY = "E09000012"
KEPT = ("as_at", "measure", "against", "span")


def filters(page: Page) -> dict[str, list[str] | None]:
    return {key: query(page).get(key) for key in KEPT}


def test_tile_borough_unit_records_and_back(server, page):
    page.goto(server + START)
    settled(page)
    asked = filters(page)
    assert asked["against"] == ["history"]
    tile = page.locator("a.tile", has_text="HCK")
    expect(tile).to_have_accessible_name(re.compile("^Hackney: .*Open its page$"))
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"borough={HACKNEY}"))
    settled(page)
    expect(page.locator("h1")).to_contain_text("Hackney")
    assert filters(page) == asked
    borough = page.url

    page.get_by_role("link", name=re.compile("^Commercial robbery, open SCD7")).click()
    page.wait_for_url(re.compile(r"/ocu\?"))
    settled(page)
    assert query(page)["borough"] == [HACKNEY]
    assert filters(page) == asked
    expect(page.locator(".st-key-card-records")).to_contain_text("Records behind")
    expect(page.locator(".st-key-card-records td", has_text="Hackney").first).to_be_visible()

    page.go_back()
    if "/ocu" in page.url:  # the unit's page had spelled a default out into its address
        page.go_back()
    page.wait_for_url(borough)
    settled(page)
    page.get_by_role("link", name="All boroughs", exact=True).click()
    page.wait_for_url(re.compile("borough=all"))
    settled(page)
    assert filters(page) == asked


def test_a_screen_reader_has_the_map_as_a_table_and_nothing_is_cut(server, page):
    page.goto(server + START)
    settled(page)
    table = page.locator(".unseen table.scd")
    expect(table.locator("tbody tr")).to_have_count(32 + 1 + 2)  # boroughs, City, beside the map
    total = page.locator(".st-key-card-map .note:not(.key)").first
    expect(total).to_contain_text("= 710")  # what the tiles and what lies beside them come to
    box, marking = total.bounding_box(), page.locator(".marking.bottom").bounding_box()
    assert box and marking and box["y"] + box["height"] <= marking["y"]  # on the first screen
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 1280


@pytest.mark.few(1)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_stand_out_from_their_tile_in_both_themes(server, browser, scheme):
    context = browser.new_context(viewport={"width": 1280, "height": 720}, color_scheme=scheme)
    page = context.new_page()
    page.goto(server + START)
    settled(page)
    colours = page.evaluate(
        """() => {
            const tile = document.querySelector('a.tile b');
            let ground = tile;
            const clear = 'rgba(0, 0, 0, 0)';
            while (getComputedStyle(ground).backgroundColor === clear && ground.parentElement)
                ground = ground.parentElement;
            return [getComputedStyle(tile).color, getComputedStyle(ground).backgroundColor];
        }"""
    )
    light, dark = sorted((_luminance(colour) for colour in colours), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5  # WCAG 2.2, 1.4.3
    context.close()


def _luminance(colour: str) -> float:
    """Relative luminance of 'rgb(29, 39, 51)'."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
