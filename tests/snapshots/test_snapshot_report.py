"""What the snapshots page says: accounts that add up, who served what, and what was revised."""

from datetime import date

import pytest

from dashboard import ingest, reports
from dashboard.errors import NotFoundError
from dashboard.reports.snapshots import loaded
from tests.folders import Folder

HEAD = "crime_ref,reported_on,offence,borough,ocu,no_crimed_on\n"
ROWS = "A,2004-05-03,robbery_business,Camden,SCD7,\nB,2004-05-04,robbery_business,Camden,SCD7,\n"
MANY = "".join(f"C{n},2004-05-05,robbery_business,Camden,SCD7,\n" for n in range(100))


@pytest.fixture
def folder(tmp_path, shelf):
    """What the first test here published the next ones take: they read it only."""
    return Folder(tmp_path, shelf)


@pytest.fixture
def request_(folder):
    """Two snapshots; the second knows that B was no crime."""
    folder.load("crimes", HEAD + ROWS + "B,2004-05-04,murder,Camden,SCD1,\n", "2004-06-06")
    folder.publish("2004-06-07")
    folder.load("crimes", HEAD + ROWS[:-1] + "2004-06-10\n", "2004-06-20")
    folder.publish("2004-06-21")
    return reports.open_request(date(2004, 6, 21), None, folder.data)


def test_newest_first_and_the_open_one_is_marked(request_):
    rows = loaded.listing(request_).rows.to_pylist()
    assert [row["as_at"] for row in rows] == [date(2004, 6, 21), date(2004, 6, 7)]
    assert [row["open"] for row in rows] == [True, False]


def test_accounts_add_up_with_what_was_rejected(request_):
    found = loaded.sources(request_)
    assert found.title.endswith("in all of them")
    first = found.rows.to_pylist()[0]
    assert (first["rows_read"], first["rows_accepted"], first["rows_rejected"]) == (3, 2, 1)


def test_what_nothing_serves_is_listed_last(request_):
    rows = loaded.served(request_).rows.to_pylist()
    assert rows[0]["source"] == "crimes" and rows[-1]["source"] is None


def test_a_revised_figure_stands_old_to_new(request_):
    (other,) = loaded.others(request_)
    found = loaded.revised(request_, other)
    rows = found.rows.to_pylist()
    # Tasking says how many counts of one fortnight were revised: another figure, as is said here.
    assert "every period" in found.subtitle and "fortnight" in found.subtitle
    (found,) = [row for row in rows if row["measure"] == "commercial_robbery"]
    assert (found["old"], found["new"], found["period"]) == ("2", "1", "1 to 4 May 2004")
    assert found["borough_name"] == "Camden"


def test_comparing_with_a_snapshot_that_is_gone(request_):
    with pytest.raises(NotFoundError):
        loaded.revised(request_, "0123abcd")


def test_an_edited_file_is_named(request_):
    assert loaded.verify(request_) == []
    victim = request_.snapshot.path / "catalogue" / "boroughs.csv"
    victim.write_text(victim.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert any("boroughs.csv" in fault for fault in loaded.verify(request_))


def test_what_is_held_stands_with_its_reason_and_what_passed_with_whoever_let_it(folder):
    folder.load("crimes", HEAD + ROWS + MANY, "2004-06-06")
    folder.publish("2004-06-07")
    asked = reports.open_request(date(2004, 6, 7), None, folder.data)
    assert loaded.held(asked).rows.num_rows == 0
    folder.load("crimes", HEAD + ROWS, "2004-06-20")
    (row,) = loaded.held(asked).rows.to_pylist()
    assert (row["kind"], row["vintage"]) == ("crimes", "2004-06-20")
    assert "in all 102 became 2" in row["reason"]
    item = next(item for item in ingest.staged(folder.data) if item.held)
    ingest.let_pass(item, "local ann", "the old ones were another unit's")
    assert loaded.held(asked).rows.num_rows == 0
    folder.publish("2004-06-21")
    after = reports.open_request(date(2004, 6, 21), None, folder.data)
    first, second = [row["warnings"] for row in loaded.sources(after).rows.to_pylist()]
    assert "local ann" not in first
    assert "local ann" in second and "another unit's" in second
