"""A page on paper: marking, SAMPLE DATA and as-at on each sheet, tables whole, charts drawn."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader

from tests.browser.test_meeting import settled
from tests.browser.test_sizes import PLACES as EVERY

pytestmark = pytest.mark.some(2, "sizes")

AT = "as_at=2004-07-12"
WITHOUT = ("audit", "help", "load")  # pages that stand on no snapshot
# A list in a frame, rows that are folded, a matrix wider than a sheet, a page for paper.
PLACES = {
    "day of a unit": f"ocu?{AT}&unit=SCD7&view=day",
    "tasking": f"?{AT}",
    "boroughs": f"boroughs?{AT}",
    "briefing": f"boroughs?{AT}&borough=E09000012&view=briefing",
}
# The first words of each row that the screen holds, but for what is only heard or stays there.
ROWS = """() => [...document.querySelectorAll('[class*=st-key-card-] table.scd tbody tr')]
    .filter(row => !row.closest('.unseen, [class*=st-key-card-]:has(.staying)'))
    .map(row => [...row.cells].map(cell => cell.textContent).find(words => words.trim()))
    .filter(Boolean)"""
# All lines of each of these rows.
LINES = """() => [...document.querySelectorAll('[class*=st-key-card-] table.scd tbody tr')]
    .filter(row => !row.closest('.unseen, [class*=st-key-card-]:has(.staying)'))
    .map(row => [...row.cells].flatMap(cell => cell.innerText.split('\\n')).filter(Boolean))"""

# Pictures that the screen shows and paper does not.
HIDDEN = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]
    .filter(held => held.offsetParent && !held.querySelector('svg, canvas')?.checkVisibility())
    .map(held => held.textContent)"""


def letters(words: str) -> str:
    """Without spaces and ligatures, which paper sets otherwise."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))


def set_on(row: list[str], sheet: str) -> bool:
    return all(line in sheet for line in row)


def unmarked(sheets: list[str], stamp: str) -> list[int]:
    """Sheets without the marking at head and foot, their number, or whose stand they are."""
    return [
        number
        for number, sheet in enumerate(sheets, 1)
        if sheet.count("RESTRICTED·SAMPLEDATA") < 2
        or stamp not in sheet
        or f"{number}of{len(sheets)}" not in sheet
    ]


@pytest.mark.few(2)
@pytest.mark.parametrize("place", EVERY)
def test_each_sheet_of_every_page_says_what_it_is(server, page, place):
    page.goto(f"{server}/{place}")
    settled(page)
    held = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    sheets = [letters(sheet.extract_text()) for sheet in held]
    of_none = place.partition("?")[0] in WITHOUT
    assert unmarked(sheets, "Ofnosnapshot" if of_none else "AsatMon12Jul2004") == []
    page.emulate_media(media="print")
    assert page.evaluate(HIDDEN) == []


@pytest.mark.few(1)
@pytest.mark.parametrize("name", PLACES)
def test_each_sheet_is_marked_and_no_row_is_lost(server, page, name):
    page.goto(f"{server}/{PLACES[name]}")
    settled(page)
    rows = [letters(words) for words in page.evaluate(ROWS)]
    lines = [[letters(words) for words in row] for row in page.evaluate(LINES)]
    sheets = [
        letters(sheet.extract_text())
        for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    ]
    assert unmarked(sheets, "AsatMon12Jul2004") == []
    assert rows and [row for row in rows if row not in "".join(sheets)] == []
    # A row whose lines are all on paper stands whole on one sheet.
    printed = [row for row in lines if all(line in "".join(sheets) for line in row)]
    assert printed
    assert [row for row in printed if not any(set_on(row, sheet) for sheet in sheets)] == []
    if name == "briefing":
        assert len(sheets) == 1
