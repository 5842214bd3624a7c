"""Budget and causes against spending over every unit, category and month; rates by date."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from dashboard import catalogue, reports
from dashboard.catalogue.records import Rate
from dashboard.reports.spending.ledgers import WHOLE, ledger, multiplier
from dashboard.stats.variance import Causes
from tests.choosing import many

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = catalogue.load(ROOT / "data" / "catalogue")
NOT_HARM = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
BUDGET = {
    **dict.fromkeys(("profiled_pence", "committed_pence"), pa.int64()),
    **dict.fromkeys(("hours", "people", "posts", "in_post"), pa.float64()),
}
SPENT = {
    **dict.fromkeys(("branch", "category"), pa.string()),
    "rate_since": pa.date32(),
    "pence": pa.int64(),
    **dict.fromkeys(("hours", "squares"), pa.float64()),
    "n": pa.int64(),
    "known_on": pa.date32(),
}
KEYS = {"month": pa.date32(), "unit_code": pa.string()}
SCHEMAS = {
    "overtime_budget": pa.schema([*KEYS.items(), *BUDGET.items()]),
    "overtime_spent": pa.schema([*KEYS.items(), *SPENT.items()]),
}
APRIL, LAST_APRIL = date(2004, 4, 1), date(2003, 4, 1)


def budget(month=APRIL, unit="SCD7", pence=100_000, hours=50.0, people=10.0, **more):
    return {
        "month": month,
        "unit_code": unit,
        "profiled_pence": pence,
        "committed_pence": 0,
        "hours": hours,
        "people": people,
        "posts": 20.0,
        "in_post": 20.0,
    } | more


def spent(month=APRIL, category="casual", pence=100_000, hours=50.0, unit="SCD7", **more):
    return {
        "month": month,
        "unit_code": unit,
        "branch": f"{unit}(1)",
        "category": category,
        "rate_since": date(2002, 4, 1),
        "pence": pence,
        "hours": hours,
        "squares": 0.0,
        "n": 1,
        "known_on": date(2004, 7, 11),
    } | more


@pytest.fixture
def made(asking):
    """The ledger of these rows, of the real catalogue unless another is given."""

    def of(budgets, claims, beside=None):
        told = {"overtime_budget": budgets, "overtime_spent": claims}
        rows = {name: pa.Table.from_pylist(told[name], SCHEMAS[name]) for name in told}
        return ledger(asking(rows=rows, beside=beside))

    return of


UNITS, CATEGORIES = ("SCD1", "SCD7"), ("casual", "rest_day", "court")
MONTHS = [date(2003, month, 1) for month in (4, 5, 6)] + [date(2004, m, 1) for m in (4, 5, 6)]
CELLS = st.fixed_dictionaries(
    {
        "month": st.sampled_from(MONTHS),
        "unit": st.sampled_from(UNITS),
        "category": st.sampled_from(CATEGORIES),
        "branch": st.sampled_from(["SCD7(1)", "SCD7(5)", "unassigned"]),
        "pence": st.integers(0, 10**7),
        "hours": st.integers(1, 4000).map(lambda quarters: quarters / 4),
    }
)
BUDGETS = st.dictionaries(
    st.tuples(st.sampled_from(MONTHS), st.sampled_from(UNITS)),
    st.fixed_dictionaries(
        {
            "pence": st.integers(0, 10**7),
            "hours": st.none() | st.floats(0, 1e4),
            "people": st.none() | st.floats(0, 900),
            "in_post": st.none() | st.floats(0, 25),
        }
    ),
)


@many(60, suppress_health_check=NOT_HARM)
@given(BUDGETS, st.lists(CELLS, min_size=1, max_size=25))
def test_budget_and_causes_add_up_over_every_unit_category_and_month(made, budgets, cells):
    rows = [budget(month, unit, **more) for (month, unit), more in budgets.items()]
    found = made(rows, [spent(**cell) for cell in cells])
    leaves, now = found.leaves, [cell for cell in cells if cell["month"] >= found.year]
    assert all(leaf.budget + leaf.causes.total == leaf.actual for leaf in leaves)
    for key in ("month", "unit", "category"):
        if key == "category" and not found.shared:
            continue  # a budget that is not shared out has its spending beside it, whole
        for value in {getattr(leaf, key) for leaf in leaves} - {WHOLE}:
            mine = [leaf for leaf in leaves if getattr(leaf, key) == value]
            actual = sum(cell["pence"] for cell in now if cell[key] == value)
            total = sum((leaf.causes for leaf in mine), Causes()).total
            assert sum(leaf.budget for leaf in mine) + total == sum(leaf.actual for leaf in mine)
            if key != "category":
                assert sum(leaf.actual for leaf in mine) == actual
    known = [row for row in rows if found.year <= row["month"] < found.until]
    given_out = sum(row["profiled_pence"] for row in known)
    assert sum(leaf.budget for leaf in leaves) == given_out
    assert sum(leaf.actual for leaf in leaves) == sum(cell["pence"] for cell in now)


def test_the_budget_is_shared_out_by_the_year_before(made):
    claims = [spent(LAST_APRIL, "casual", 300_00, 20.0), spent(LAST_APRIL, "court", 100_00, 20.0)]
    found = made([budget()], [*claims, spent(APRIL, "casual", 900_00, 50.0)])
    shares = {leaf.category: leaf.budget for leaf in found.leaves}
    assert shares == {"casual": 75_000, "court": 25_000}  # three to one, as last April
    (casual,) = (leaf for leaf in found.leaves if leaf.category == "casual")
    # half of the 50 budgeted hours were for casual: 50 worked are twice as many
    assert casual.causes == Causes(hours=75_000, cost=90_000 - 150_000)


def test_without_a_year_before_the_budget_stays_whole(made):
    found = made([budget()], [spent(pence=120_000, hours=60.0)])
    (leaf,) = found.leaves
    assert (leaf.category, leaf.budget) == (WHOLE, 100_000) and not found.shared
    assert leaf.causes == Causes(hours=20_000)


def test_posts_not_filled_are_people(made):
    found = made([budget(in_post=18.0)], [spent()])
    (leaf,) = found.leaves
    assert leaf.causes == Causes(people=-10_000, hours=10_000)  # nine tenths are there


def rates(*found):
    return replace(CATALOGUE, rates=tuple(found))


CHANGED = rates(
    Rate("rest_day", 2.0, date(2000, 4, 1), date(2004, 6, 1), "as it was"),
    Rate("rest_day", 1.5, date(2004, 6, 1), None, "from June"),
)


def test_a_rate_that_changes_in_the_year_is_applied_by_date(made):
    may, june = date(2004, 5, 1), date(2004, 6, 1)
    claims = [
        spent(may, "rest_day", 200_00, 10.0),
        spent(june, "rest_day", 150_00, 10.0, rate_since=june),
    ]
    rows = [budget(month, pence=200_00, hours=10.0) for month in (may, june)]
    found = made(rows, claims, beside=CHANGED)
    before, after = sorted(found.leaves, key=lambda leaf: leaf.month)
    assert before.causes == Causes()
    assert after.causes == Causes(rates=-50_00)  # £200 of double time is £150 at one and a half
    assert found.changes == ((june, "rest day × 1.5"),)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2004, 5, 31), 2.0), (date(2004, 6, 1), 1.5), (date(2000, 3, 31), None)],
)
def test_the_rate_in_force_on_a_day(day, expected):
    assert multiplier(CHANGED, "rest_day", day) == expected


def test_claims_of_one_month_on_either_side_of_a_change_are_told_apart(folder, monkeypatch):
    head = "worked_on,ocu,category,hours,cost_gbp\n"
    rows = "2004-06-14,SCD7,rest_day,10,200\n2004-06-15,SCD7,rest_day,10,150\n"
    folder.load("overtime", head + rows, "2004-07-11")
    request = reports.open_request(folder.publish("2004-07-12").as_at, data=folder.data)
    params = {"since": APRIL, "until": date(2004, 7, 12), "changes": "2003-04-01,2004-06-15"}
    found = request.run("overtime_spent", **params).to_pylist()
    assert [(row["rate_since"], row["pence"]) for row in found] == [
        (date(2003, 4, 1), 200_00),
        (date(2004, 6, 15), 150_00),
    ]


def test_the_last_month_counts_once_its_claims_are_in(made):
    # extracted on 29 June: June is not over for the claims
    found = made([budget()], [spent(known_on=date(2004, 6, 29))])
    assert found.until == date(2004, 6, 1) and found.periods == 2
    found = made([budget()], [spent(known_on=date(2004, 6, 30))])
    assert found.until == date(2004, 7, 1) and found.periods == 3


def test_no_claims_no_ledger(made):
    assert made([budget()], []) is None


def test_spending_and_budgets_of_the_sample_as_another_tool_adds_them(sample_snapshot, sample_data):
    request = reports.open_request(sample_snapshot.as_at, data=sample_data)
    found = ledger(request)
    inside = pl.col("worked_on").is_between(APRIL, date(2004, 6, 30))
    claims = pl.read_parquet(sample_snapshot.path / "facts" / "overtime.parquet").filter(inside)
    pence = (pl.col("cost_gbp") * 100).round().cast(pl.Int64).sum()
    month = pl.col("worked_on").dt.truncate("1mo")
    keys = [month.alias("month"), "ocu", "category"]
    expected = {row[:3]: row[3] for row in claims.group_by(keys).agg(pence).iter_rows()}
    seen: dict = {}
    for leaf in found.leaves:
        key = leaf.month, leaf.unit, leaf.category
        seen[key] = seen.get(key, 0) + leaf.actual
        assert leaf.budget + leaf.causes.total == leaf.actual
    assert {key: value for key, value in seen.items() if value} == expected
    budgets = pl.read_parquet(sample_snapshot.path / "facts" / "overtime_budget.parquet")
    whole = budgets.filter(pl.col("month").is_between(APRIL, date(2004, 6, 1)))
    assert sum(leaf.budget for leaf in found.leaves) == round(100 * whole["profiled_gbp"].sum())
    assert sum((leaf.hours for leaf in found.leaves), Fraction(0)) == claims["hours"].sum()


def test_claims_without_a_budget_are_spent_all_the_same(made):
    found = made([], [spent(LAST_APRIL), spent(APRIL, pence=70_000)])
    (leaf,) = found.leaves
    assert (leaf.budget, leaf.actual, leaf.causes) == (0, 70_000, Causes(other=70_000))
    assert [(month.start, month.spent) for month in found.months] == [
        (LAST_APRIL, 100_000),
        (APRIL, 70_000),
    ]
