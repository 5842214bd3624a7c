"""Small files as people send them: what is read, what is left out and named, what is asked.

Each row is one kind of file; the counts are those of `query measure_series` after a publish, or
the account where the catalogue gives the offence to no measure.
"""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from dashboard import ingest, reports
from dashboard.errors import ContentError

HEAD = ["MajorText", "MinorText", "BoroughName", "202401", "202402"]
ROBBERY = "ROBBERY,ROBBERY OF BUSINESS PROPERTY,"
TOP = ",".join(HEAD) + "\n"
TWO = f"{ROBBERY}Camden,50,60\n{ROBBERY}Brent,40,45\n"
JAN, FEB, MARCH, APRIL = ((2024, month) for month in (1, 2, 3, 4))


class Files:
    """Files imported as the command does it, and the months that the force's series then has."""

    def __init__(self, folder):
        self.folder = folder

    def load(self, text, kind="mps-borough-crime", vintage="2024-05-10"):
        name = "book.xlsx" if isinstance(text, bytes) and text[:2] == b"PK" else "file.csv"
        file = self.folder.path / f"{vintage}-{name}"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        known = dt.date.fromisoformat(vintage)
        return ingest.import_files(kind, [file], data=self.folder.data, vintage=known)[0]

    def months(self, measure="commercial_robbery"):
        info = self.folder.publish("2024-06-01")
        request = reports.open_request(info.as_at, None, self.folder.data)
        rows = request.run("measure_series", measure=measure, level="force", grain="month")
        return {
            (row["period_start"].year, row["period_start"].month): row["numerator"]
            for row in rows.to_pylist()
        }


@pytest.fixture
def files(folder):
    return Files(folder)


def book(**sheets) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.strip("_"))
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def robbery(area, *counts):
    return ["ROBBERY", "ROBBERY OF BUSINESS PROPERTY", area, *counts]


def years(first, second):
    return [*HEAD[:3], first, second]


COVER = [["Recorded crime"], ["See notes"]]
SPELLINGS = (
    "City of Westminster", "Kingston-upon-Thames", "KENSINGTON AND CHELSEA", "Camden ",
    "Royal Borough of Greenwich", "Hammersmith &amp; Fulham", "Kensington & Chelsea",
)  # fmt: skip
PUBLISHED = {
    "a total row": (TOP + TWO + f"{ROBBERY}Total,90,105\n", {JAN: 90, FEB: 105}),
    "a grand total": (TOP + f"{ROBBERY}Camden,50,60\nGrand Total,,,50,60\n", {JAN: 50, FEB: 60}),
    "a month not there": (
        f"MajorText,MinorText,BoroughName,202401,202402,202404\n{ROBBERY}Camden,50,60,70\n",
        {JAN: 50, FEB: 60, APRIL: 70},
    ),
    "numbers as 12.0": (TOP + f"{ROBBERY}Camden,12.0,9.0\n", {JAN: 12, FEB: 9}),
    "a row twice": (TOP + f"{ROBBERY}Camden,5,6\n" * 2, {JAN: 10, FEB: 12}),
    "blank cells": (TOP + f"{ROBBERY}Camden,,6\n{ROBBERY}Brent,4,\n", {}),
    "counts withheld": (TOP + f"{ROBBERY}Camden,<5,6\n{ROBBERY}Brent,*,-\n", {}),
    "areas in several spellings": (
        "MajorText,MinorText,BoroughName,202401\n"
        + "".join(f"{ROBBERY}{area},{n}\n" for n, area in enumerate(SPELLINGS, 1)),
        {JAN: 28},
    ),
    "the headings again": (TOP + TWO + TOP + f"{ROBBERY}Ealing,3,4\n", {JAN: 93, FEB: 109}),
    "lines without anything": (TOP + TWO + ",,,,\n", {JAN: 90, FEB: 105}),
    "cells merged downwards": (TOP + TWO + ",,Ealing,3,\n", {FEB: 105}),  # January lacks 3
    "dates as headings": (
        book(Data=[years(dt.date(2024, 1, 1), dt.datetime(2024, 2, 1)), robbery("Camden", 50, 60)]),
        {JAN: 50, FEB: 60},
    ),
    "days as a workbook stores them": (
        book(Data=[years(45292, 45323), robbery("Camden", 50, 60)]), {JAN: 50, FEB: 60},
    ),
    "a cover sheet first": (
        book(Cover=COVER, Data=[HEAD, robbery("Camden", 50, 60)]), {JAN: 50, FEB: 60},
    ),
    "a title row": (
        book(Data=[["Recorded crime"], [], HEAD, robbery("Camden", 50, 60)]), {JAN: 50, FEB: 60},
    ),
    "a sheet a year": (
        book(**{
            "2023": [years("202301", "202302"), robbery("Camden", 50, 60)],
            "2024": [HEAD, robbery("Camden", 70, 80)],
        }),
        {(2023, 1): 50, (2023, 2): 60, JAN: 70, FEB: 80},
    ),
    "a formula without its value": (book(Data=[HEAD, robbery("Camden", "=25+25", 60)]), {FEB: 60}),
}  # fmt: skip


@pytest.mark.few(2)
@pytest.mark.parametrize(("text", "months"), PUBLISHED.values(), ids=PUBLISHED)
def test_what_a_file_comes_to_once_published(files, text, months):
    account = files.load(text)
    assert account.value_read == (
        account.value_accepted + account.value_rejected + account.value_excluded
    )
    assert files.months() == months


def test_a_category_that_was_split_counts_once(files):
    files.folder.own_catalogue(
        "offence,mps-borough-crime,MURDER,murder\n"
        "offence,mps-borough-crime,MANSLAUGHTER,manslaughter\n"
    )
    violence = "VIOLENCE AGAINST THE PERSON,"
    files.load(TOP + f"{violence}HOMICIDE,Camden,3,4\n", vintage="2024-04-10")
    files.load(TOP + f"{violence}MURDER,Camden,2,3\n{violence}MANSLAUGHTER,Camden,1,1\n")
    assert files.months("homicides") == {JAN: 3, FEB: 4}


MARKED = TWO.replace("50", '"1,050"')


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [(TWO, MARKED, {FEB: 105}), (MARKED, TWO, {JAN: 90, FEB: 105})],
    ids=["the later edition", "the earlier edition"],
)
def test_a_month_with_a_rejected_count_is_never_added_to_that_of_another_edition(
    files, earlier, later, months
):
    files.load(TOP + earlier, vintage="2024-04-10")
    files.load(TOP + later)
    assert files.months() == months


THEFT = "THEFT,SHOPLIFTING,Camden,12,9\n"
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
        ("Jan-24 (p)", "Feb-24*"),
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


LEVELS = "area_type,MajorText,MinorText,BoroughName,202401\n"


@pytest.mark.parametrize("levels", [("Borough", "Ward"), ("Ward", "Ward"), ("Borough", "Part")])
def test_rows_of_several_levels_are_never_added_up(files, levels):
    rows = "".join(f"{level},{ROBBERY}Camden,7\n" for level in levels)
    with pytest.raises(ContentError, match="keep the rows of boroughs"):
        files.load(LEVELS + rows)


def test_a_column_that_says_that_all_rows_are_boroughs_is_no_hindrance(files):
    account = files.load(LEVELS + f"Borough,{ROBBERY}Camden,7\nBorough,{ROBBERY}Brent,8\n")
    assert (account.value_accepted, account.warnings) == (15, ())


@pytest.mark.parametrize("area", ["Bloomsbury SNT", "Highgate (Ward)", "Camden 001A"])
def test_one_area_of_a_finer_level_beside_boroughs_is_refused_by_name(files, area):
    with pytest.raises(ContentError, match="1 area that is no borough"):
        files.load(TOP + TWO + f"{ROBBERY}{area},5,6\n")


def test_rows_of_which_merging_took_the_offence_away_are_said_with_what_they_break(files):
    account = files.load(
        book(Data=[HEAD, robbery("Camden", 50, 60), [None, None, "Brent", 40, 45]])
    )
    assert any("1 row with counts has no offence" in text for text in account.warnings)
    assert "2 periods of an offence are not covered, as a count was rejected" in account.warnings


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


@pytest.mark.parametrize("row", [f"{ROBBERY}Narnia,90,106", f"{ROBBERY}Narnia,0,0"])
def test_an_unknown_area_that_is_no_sum_is_counted(files, row):
    account = files.load(TOP + TWO + row + "\n")
    assert account.rows_excluded == 0


def test_two_areas_that_happen_to_agree_are_no_total(files):
    account = files.load(TOP + f"{ROBBERY}Camden,5,6\n{ROBBERY}Narnia,5,6\n")
    assert (account.value_accepted, account.rows_excluded) == (22, 0)


def test_names_none_of_which_is_a_borough_are_another_level(files):
    wards = "".join(f"{ROBBERY}{name},5,6\n" for name in ("Bloomsbury", "Highgate", "Kilburn"))
    with pytest.raises(ContentError, match="3 areas that are no boroughs"):
        files.load(TOP + wards)


def test_rows_with_other_numbers_of_cells_are_said(files):
    account = files.load(TOP + TWO + "Source: MPS\n")
    assert account.warnings == ("1 row rejected: 1 with too many or too few cells",)


def test_the_same_minor_of_two_majors_is_two_categories_of_one_name(files):
    rows = "THEFT,OTHER THEFT,Camden,5,5\nVEHICLE OFFENCES,OTHER THEFT,Camden,7,7\n"
    account = files.load(TOP + rows)
    assert account.value_accepted == 24
    assert not any("twice" in text for text in account.warnings)


@pytest.mark.parametrize(
    ("second", "said"),
    [("30,31", "line 3 repeats line 2"), ("3,4", "2 rows share their area, offence and period")],
)
def test_a_borough_by_its_name_and_by_another_is_named(files, second, said):
    rows = f"{ROBBERY}Westminster,30,31\n{ROBBERY}City of Westminster,{second}\n"
    account = files.load(TOP + rows)
    assert said in account.warnings[0]
    both = "'City of Westminster' and 'Westminster' are one area"
    assert any(both in text for text in account.warnings)


def test_rows_that_differ_in_capitals_alone_stand_twice(files):
    account = files.load(TOP + f"{ROBBERY}Camden,5,6\n{ROBBERY}CAMDEN,5,6\n")
    assert "line 3 repeats line 2" in account.warnings[0]
    assert len(account.warnings) == 1


def test_two_sheets_that_spell_one_borough_two_ways_both_count_it(files):
    sheets = {"A": [HEAD, robbery("Westminster", 1, 2)]}
    sheets["B"] = [HEAD, robbery("City of Westminster", 1, 2)]
    with pytest.raises(ContentError, match="sheets A and B both count"):
        files.load(book(**sheets))


def test_what_lies_in_no_borough_is_in_the_whole_alone_and_said(files):
    nowhere = f"{ROBBERY}Unknown,3,4\n{ROBBERY}Not specified,1,2\n{ROBBERY}Heathrow,2,0\n"
    account = files.load(TOP + TWO + nowhere)
    assert account.warnings[-1] == (
        "12 counted in no borough, so in the whole alone "
        "('Unknown' 7, 'Not specified' 3, 'Heathrow' 2)"
    )
    assert files.months() == {JAN: 96, FEB: 111}


def test_days_of_months_are_read_day_first(files):
    rows = "".join(
        f"01/{month}/2024,month,Camden,ROBBERY OF BUSINESS PROPERTY,{n}\n"
        for month, n in (("02", 12), ("03", 10))
    )
    files.load("date,grain,borough,offence,offences\n" + rows, kind="counts")
    assert files.months() == {FEB: 12, MARCH: 10}


def test_months_after_the_vintage_are_said(files):
    account = files.load(TOP + f"{ROBBERY}Camden,12,9\n", vintage="2024-01-05")
    assert (account.counts_accepted, account.counts_rejected) == (1, 1)
    assert any("1 month after the vintage 2024-01-05 (2024-02-01)" in w for w in account.warnings)
