"""Overtime beside outcomes: the same months, usual ranges, and no word of cause."""

from datetime import date

import pytest

from dashboard import reports
from dashboard.reports.overtime.outcomes import (
    SIDE_BY_SIDE,
    beside,
    charts,
    first_measures,
    heading,
)


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), data=sample_data)


def test_two_series_a_unit_over_the_same_months(request_):
    rows = beside(request_).rows.to_pylist()
    scd7 = [row for row in rows if row["unit_code"] == "SCD7"]
    assert [row["series"] for row in scd7] == ["overtime", "outcome"]
    assert [row["name"] for row in scd7] == ["Overtime", "Commercial robbery"]
    assert {len(row["values"]) for row in rows} == {15}  # April 2003 to June 2004
    assert all(row["lower"] <= row["mean"] <= row["upper"] for row in rows)
    assert all(row["upper"] <= 1 for row in rows if row["unit"] == "percent")


def test_no_cause_is_pretended(request_):
    assert SIDE_BY_SIDE == "side by side; nothing here says one made the other"
    assert SIDE_BY_SIDE in beside(request_).subtitle
    assert all(SIDE_BY_SIDE in found.notes for found, _ in charts(request_, "SCD7"))


def test_a_unit_without_a_monthly_measure_stands_alone(request_):
    # SCD10 has output measures of nobody's plan
    assert "SCD10" not in first_measures(request_)
    assert len(charts(request_, "SCD10")) == 1
    assert "no measure of its own" in heading(request_, "SCD10")


def test_the_chart_has_what_the_series_report_says(request_):
    (_, unit), (robbery, figure) = charts(request_, "SCD7")
    assert (unit, figure) == ("gbp", "n")
    rows = reports.series(
        request_, "commercial_robbery", level="ocu", unit="SCD7", since=date(2003, 4, 1)
    )
    known = {row["period_start"]: row["numerator"] for row in rows.to_pylist()}
    for row in robbery.rows.to_pylist():
        assert row["value"] == known[row["period_start"]]
