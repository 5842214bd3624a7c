"""A sample that was begun: what is there is served, what lacks is published beside it."""

from __future__ import annotations

from datetime import date

import pytest
from typer.testing import CliRunner

from dashboard import snapshots
from dashboard.__main__ import app
from dashboard.cli import sample
from dashboard.errors import ContentError

HEAD = "crime_ref,reported_on,offence,borough,ocu\n"
ROW = "R1,2004-07-01,robbery_business,Camden,SCD7\n"
FIRST, LAST = date(2004, 7, 5), date(2004, 7, 19)


@pytest.fixture
def half(folder):
    """A folder whose later as-at is published of two that were begun."""
    folder.load("crimes", HEAD + ROW, "2004-07-02")
    folder.publish(LAST.isoformat())
    snapshots.begin(folder.data, [FIRST, LAST])
    return folder


def days(folder) -> list[date]:
    return [info.as_at for info in snapshots.listing(folder.data)]


def test_what_was_begun_is_known_until_it_ends(half):
    assert snapshots.begun(half.data) == [FIRST, LAST]
    assert days(half) == [LAST]  # the note is no snapshot
    snapshots.end(half.data)
    assert snapshots.begun(half.data) == []
    snapshots.end(half.data)  # nothing to forget


def test_going_on_publishes_what_lacks_and_no_more(half, monkeypatch):
    there = snapshots.get(half.data, LAST)
    lived = []
    monkeypatch.setattr(sample.transfer, "lived", lambda *args: lived.append(args))
    sample.rest(half.data)
    assert days(half) == [FIRST, LAST]
    assert snapshots.get(half.data, LAST).published_at == there.published_at
    assert lived and snapshots.begun(half.data) == []


def test_a_sample_that_was_not_begun_is_not_gone_on_with(folder):
    done = CliRunner().invoke(app, ["sample", "--go-on", "--data", str(folder.data)])
    assert isinstance(done.exception, ContentError)
    assert "no sample is half published" in str(done.exception)
