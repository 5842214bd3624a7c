"""The first table, the forecast and the breakdowns: true of their rows, adding up as shown."""

from datetime import date

import polars as pl
import pytest

from dashboard import reports
from dashboard.access.disclosure import METHOD
from dashboard.errors import NotFoundError
from dashboard.reports.measure import identity
from dashboard.reports.overtime import board, breakdown, course, teams, use
from dashboard.reports.overtime.overtime_words import ROUNDED
from dashboard.reports.spending import outlook as forecast
from dashboard.reports.spending.ledgers import Ledger, Month, ledger
from dashboard.reports.tasking import objectives
from dashboard.reports.unit import planned
from dashboard.stats.variance import NAMES
from dashboard.stats.year_end import chance_words


@pytest.fixture(scope="module")
def request_of(sample_data):
    """Opens the sample as at a day of 2004."""
    return lambda month, day: reports.open_request(date(2004, month, day), data=sample_data)


def parts(disclosed):
    *rows, total = disclosed.rows.to_pylist()
    assert total["kind"] == "total"
    return rows, total


def test_the_planted_overspend_is_the_first_row(request_of):
    found = board.board(request_of(7, 12), "SCD")
    rows, _ = parts(found.rows)
    assert rows[0]["unit_code"] == "SCD7" and "SCD7(5)" in rows[0]["why"]
    assert found.statement.startswith("SCD7 is very likely to overspend its overtime by about £")
    rows, _ = parts(board.board(request_of(7, 12), "SCD7").rows)
    assert rows[0]["unit_code"] == "SCD7(5)"
    assert rows[0]["variance_gbp"] > sum(abs(row["variance_gbp"]) for row in rows[1:])


def test_a_units_plan_says_of_its_overtime_what_the_star_chamber_says(request_of):
    request = request_of(7, 12)
    rows, total = parts(board.board(request, "SCD").rows)
    for row in [*rows, total]:
        plan = planned.plan(request, row["unit_code"]).rows.to_pylist()
        own = next(item for item in plan if item["measure"] == identity.OVERTIME)
        assert own["chance"] == pytest.approx(1 - row["over"])
        assert own["chance_words"] == chance_words(1 - row["over"])
        assert own["projected"] == pytest.approx(row["forecast_gbp"] / row["budget_gbp"], abs=1e-4)
    aimed = objectives.board(request).rows.to_pylist()
    board_row = next(item for item in aimed if item["measure"] == identity.OVERTIME)
    assert board_row["chance"] == pytest.approx(1 - total["over"])
    # Before period 3 neither foretells anything.
    early = request_of(5, 17)
    plan = planned.plan(early, "SCD7").rows.to_pylist()
    assert [row["chance"] for row in plan if row["measure"] == identity.OVERTIME] == [None]


def test_budgets_are_labelled_illustrative(request_of):
    found = board.board(request_of(7, 12), "SCD")
    assert "illustrative budgets" in found.substatement
    assert any("illustrative" in note for note in found.rows.notes)


def test_budgets_of_ones_own_are_not_called_illustrative(folder):
    claim = "2004-06-14,SCD7,investigation,planned,2,50\n"
    head = "worked_on,ocu,duty,category,hours,cost_gbp\n"
    folder.load("overtime", head + claim, "2004-07-11")
    budget = "ocu,month,profiled_gbp\n" + "".join(
        f"SCD7,{year}-{month:02d}-01,100\n"
        for year, month in [(2004, n) for n in range(4, 13)] + [(2005, n) for n in (1, 2, 3)]
    )
    folder.load("overtime_budget", budget, "2004-07-11")
    folder.publish("2004-07-12")
    found = board.board(reports.open_request(date(2004, 7, 12), data=folder.data), "SCD")
    assert "illustrative" not in found.substatement
    assert not any("illustrative" in note for note in found.rows.notes)


@pytest.mark.parametrize("unit", ["SCD", "SCD1", "SCD2", "SCD5", "SCD7", "SCD8"])
def test_the_parts_add_up_to_the_penny_and_each_is_rounded_once(request_of, unit):
    found = board.board(request_of(7, 12), unit).rows
    rows, total = parts(found)
    apart = sum(row["spent_gbp"] for row in rows) - total["spent_gbp"]
    assert abs(apart) <= len(rows) / 2
    assert ROUNDED in found.notes or not apart
    for name in ("profiled_pence", "spent_pence"):
        assert sum(row[name] for row in rows) == total[name]
    for row in [*rows, total]:
        assert row["spent_gbp"] == round(row["spent_pence"] / 100)
        assert (
            row["profiled_pence"] + sum(row[f"{name}_pence"] for name in NAMES)
            == (row["spent_pence"])
        )


def test_what_is_beyond_the_budget_is_the_forecast_less_it_rounded_once(request_of):
    request = request_of(7, 12)
    exact = {item.unit: item.forecast - item.budget for item in forecast.outlooks(ledger(request))}
    rows, _ = parts(board.board(request, "SCD").rows)
    assert {row["unit_code"]: row["beyond_gbp"] for row in rows} == {
        unit: round(pence / 100) for unit, pence in exact.items()
    }


def test_what_is_spent_is_what_another_tool_adds(request_of, sample_snapshot):
    claims = pl.read_parquet(sample_snapshot.path / "facts" / "overtime.parquet")
    whole = claims.filter(pl.col("worked_on").is_between(date(2004, 4, 1), date(2004, 6, 30)))
    sums = dict(whole.group_by("ocu").agg(pl.col("cost_gbp").sum()).iter_rows())
    rows, total = parts(board.board(request_of(7, 12), "SCD").rows)
    assert {row["unit_code"]: row["spent_pence"] / 100 for row in rows} == pytest.approx(sums)
    assert total["spent_pence"] / 100 == pytest.approx(whole["cost_gbp"].sum())


def test_before_period_three_it_is_too_early(request_of):
    found = board.board(request_of(6, 14), "SCD")  # April and May are over
    assert found.statement.startswith("Too early to forecast: SCD7 is £")
    assert "forecasts begin with period 3" in found.substatement
    rows, total = parts(found.rows)
    assert {row["forecast_gbp"] for row in [*rows, total]} == {None}
    assert rows[0]["unit_code"] == "SCD7"


def test_in_april_the_year_that_ended_is_shown(request_of):
    found = board.board(request_of(4, 5), "SCD")
    assert found.statement.startswith("No unit ended 2003/04 over its overtime budget")
    rows, total = parts(found.rows)
    assert total["forecast_gbp"] == total["spent_gbp"] and total["low_gbp"] is None


@pytest.mark.parametrize(
    ("said", "shown", "remark"),
    [
        (None, "SCD", ""),
        ("SCD7", "SCD7", ""),
        ("SCD7(5)", "SCD7", "SCD7(5)"),
        ("MPS", "SCD", "MPS"),
    ],
)
def test_the_unit_of_a_link(request_of, said, shown, remark):
    code, words = board.unit_of(request_of(7, 12), said)
    assert code == shown and remark in words


def test_an_unknown_unit_names_its_neighbours(request_of):
    with pytest.raises(NotFoundError, match="SCD7"):
        board.unit_of(request_of(7, 12), "SCD77")


@pytest.mark.parametrize("unit", ["SCD", "SCD7", "SCD2"])
@pytest.mark.parametrize("cut", [breakdown.months, breakdown.categories])
def test_breakdowns_add_up_to_the_penny_and_causes_to_their_difference(request_of, unit, cut):
    request = request_of(7, 12)
    rows, total = parts(cut(request, ledger(request), unit))
    for row in [*rows, total]:
        assert row["spent_gbp"] == round(row["spent_pence"] / 100)
        assert row["variance_gbp"] == round((row["spent_pence"] - row["profiled_pence"]) / 100)
        assert sum(row[f"{name}_gbp"] for name in NAMES) == row["variance_gbp"]
        causes = sum(row[f"{name}_pence"] for name in NAMES)
        assert row["profiled_pence"] + causes == row["spent_pence"]
    for name in ("profiled_pence", "spent_pence"):
        assert sum(row[name] for row in rows) == total[name]
    assert total["running_gbp"] == rows[-1]["running_gbp"] == total["variance_gbp"]


def test_the_causes_end_where_the_difference_does(request_of):
    request = request_of(7, 12)
    found = breakdown.causes(request, ledger(request), "SCD7")
    *causes, total = found.rows.to_pylist()
    assert causes[0]["start"] == total["start"] == 0
    assert all(a["end"] == b["start"] for a, b in zip(causes, causes[1:], strict=False))
    assert causes[-1]["end"] == total["end"] == total["value_gbp"]
    assert sum(row["pence"] for row in causes) == total["pence"]
    assert max(causes, key=lambda row: row["value_gbp"])["cause"] == "hours"


def test_operations_add_up_to_all_claims(request_of, sample_snapshot):
    request = request_of(7, 12)
    rows = use.operations(request, ledger(request), "SCD").rows.to_pylist()
    claims = pl.read_parquet(sample_snapshot.path / "facts" / "overtime.parquet")
    whole = claims.filter(pl.col("worked_on").is_between(date(2004, 4, 1), date(2004, 6, 30)))
    assert sum(row["n"] for row in rows) == whole.height
    assert sum(row["spent_gbp"] for row in rows) == round(whole["cost_gbp"].sum())
    named = [row["pence"] for row in rows if row["operation"].startswith("OP")]
    assert named == sorted(named, reverse=True)


def test_an_officer_is_one_whose_post_is_filled(request_of):
    request = request_of(7, 12)
    found = use.officers(request, ledger(request)).rows.to_pylist()
    (scd7,) = (row for row in found if row["unit_code"] == "SCD7")
    assert scd7["there"] < scd7["budgeted"] == 520
    spent = sum(m.spent for m in ledger(request).months if m.unit == "SCD7" and _of_year(m))
    assert scd7["spent_gbp"] == pytest.approx(spent / 100 / (3 * scd7["there"]))


def _of_year(month: Month) -> bool:
    return date(2004, 4, 1) <= month.start < date(2004, 7, 1)


def test_the_year_is_drawn_to_its_end_with_holidays(request_of):
    request = request_of(7, 12)
    rows = course.course(request, ledger(request), "SCD7").rows.to_pylist()
    months = [row for row in rows if row["kind"] == "month"]
    assert months[-1]["day"] == date(2005, 3, 31) and months[-1]["spent"] is None
    assert months[-1]["low"] < months[-1]["forecast"] < months[-1]["high"]
    # it sets out from what is spent
    assert months[3]["forecast"] == months[3]["spent"] == months[3]["low"]
    # Good Friday, Easter Monday and the two of May 2004
    days = [row["day"] for row in rows if row["kind"] == "holiday"]
    assert days == [date(2004, 4, 9), date(2004, 4, 12), date(2004, 5, 3), date(2004, 5, 31)]


def test_the_funnel_names_the_planted_branch_and_no_other(request_of):
    found = teams.teams(request_of(7, 12), "SCD")
    outside = [row["unit_code"] for row in found.rows.to_pylist() if row["state"] == "outside"]
    assert outside == ["SCD7(5)"]
    assert found.title == "SCD7(5) Flying Squad lies outside the limits for its size"
    assert any("φ = " in note for note in found.noted(METHOD)) and "φ" not in found.subtitle
    codes = found.rows.column("unit_code").to_pylist()
    assert codes.index("SCD1(1)") < codes.index("SCD7(5)") < codes.index("SCD8(1)")  # not ranked


def test_a_unit_is_held_against_all_teams_not_its_own(request_of):
    rows = teams.teams(request_of(7, 12), "SCD7").rows.to_pylist()
    assert {row["ocu"] for row in rows} == {"SCD7"}
    assert [row["unit_code"] for row in rows if row["state"] == "outside"] == ["SCD7(5)"]


def months(spent, profiled, since=date(2004, 4, 1), squares=0.0, committed=0):
    """Months of one unit; those without spending are still to come."""
    found, start = [], since
    for index, profile in enumerate(profiled):
        cost = spent[index] if index < len(spent) else 0
        found.append(
            Month(start, "SCD7", profile, committed, None, None, None, cost, squares=squares)
        )
        start = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return tuple(found)


def a_year(spent, profiled, **more):
    until = months([], [0] * (len(spent) + 1))[-1].start
    return Ledger(date(2004, 4, 1), until, until, (), months(spent, profiled, **more), ())


def outlook(found):
    """The outlook of the year with its spending, which the leaves would hold."""
    spent = sum(month.spent for month in found.months)
    bare = forecast.outlook(found, "SCD7")
    return forecast.with_forecast(found, forecast.replace(bare, spent=spent), list(found.months))


@pytest.mark.parametrize(("gone", "early"), [(2, True), (3, False)])
def test_the_forecast_begins_with_period_three(gone, early):
    found = outlook(a_year([1_000_00] * gone, [1_000_00] * 12))
    assert (found.forecast is None) == early


def test_the_forecast_follows_the_profile_not_twelfths():
    # half of the year's budget falls into its first three months
    found = outlook(a_year([2_000_00] * 3, [2_000_00] * 3 + [666_67] * 9))
    assert found.forecast / 100 == pytest.approx(12_000, rel=0.001)


def test_no_year_ends_below_what_is_spent_and_committed():
    found = outlook(a_year([100_00] * 3, [1_000_00] * 12, committed=900_00))
    assert found.forecast == found.low == 300_00 + 9 * 900_00


def test_dear_claims_widen_the_band():
    narrow = outlook(a_year([1_000_00] * 3, [1_000_00] * 12, squares=1_000.0))
    wide = outlook(a_year([1_000_00] * 3, [1_000_00] * 12, squares=200_000.0))
    assert wide.high - wide.low > 3 * (narrow.high - narrow.low)
    assert wide.over == pytest.approx(0.5, abs=0.05)
