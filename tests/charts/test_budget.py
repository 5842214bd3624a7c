"""The budget and waterfall charts as data: what is drawn is what the rows say."""

from datetime import date

import pyarrow as pa
import pytest

from dashboard import rows as of_kinds
from dashboard.charts import budget, waterfall
from dashboard.reports.overtime.breakdown import Cause
from dashboard.reports.overtime.course import Point


def month(day, profile, spent=None, forecast=None):
    return {
        "day": day,
        "kind": "month",
        "period": "a month",
        "said": "",
        "profile": profile,
        "spent": spent,
        "forecast": forecast,
        "low": forecast and forecast - 10,
        "high": forecast and forecast + 10,
    }


@pytest.fixture
def year(disclosed):
    rows = [
        month(date(2004, 4, 30), 100.0, 120.0, 120.0),
        month(date(2004, 5, 31), 200.0, None, 240.0),
        {"day": date(2004, 4, 9), "kind": "holiday", "period": "9 April 2004", "said": "holiday"},
        {"day": date(2004, 5, 1), "kind": "rate", "period": "1 May 2004", "said": "rest day × 1.5"},
    ]
    return disclosed(rows, of_kinds.schema(Point))


def test_months_and_marked_days_are_data_sets_of_their_own(year, data_names):
    found = budget.data(year)
    assert data_names(budget.spec_for(year)) == set(found)
    assert found["months"].num_rows == 2
    assert found["days"].column("kind").to_pylist() == ["holiday", "rate"]


def test_money_starts_at_zero(year):
    drawn = budget.spec_for(year)
    assert drawn["layer"][0]["encoding"]["y"]["scale"]["zero"] is True


def test_without_forecast_or_changed_rates_neither_is_drawn(disclosed):
    bare = disclosed([month(date(2004, 4, 30), 100.0, 120.0)], of_kinds.schema(Point))
    fields = str(budget.spec_for(bare))
    assert "forecast:Q" not in fields and "'forecast'" not in fields
    assert "'rate'" not in fields


def test_lines_are_named_at_their_ends_highest_first(year):
    found = budget.data(year)["labels"].to_pylist()
    assert [row["words"] for row in found] == ["forecast £240", "profile £200"]
    assert found[0]["place"] - found[1]["place"] >= budget.GAP * 240


def test_before_a_forecast_the_spending_is_named(disclosed):
    rows = [month(date(2004, 4, 30), 100.0, 120.0), month(date(2004, 5, 31), 200.0)]
    found = budget.data(disclosed(rows, of_kinds.schema(Point)))["labels"].to_pylist()
    assert [row["words"] for row in found] == ["profile £200", "spent £120"]


def test_words_that_would_overlap_are_kept_apart():
    months = pa.table({"profile": [1000.0], "spent": [999.0], "forecast": [1001.0]})
    first, second = budget.labels(months).column("place").to_pylist()
    assert first - second >= budget.GAP * 1001


def test_a_waterfall_runs_from_start_to_end_in_the_order_of_its_rows(disclosed, data_names):
    rows = [
        {"label": "people", "kind": "under", "said": "−£5", "start": 0, "end": -5},
        {"label": "difference", "kind": "total", "said": "−£5", "start": 0, "end": -5},
    ]
    drawn = waterfall.spec(2)
    bars = drawn["layer"][0]["encoding"]
    assert (bars["x"]["field"], bars["x2"]["field"]) == ("start", "end")
    assert bars["y"]["sort"] is None
    assert data_names(drawn) == set(waterfall.data(disclosed(rows, of_kinds.schema(Cause))))


def test_a_waterfalls_height_follows_its_lines_and_its_axis_has_a_minus_sign():
    assert waterfall.spec(4)["height"] == 2 * waterfall.spec(2)["height"]
    assert "−" in waterfall.spec(2)["layer"][0]["encoding"]["x"]["axis"]["labelExpr"]
