"""Empty and error states: each says in its own words what to do, none shows a traceback."""

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import snapshots
from dashboard.ui.shell import frame
from tests.screens import screen, words

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "dashboard" / "app.py"
ROWS = """crime_ref,reported_on,offence,borough,ocu
R1,2004-07-01,robbery_business,Camden,SCD7
"""


@pytest.fixture
def empty(tmp_path):
    return screen("tasking", tmp_path)


def test_an_empty_data_folder_says_how_to_fill_it(empty):
    page = empty.run()
    assert not page.exception
    assert "There is no snapshot yet" in words(page)
    assert "python -m dashboard sample" in words(page)


def test_the_marking_stands_even_without_a_snapshot(empty, monkeypatch):
    monkeypatch.setenv("DASHBOARD_MARKING", "Restricted")
    assert words(empty.run()).count("RESTRICTED") == 2


@pytest.mark.parametrize("room", ["load", "audit", "help"])
def test_a_page_without_a_snapshot_says_that_it_stands_on_the_sample(room, sample_data):
    page = screen(room, sample_data).run()
    said = words(page)
    assert not page.exception and said.count("SAMPLE DATA") == 1  # the chip of the bar
    assert said.count("RESTRICTED") >= 2 and "OFFICIAL" not in said
    on_paper = " ".join(re.findall(r"@page[^<]*", " ".join(e.proto.body for e in page.get("html"))))
    assert on_paper.count("RESTRICTED · SAMPLE DATA") == 2


def test_files_of_ones_own_are_no_sample(folder):
    folder.load("crimes", ROWS, "2004-07-02")
    folder.publish("2004-07-05")
    page = screen("help", folder.data).run()
    assert "SAMPLE DATA" not in " ".join(e.proto.body for e in page.get("html"))


def test_a_link_to_a_snapshot_that_is_gone(empty, monkeypatch):
    monkeypatch.setattr(frame, "listed", lambda data: [(date(2004, 7, 12), "abc")])
    empty.query_params["as_at"] = "2004-06-28"
    said = words(empty.run())
    assert "The snapshot of this link is not here" in said
    assert "As at Mon 12 Jul 2004" in said


@pytest.mark.parametrize("typed", ["<script>", "31/12/2003"])
def test_a_date_that_is_none_is_a_sentence_below_the_marking(empty, typed):
    empty.query_params["as_at"] = typed
    page = empty.run()
    assert not page.exception
    assert "YYYY-MM-DD" in words(page)
    assert words(page).count("OFFICIAL-SENSITIVE") == 2


def _known_fault():
    from dashboard import ui
    from dashboard.errors import NotFoundError

    with ui.guard():
        raise NotFoundError("unit", "SCD77`<b>", ("SCD7",))


def _unknown_fault():
    from dashboard import ui

    with ui.guard():
        raise RuntimeError("/secret/path")


def test_a_known_error_is_shown_as_its_sentence():
    page = AppTest.from_function(_known_fault).run()
    assert not page.exception
    assert (
        "There is no unit &#x27;SCD77`&lt;b&gt;&#x27;; near it: SCD7"
        in page.get("html")[0].proto.body
    )


def test_anything_else_is_a_reference_number_that_the_log_holds(caplog):
    page = AppTest.from_function(_unknown_fault).run()
    said = page.error[0].value
    number = re.search(r"reference ([0-9A-F]{6})", said)[1]
    assert "/secret" not in said
    assert f"incident {number}" in caplog.text
    assert "/secret/path" in caplog.text


def test_freshness_in_words():
    as_at = date(2004, 7, 12)
    assert frame.freshness(as_at, as_at) == "Data to Sun 11 Jul 2004 · 1 day old"
    assert frame.freshness(date(2004, 7, 1), as_at) == "Data to Wed 30 Jun 2004 · 12 days old"
    assert frame.freshness(None, as_at) == "No data"


def test_every_page_of_the_menu_has_its_file():
    listed = re.findall(r'"\.\./(pages/\w+\.py)"', APP.read_text("utf-8"))
    assert {ROOT / name for name in listed} == set((ROOT / "pages").glob("*.py"))


def test_a_page_says_how_many_meetings_are_published_so_far(folder, monkeypatch):
    """While a sample is published beside the server: what is shown is not all there will be."""
    folder.load("crimes", ROWS, "2004-07-02")
    folder.publish("2004-07-05")
    monkeypatch.setenv("DASHBOARD_DATA", str(folder.data))
    snapshots.begin(folder.data, [date(2004, 6, 21), date(2004, 7, 5)])
    page = screen("explore")
    assert "1 of 2 meetings published so far" in words(page.run())
    snapshots.end(folder.data)
    assert "published so far" not in words(page.run())
