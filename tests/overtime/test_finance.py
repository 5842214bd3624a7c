"""The finances of a unit: whole months, exact sums, income that lowers the cost."""

from datetime import date

import polars as pl
import pytest

from dashboard import reports
from dashboard.reports.overtime import board
from dashboard.reports.overtime.finance import HEADINGS, finances
from dashboard.reports.overtime.overtime_words import ROUNDED

HEAD = "unit_code,month,heading,budget_gbp,actual_gbp,forecast_gbp\n"


@pytest.fixture
def shown(folder):
    """Rows by heading, as at a day."""

    def found(rows, as_at="2004-07-12", unit="SCD7"):
        folder.load("finance", HEAD + "".join(f"{row}\n" for row in rows), "2004-04-01")
        request = reports.open_request(folder.publish(as_at).as_at, data=folder.data)
        return finances(request, unit)

    return found


def by_heading(found):
    return {row["heading"]: row for row in found.rows.to_pylist()}


def test_income_lowers_the_cost(shown):
    found = shown(
        ["SCD7,2004-04,pay,100.00,110.00,105.00", "SCD7,2004-04,income,20.00,15.00,20.00"]
    )
    rows = by_heading(found)
    assert rows["income"]["actual_gbp"] == -15
    assert rows["income"]["variance_gbp"] == 5  # less came in than budgeted
    assert (rows["net"]["budget_gbp"], rows["net"]["actual_gbp"]) == (80, 95)
    assert found.title == "SCD7 cost £95 net, £15 over its budget"
    assert rows["net"]["off_forecast_gbp"] == 95 - 85


def test_each_figure_is_rounded_by_itself_and_a_sum_that_differs_is_said(shown):
    found = shown([f"SCD7,2004-04,{heading},0.40,0.40,0.40" for heading in HEADINGS[:5]])
    rows = by_heading(found)
    assert [rows[heading]["actual_gbp"] for heading in HEADINGS[:5]] == [0] * 5
    assert rows["net"]["actual_gbp"] == 2  # £2.00
    assert ROUNDED in found.notes
    whole = shown([f"SCD7,2004-04,{heading},1,1,1" for heading in HEADINGS[:5]])
    assert ROUNDED not in whole.notes


def test_a_month_that_is_not_over_is_left_out(shown):
    months = ["SCD7,2004-06,pay,100,100,100", "SCD7,2004-07,pay,100,7,100"]
    found = shown(months)
    assert by_heading(found)["pay"]["actual_gbp"] == 100
    assert found.subtitle.startswith("April to June 2004")


def test_a_missing_forecast_is_none_and_no_part_of_one(shown):
    rows = by_heading(shown(["SCD7,2004-04,pay,100,100,", "SCD7,2004-05,pay,100,100,100"]))
    assert rows["pay"]["forecast_gbp"] is None and rows["net"]["forecast_gbp"] is None


def test_the_year_is_forecast_where_the_ledger_has_all_of_it(shown):
    year = [f"2004-{month:02d}" for month in range(4, 13)] + ["2005-01", "2005-02", "2005-03"]
    whole = [f"SCD7,{month},pay,100,120,110" for month in year]
    rows = by_heading(shown(whole))
    # three months as they were, nine as they are forecast
    assert rows["pay"]["year_forecast_gbp"] == 3 * 120 + 9 * 110
    assert rows["pay"]["year_budget_gbp"] == 1200


def test_without_the_whole_year_there_is_no_forecast_of_it(shown):
    found = shown(["SCD7,2004-04,pay,100,100,100"])
    assert by_heading(found)["pay"]["year_forecast_gbp"] is None
    assert any("none of the whole year" in note for note in found.notes)


def test_a_unit_without_finances_has_none(shown):
    assert shown(["SCD1,2004-04,pay,100,100,100"]) is None


def test_the_sample_as_another_tool_adds_it(sample_snapshot, sample_data):
    request = reports.open_request(sample_snapshot.as_at, data=sample_data)
    rows = by_heading(finances(request, "SCD"))
    facts = pl.read_parquet(sample_snapshot.path / "facts" / "finance.parquet")
    year = facts.filter(pl.col("month").is_between(date(2004, 4, 1), date(2004, 6, 1)))
    sums = dict(year.group_by("heading").agg(pl.col("actual_gbp").sum()).iter_rows())
    net = sum(value if heading != "income" else -value for heading, value in sums.items())
    assert rows["net"]["actual_pence"] == round(100 * net)
    assert set(rows) == {*HEADINGS, "net"}


def test_the_same_months_of_overtime_claimed_stand_beside_what_the_ledger_booked(sample_data):
    request = reports.open_request(date(2004, 7, 12), None, sample_data)
    claims = board.board(request, "SCD7").rows.rows.to_pylist()[-1]
    booked = next(note for note in finances(request, "SCD7").plain_notes if "booked" in note)
    assert f"£{claims['spent_gbp']:,} of £{claims['profiled_gbp']:,}" in booked


def test_other_months_of_claims_do_not(shown):
    found = shown(["SCD7,2004-04,overtime,1,1,1"])  # no claims at all
    assert any(note.endswith("of their profile") for note in found.notes)
