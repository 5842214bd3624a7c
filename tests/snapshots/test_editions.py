"""One question over several snapshots: which of them answer, and what an older one lacks."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard.access import Scope
from dashboard.errors import NotFoundError
from dashboard.snapshots import editions, listing
from tests.folders import Folder

ALL = Scope("all", None, frozenset())
HEAD = "crime_ref,reported_on,offence,borough,ocu\n"


@pytest.fixture
def folder(tmp_path, shelf):
    """What the first test here published the next ones take: they read it only."""
    return Folder(tmp_path, shelf)


@pytest.fixture
def infos(folder):
    folder.load("crimes", f"{HEAD}C1,2004-06-01,kidnap,Camden,SCD7\n", "2004-06-13")
    folder.publish("2004-06-14")
    folder.load(
        "crimes",
        f"{HEAD}C1,2004-06-01,blackmail,Camden,SCD7\nC2,2004-06-02,kidnap,Camden,SCD7\n",
        "2004-06-27",
    )
    folder.publish("2004-06-28")
    return editions.editions(listing(folder.data), date(2004, 6, 28))


def test_one_snapshot_an_as_at_oldest_first(folder, infos):
    assert [info.as_at for info in infos] == [date(2004, 6, 14), date(2004, 6, 28)]
    # What was published for a later day was not known on an earlier one.
    assert len(editions.editions(listing(folder.data), date(2004, 6, 27))) == 1


def test_a_report_that_changes_its_offence_is_reclassified(infos):
    found = pl.from_arrow(editions.across(infos, "reclassified", ALL, {"since": date(2004, 5, 1)}))
    # C2 is known to one snapshot only, so that it can't be seen to change.
    assert found.rows() == [("SCD7", 1, 1)]


def test_figures_carry_the_day_of_their_file(infos):
    params = {"measures": ("kidnaps",), "grain": "fortnight", "since": date(2004, 5, 1)}
    found = pl.from_arrow(editions.across(infos, "revision_figures", ALL, params))
    assert set(found["known_on"]) <= {date(2004, 6, 13), date(2004, 6, 27)}


def test_snapshots_without_a_table_are_passed_over(infos):
    assert editions.holding(infos, "no_such_mart") == ()
    assert editions.holding(infos, "crimes") == infos


def test_an_unknown_question_is_named(infos):
    with pytest.raises(NotFoundError):
        editions.across(infos, "revision_figure", ALL)
