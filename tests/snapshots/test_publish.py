"""A snapshot is whole or not there; damage shows; the last good one goes on serving."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from dashboard import snapshots
from dashboard.errors import ContentError, NotFoundError

ONE = "crime_ref,reported_on,offence,borough,ocu\nA,2004-06-01,murder,Camden,SCD1\n"


@pytest.fixture
def published(folder):
    folder.load("crimes", ONE, "2004-06-10")
    return folder.publish("2004-06-14")


def test_publishing_the_same_again_changes_nothing(folder, published):
    again = folder.publish("2004-06-14")
    assert (again.id, again.published_at) == (published.id, published.published_at)
    assert len(snapshots.listing(folder.path / "data")) == 1


OWN = """-- measure:   own_kidnaps
-- name:      Kidnaps that we count ourselves
-- question:  How many kidnaps were reported?
-- owner:     serious_crime
-- scope:     ocu
-- unit:      n
-- better:    lower
-- aggregate: sum
-- grain:     day
-- basis:     one offence a report, on the day it was reported; no-crimes left out
-- fact:      crimes
-- records:   offence = 'kidnap' and {records}
-- why:       a test
-- review_on: 2033-04-01
"""


@pytest.mark.parametrize(
    ("records", "word"),
    [
        ("weapon = 'knife'", None),
        ("victim_sex = 'female'", "apart by victim_sex"),
        ("wepon = 'knife'", '"weapon"'),
        ("weapon = 'knif'", "'knife'"),
    ],
)
def test_what_check_refuses_is_not_published(folder, records, word):
    """It was named by `check` alone, and published by whoever had not run it."""
    knife = ONE.replace(",ocu", ",ocu,weapon").replace(
        "murder,Camden,SCD1", "kidnap,Camden,SCD7,knife"
    )
    folder.load("crimes", knife, "2004-06-10")
    folder.own_catalogue("")
    own = folder.data / "catalogue" / "measures"
    own.mkdir()
    (own / "own_kidnaps.sql").write_text(OWN.format(records=records), "utf-8")
    if word is None:
        assert "own_kidnaps" in set(
            folder.rows(folder.publish("2004-06-14"), "observations")["measure"]
        )
        return
    with pytest.raises(ContentError, match=rf"own_kidnaps\.sql.*{word}"):
        folder.publish("2004-06-14")
    assert not list((folder.data / "snapshots").rglob("*.*"))


def test_records_of_a_unit_that_is_gone_from_the_catalogue_are_named(folder):
    """No sum has them: the force was one kidnap short, and nothing said so."""
    folder.load("crimes", ONE.replace("murder,Camden,SCD1", "kidnap,Camden,SCD10"), "2004-06-10")
    folder.own_catalogue("")
    path = folder.data / "catalogue" / "organisation.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("SCD10")), "utf-8")
    (said,) = folder.publish("2004-06-14").manifest["warnings"]
    assert said.startswith("1 row of crimes of the unit 'SCD10'") and "organisation.csv" in said


def test_no_building_folder_is_left(folder, published):
    assert [item.name for item in published.path.parent.iterdir()] == [published.id]


def test_a_disk_that_is_full_leaves_the_last_good_snapshot(folder, published, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    folder.load("crimes", ONE.replace("A,", "B,"), "2004-06-12")
    monkeypatch.setattr(sys.modules[snapshots.publish.__module__], "sync", full)
    with pytest.raises(ContentError, match="No space left"):
        folder.publish("2004-06-14")
    assert [item.id for item in snapshots.listing(folder.path / "data")] == [published.id]
    assert [item.name for item in published.path.parent.iterdir()] == [published.id]


def test_a_manifest_edited_by_hand_is_refused(folder, published):
    manifest = published.path / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"2004-06-10"', '"2004-06-09"'))
    with pytest.raises(ContentError, match="changed after publishing"):
        snapshots.get(folder.path / "data", published.as_at)


def test_a_half_copied_snapshot_is_passed_over(folder, published):
    (published.path / "marts" / "observations.parquet").unlink()
    found, faults = snapshots.scan(folder.path / "data")
    assert found == []
    assert "observations.parquet is missing" in faults[0]


def test_a_cut_parquet_is_passed_over(folder, published):
    path = published.path / "marts" / "observations.parquet"
    path.write_bytes(path.read_bytes()[:-9])
    assert "bytes" in snapshots.scan(folder.path / "data")[1][0]


def test_verify_names_a_file_changed_in_place(folder, published):
    path = published.path / "marts" / "observations.parquet"
    body = bytearray(path.read_bytes())
    body[8] ^= 1  # same size, one bit other
    path.write_bytes(body)
    assert snapshots.verify(published) == [
        "marts/observations.parquet differs from what was published"
    ]


def test_a_snapshot_that_is_not_there_lists_those_that_are(folder, published):
    with pytest.raises(NotFoundError) as caught:
        snapshots.get(folder.path / "data", snapshot_id="2004-06-13")
    assert caught.value.exit_code == 3


def test_of_days_those_nearest_in_time_are_said(folder, published):
    folder.publish("2004-06-28")
    with pytest.raises(NotFoundError) as caught:
        snapshots.get(folder.path / "data", date(1990, 1, 1))
    assert caught.value.near == ["2004-06-14", "2004-06-28"]
    with pytest.raises(NotFoundError) as caught:
        snapshots.get(folder.path / "data", date(2004, 6, 27))
    assert caught.value.near == ["2004-06-28", "2004-06-14"]


def test_the_manifest_says_what_went_in(published):
    source = published.manifest["sources"][0]
    assert source["kind"] == "crimes"
    assert source["vintage"] == "2004-06-10"
    assert json.dumps(published.manifest)


def test_a_connection_reads_nothing_but_its_snapshot(published):
    import duckdb

    from dashboard.access.scope import Scope
    from dashboard.snapshots.store import views

    connection = views(published, Scope("all", None, frozenset()))
    for sql in ("select * from read_text('/etc/passwd')", "set enable_external_access = true"):
        with pytest.raises(duckdb.Error):
            connection.execute(sql)


def test_of_two_publishes_of_a_day_the_second_waits_and_finds_it_done(folder):
    folder.load("crimes", ONE, "2004-06-10")
    with ThreadPoolExecutor(2) as both:
        first, second = both.map(folder.publish, ["2004-06-14"] * 2)
    # What the second made itself would have been published later.
    assert (first.id, first.published_at) == (second.id, second.published_at)
    assert [path.name for path in first.path.parent.iterdir()] == [first.id]
