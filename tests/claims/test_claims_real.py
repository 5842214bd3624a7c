"""Every claim of the published files' measures and boroughs is true, where REAL_DATA names them."""

import os
from datetime import date
from pathlib import Path

import pytest

from dashboard import reports, snapshots
from dashboard.reports.measure import wording
from dashboard.reports.measure.tracks import tracks
from tests.claims.test_claims import claimed_of, undetected, untrue

REAL = Path(os.environ.get("REAL_DATA", ""))
pytestmark = pytest.mark.skipif("REAL_DATA" not in os.environ, reason="REAL_DATA is not set")
AS_AT = date(2025, 12, 11)
FILES = (
    ("mps-borough-crime", "mps_borough_crime/*(Historical)*.csv", date(2025, 12, 10)),
    ("mps-borough-crime", "mps_borough_crime/*24 months*.csv", date(2025, 12, 10)),
    ("mps-monthly-dashboard", "mps_dashboards/monthly-crime-dashboard*.parquet", date(2025, 8, 21)),
    ("mps-business-crime", "mps_dashboards/business-crime-o*.parquet", date(2025, 8, 2)),
)


@pytest.fixture(scope="module")
def claimed(tmp_path_factory):
    data = tmp_path_factory.mktemp("real")
    files = [
        snapshots.File(kind, path, known, False)
        for kind, names, known in FILES
        for path in sorted(REAL.glob(names))
    ]
    snapshots.import_and_publish(data, files, [AS_AT])
    request = reports.open_request(AS_AT, None, data)
    return claimed_of(request, tracks(request, "MPS"))


def test_every_claim_is_true_and_every_mutated_one_is_found_out(claimed):
    assert len(claimed) > 300
    assert untrue(claimed)[:5] == []
    assert undetected(claimed)[:5] == []


def test_near_is_not_said_of_what_lies_beyond(claimed):
    """Westminster's business robberies: 78 in October 2025 lay above the limit, 62 close to it."""
    said = {
        (track.measure.id, track.borough): wording.words(track, claim)
        for track, claim, _ in claimed
    }
    assert "close to or beyond" in said["commercial_robbery", "E09000033"]
