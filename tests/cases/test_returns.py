"""Returns as units send them: totals among them, and rows that would count nowhere."""

from __future__ import annotations

import pytest

from tests.cases.shapes import FEB, JAN, MARCH

HEAD = "measure,period_start,grain,unit_code,borough,numerator,denominator,verified\n"


def returned(unit, *each, borough="", measure="networks_disrupted", grain="month", verified="yes"):
    """A row a month from January on; None where none was sent."""
    return "".join(
        f"{measure},2024-{number:02d}-01,{grain},{unit},{borough},{n},,{verified}\n"
        for number, n in enumerate(each, 1)
        if n is not None
    )


@pytest.mark.parametrize(
    ("rows", "months"),
    [
        # A unit beside its branches, and beside its boroughs, in two months.
        (returned("SCD7", 5, 4) + returned("SCD7(1)", 2, 3) + returned("SCD7(2)", 3, 1),
         {JAN: 5, FEB: 4}),
        (returned("SCD7", 5, 4) + returned("SCD7", 2, 3, borough="Camden")
         + returned("SCD7", 3, 1, borough="Brent"), {JAN: 5, FEB: 4}),
        # Of one month, where it is ten and more.
        (returned("SCD7", 10) + returned("SCD7(1)", 4) + returned("SCD7(2)", 6), {JAN: 10}),
        # A directorate beside its units, one of which has branches that do not add up to it.
        (returned("SCD", 15, 12) + returned("SCD8", 5, 4) + returned("SCD7", 10, 8)
         + returned("SCD7(1)", 4, 3), {JAN: 19, FEB: 15}),
    ],
    ids=["branches", "boroughs", "one month", "two levels"],
)  # fmt: skip
def test_what_a_units_row_adds_up_is_left_out(files, rows, months):
    account = files.load(HEAD + rows, kind="returns")
    assert account.rows_excluded == len(months)
    assert any("total row" in text for text in account.warnings)
    assert files.months("networks_disrupted") == months


def test_a_sum_too_small_to_tell_is_counted_and_named(files):
    rows = returned("SCD7", 9) + returned("SCD7(1)", 4) + returned("SCD7(2)", 5)
    account = files.load(HEAD + rows, kind="returns")
    assert account.rows_excluded == 0
    assert any("may be the total of others" in text for text in account.warnings)


def test_a_unit_that_returns_what_its_branches_do_not_is_counted_beside_them(files):
    rows = returned("SCD7", 20) + returned("SCD7(1)", 4) + returned("SCD7(2)", 5)
    account = files.load(HEAD + rows, kind="returns")
    assert (account.rows_excluded, account.warnings) == (0, ())


def test_a_return_that_one_unit_did_not_send_leaves_the_sum_missing_and_a_0_does_not(files):
    rows = returned("SCD7", 1, 2, 0) + returned("SCD8", 1, None, 0)
    assert files.load(HEAD + rows, kind="returns").warnings == ()
    assert files.months("networks_disrupted") == {JAN: 2, FEB: None, MARCH: 0}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (returned("SCD7", 5, measure="networks_disruptd"), "no measure of returns is called"),
        (returned("SCD7", 5, measure="homicides"), "no measure of returns is called"),
        (returned("SCD7", 5, grain="quarter"), "counted by month: its 1 row (5) by quarter"),
        (returned("SCD7", 5, verified=""), "(column verified)"),
    ],
    ids=["misspelt", "counted from records", "another grain", "not said to be verified"],
)  # fmt: skip
def test_what_counts_nowhere_is_said(files, row, said):
    account = files.load(HEAD + row, kind="returns")
    assert account.rows_accepted == 1
    (text,) = account.warnings
    assert said in text


@pytest.mark.parametrize("verified", ["yes", "no"])
def test_what_is_said_to_be_verified_or_not_needs_no_word(files, verified):
    rows = returned("SCD7", 5, verified=verified) + returned("SCD8", 0, verified="")
    assert files.load(HEAD + rows, kind="returns").warnings == ()
