"""The quarterly meeting on the wall: the strategic page's statements, a screen each."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import reports
from dashboard.reports.strategy import capacity, harm, needs, priorities, wall_items
from dashboard.words import numbers


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


def test_each_part_says_what_its_page_says(request_):
    items = {item.key: item for item in wall_items.agenda(request_)}
    assert next(iter(items)) == "opening"
    for key, page in (
        ("priorities", priorities.priorities),
        ("capacity", capacity.capacity),
        ("harm", harm.units),
        ("needs", needs.needs),
    ):
        assert items[key].title == page(request_).title
    said = items["opening"].lists[0].lines
    assert said == tuple(item.title for key, item in items.items() if key not in SELF)


SELF = ("opening", "priorities")  # the opening's own title is that of the priorities


def test_a_screen_holds_six_rows_and_no_code(request_):
    for item in wall_items.agenda(request_):
        assert len(item.facts) <= wall_items.MOST
        assert all(shown.rows.num_rows <= wall_items.MOST for shown in item.pictures)
        words = [item.title, item.sentence, item.strip, *(" ".join(row) for row in item.facts)]
        assert numbers.MISSING not in " ".join(words)


def test_of_nothing_there_is_an_opening_alone(folder):
    folder.load(
        "crimes",
        "crime_ref,reported_on,offence,borough,ocu\nC1,2004-05-01,kidnap,Hackney,SCD7\n",
        "2004-06-01",
    )
    folder.publish("2004-06-07")
    opened = reports.open_request(date(2004, 6, 7), None, folder.data)
    keys = [item.key for item in wall_items.agenda(opened)]
    assert keys[0] == "opening" and "priorities" not in keys and "needs" not in keys
