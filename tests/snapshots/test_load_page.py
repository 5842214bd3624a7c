"""The page Load and what Snapshots foretells: nonsense, a held file, the sample, no snapshot."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import ingest
from dashboard.access import look_as
from dashboard.errors import UsageError
from dashboard.periods import LONDON
from dashboard.reports.snapshots import loading
from dashboard.ui.kit.person import Person
from dashboard.ui.shell import visitor
from tests.screens import screen, stands_on

pytestmark = pytest.mark.some(6, "load page")

HEAD = "crime_ref,reported_on,offence,borough,ocu\n"
OLD = [f"R{n},2014-01-{n % 28 + 1:02d},murder,Camden,SCD1\n" for n in range(60)]


@pytest.fixture(autouse=True)
def here(folder, monkeypatch):
    monkeypatch.setattr(loading, "apart", lambda function, *values: function(*values))
    stands_on(folder.data)


def opened(page: str = "load") -> AppTest:
    return screen(page).run()


def words(page: AppTest) -> str:
    assert not page.exception
    parts = [element.proto.body for element in page.get("html")]
    return re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style.*?</style>", "", " ".join(parts)))


def brought(page: AppTest, content: bytes, name: str = "x 2015-03-08.csv") -> AppTest:
    page.file_uploader[0].set_value((name, content, "text/csv"))
    return page.run()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b'{"a": 1}', "JSON"),
        (b"PK\x03\x04 cut short", "damaged"),
        (b"a,b\n1,2\n", "choose what it is"),
    ],
)
def test_what_is_no_table_of_ours_is_a_sentence(content, said):
    assert said in words(brought(opened(), content))


def test_it_is_loaded_first_where_nothing_is_published_yet(folder):
    page = brought(opened(), (HEAD + OLD[0]).encode())
    assert page.date_input[0].value == date(2015, 3, 8)  # of the name
    page.button(key="stage").click().run()
    assert "1 row accepted" in words(page)
    assert [item.vintage for item in ingest.staged(folder.data)] == [date(2015, 3, 8)]
    assert "Load a file here" in words(opened("tasking"))


def test_a_held_file_says_so_before_and_passes_with_a_reason_alone(folder):
    folder.load("crimes", HEAD + "".join(OLD), "2015-03-01")
    page = brought(opened(), (HEAD + "".join(OLD[:7])).encode())
    assert "It will be held" in words(page) and "in all 60 became 7" in words(page)
    page.button(key="stage").click().run()
    assert "2 files loaded, 1 not published yet, 1 held" in words(page)
    number = max(item.sequence for item in ingest.staged(folder.data))
    page.selectbox(key="load-one").select(number).run()
    page.button(key="pass").click().run()
    assert "the reason is kept" in words(page)
    page.text_input(key="load-reason").input("it was split").run()
    page.button(key="pass").click().run()
    assert "goes into the next publish" in words(page)
    assert ingest.staged(folder.data)[-1].passed["reason"] == "it was split"
    page.selectbox(key="load-one").select(number).run()
    page.button(key="withdraw").click().run()
    assert "is withdrawn" in words(page) and len(ingest.staged(folder.data)) == 1


def test_beside_the_sample_a_file_is_tried_and_not_kept(sample_data, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(sample_data))
    page = brought(opened(), (HEAD + OLD[0]).encode())
    assert "synthetic sample lies here" in words(page)
    assert "What becomes of it" in words(page)
    assert "stage" not in [button.key for button in page.button]


def test_who_may_not_load_is_shown_no_door(monkeypatch):
    monkeypatch.setattr(visitor, "local_person", lambda: Person("bob", "", look_as("chair")))
    page = opened()
    assert "may not load files" in words(page) and not page.file_uploader


def test_snapshots_foretells_what_the_next_publish_changes(folder):
    folder.load("crimes", HEAD + "".join(OLD), "2015-03-01")
    folder.publish("2015-03-02")
    page = opened("snapshots")
    assert "All that is loaded is published" in words(page)
    page.button(key="coming").click().run()
    assert "Nothing changes" in words(page)
    folder.load("crimes", HEAD + "".join(OLD[1:]), "2015-03-08")
    page = opened("snapshots")
    assert "Loaded and not published: source-2.csv" in words(page)
    page.button(key="coming").click().run()
    assert "January 2014" in words(page) and "60 → 59" in words(page)


def test_a_day_that_is_still_to_come_is_refused_by_page_and_command_alike(folder):
    page = brought(opened(), (HEAD + OLD[0]).encode())
    tomorrow = datetime.now(LONDON).date() + timedelta(days=1)
    page.date_input[0].set_value(tomorrow).run()
    assert "still to come" in words(page)
    assert "stage" not in [button.key for button in page.button]
    with pytest.raises(UsageError, match="still to come"):
        folder.load("crimes", HEAD + OLD[0], str(tomorrow))
    today = tomorrow - timedelta(days=1)
    assert folder.load("crimes", HEAD + OLD[0], str(today)).staged


def test_any_day_that_has_been_is_taken_however_long_ago(folder):
    page = brought(opened(), f"{HEAD}R1,1999-01-02,murder,Camden,SCD1\n".encode(), "x.csv")
    page.date_input[0].set_value(date(1999, 1, 3)).run()
    page.button(key="stage").click().run()
    assert [item.vintage for item in ingest.staged(folder.data)] == [date(1999, 1, 3)]
