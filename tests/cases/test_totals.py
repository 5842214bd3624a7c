"""Totals by name or by their sums: left out, named, and checked against the rows."""

from __future__ import annotations

import pytest

from tests.cases.shapes import (
    ROBBERY,
    TOP,
    TWO,
)


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "row",
    [
        f"{ROBBERY}London total,90,105", f"{ROBBERY}Metropolitan Police,90,105",
        f"{ROBBERY}All boroughs,90,105", f"{ROBBERY}Pan London,90,105",  # no list foresees it
        "ROBBERY,All robbery,Camden,50,60", "ROBBERY,Robbery Total,Brent,40,45",
        "Robbery Total,,Brent,40,45",
        # Nothing but its sums tells that it is one.
        f"{ROBBERY},90,105", "ROBBERY,,,90,105", ",,,90,105",
    ],
)  # fmt: skip
def test_a_total_by_name_or_by_its_sums_is_left_out(files, row):
    account = files.load(TOP + TWO + row + "\n")
    assert (account.value_accepted, account.rows_excluded) == (195, 1)
    assert "2 of 2 sums agree" in account.warnings[0]


def test_a_row_without_an_area_that_is_no_sum_is_of_an_unknown_area(files):
    account = files.load(TOP + TWO + f"{ROBBERY},90,106\n")
    assert (account.value_accepted, account.rows_excluded) == (391, 0)


def test_a_note_on_a_total_is_no_part_of_its_name(files):
    account = files.load(TOP + TWO + f"{ROBBERY}Total (provisional),90,106\n")
    assert "1 of 2 sums agree" in account.warnings[0]
    assert "says 106 for 202402, its rows add up to 105" in account.warnings[1]


def test_a_total_by_most_of_its_sums_is_left_out_and_its_slip_named(files):
    head = "MajorText,MinorText,BoroughName,202401,202402,202403,202404\n"
    rows = f"{ROBBERY}Camden,50,60,70,80\n{ROBBERY}Brent,40,45,50,55\n"
    account = files.load(head + rows + f"{ROBBERY}Capital,90,105,120,134\n")
    assert (account.value_accepted, account.rows_excluded) == (450, 1)
    assert "3 of 4 sums agree" in account.warnings[0]
    assert "says 134 for 202404, its rows add up to 135" in account.warnings[1]


@pytest.mark.parametrize("row", [f"{ROBBERY}Narnia,90,106", f"{ROBBERY}Narnia,0,0"])
def test_an_unknown_area_that_is_no_sum_is_counted(files, row):
    account = files.load(TOP + TWO + row + "\n")
    assert account.rows_excluded == 0


def test_two_areas_that_happen_to_agree_are_no_total(files):
    account = files.load(TOP + f"{ROBBERY}Camden,5,6\n{ROBBERY}Narnia,5,6\n")
    assert (account.value_accepted, account.rows_excluded) == (22, 0)
