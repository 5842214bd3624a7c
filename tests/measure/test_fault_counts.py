"""The counts of faults on several pages, tied together in one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import reports
from dashboard.reports.measure import chart_rows, fault_counts
from dashboard.reports.measure.tracks import tracks
from dashboard.reports.quality import faults
from dashboard.reports.unit import day, waiting


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


def test_the_sentence_has_the_counts_of_each_page_and_stands_on_each(request_):
    said = fault_counts.tied(request_, "SCD7")
    every, waits = faults.kinds(request_, "SCD7"), waiting.waiting(request_, "SCD7")
    stock = tracks(request_, "SCD7")[request_.stock_of_faults]
    (total, acts) = (found.title.split(" ")[0] for found in (every, waits))
    assert f": {total} of all kinds" in said and f" {acts} of them wait for" in said
    assert f" {stock.values[-1]:,.0f} are open faults of" in said
    for found in (every, waits, chart_rows.chart(request_, stock)):
        assert said in found.plain_notes


def test_nothing_is_said_of_a_unit_without_open_faults(request_):
    assert fault_counts.tied(request_, "SCD2") == ""


def test_an_offence_that_a_measure_counts_alone_has_its_name(request_):
    names = [row["name"] for row in day.came(request_, "SCD7").rows.to_pylist()]
    assert "Commercial robbery (robbery of business property)" in names
    assert "Kidnap" in names  # called alike: once
    # Murder is one of several offences of a measure: it has its own name alone.
    assert "Murder" in [row["name"] for row in day.came(request_, "SCD1").rows.to_pylist()]
