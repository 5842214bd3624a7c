"""CSV in its dialects, gzipped CSV, parquet and XLSX say the same; what is no table says so."""

import datetime as dt
import gzip
import io

import openpyxl
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.errors import ContentError, UsageError
from tests.ingest.conftest import totals

HEAD = "date,grain,borough,offence,offences,outcomes\n"
TEXT = HEAD + "2004-06-01,month,Camden,fraud,5,2\n2004-05-01,month,Brent,théft,3,\n"
FRAME = pl.DataFrame(
    {
        "Date": [dt.date(2004, 6, 1), dt.date(2004, 5, 1)],
        "GRAIN": ["month", "month"],
        "borough": ["Camden", "Brent"],
        "offence": ["fraud", "théft"],
        "offences": [5, 3],
        "outcomes": [2.0, None],
    }
)


def parquet(frame: pl.DataFrame = FRAME) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def workbook(frame: pl.DataFrame = FRAME, blank_rows: int = 0) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(frame.columns)
    for row in frame.iter_rows():
        book.active.append(row)
    for number in range(blank_rows):
        book.active.cell(row=frame.height + 3 + number, column=1).number_format = "0.0"
        book.active.cell(row=frame.height + 3 + number, column=1).value = ""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


FORMS = {
    "plain.csv": TEXT.encode(),
    "bom.csv": TEXT.encode("utf-8-sig"),
    "crlf.csv": TEXT.replace("\n", "\r\n").encode(),
    "latin-1.csv": TEXT.encode("latin-1"),
    "utf-16.csv": TEXT.encode("utf-16"),
    "no-last-newline.csv": TEXT.rstrip("\n").encode(),
    "upper.csv": TEXT.replace(HEAD, HEAD.upper()).encode(),
    "quoted.csv": TEXT.replace("théft", '"théft"').replace(",5,", ',"5",').encode(),
    "zipped.csv.gz": gzip.compress(TEXT.encode()),
    "misnamed.csv": gzip.compress(TEXT.encode("latin-1")),
    "typed.parquet": parquet(),
    "stamped.parquet": parquet(FRAME.with_columns(pl.col("Date").cast(pl.Datetime))),
    "book.xlsx": workbook(),
    "book-with-blank-rows.xlsx": workbook(blank_rows=2),
}


@pytest.mark.parametrize("name", FORMS)
def test_each_form_says_the_same(folder, name):
    account = folder.load("counts", folder.write(FORMS[name], name))
    assert totals(account, "rows") == {"accepted": 2}
    assert totals(account, "value") == {"accepted": 10}
    rows = folder.rows("counts").sort("n")
    assert rows["offence"].to_list() == ["fraud", "théft", "fraud"]
    assert rows["date"].to_list() == [dt.date(2004, m, 1) for m in (6, 5, 6)]


def test_commas_in_quotes_and_headings_of_figures(folder):
    text = 'MajorText,MinorText,BoroughName,202401\nA,"Robbery, of business",Camden,3\n'
    assert folder.load("mps-borough-crime", text, vintage="2024-02-10").value_accepted == 3
    assert folder.rows("counts")["offence"].to_list() == ["Robbery, of business"]


def test_months_that_a_workbook_holds_as_dates(folder):
    book = openpyxl.Workbook()
    book.active.append(["MajorText", "MinorText", "BoroughName", dt.datetime(2024, 1, 1), 202402])
    book.active.append(["A", "B", "Camden", 3, 4])
    buffer = io.BytesIO()
    book.save(buffer)
    file = folder.write(buffer.getvalue(), "wide.xlsx")
    assert folder.load("mps-borough-crime", file, vintage="2024-03-10").value_accepted == 7


def test_a_time_of_another_zone_is_a_london_day(folder):
    instant = dt.datetime(2004, 5, 31, 23, 20, tzinfo=dt.UTC)  # 00:20 on 1 June in London
    table = pa.table(
        {"date": [instant], "grain": ["day"], "borough": ["Camden"], "offence": ["fraud"],
         "offences": [1]}
    )  # fmt: skip
    file = folder.path / "zoned.parquet"
    pq.write_table(table, file)
    folder.load("counts", file)
    assert folder.rows("counts")["date"].to_list() == [dt.date(2004, 6, 1)]


def test_lines_of_rejects_are_lines_of_the_file(folder):
    text = HEAD + '2004-06-01,month,"Cam\nden",fraud,5,2\n\n2004-06-01,month,Camden,fraud,-1,2\n'
    account = folder.load("counts", text + "too,few\n2004-06-01,month,Brent,fraud,-2,2\n")
    assert folder.rejects(account) == [
        (6, "", "too,few", "wrong_number_of_cells"),
        (5, "offences", "-1", "negative"),
        (7, "offences", "-2", "negative"),
    ]
    assert totals(account, "rows") == {"accepted": 3, "rejected": 1}


BROKEN = {
    "empty.csv": (b"", "is empty"),
    "blank.csv": (b"\n\n", "no header row"),
    "commas.csv": (b",,\n1,2,3\n", "no header row"),
    "cut.csv.gz": (gzip.compress(TEXT.encode() * 99)[:-20], "cut short"),
    "cut.parquet": (parquet()[:-9], "cut short"),
    "text.parquet": (b"not parquet at all", "cut short"),
    "cut.xlsx": (workbook()[:-2000], "can't be read as a workbook"),
    "binary.csv": (b"\x00\x01\x02" * 99, "neither CSV, parquet nor XLSX"),
    "prose.csv": (b"Dear all,\nplease find attached\n", "can't be read as counts: no column"),
    "twice.csv": (TEXT.replace("grain", "DATE").encode(), "a column twice: date, DATE"),
    "ragged.csv": (HEAD.encode() + b"1,2\n3,4\n", "is not a table"),
    "cut.csv": (TEXT.encode()[:-4], "its last line is not whole"),
    "open-quote-soon.csv": (TEXT.encode() + b'"a,b\n1,2\n', "record 4 is never closed"),
    "open-quote.csv": (HEAD.encode() + b'"' + b"a,b\n" * 2_000_000, "never closed"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_table_stops_with_one_sentence_and_changes_nothing(folder, name):
    content, sentence = BROKEN[name]
    file = folder.write(content, name)
    with pytest.raises(ContentError, match=sentence) as caught:
        folder.load("counts", file)
    assert "\n" not in str(caught.value)
    assert str(folder.path) not in str(caught.value)
    assert not folder.data.exists() or not folder.everything()


def test_a_header_alone_is_a_table_of_no_rows(folder):
    account = folder.load("counts", HEAD)
    assert (account.rows_read, account.value_read) == (0, 0)
    assert not (folder.data / "staging").exists()


def test_parquet_damaged_inside_changes_nothing(folder):
    frame = pl.DataFrame({name: [f"{name}{i}" for i in range(9000)] for name in
                          HEAD.strip().split(",")})  # fmt: skip
    body = bytearray(parquet(frame))
    body[100:20_000] = b"\xff" * 19_900
    with pytest.raises(ContentError, match="cut short or damaged"):
        folder.load("counts", folder.write(bytes(body), "hurt.parquet"))
    assert not folder.everything()


def test_a_file_that_is_not_there_and_a_kind_that_is_none_are_wrong_calls(folder):
    with pytest.raises(UsageError, match="no file 'gone.csv'"):
        folder.load("counts", folder.path / "gone.csv")
    with pytest.raises(UsageError, match="'crime'; there are: crimes"):
        folder.load("crime", TEXT)
