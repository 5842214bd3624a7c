"""The same figure is the same on every page, in every pack and command; none is of nothing."""

from __future__ import annotations

from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from dashboard import reports
from tests import choosing
from tests.figures import walk

AS_AT = date(2004, 7, 12)
ALERT = {"unit": "SCD7", "borough": "E09000012"}  # of the meeting's first alert
UNITS = ("SCD1", "SCD2", "SCD4", "SCD5", "SCD6", "SCD7", "SCD8", "SCD10", "SCD11")
PAGES = [
    ("tasking", {}),
    ("boroughs", {}),
    ("boroughs", {"borough": ALERT["borough"]}),
    ("overtime", {}),
    ("trends", {"measure": "gun_crime"}),
    ("ocu", {"unit": ALERT["unit"]}),
    *(("ocu", {"unit": unit}) for unit in choosing.chosen(UNITS, 1, "walk-ocu")),
    *(("overtime", {"unit": unit}) for unit in choosing.chosen(UNITS, 1, "walk-overtime")),
]
PACKS = [
    ("tasking", {}),
    ("monthly", {}),
    ("star-chamber", {}),
    ("strategic", {}),
    ("unit", {"unit": ALERT["unit"]}),
    ("borough", {"borough": ALERT["borough"]}),
]
# Links of rows that are followed, some of each page that they lead to.
FOLLOWED = {"ocu": 2, "trends": 2, "boroughs": 1, "overtime": 1}
# Heads of columns that hold no figure of a measure, and what they hold.
OF_NO_MEASURE = {
    "": "places in a list",
    "What it says": "rows and parameters in the account of a figure",
    "Number": "places in a list",
    "Vacant": "posts",
    "Alerts": "rows of the alert list",
    "Days": "the age of a record",
    "Days over": "the age of what is overdue at a unit",
    "Difference": "one figure less another",
    "Added up": "differences so far",
    "People": "a cause of a difference, or who claimed",
    "Hours each": "a cause of a difference",
    "Cost an hour": "a cause of a difference",
    "Changed rates": "a cause of a difference",
    "Hours": "hours claimed",
    "Claims": "lines of claims",
    "Officers": "posts",
    "£ a month": "an officer's mean",
    "Hours a month": "an officer's mean",
    "Gave": "budget moved by a decision",
    "Got": "budget moved by a decision",
    "Budget": "a year's budget, to the penny",
    "With what was moved": "a year's budget and what was moved",
    "Forecast beyond it": "one figure less another",
    "Rest": "areas that are no borough, together",
    "London": "all areas together",
}
# Of one category of claim or one operation, which no measure counts.
OF_ONE_KIND = {"Profile", "Spent"}


@pytest.fixture(scope="module")
def pages(sample_data):
    """The HTML of each page."""
    asked = {"as_at": AS_AT.isoformat()}
    return {f"{page} {of}": walk.bodies(page, sample_data, **asked, **of) for page, of in PAGES}


@pytest.fixture(scope="module")
def figures(sample_data, pages):
    """All figures printed, those that are the same figure together."""
    request = reports.open_request(AS_AT, data=sample_data)
    seen = [item for where, html in pages.items() for item in walk.on_page(where, html)]
    for name, of in PACKS:
        seen += walk.in_pack(request, name, **of)
    return walk.by_figure([*seen, *walk.printed(request)])


def test_the_same_figure_has_one_value_wherever_it_stands(figures):
    several = [group for group in figures.values() if len({item.where for item in group}) > 1]
    assert len(several) > 100
    assert [group for group in several if walk.differing(group)] == []


def test_the_same_figure_is_written_in_one_way(figures):
    assert [group for group in figures.values() if len(walk.wordings(group)) > 1] == []


def test_an_alert_is_the_same_on_page_in_pack_and_command(figures):
    of_alert = [
        group
        for (of, what), group in figures.items()
        if what == "value" and any(item.where == "alerts --json" for item in group)
    ]
    first = max(of_alert, key=lambda group: group[0].value)
    assert {item.where.split()[0] for item in first} >= {"tasking", "pack", "alerts"}


def test_the_link_of_a_figure_leads_to_the_same_figure(pages, sample_data, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(sample_data))
    asked = {
        (address, of)
        for name, html in pages.items()
        for address, of in walk.followed(html)
        if name.split()[0] in ("tasking", "boroughs", "overtime")
    }
    of_page = {page: [item for item in asked if item[0].startswith(page)] for page in FOLLOWED}
    lost = []
    for page, some in of_page.items():
        for address, of in choosing.chosen(sorted(some, key=str), FOLLOWED[page], f"follow-{page}"):
            params = dict(parse_qsl(urlsplit(address).query))
            there = " ".join(walk.bodies(page, sample_data, **params))
            if not of & {unescape(item) for item in walk.FIGURE.findall(there)}:
                lost.append((address, sorted(of)))
    assert lost == []


def test_no_page_names_a_statistic_but_under_why(pages):
    said = {name: walk.named_statistics(html) for name, html in pages.items()}
    assert {name: names for name, names in said.items() if names} == {}


@pytest.mark.parametrize("page", sorted({page for page, _ in PAGES}))
def test_no_cell_prints_a_figure_that_is_of_nothing(pages, page):
    own = [html for name, html in pages.items() if name.startswith(page)]
    bare = {found for html in own for found in walk.without(html)}
    known = set(OF_NO_MEASURE) | (OF_ONE_KIND if page == "overtime" else set())
    assert {found for found in bare if found[0] not in known} == set()
