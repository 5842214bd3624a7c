"""Ways of writing a file, a month and a count: read as meant, asked for, or rejected and said."""

from __future__ import annotations

import pytest

from dashboard.errors import ContentError
from tests.cases.shapes import (
    HEAD,
    ROBBERY,
    THEFT,
    TOP,
    TWO,
    book,
    robbery,
)

READ = {
    "semicolons": (TOP + THEFT).replace(",", ";"),
    "tabs": (TOP + THEFT).replace(",", "\t"),
    "title rows": f"MPS Borough Level Crime\nExtracted 10/02/2024\n\n{TOP}{THEFT}",
    "months by name": (TOP + THEFT).replace("202401", "Jan-24").replace("202402", "Feb-24"),
    "months as ISO": (TOP + THEFT).replace("202401", "2024-01").replace("202402", "2024-02"),
    "a heading over two lines": (TOP + THEFT).replace("MajorText", '"Major\nText"'),
    "UTF-8 with its mark": "\ufeff" + TOP + THEFT,
    "UTF-16": (TOP + THEFT).encode("utf-16"),
    "UTF-16 without its mark": (TOP + THEFT).encode("utf-16-le"),
    "blanks that do not break": (TOP + THEFT).replace("12", "\u00a012\u00a0"),
    "columns without a heading": TOP.replace("\n", ",,\n") + THEFT.replace("\n", ",,\n"),
}  # fmt: skip


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_what_is_read_as_meant(files, text):
    assert files.load(text).value_accepted == 21


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Jan 2024", "Feb 2024"), ("2024/01", "2024/02"), ("2024-1", "2024-2"),
        ("2024 01", "2024 02"), ("45292", "45323"), ("202401.0", "202402.0"),
        ("Jan-24 (p)", "Feb-24*"), ("Jan 2024 r", "Feb 2024p"),
        ("Offences 202401", "Offences 202402"), ("31/01/2024", "29/02/2024"),
    ],
)  # fmt: skip
def test_months_in_ways_that_can_mean_but_one(files, first, second):
    account = files.load((TOP + THEFT).replace("202401", first).replace("202402", second))
    assert account.value_accepted == 21
    assert not account.warnings


@pytest.mark.parametrize("first", ["Jan", "2023/24", "24-Jan", "First"])
def test_months_without_a_year_are_asked_for(files, first):
    with pytest.raises(ContentError, match="as 202401 or Jan 2024"):
        files.load(f"MajorText,MinorText,BoroughName,{first}\nTHEFT,SHOPLIFTING,Camden,12\n")


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "cell", ["-", "n/a", "..", "12%", "<5", "#N/A", "12*", "1\u00a0250", "=A1"]
)
def test_a_cell_that_is_no_count_is_rejected_and_its_month_not_covered(files, cell):
    account = files.load(TOP + f"THEFT,SHOPLIFTING,Camden,{cell},9\n")
    assert (account.counts_accepted, account.counts_rejected) == (1, 1)
    assert "1 period of an offence is not covered, as a count was rejected" in account.warnings


def test_what_thousands_marks_part_stands_in_the_account(files):
    account = files.load(TOP + 'THEFT,SHOPLIFTING,Camden,"1,250",980\n')
    assert (account.value_read, account.value_accepted, account.value_rejected) == (2230, 980, 1250)


def test_a_decimal_comma_is_no_thousands_mark(files):
    semicolons = (TOP + f"{ROBBERY}Camden,12¤0,1¤250\n").replace(",", ";").replace("¤", ",")
    account = files.load(semicolons)
    assert (account.value_read, account.value_rejected) == (1262, 1262)
    assert any("1 with a decimal comma (write 12, not 12,0)" in w for w in account.warnings)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<html><table><tr><td>MajorText</td></tr></table>", "a web page"),
        ('<?xml version="1.0"?><Workbook/>', "XML"),
        ('[{"borough": "Camden"}]', "JSON"),
    ],
)
def test_what_is_no_table_whatever_its_name_is_told_by_its_form(files, text, form):
    with pytest.raises(ContentError, match=form):
        files.load(text)


def test_rows_with_other_numbers_of_cells_are_said(files):
    account = files.load(TOP + TWO + "Source: MPS\n")
    assert account.warnings == ("1 row rejected: 1 with too many or too few cells",)


def test_rows_of_which_merging_took_the_offence_away_are_said_with_what_they_break(files):
    account = files.load(
        book(Data=[HEAD, robbery("Camden", 50, 60), [None, None, "Brent", 40, 45]])
    )
    assert any("1 row with counts has no offence" in text for text in account.warnings)
    assert "2 periods of an offence are not covered, as a count was rejected" in account.warnings


def test_months_after_the_vintage_are_said(files):
    account = files.load(TOP + f"{ROBBERY}Camden,12,9\n", vintage="2024-01-05")
    assert (account.counts_accepted, account.counts_rejected) == (1, 1)
    assert any("1 month after the vintage 2024-01-05 (2024-02-01)" in w for w in account.warnings)


def test_a_second_table_of_other_months_is_never_counted_in_those_of_the_first(files):
    second = TOP.replace("202401", "202403").replace("202402", "202404")
    with pytest.raises(ContentError, match="line 4 begins another table"):
        files.load(TOP + TWO + second + TWO)
