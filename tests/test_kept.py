"""What is kept of a request is kept for as long as what it hangs on stands."""

from __future__ import annotations

import pytest

from dashboard import reports
from dashboard.reports.quality import faults
from dashboard.reports.request.kept import kept
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


def test_the_trend_of_faults_has_each_as_at_that_was_published_since(folder):
    before = reports.open_request(None, None, folder.data)
    assert faults.kinds(before, "SCD7").rows.to_pylist()[0]["as_ats"] == [before.as_at]
    folder.publish("2004-06-14")
    after = reports.open_request(before.as_at, None, folder.data)
    assert len(faults.kinds(after, "SCD7").rows.to_pylist()[0]["as_ats"]) == 2
