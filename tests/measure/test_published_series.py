"""What a snapshot holds of a series is what its observations come to when they are added up."""

from datetime import date, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboard import reports
from dashboard.reports.measure import series as read

AS_AT = date(2004, 7, 12)
WINDOWS = date(2004, 1, 12)  # the first day of a window of the last year
MONTHS = {"since": date(2003, 7, 1), "until": date(2004, 7, 1)}
# measure, level, unit, borough, grain and span: what pages ask
ASKED = [
    ("gun_crime", "force", None, None, "month", {}),
    ("gun_crime", "ocu", "SCD8", None, "month", MONTHS),
    ("gun_crime", "ocu", None, None, "month", {}),
    ("gun_crime_detection", "borough", None, None, "month", MONTHS),
    ("gun_crime_detection", "borough", "SCD8", None, "month", {}),
    ("commercial_robbery", "ocu", "SCD7", "E09000012", "month", {}),
    ("commercial_robbery", "branch", "SCD7", None, "month", MONTHS),
    ("commercial_robbery", "borough", "SCD7", None, "fortnight", {"since": WINDOWS}),
    ("homicides", "borough", None, "E09000033", "month", {"until": AS_AT}),
    ("confiscation_orders", "ocu", "SCD6", None, "month", {}),
]


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(AS_AT, None, sample_data)


@pytest.mark.parametrize(("measure", "level", "unit", "borough", "grain", "span"), ASKED)
def test_what_is_held_is_what_is_added_up(
    request_, monkeypatch, measure, level, unit, borough, grain, span
):
    asked = {"level": level, "unit": unit, "borough": borough, "grain": grain, **span}
    held = read.published(request_, level, grain, unit, borough, *bounds(span))
    assert held is not None
    mine = pl.DataFrame(read.series(request_, measure, **asked))
    monkeypatch.setattr(read, "published", lambda *_, **__: None)
    added = pl.DataFrame(read.series(request_, measure, **asked))
    assert mine.height == added.height
    assert_frame_equal(mine, added.cast(dict(mine.schema)), rel_tol=1e-12)
    assert added.height > 10 or measure == "confiscation_orders"


def bounds(span):
    return span.get("since"), span.get("until")


def test_what_cuts_a_period_or_is_the_readers_own_grain_is_added_up(request_):
    def held(grain, since=None, level="ocu", borough=None):
        return read.published(request_, level, grain, "SCD7", borough, since, None)

    assert held("month", date(2004, 1, 1)) and not held("month", date(2004, 1, 2))
    assert not held("week") and not held("year") and not held(None)
    first = AS_AT - read.YEAR
    window = WINDOWS - timedelta(days=14 * ((WINDOWS - first).days // 14))
    assert held("fortnight", window, "borough")
    assert not held("fortnight", window - timedelta(days=14), "borough")  # not held so far back
    assert not held("fortnight", window)  # of a unit as a whole no windows are held
