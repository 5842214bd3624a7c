"""Past year ends of the published detection rates, where REAL_DATA names the folder of files."""

import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dashboard import reports, snapshots
from dashboard.reports.measure import rate_ends
from dashboard.reports.measure.growth import BOROUGH, WHOLE
from dashboard.stats.intervals import wilson

REAL = Path(os.environ.get("REAL_DATA", "")) / "mps_dashboards"
pytestmark = pytest.mark.skipif("REAL_DATA" not in os.environ, reason="REAL_DATA is not set")
FILES = {
    "mps-monthly-dashboard": ("monthly-crime-dashboard-other_202108-202507.parquet", 21),
    "mps-business-crime": ("business-crime-o*.parquet", 2),
}


@pytest.fixture(scope="module")
def request_(tmp_path_factory):
    data = tmp_path_factory.mktemp("real")
    files = [
        snapshots.File(kind, path, date(2025, 8, day), False)
        for kind, (names, day) in FILES.items()
        for path in sorted(REAL.glob(names))
    ]
    snapshots.import_and_publish(data, files, [date(2025, 8, 22)])
    return reports.open_request(date(2025, 8, 22), None, data)


@pytest.mark.parametrize("place, least", [(WHOLE, 3), (BOROUGH, 3)])
def test_bands_of_published_years_hold_four_of_five(request_, place, least):
    """Wilson's interval over measures and years contains .80, small counts by their steps."""
    found = rate_ends.rate_years(request_, place)
    held = rate_ends.held(found)
    independent = rate_ends.clusters(found)
    low, high = wilson(held.mean() * independent, independent)
    assert independent >= least
    assert low <= 0.80 <= high


def test_the_forecast_is_nearer_than_last_years_rate_and_the_year_so_far(request_):
    for place in (WHOLE, BOROUGH):
        found = [item for item in rate_ends.rate_years(request_, place) if item.last is not None]
        off = np.mean([abs(item.ahead.law().mean - item.total) for item in found])
        last = np.mean([abs(item.last - item.total) for item in found])
        done, cases = np.array([item.ahead.so_far for item in found]).T
        run_rate = np.abs(done / cases - [item.total for item in found]).mean()
        assert off < run_rate and off < last
