"""Workbooks read back by openpyxl: the same rows, types, stamp, chart; and what no sheet holds."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from dashboard.access import Disclosed
from dashboard.export import Produced, sheet_of
from dashboard.export.forms import native, office, xlsx
from dashboard.export.forms.xlsx_pages import CUT, HEAD, LONGEST
from tests.choosing import many
from tests.export.conftest import STAMP, WHY

WRITTEN = st.characters(exclude_categories=["Cs"])  # what Arrow can hold
MADE = Produced("local", datetime(2004, 7, 13, tzinfo=UTC))


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def book_of(disclosed, produced=MADE, chart=None, unit=None) -> openpyxl.Workbook:
    item = xlsx.Item(sheet_of(disclosed, unit), "robbery", chart)
    return opened(xlsx.workbook([item], produced))


def rows_of(page) -> list[dict]:
    """The table of a sheet by its headings."""
    lines = [[cell.value for cell in line] for line in page.iter_rows(min_row=HEAD + 1)]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:-1]]


def test_every_cell_is_that_of_the_result(series):
    found = rows_of(book_of(series)["Table"])
    for row, given_row in zip(found, series.rows.to_pylist(), strict=True):
        assert row["First day"].date() == given_row["period_start"]
        assert row["Figure"] == ("[x]" if given_row["value"] is None else given_row["value"])
        assert row["Figure in words"] == given_row["said"]
        assert row["Upper limit"] == given_row["upper"]


def test_columns_have_types_and_the_head_stays(series):
    page = book_of(series, unit="percent")["Table"]
    cells = {page.cell(HEAD + 1, place).value: page.cell(HEAD + 2, place) for place in range(1, 10)}
    assert cells["Figure"].number_format == "0.0%"
    assert cells["First day"].is_date
    assert cells["Figure in words"].data_type == "s"
    assert page.freeze_panes == f"B{HEAD + 2}"
    assert page.auto_filter.ref == f"A{HEAD + 1}:M{HEAD + 4}"
    assert page.print_title_rows == f"${HEAD + 1}:${HEAD + 1}"


def test_every_sheet_is_marked_top_bottom_and_in_print(series):
    book = book_of(series, chart=office.spc())
    assert book.sheetnames == ["Cover", "Chart", "Table", "Notes"]
    for page in book:
        said = [cell.value for cell in page["A"] if cell.value]
        assert said[0] == said[-1] == "RESTRICTED · SAMPLE DATA"
        assert page.oddHeader.center.text == page.oddFooter.center.text
        assert "RESTRICTED · SAMPLE DATA" in page.oddHeader.center.text
        assert "Page &P of &N" in page.oddFooter.right.text


def test_the_cover_has_the_stamp_and_the_notes_the_account(series, produced):
    book = book_of(series, produced)
    cover = {line[0].value: line[1].value for line in book["Cover"].iter_rows(max_col=2)}
    assert cover["Snapshot"] == "8772eacc1fda"
    assert cover["Produced by"] == produced.words
    notes = {line[0].value: line[1].value for line in book["Notes"].iter_rows(max_col=2)}
    assert notes["Why it counts"] == "Robbery of a business."
    assert notes["SQL"] == "select 1"
    assert book.properties.title == series.title


def test_the_chart_draws_the_rows_and_leaves_gaps_empty(series):
    page = book_of(series, chart=office.spc())["Chart"]
    (chart,) = page._charts
    assert [line.tx.strRef.f for line in chart.series] == [f"Chart!${c}$29" for c in "BCDE"]
    drawn = [[cell.value for cell in line] for line in page["A30:E32"]]
    assert drawn[0] == ["Apr\xa02004", 250, 248.5, 323.75, 173.25]
    assert drawn[1][1] is None  # '[x]' would be drawn as 0
    assert chart.series[0].val.numRef.f == "Chart!$B$30:$B$32"


def test_a_series_nobody_has_is_not_drawn(series):
    assert [line.words for line, _ in native.figures(office.spc(), series).values] == [
        *("Figure", "Usual (mean)", "Upper limit", "Lower limit")
    ]


def test_tiles_draw_the_latest_period_only(disclosed):
    rows = [
        {"name": name, "slot": slot, "value": float(value)}
        for name, slot, value in [("Brent", 0, 1), ("Brent", 1, 2), ("Camden", 1, 23)]
    ]
    drawn = native.figures(office.tiles(), disclosed(rows))
    assert drawn.categories == ("Brent", "Camden")
    assert drawn.values[0][1] == (2.0, 23.0)


def test_text_is_never_a_formula_or_a_link(disclosed):
    texts = ["=1+1", "@x", "https://example.org", "mailto:a@b", "{=1}", "123", "-5"]
    page = book_of(disclosed([{"note": text} for text in texts]))["Table"]
    cells = [page.cell(HEAD + 2 + place, 1) for place in range(len(texts))]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


@many(60)
@example(["_x0041_", "\x00", "\ufffe", "]]>", "<&>"])
@given(st.lists(st.text(WRITTEN), min_size=1, max_size=8))
def test_any_text_opens_again(texts):
    rows = pa.table({"n": pa.array(range(len(texts))), "note": pa.array(texts, pa.string())})
    found = rows_of(book_of(Disclosed(rows, "T", "", (), STAMP))["Table"])
    for row, text in zip(found, texts, strict=True):
        held = text.replace("\r\n", "\n").replace("\r", "\n")
        held = "".join(sign if _in_xml(sign) else "\ufffd" for sign in held)
        # Excel reads _x005F_ as the underscore of text that looks like an escape.
        assert unescape(row["Remark"] or "") == held


def _in_xml(sign: str) -> bool:
    return sign in "\t\n" or (" " <= sign <= "\ufffd" or sign >= "\U00010000")


def test_a_cells_longest_text(disclosed):
    page = book_of(disclosed([{"note": "x" * LONGEST}, {"note": "x" * (LONGEST + 1)}]))["Table"]
    assert page.cell(HEAD + 2, 1).value == "x" * LONGEST
    assert page.cell(HEAD + 3, 1).value.endswith(CUT)
    assert len(page.cell(HEAD + 3, 1).value) == LONGEST


@pytest.mark.parametrize(("rows", "held"), [(3, True), (4, False)])
def test_a_table_over_the_limit_says_so_and_names_the_csv(disclosed, monkeypatch, rows, held):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    sheet = sheet_of(disclosed([{"n": number} for number in range(rows)]))
    assert xlsx.fits(sheet.length) is held
    page = opened(xlsx.workbook([xlsx.Item(sheet, "robbery")], MADE))["Table"]
    said = " ".join(str(cell.value) for cell in page["A"])
    assert ("more than a sheet can hold" in said) is not held
    assert ("RESTRICTED_SAMPLE-DATA_robbery_2004-07-12.csv" in said) is not held


def test_the_limit_is_excels():
    assert HEAD + 1 + xlsx.MOST_ROWS + 1 == 1_048_576  # head, heading, rows, marking


def test_no_rows_leave_a_table_without_lines(disclosed):
    empty = disclosed([], pa.schema([("name", pa.string())]))
    assert rows_of(book_of(empty, chart=office.mix())["Table"]) == []


def test_several_results_have_a_sheet_each(series, disclosed):
    items = [
        xlsx.Item(sheet_of(series), "a", office.spc()),
        xlsx.Item(sheet_of(disclosed([{"n": 1}], title="Second")), "b"),
    ]
    book = opened(xlsx.workbook(items, MADE, "The pack"))
    assert book.sheetnames == ["Cover", "Chart 1", "Table 1", "Table 2", "Notes"]
    said = [cell.value for cell in book["Cover"]["B"]]
    assert "The pack" in said and "Second (table)" in said
    links = [cell.hyperlink.location for cell in book["Cover"]["A"] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_a_marking_with_an_ampersand_prints_whole(series):
    odd = replace(series, stamp=replace(STAMP, marking="A&B"))
    page = book_of(odd)["Table"]
    assert "A&&B" in page.oddHeader.center.text


def test_the_file_is_a_whole_archive(series):
    content = xlsx.workbook([xlsx.Item(sheet_of(series), "a")], MADE)
    assert zipfile.ZipFile(BytesIO(content)).testzip() is None


def test_a_row_is_as_high_as_its_longest_words(disclosed, produced):
    """Not every program finds the height of wrapped text by itself."""
    found = disclosed([{"label": "short"}, {"label": "word " * 30}])
    page = opened(xlsx.workbook([xlsx.Item(sheet_of(found), "a")], produced))["Table"]
    assert page.row_dimensions[6].height is None
    assert page.row_dimensions[7].height == pytest.approx(4 * 13, abs=0.5)  # 149 letters by 41


def test_figures_of_many_periods_stay_on_one_line(disclosed, produced):
    found = disclosed([{"label": "a"}])
    rows = pa.table({"recent": pa.array([[float(n) for n in range(100)]])})
    item = xlsx.Item(sheet_of(replace(found, rows=rows)), "a")
    page = opened(xlsx.workbook([item], produced))["Table"]
    assert page.row_dimensions[6].height is None
    assert page["A6"].value.startswith("0 1 2")


def test_a_file_is_named_once_however_many_results_stand_on_it(disclosed, produced):
    found = replace(disclosed([{"label": "a"}]), why=WHY)
    items = [xlsx.Item(sheet_of(found), name) for name in "abc"]
    page = opened(xlsx.workbook(items, produced))["Notes"]
    said = [row[1].value for row in page.iter_rows() if row[0].value == "Source"]
    assert said == list(WHY.sources)
