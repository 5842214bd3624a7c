"""What a picture draws of a place or a unit can be opened: links beside it, one a mark."""

from __future__ import annotations

import pytest

from tests.browser.test_meeting import settled
from tests.browser.test_sizes import AT, PLACES

pytestmark = pytest.mark.some(2, "links")

# Of the card of a picture: what in its drawing stands for a place or a unit, one each.
MARKS = {
    "overdue-units": ".mark-text.role-axis-label text",
    "calendar": ".mark-rect.role-mark path",  # a visit owed: many of one unit stand in its column
    "funnel": ".mark-symbol.role-mark path",
    "boroughs": ".mark-symbol.role-mark path",
    "capacity": ".mark-text.role-mark:first-of-type text",
    "beyond": ".mark-text.role-mark:first-of-type text",
}
# Pictures whose marks are of nothing that has a page of its own, and what they are of.
OF_NO_PAGE = {
    "chart": "periods of the series whose records stand beside it",
    "alert": "fortnights of the series whose records stand beside it",
    "chart-": "periods of the series that the page is about",
    "season": "months of years",
    "branches": "parts of the unit that the page is about",
    "mix": "kinds of the records beside it",
    "backtest-fortnights": "forecasts that were",
    "backtest-reliability": "forecasts that were",
    "outcomes": "groups of people",
    "overtime-course": "months of the unit that the page is about",
    "overtime-causes": "causes of one difference",
    "priorities": "measures whose pages the table below it opens",
}
COUNTED = """([card, marks]) => {
    const here = document.querySelector(`.st-key-card-${card}`);
    const first = marks.endsWith('text') && marks.includes(':first-of-type');
    const all = [...here.querySelectorAll(marks.replace(':first-of-type', ''))];
    const kept = first ? all.filter(e => e.parentElement === all[0].parentElement) : all;
    return card === 'calendar'
        ? new Set(kept.map(e => Math.round(e.getBoundingClientRect().x))).size : kept.length;
}"""


def pictures(page) -> list[str]:
    """The cards of the page that hold a picture."""
    return page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].map(chart =>
            [...chart.closest('[class*=st-key-card-]').classList]
                .find(name => name.startsWith('st-key-card-')).slice(12))"""
    )


def has_no_page(card: str) -> bool:
    return card in OF_NO_PAGE or card.startswith("chart-")


@pytest.mark.few(3)
@pytest.mark.parametrize("place", [*PLACES, f"strategy?{AT}&view=capacity"])
def test_every_mark_of_a_place_or_a_unit_has_its_link(server, page, place):
    page.goto(f"{server}/{place}")
    settled(page)
    for card in pictures(page):
        if has_no_page(card):
            continue
        marks = page.evaluate(COUNTED, [card, MARKS[card]])
        links = page.locator(f".st-key-card-{card}").locator("nav.marks a, td a").count()
        assert marks and links >= marks, (card, marks, links)
        own = page.locator(f".st-key-card-{card} nav.marks span[data-mark]")
        if own.count():  # a list of the marks: neither more nor fewer
            assert own.count() == marks, card
