"""What a snapshot answered is read by the next process, by those alone who see as much."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from dashboard import queries, reports
from dashboard.access import LOCAL, Role
from dashboard.errors import ContentError
from dashboard.reports.request import answers, seen
from dashboard.snapshots import store
from tests.folders import Folder

CRIME = "crime_ref,reported_on,offence,borough,ocu,validated_on\n"
RUN = queries.Connection.run
GUEST = Role("guest", "guest", "all")
OF_CAMDEN = Role("borough", "of Camden", "borough", borough="E09000007")


@pytest.fixture
def folder(tmp_path, shelf):
    known = Folder(tmp_path, shelf)
    known.load("crimes", f"{CRIME}C1,2004-06-01,robbery_business,Camden,SCD7,\n", "2004-06-27")
    known.publish("2004-06-28")
    with answers.kept():
        asked(known, LOCAL)
    return known


def asked(folder, role, name="fitness_records", **params):
    """What a new process is told, and how many queries that took."""
    seen.shared.cache_clear()
    seen.own_views.cache_clear()
    request = reports.open_request(None, None, folder.data, role)
    with patch.object(queries.Connection, "run", autospec=True, side_effect=RUN) as run:
        return request.run(name, **params), run.call_count


def test_it_is_read_and_the_snapshot_asked_nothing(folder):
    rows, queried = asked(folder, LOCAL)
    assert queried == 0
    (file,) = (folder.data / "state").rglob("answers-*")
    file.unlink()
    answers.file_of.cache_clear()
    again, queried = asked(folder, LOCAL)
    assert queried == 1 and again.equals(rows)


def test_who_sees_the_same_figures_reads_it_and_who_sees_less_does_not(folder):
    assert asked(folder, GUEST)[1] == 0
    assert asked(folder, OF_CAMDEN)[1] == 1


def test_it_answers_no_other_parameters(folder):
    unit = {"unit": "SCD7", "measure": None}
    with answers.kept():
        asked(folder, LOCAL, "returns_missing", **unit)
    assert asked(folder, LOCAL, "returns_missing", **unit)[1] == 0
    assert asked(folder, LOCAL, "returns_missing", **unit | {"unit": "SCD8"})[1] == 1
    assert asked(folder, LOCAL)[1] == 0  # what was kept before stays


def test_records_are_never_in_it(folder):
    until = {"until": "2004-06-28"}
    with answers.kept():
        asked(folder, LOCAL, "records_owed", **until)
    assert asked(folder, LOCAL, "records_owed", **until)[1] == 1


def test_a_file_that_was_cut_short_is_as_good_as_none(folder):
    (file,) = (folder.data / "state").rglob("answers-*")
    file.write_bytes(file.read_bytes()[:-40])
    answers.file_of.cache_clear()
    assert asked(folder, LOCAL)[1] == 1


def test_a_damaged_snapshot_is_refused_whatever_is_kept_of_it(folder):
    (fact,) = (folder.data / "snapshots").rglob("crimes.parquet")
    held = bytearray(fact.read_bytes())
    held[50] ^= 1
    fact.chmod(0o644)
    fact.write_bytes(held)
    store.seen_whole.clear()
    with pytest.raises(ContentError, match="damaged"):
        asked(folder, LOCAL)
