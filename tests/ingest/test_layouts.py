"""What a file may look like around its table: title rows, marks between cells, sheets, dates."""

import datetime as dt
import io

import openpyxl
import pytest

from dashboard.errors import ContentError, UsageError
from dashboard.ingest import days
from tests.ingest.conftest import totals

BOROUGH = "mps-borough-crime"
HEAD = ["MajorText", "MinorText", "BoroughName", "202403", "202404"]
ROW = ["ROBBERY", "ROBBERY OF BUSINESS PROPERTY", "Ealing", "8", "5"]


def wide(mark=",", above=(), months=("202403", "202404"), rows=(ROW,)) -> str:
    lines = [mark.join([*HEAD[:3], *months]), *(mark.join(row) for row in rows)]
    return "\r\n".join([*above, *lines]) + "\r\n"


def book(**sheets) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.strip("_"))
        sheet.sheet_state = "hidden" if name.endswith("_") else "visible"
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "^", "~", ":"])
def test_any_mark_may_part_the_cells(folder, mark):
    account = folder.load(BOROUGH, wide(mark), vintage="2024-05-10")
    assert totals(account, "value") == {"accepted": 13}
    assert any("parted by" in text for text in account.warnings) == (mark != ",")


@pytest.mark.parametrize("lines", [1, 4, 60])
def test_title_rows_are_passed_over_and_lines_stay_those_of_the_file(folder, lines):
    above = ['Crime by borough, "extracted" 3 May 2024', *[""] * (lines - 1)]
    bad = [*ROW[:3], "-1", "5"]
    account = folder.load(BOROUGH, wide(above=above, rows=[ROW, bad]), vintage="2024-05-10")
    assert totals(account, "value") == {"accepted": 18, "rejected": -1}
    assert folder.rejects(account) == [(lines + 3, "202403", "-1", "negative")]


@pytest.mark.parametrize(
    "months",
    [
        ("Mar-24", "Apr-24"), ("March 2024", "April 2024"), ("2024-03", "2024-04"),
        ("01/03/2024", "01/04/2024"), ("03/2024", "04/2024"), ("1 Mar 2024", "1 Apr 2024"),
        ("Mar 24", "Apr 24"), ("2024M03", "2024M04"), ("2024 March", "2024 April"),
    ],
)  # fmt: skip
def test_months_in_the_ways_that_publishers_write_them(folder, months):
    folder.load(BOROUGH, wide(months=months), vintage="2024-05-10")
    assert folder.rows("counts")["date"].to_list() == [dt.date(2024, 3, 1), dt.date(2024, 4, 1)]


def test_planning_years_are_no_months(folder):
    with pytest.raises(ContentError, match="no column is named by a month"):
        folder.load(BOROUGH, wide(months=("2004-05", "2005-06")), vintage="2024-05-10")


COUNTS = "date,grain,borough,offence,offences\n"


def days_of(folder, *dates, grain="day", **how):
    lines = "".join(f'"{day}",{grain},Ealing,fraud,{n}\n' for n, day in enumerate(dates, 1))
    account = folder.load("counts", COUNTS + lines, vintage="2024-12-31", **how)
    return account, folder.rows("counts").sort("n")["date"].to_list()


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (("13/02/2024", "03/02/2024"), [(2, 13), (2, 3)]),  # 13 can be no month
        (("02/13/2024", "02/03/2024"), [(2, 13), (2, 3)]),
        (("13 Feb 2024", "Feb 3, 2024"), [(2, 13), (2, 3)]),
        (("13.2.2024", "20240203"), [(2, 13), (2, 3)]),
        (("05/05/2024",), [(5, 5)]),  # the same day either way
    ],
)
def test_dates_that_can_mean_but_one_day_are_read(folder, dates, found):
    assert days_of(folder, *dates)[1] == [dt.date(2024, *pair) for pair in found]


def test_first_days_of_months_settle_the_order(folder):
    _, found = days_of(folder, "01/02/2024", "01/03/2024", grain="month")
    assert found == [dt.date(2024, 2, 1), dt.date(2024, 3, 1)]


def test_dates_that_can_mean_two_days_are_asked_about_and_settled(folder):
    with pytest.raises(UsageError, match="say --dates dmy"):
        days_of(folder, "01/02/2024", "02/03/2024")
    file = folder.write(COUNTS + "01/02/2024,day,Ealing,fraud,4\n")
    from dashboard import ingest

    how = {"data": folder.data, "vintage": dt.date(2024, 12, 31)}
    ingest.import_files("counts", [file], dates="dmy", **how)
    assert folder.rows("counts")["date"].to_list() == [dt.date(2024, 2, 1)]
    with pytest.raises(UsageError, match="--dates is dmy"):
        ingest.import_files("counts", [file], dates="ymd", **how)


def test_of_contradicting_dates_only_the_certain_ones_are_read(folder):
    account, found = days_of(folder, "13/02/2024", "02/14/2024", "03/04/2024")
    assert found == [dt.date(2024, 2, 13), dt.date(2024, 2, 14)]
    assert folder.rejects(account) == [(4, "date", "03/04/2024", "two_readings")]


def test_records_read_dates_alike(folder):
    head = "crime_ref,reported_on,offence,borough,ocu\n"
    folder.load("crimes", head + "A,13/02/2004,murder,Camden,SCD1\nB,04/02/2004,fraud,Brent,TP\n")
    assert folder.rows("crimes")["reported_on"].to_list() == [
        dt.date(2004, 2, 13), dt.date(2004, 2, 4)
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["2024-13-01", "32/01/2024", "31/02/2024", "99991231", "soon", ""])
def test_what_the_calendar_has_not_is_no_day(text):
    assert days.a_day(text) is None


COVER = [["Recorded crime"], ["See notes"]]


def test_every_visible_sheet_that_fits_is_read_and_the_others_named(folder):
    years = {
        year: [[*HEAD[:3], f"{year}01"], [*ROW[:3], n]] for year, n in (("2022", 7), ("2023", 9))
    }
    file = folder.write(book(Cover=COVER, **years, Old_=years["2022"]), "years.xlsx")
    account = folder.load(BOROUGH, file, vintage="2024-05-10")
    assert account.value_accepted == 16
    assert any("not read: Cover, Old" in text for text in account.warnings)


def test_sheets_that_say_the_same_month_are_not_added_up(folder):
    file = folder.write(book(One=[HEAD, ROW], Two=[HEAD, ROW]), "twice.xlsx")
    with pytest.raises(ContentError, match="the sheets One and Two both count .* --sheet NAME"):
        folder.load(BOROUGH, file, vintage="2024-05-10")
    assert not folder.everything()


def test_a_sheet_is_chosen_by_name_and_missing_ones_are_listed(folder):
    from dashboard import ingest

    file = folder.write(book(One=[HEAD, ROW], Two=[HEAD, ROW]), "twice.xlsx")
    how = {"data": folder.data, "vintage": dt.date(2024, 5, 10)}
    assert ingest.import_files(BOROUGH, [file], sheet="two", **how)[0].value_accepted == 13
    with pytest.raises(UsageError, match="its sheets are One, Two"):
        ingest.import_files(BOROUGH, [file], sheet="Three", **how)


def test_a_workbook_without_such_a_table_names_its_sheets(folder):
    file = folder.write(book(Cover=COVER, Data=[HEAD[1:], ROW[1:]]), "none.xlsx")
    with pytest.raises(ContentError, match="sheets: Cover, Data; .*major category.*--sheet NAME"):
        folder.load(BOROUGH, file, vintage="2024-05-10")


def test_all_missing_columns_are_asked_for_at_once(folder):
    text = wide().replace("MinorText", "What").replace("BoroughName", "Where")
    with pytest.raises(ContentError) as caught:
        folder.load(BOROUGH, text, vintage="2024-05-10")
    assert str(caught.value).endswith("say --column minor=NAME --column area=NAME")
    columns = {"minor": "What", "area": "Where"}
    assert folder.load(BOROUGH, text, vintage="2024-05-10", columns=columns).rows_accepted == 1
