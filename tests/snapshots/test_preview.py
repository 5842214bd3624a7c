"""What the next publish changes, told before it is published: and then it is so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard import ingest, snapshots
from dashboard.access import LOCAL, Role
from dashboard.errors import NotAllowedError
from dashboard.reports.request import Request, open_request
from dashboard.reports.snapshots import preview as previews

pytestmark = pytest.mark.some(2, "preview")

LAST = date(2004, 7, 12)
HEAD = "crime_ref,reported_on,offence,borough,ocu\n"


@pytest.fixture(scope="module")
def before_last(sample_data, tmp_path_factory) -> Path:
    """The sample's folder as it was before its last snapshot was published."""
    data = tmp_path_factory.mktemp("before") / "data"
    data.mkdir()
    (data / "staging").symlink_to(sample_data / "staging")
    for info in snapshots.listing(sample_data):
        if info.as_at < LAST:
            own = data / "snapshots" / str(info.as_at)
            own.mkdir(parents=True)
            (own / info.id).symlink_to(info.path)
    return data


def test_what_is_foretold_is_what_is_published(before_last, sample_data):
    standing = [(item.as_at, item.id) for item in snapshots.listing(before_last)]
    told = previews.preview(before_last, LAST)
    assert [(item.as_at, item.id) for item in snapshots.listing(before_last)] == standing
    assert [path.name for path in (before_last / "state").glob("*preview-*")] == []
    truth = open_request(LAST, None, sample_data)
    assert told.id == truth.snapshot.id and told.against.as_at == date(2004, 6, 28)
    came = previews.compared(open_request(told.against.as_at, None, sample_data), truth)
    assert len(told.parts) == 3
    for mine, theirs in zip(told.parts, came.parts, strict=True):
        assert mine.rows.equals(theirs.rows) and mine.title == theirs.title
        assert mine.rows.num_rows
    # The last meeting's alerts that were none at the one before.
    assert {row["change"] for row in told.alerts.rows.to_pylist()} == {"comes"}
    changed = snapshots.compare(told.against, truth.snapshot)
    assert told.figures.title.startswith(f"{changed.num_rows} figures")


def test_nothing_new_changes_nothing_and_nothing_published_is_all_new(folder):
    folder.load("crimes", HEAD + "R1,2004-07-05,murder,Camden,SCD1\n", "2004-07-11")
    first = previews.preview(folder.data, LAST)
    assert first.against is None and not first.parts
    info = folder.publish(str(LAST))
    again = previews.preview(folder.data, LAST)
    assert again.same and not again.parts
    assert again.id == info.id == first.id


def test_a_figure_that_moves_and_a_held_file_that_moves_none(folder):
    weeks = [f"2004-0{month}-{day:02d}" for month in (1, 2, 3) for day in (5, 12, 19, 26)]
    rows = [f"R{n},{day},murder,Camden,SCD1\n" for n, day in enumerate(weeks * 5)]
    folder.load("crimes", HEAD + "".join(rows), "2004-07-04")
    folder.publish("2004-07-05")
    more = HEAD + "".join([*rows[1:], "R0,2004-02-05,murder,Camden,SCD1\n"])
    folder.load("crimes", more, "2004-07-11")
    moved = {
        (row["period"], row["old"], row["new"])
        for row in previews.preview(folder.data, LAST).figures.rows.to_pylist()
        if row["measure"] == "homicides" and row["unit_code"] == "SCD1"
    }
    assert moved == {("February 2004", "20", "21"), ("January 2004", "20", "19")}
    account = folder.load("crimes", HEAD + rows[0], "2004-07-12")
    assert account.held
    assert snapshots.day_to_publish(folder.data) == LAST
    later = previews.preview(folder.data, date(2004, 7, 13))
    assert {row["new"] for row in later.figures.rows.to_pylist()} >= {"21", "19"}
    assert ingest.staged(folder.data)[-1].held


def test_who_sees_no_figures_is_shown_none(folder):
    folder.load("crimes", HEAD + "R1,2004-07-05,murder,Camden,SCD1\n", "2004-07-11")
    nobody = Role("auditor", "auditor")
    with pytest.raises(NotAllowedError):
        previews.preview(folder.data, LAST, nobody)
    info = folder.publish(str(LAST))
    assert Request(info, folder.data, LOCAL).whole
