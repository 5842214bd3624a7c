"""Results put into the pack on two pages, made into one document, and the way back to each."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.test_meeting import query, settled

pytestmark = pytest.mark.some(2, "journeys")

UNIT = "/ocu?as_at=2004-07-12&unit=SCD7&measure=commercial_robbery"
OVERTIME = "/overtime?as_at=2004-07-12&unit=SCD7"


def collect(page: Page) -> None:
    """Adds the first result of the page to the pack."""
    settled(page)
    page.get_by_role("button", name="Download").first.click()
    page.get_by_role("button", name="Add to pack").click()
    expect(page.get_by_role("button", name="In the pack")).to_be_disabled()


def test_from_two_pages_to_one_document_and_back(server, page):
    for address in (UNIT, OVERTIME):
        page.goto(server + address)  # a new session each: what was collected stays
        collect(page)
    page.goto(f"{server}/reports?as_at=2004-07-12")
    settled(page)
    listed = page.locator(".collected a")
    expect(listed).to_have_count(2)
    titles = listed.all_inner_texts()

    page.get_by_role("button", name="Make a pack of these").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("Download PDF")).click()
    found = waiting.value
    assert found.suggested_filename == "RESTRICTED_SAMPLE-DATA_Collected-pack_2004-07-12.pdf"
    pages = PdfReader(io.BytesIO(found.path().read_bytes())).pages
    words = " ".join(" ".join(one.extract_text() for one in pages).split())
    for title in titles:
        assert title in words

    listed.first.click()
    page.wait_for_url(re.compile(r"/ocu\?"))
    settled(page)
    assert query(page)["unit"] == ["SCD7"]
    assert query(page)["measure"] == ["commercial_robbery"]

    page.goto(f"{server}/reports?as_at=2004-07-12")
    settled(page)
    page.get_by_role("button", name="Empty the list").click()
    expect(page.get_by_role("button", name="Put them back")).to_be_visible()
    expect(listed).to_have_count(0)
