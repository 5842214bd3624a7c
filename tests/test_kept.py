"""What is kept of a request is kept for as long as what it hangs on stands."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dashboard import reports
from dashboard.decisions import signoffs
from dashboard.decisions.signoffs import RETURN, Subject
from dashboard.reports.quality import faults
from dashboard.reports.request.kept import kept, kept_as_written
from tests.folders import Folder

HEAD = "crime_ref,reported_on,offence,borough,ocu,validated_on\n"


@pytest.fixture
def folder(tmp_path, shelf):
    known = Folder(tmp_path, shelf)
    for day, published in (("2004-06-13", "2004-06-14"), ("2004-06-27", "2004-06-28")):
        known.load("crimes", f"{HEAD}C1,2004-06-01,robbery_business,Camden,SCD7,\n", day)
        if published == "2004-06-28":
            known.publish(published)
    return known


@kept(8)
def own(request):
    return [request.as_at]


@kept(8)
def of_folder(request):
    return [info.as_at for info in request.listed]


@kept(8)
def of_both(request):
    return [*own(request), *of_folder(request)]


def test_what_looks_at_other_snapshots_is_reckoned_anew_when_one_comes(folder):
    """Asked twice before, so that the second is kept: by itself, and what asks it."""
    for _ in range(2):
        before = reports.open_request(None, None, folder.data)
        asked = [work(before) for work in (own, of_folder, of_both)]
    folder.publish("2004-06-14")
    after = reports.open_request(before.as_at, None, folder.data)
    assert own(after) is asked[0]
    assert len(of_folder(after)) == len(asked[1]) + 1
    assert len(of_both(after)) == len(asked[2]) + 1


@kept_as_written(8)
def of_what_is_written(request):
    return object()


@kept(8)
def asking(request):
    return of_what_is_written(request), request.as_at


def test_what_asks_what_people_wrote_is_reckoned_anew_when_somebody_writes(folder):
    request = reports.open_request(None, None, folder.data)
    before = [asking(request) for _ in range(2)][-1]
    assert asking(request) is before
    june = Subject(RETURN, unit="SCD7", month=date(2004, 6, 1))
    now, of = datetime(2004, 7, 12, 10, tzinfo=UTC), (request.as_at, request.snapshot.id, None)
    signoffs.sign(folder.data, "Ann", now, june, {}, "", *of)
    assert asking(request) is not before and asking(request)[0] is not before[0]


def test_the_trend_of_faults_has_each_as_at_that_was_published_since(folder):
    before = reports.open_request(None, None, folder.data)
    assert faults.kinds(before, "SCD7").rows.to_pylist()[0]["as_ats"] == [before.as_at]
    folder.publish("2004-06-14")
    after = reports.open_request(before.as_at, None, folder.data)
    assert len(faults.kinds(after, "SCD7").rows.to_pylist()[0]["as_ats"]) == 2
