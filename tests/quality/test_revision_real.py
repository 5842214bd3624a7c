"""Growth of a recent month from two real vintages, where REAL_DATA names the folder of files."""

import os
from datetime import date
from pathlib import Path

import pytest

from dashboard import ingest
from dashboard.reports import open_request
from dashboard.reports.quality import faults, growth, revision

REAL = Path(os.environ.get("REAL_DATA", ""))
pytestmark = pytest.mark.skipif("REAL_DATA" not in os.environ, reason="REAL_DATA is not set")
DAILY = "mps_dashboards/business-crime-offences_20230801-20250731.parquet"
MONTHLY = "mps_borough_crime/MPS Borough Level Crime (most recent 24 months) 202312-202511.csv"


def test_business_robbery_of_july_2025_grew_from_794_to_846(folder):
    sources = (
        ("mps-business-crime", DAILY, None),  # says itself that it is of 2 August
        ("mps-borough-crime", MONTHLY, date(2025, 12, 10)),
    )
    for kind, name, known in sources:
        ingest.import_files(kind, [REAL / name], data=folder.data, vintage=known, delta=False)
    for as_at in ("2025-08-22", "2025-12-11"):
        folder.publish(as_at)
    request = open_request(date(2025, 12, 11), data=folder.data)
    found = revision.triangle(request, "commercial_robbery")
    known = revision.spans(found.rows.to_pylist())
    assert known[date(2025, 7, 1)] == (794, 846)
    assert [known[date(2025, m, 1)][1] - known[date(2025, m, 1)][0] for m in (3, 4, 5, 6)] == [
        -8, -1, -3, 2,
    ]  # fmt: skip
    assert "July 2025 moved most, 794 → 846 (+6.5 %)" in found.title
    assert "change of source" in found.notes[0]
    grown = growth.provisional(request, "commercial_robbery").rows.to_pylist()
    month = next(row for row in grown if row["grain"] == "month")
    # The daily file was a day old when it was taken: July ended on 31 July, it is of 2 August.
    assert (month["age"], month["pairs"], month["said"]) == (
        "0 to 13 days",
        1,
        "794 → 846 (+6.5 %)",
    )
    assert month["low"] is None  # one pair has no spread
    assert "No crime reports are loaded" in faults.without(request)
