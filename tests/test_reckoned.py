"""Rows that are reckoned are read by the next process for as long as all they hang on stands."""

from __future__ import annotations

from typing import TypedDict

import pytest

from dashboard import reports
from dashboard.reports.request import answers
from dashboard.reports.request.kept import written
from dashboard.reports.request.reckoned import reckoned
from dashboard.snapshots import listed
from tests.folders import Folder

CRIME = "crime_ref,reported_on,offence,borough,ocu,validated_on\n"
ASKED: list[str] = []


class Counted(TypedDict):
    as_ats: list[str]
    whole: float


@reckoned(Counted)
def counted(request, *words):
    """The as-ats up to the request's own."""
    ASKED.append(str(request.as_at))
    known = [str(info.as_at) for info in request.listed if info.as_at <= request.as_at]
    return [{"as_ats": [*known, *words], "whole": 1}]


@reckoned(Counted)
def of_what_is_written(request):
    written(request)
    return [{"as_ats": [], "whole": 1}]


@pytest.fixture
def folder(tmp_path, shelf):
    known = Folder(tmp_path, shelf)
    for day, published in (("2004-06-13", "2004-06-14"), ("2004-06-27", "2004-06-28")):
        known.load("crimes", f"{CRIME}C1,2004-06-01,robbery_business,Camden,SCD7,\n", day)
        if published == "2004-06-28":
            known.publish(published)
    ASKED.clear()
    return known


def asked(folder, *words):
    """What a new process is told, and whether it had to reckon."""
    counted.cache_clear()
    before = len(ASKED)
    rows = counted(reports.open_request(None, None, folder.data), *words)
    return rows[0]["as_ats"], len(ASKED) > before


def files(folder):
    return list((folder.data / "state").rglob("*reckoned*/*.parquet"))


def test_it_is_reckoned_once_and_read_by_the_next_process(folder):
    assert asked(folder) == (["2004-06-28"], True)
    assert asked(folder) == (["2004-06-28"], False)
    # Of other words it is another question.
    assert asked(folder, "SCD7") == (["2004-06-28", "SCD7"], True)


def test_a_meeting_that_comes_before_it_makes_it_another_and_one_after_it_does_not(folder):
    asked(folder)
    folder.publish("2004-06-14")
    assert asked(folder) == (["2004-06-14", "2004-06-28"], True)
    first = listed.listing(folder.data)[0]
    counted(reports.open_request(first.as_at, None, folder.data))
    folder.publish("2004-07-12")
    counted.cache_clear()
    ASKED.clear()
    counted(reports.open_request(first.as_at, None, folder.data))
    assert not ASKED


def test_another_program_reckons_anew(folder, monkeypatch):
    asked(folder)
    monkeypatch.setattr(answers, "program", lambda: "another")
    assert asked(folder)[1]


def test_what_hangs_on_what_people_write_is_in_no_file(folder):
    of_what_is_written(reports.open_request(None, None, folder.data))
    assert not files(folder)


def test_a_file_that_was_cut_short_is_reckoned_again(folder):
    asked(folder)
    (file,) = files(folder)
    file.write_bytes(file.read_bytes()[:40])
    assert asked(folder)[1]
    assert not asked(folder)[1]


def test_it_goes_with_its_snapshot(folder):
    asked(folder)
    info = listed.listing(folder.data)[0]
    assert files(folder)[0].is_relative_to(listed.completed_folder(info))
