"""How far the next fortnight's bands are widened: by what past ones held, by crime type."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.stats import nbinom

from dashboard import reports
from dashboard.periods import WEEK, Period
from dashboard.reports.alerts import alert_list
from dashboard.reports.alerts.past_rounds import Round
from dashboard.reports.alerts.widths import LEAST, Width, scored, width_of, widths
from dashboard.reports.tasking import forecasts
from dashboard.signals.windows import Series

FIRST = date(2003, 4, 7)
MEAN, VARIANCE = 100.0, 100.5  # the middle four fifths are 87 to 113


def past(*counts: float, measure: str = "robbery", borough: str | None = None):
    """One forecast of 100 a fortnight, and what came."""
    series = (Series(measure, "ocu", "SCD7", borough),)
    for step, count in enumerate(counts):
        since = FIRST + 2 * WEEK * step
        window = Period(since, since + 2 * WEEK)
        arrays = (np.array([value]) for value in (count, MEAN, VARIANCE))
        yield Round(
            window, None, series, *arrays, tier=np.array([""]), later=np.full((1, 3), np.nan)
        )


def test_a_band_that_held_three_quarters_is_taken_as_it_is():
    found = scored(tuple(past(*[100] * 21, *[140] * 7)))  # 21 of 28: 75 %, just accepted
    assert found["robbery"] == Width(1.0, 28, 21, 21, own=True)


def test_a_band_that_held_less_is_widened_until_it_does():
    found = scored(tuple(past(*[100] * 20, *[120] * 8)))["robbery"]  # 20 of 28: 71 %
    assert found.held == 20 and found.held_then == 28
    edges = []
    for variance in (VARIANCE * found.factor, VARIANCE * found.factor / 1.1):
        edges.append(nbinom.ppf(0.9, MEAN**2 / (variance - MEAN), MEAN / variance))
    assert edges[0] >= 120 > edges[1]  # the factor a tenth smaller does not do
    assert found.words == (
        f"80 % bands held 20 of 28 past fortnights, 28 with dispersion × {found.factor:.2g}"
    )


def test_a_crime_type_has_its_own_from_a_year_of_forecasts():
    fit = tuple(past(*[100] * LEAST, measure="fit"))
    for count, own in ((LEAST, True), (LEAST - 1, False)):
        found = scored((*fit, *past(*[140] * count, measure="wild")))
        assert ("wild" in found) is own
        assert width_of(found, "wild").own is own
    assert width_of(found, "wild").n == 2 * LEAST - 1  # all together


def test_boroughs_have_no_say_in_a_whole_counts_width():
    assert scored(tuple(past(*[140] * 30, borough="E09000007"))) == {}
    assert width_of({}, "robbery") is None


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


def test_the_bands_of_whole_counts_hold_as_they_are(request_):
    """A level of each count's own: no crime type of the sample asks for a wider band."""
    assert {width.factor for width in widths(request_).values()} == {1.0}
    rows = forecasts.coming(request_).rows.to_pylist()
    assert rows and {row["widened"] for row in rows} == {1.0}


def test_the_forecast_is_as_wide_as_its_past_asks(request_, monkeypatch):
    plain = forecasts.coming(request_).rows.to_pylist()
    narrow = {"": Width(1.0, 400, 330, 330, own=False)}
    narrow |= {"commercial_robbery": Width(2.0, 84, 50, 64, own=True)}
    monkeypatch.setattr(forecasts, "widths", lambda request: narrow)
    anew = forecasts.foretold.__wrapped__.__wrapped__
    monkeypatch.setattr(forecasts, "foretold", anew)
    found = forecasts.coming.__wrapped__(request_)
    for row, before in zip(found.rows.to_pylist(), plain, strict=True):
        wide, was = (one["high80"] - one["low80"] for one in (row, before))
        robbery = row["measure"] == "commercial_robbery"
        assert row["widened"] == (2.0 if robbery else 1.0)
        assert wide > 1.2 * was if robbery else wide == was
        assert row["expected"] == before["expected"]
    said = "Commercial robbery: 80 % bands held 50 of 84 past fortnights, 64 with dispersion × 2."
    assert said in found.notes
    assert sum(note.startswith("Commercial robbery:") for note in found.notes) == 1


def test_an_alert_of_a_whole_count_with_too_narrow_a_past_says_so(request_, monkeypatch):
    found = alert_list.alert_list(request_)
    # The sample's whole count is on the watch list: it is doubted alike.
    rows = [*found.alerts.rows.to_pylist(), *found.watch.rows.to_pylist()]
    assert {row["name"] for row in rows if row["borough"] is None} == {"Commercial robbery"}
    narrow = Width(2.0, 84, 50, 64, own=True)
    monkeypatch.setattr(alert_list, "widths", lambda request: {"": narrow})
    assert alert_list.doubts_of(request_, rows) == (
        "Commercial robbery as a whole: 80 % bands held 50 of 84 past fortnights, 64 with "
        "dispersion × 2; an alert of it is the weaker evidence.",
    )
    # Those of boroughs alone are not doubted by it, nor is a whole count that held.
    assert alert_list.doubts_of(request_, [row for row in rows if row["borough"]]) == ()
    monkeypatch.setattr(
        alert_list, "widths", lambda request: {"": Width(1.0, 84, 70, 70, own=True)}
    )
    assert alert_list.doubts_of(request_, rows) == ()
