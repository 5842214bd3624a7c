"""Published counts: cells, sums, coverage and what the same vintage already said."""

from datetime import date
from decimal import Decimal

import pytest

from dashboard import ingest
from dashboard.errors import UsageError
from tests.ingest.conftest import totals

HEAD = "date,grain,borough,offence,offences,outcomes,publisher\n"
ONE = "2004-06-01,month,Camden,fraud,5,2,corporate\n"


def coverage(folder):
    return [
        (item["subject"], item["value"], item["since"], item["until"])
        for staged in ingest.staged(folder.data)
        for item in staged.coverage
    ]


def test_a_row_is_two_cells_and_its_value_their_sum(folder):
    account = folder.load("counts", HEAD + ONE)
    assert totals(account, "rows") == {"accepted": 1}
    assert totals(account, "value") == {"accepted": 7}
    rows = folder.rows("counts")
    assert rows.columns == ["publisher", "date", "grain", "borough", "offence", "value", "n",
                            "vintage"]  # fmt: skip
    assert dict(zip(rows["value"], rows["n"], strict=True)) == {"offences": 5, "outcomes": 2}


def test_a_count_left_blank_is_not_said_and_is_not_none(folder):
    folder.load("counts", HEAD + "2004-06-01,month,Camden,fraud,5,,\n")
    assert folder.rows("counts")["value"].to_list() == ["offences"]
    assert folder.rows("counts")["publisher"].to_list() == ["counts"]


@pytest.mark.parametrize(
    ("row", "reject"),
    [
        ("2004-06-01,month,Camden,fraud,,,x", ("offences", "", "required")),
        ("2004-06-01,month,Camden,fraud,-1,,x", ("offences", "-1", "negative")),
        ("2004-06-01,month,Camden,fraud,1.5,,x", ("offences", "1.5", "not_whole")),
        ("2004-06-01,month,Camden,fraud,NaN,,x", ("offences", "NaN", "not_a_number")),
        ("2004-06-01,month,Camden,fraud,inf,,x", ("offences", "inf", "not_a_number")),
        ("2004-06-01,month,Camden,fraud,1e30,,x", ("offences", "1e30", "too_large")),
        ("2004-06-02,month,Camden,fraud,1,,x", ("date", "2004-06-02", "not_period_start")),
        ("2004-06-31,day,Camden,fraud,1,,x", ("date", "2004-06-31", "impossible_date")),
        ("1 June,day,Camden,fraud,1,,x", ("date", "1 June", "bad_date")),
        ("2004-07-13,day,Camden,fraud,1,,x", ("date", "2004-07-13", "after_vintage")),
        ("2004-06-01,week,Camden,fraud,1,,x", ("grain", "week", "unknown_value")),
        ("2004-06-01,month,,fraud,1,,x", ("borough", "", "required")),
        ("2004-06-01,month,Camden,,1,,x", ("offence", "", "required")),
    ],
)
def test_a_broken_rule_rejects_the_cell(folder, row, reject):
    account = folder.load("counts", HEAD + ONE + row + "\n")
    assert totals(account, "rows") == {"accepted": 1, "rejected": 1}
    assert folder.rejects(account) == [(3, *reject)]
    assert folder.rows("counts")["n"].sum() == 7


def test_a_negative_count_is_read_as_it_stands_and_an_unreadable_one_as_nothing(folder):
    rows = "2004-05-01,month,Camden,fraud,-3,,x\n2004-04-01,month,Camden,fraud,lots,,x\n"
    account = folder.load("counts", HEAD + ONE + rows)
    assert (account.value_read, account.value_rejected) == (Decimal(4), Decimal(-3))


def test_a_line_with_one_good_cell_is_accepted_and_its_bad_cell_rejected(folder):
    account = folder.load("counts", HEAD + "2004-06-01,month,Camden,fraud,5,-2,x\n")
    assert totals(account, "rows") == {"accepted": 1}
    assert totals(account, "value") == {"accepted": 5, "rejected": -2}
    assert folder.rejects(account) == [(2, "outcomes", "-2", "negative")]


def test_rows_of_one_key_are_summed(folder):
    folder.load("counts", HEAD + ONE + ONE)
    assert folder.rows("counts")["n"].sort().to_list() == [4, 10]


def test_one_name_in_several_cases_goes_by_the_first(folder):
    folder.load("counts", HEAD + ONE + ONE.replace("fraud", "FRAUD").replace("Camden", " camden "))
    rows = folder.rows("counts")
    assert set(rows["offence"]) == {"fraud"}
    assert set(rows["borough"]) == {"Camden"}


def test_of_a_second_file_only_new_and_changed_cells_are_accepted(folder):
    folder.load("counts", HEAD + ONE)
    new = "2004-05-01,month,Camden,fraud,9,,corporate\n"
    account = folder.load("counts", HEAD + ONE.replace(",5,2,", ",6,2,") + new)
    assert totals(account, "value") == {"accepted": 15, "superseded": 2}
    assert account.warnings == ("1 counts replace what the same vintage said before",)


def test_coverage_runs_from_the_first_to_the_end_of_the_last_period(folder):
    folder.load("counts", HEAD + ONE + "2004-02-01,month,Brent,fraud,1,,corporate\n")
    assert coverage(folder) == [
        ("fraud", "offences", "2004-02-01", "2004-07-01"),
        ("fraud", "outcomes", "2004-06-01", "2004-07-01"),
    ]


def test_a_period_with_a_rejected_count_is_not_covered(folder):
    lines = "".join(f"2004-0{m}-01,month,Camden,fraud,1,,x\n" for m in (1, 2, 3))
    account = folder.load("counts", HEAD + lines + "2004-02-01,month,Brent,fraud,-1,,x\n")
    assert coverage(folder) == [
        ("fraud", "offences", "2004-01-01", "2004-02-01"),
        ("fraud", "offences", "2004-03-01", "2004-04-01"),
    ]
    assert account.warnings[0] == "1 count rejected: 1 below 0"
    assert "1 period of an offence is not covered" in account.warnings[1]


def test_each_row_has_its_own_refresh_date_as_vintage(folder):
    head = HEAD.replace("publisher", "Refresh_Date")
    first = "2004-05-01,month,Camden,fraud,5,,2004-06-02\n"
    last = "2004-06-01,month,Camden,theft,4,,2004-07-02 00:00:00\n"
    account = folder.load("counts", head + first + last, vintage=None)
    assert account.vintages == ("2004-06-02", "2004-07-02")
    assert folder.rows("counts")["vintage"].to_list() == [date(2004, 6, 2), date(2004, 7, 2)]
    item = ingest.staged(folder.data)[0]
    assert [item.known_before(date(2004, 6, day)) for day in (2, 3)] == [False, True]
    assert {entry["vintage"] for entry in item.coverage} == {"2004-06-02", "2004-07-02"}


def test_a_row_whose_refresh_date_is_none_is_rejected(folder):
    head = HEAD.replace("publisher", "refresh_date")
    rows = "2004-05-01,month,Camden,fraud,5,,2004-06-02\n2004-05-01,month,Brent,fraud,5,,soon\n"
    account = folder.load("counts", head + rows, vintage=None)
    assert folder.rejects(account) == [(3, "refresh_date", "soon", "bad_date")]


@pytest.mark.parametrize("publisher", ["publisher", "refresh_date"])
def test_no_refresh_date_at_all_is_a_wrong_call(folder, publisher):
    head = HEAD.replace("publisher", publisher)
    with pytest.raises(UsageError, match="say --vintage"):
        folder.load("counts", head + "2004-05-01,month,Camden,fraud,5,,\n", vintage=None)


def test_unknown_spellings_are_named_with_their_totals(folder):
    row = "2004-06-01,month,Atlantis,piracy,5,2,corporate\n"
    account = folder.load("counts", HEAD + row)
    assert account.warnings == (
        "1 spelling of the area ('Atlantis' 7) is not in aliases.csv, counted under unknown",
        "1 spelling of the offence ('piracy' 7) is not in aliases.csv, counted under unknown",
    )
