"""Overtime beside outcomes: the same months, usual ranges, and no word of cause."""

from datetime import date

import pytest

from dashboard import reports
from dashboard.reports.measure import chart_rows
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.overtime.outcomes import (
    SIDE_BY_SIDE,
    beside,
    charts,
    first_measures,
    heading,
)
from dashboard.reports.unit import ocu, planned


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), data=sample_data)


def test_two_series_a_unit_over_the_same_months(request_):
    rows = beside(request_).rows.to_pylist()
    scd7 = [row for row in rows if row["unit_code"] == "SCD7"]
    assert [row["series"] for row in scd7] == ["overtime", "outcome"]
    assert [row["name"] for row in scd7] == ["Overtime", "Commercial robbery"]
    assert {len(row["values"]) for row in rows} == {15}  # April 2003 to June 2004
    limited = [row for row in rows if row["lower"] is not None]  # a run chart has a median alone
    assert len(limited) > 9
    assert all(row["lower"] <= row["mean"] <= row["upper"] for row in limited)
    assert all(row["upper"] <= 1 for row in limited if row["unit"] == "percent")


def test_no_cause_is_pretended(request_):
    assert SIDE_BY_SIDE == "side by side; nothing here says one made the other"
    assert SIDE_BY_SIDE in beside(request_).subtitle
    assert all(SIDE_BY_SIDE in found.notes for found, _ in charts(request_, "SCD7"))


def test_the_title_has_the_alert_before_what_is_unusual_by_the_month(request_):
    found = beside(request_)
    unusual = [row for row in found.rows.to_pylist() if row["variation"] not in ("", "common")]
    first, _, by_month = found.title.partition("; ")
    assert first == "Alert: commercial robbery (SCD7) and shootings (SCD8)"
    assert all(f"({row['unit_code']})" in by_month for row in unusual)
    assert ("nothing here is unusual" in by_month) is not bool(unusual)


def test_a_unit_without_a_monthly_measure_stands_alone(request_):
    # SCD10 has output measures of nobody's plan
    assert "SCD10" not in first_measures(request_)
    assert len(charts(request_, "SCD10")) == 1
    assert "no measure of its own" in heading(request_, "SCD10")


def test_a_measure_has_the_limits_and_the_verdict_of_its_units_page(request_):
    """Of the three years that the page draws, not of the months that are beside the overtime."""
    found, row = charts(request_, "SCD7")[1][0].rows.to_pylist(), beside(request_).rows.to_pylist()
    track = tracks(request_, "SCD7")["commercial_robbery"]
    own = {row["period_start"]: row for row in chart_rows.chart(request_, track).rows.to_pylist()}
    assert len(found) < len(own)
    for shown in found:
        page = own[shown["period_start"]]
        for name in ("value", "mean", "lower", "upper", "point", "rule"):
            assert shown[name] == page[name], (shown["period_start"], name)
    (listed,) = [r for r in row if (r["unit_code"], r["series"]) == ("SCD7", "outcome")]
    assert (listed["mean"], listed["variation"]) == (found[-1]["mean"], track.variation)


def test_the_first_measure_is_the_one_that_the_units_page_opens_with(request_):
    """Of those that are known by the month: one in an alert, else a count before a share."""
    for unit in ("SCD1", "SCD5", "SCD7", "SCD8"):
        page = ocu.first(request_, planned.plan(request_, unit))
        assert first_measures(request_)[unit].id == page, unit


def test_the_chart_has_what_the_series_report_says(request_):
    (_, unit), (robbery, figure) = charts(request_, "SCD7")
    assert (unit, figure) == ("gbp", "n")
    rows = reports.series(
        request_, "commercial_robbery", level="ocu", unit="SCD7", since=date(2003, 4, 1)
    )
    known = {row["period_start"]: row["numerator"] for row in rows.to_pylist()}
    for row in robbery.rows.to_pylist():
        assert row["value"] == known[row["period_start"]]
