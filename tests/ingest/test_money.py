"""Money that is held, each rule at its edge and just short of it; and claims that can't be."""

from __future__ import annotations

import pytest

FINANCE = "unit_code,month,heading,budget_gbp,actual_gbp\n"
OVERTIME = "worked_on,started_at,ended_at,ocu,staff_ref,category,hours,cost_gbp\n"


def finance(**months: int) -> str:
    """Pay of a unit, of which the other headings hide no jump."""
    rows = [f"SCD1,2003-{month[1:]}-01,pay,3000000,{gbp}\n" for month, gbp in months.items()]
    return FINANCE + "".join(rows)


YEAR = {f"m{number:02d}": 3_000_000 for number in range(1, 9)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"m06": 4_500_000}, ""),  # half as much again: a late invoice may be so large
        ({"m06": 4_500_001}, "£3,000,000 became £4,500,001"),
        ({"m06": -3_000_000}, "became £-3,000,000"),
        ({"m09": 9_000_000}, ""),  # three times the usual month
        ({"m09": 9_000_001}, "usual, now £9,000,001"),
        ({"m10": 0}, ""),  # a month that is not over has nothing yet
    ],
)
def test_a_month_of_a_units_money_that_jumps_is_held(folder, change, said):
    assert not folder.load("finance", finance(**YEAR), "2003-09-10").held
    held = "; ".join(folder.load("finance", finance(**YEAR | change), "2003-10-10").held)
    assert said in held and bool(held) == bool(said)


def claims(price: float, n: int = 20) -> str:
    rows = [
        f"2003-07-{day:02d},,,SCD7,P7-{day:04d},casual,2,{2 * price:.2f}\n"
        for day in range(1, n + 1)
    ]
    return OVERTIME + "".join(rows)


@pytest.mark.parametrize(
    ("price", "n", "is_held"), [(30, 20, False), (30.1, 20, True), (10, 20, True), (60, 19, False)]
)
def test_what_an_hour_of_overtime_costs_jumps(folder, price, n, is_held):
    """From £20; of fewer than 40 hours a month the price says nothing."""
    assert not folder.load("overtime", claims(20, n), "2003-07-25").held
    held = folder.load("overtime", claims(price, n), "2003-08-01").held
    assert ("what an hour costs" in "; ".join(held)) is is_held


@pytest.mark.parametrize(
    ("began", "ended", "hours", "rule"),
    [
        ("2003-07-01 22:00", "2003-07-02 22:00", 24, ""),
        ("2003-07-01 22:00", "2003-07-02 22:01", 24, "over_a_day"),
        ("2003-07-01 22:00", "2003-06-30 21:59", 2, "ends_before_it_starts"),
        ("2003-07-01 22:00", "2003-07-01 02:00", 4, ""),  # past midnight, whatever day it says
        ("22:00", "02:00", 4, ""),  # past midnight
        ("22:00", "02:00", 240, "over_a_day"),
    ],
)
def test_a_claim_beyond_a_day_or_that_ends_before_it_starts_is_rejected(
    folder, began, ended, hours, rule
):
    row = f"2003-07-01,{began},{ended},SCD7,P7-0001,casual,{hours},100\n"
    account = folder.load("overtime", OVERTIME + row, "2003-07-25")
    assert account.rows_rejected == bool(rule)
    if rule:
        assert {found[3] for found in folder.rejects(account)} == {rule}


def test_claims_that_stand_twice_are_named(folder):
    one = "2003-07-01,,,SCD7,P7-0001,casual,2,100\n"
    account = folder.load("overtime", OVERTIME + one + one, "2003-07-25")
    assert account.rows_accepted == 2
    assert any("stands twice" in said and "line 3 as line 2" in said for said in account.warnings)
