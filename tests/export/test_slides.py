"""Slides read back by python-pptx: the statement, an editable chart, the table, the stamp."""

from datetime import UTC, date, datetime
from io import BytesIO

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from dashboard.access import Disclosed
from dashboard.export import Produced, sheet_of
from dashboard.export.forms import native, pptx
from tests.choosing import many
from tests.export.conftest import STAMP

MADE = Produced("local", datetime(2004, 7, 13, tzinfo=UTC))


def slides_of(*items: pptx.Item, title: str = "") -> list:
    return list(Presentation(BytesIO(pptx.deck(items, MADE, title))).slides)


def named(slide, name: str):
    (found,) = [shape for shape in slide.shapes if shape.name == name]
    return found


def cells(slide) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in named(slide, "Table").table.rows]


def test_the_chart_is_native_and_has_the_rows_numbers(series):
    first = slides_of(pptx.Item(sheet_of(series), native.spc()))[0]
    assert first.shapes.title.text == series.title
    chart = named(first, "Chart").chart
    assert chart.chart_type == XL_CHART_TYPE.LINE  # the first with dots, its limits without
    plot = chart.plots[0]
    assert list(plot.categories) == ["April 2004", "May 2004", "June 2004"]
    drawn = {line.name: tuple(line.values) for line in plot.series}
    assert drawn["Figure"] == (250.0, None, 1338.0)  # the gap stays one
    assert drawn["Lower limit"] == (173.25,) * 3
    assert "Target" not in drawn
    assert chart.part.chart_workbook.xlsx_part is not None  # what 'Edit data' opens


@pytest.mark.parametrize(
    ("chart", "kind"),
    [(native.mix(), XL_CHART_TYPE.BAR_CLUSTERED), (native.spc(), XL_CHART_TYPE.LINE)],
)
def test_kinds_of_charts(disclosed, series, chart, kind):
    rows = disclosed([{"label": "Knife", "n": 7.0, "before": 9.0}])
    found = rows if kind == XL_CHART_TYPE.BAR_CLUSTERED else series
    first = slides_of(pptx.Item(sheet_of(found), chart))[0]
    assert named(first, "Chart").chart.chart_type == kind


def test_bars_begin_at_nought(disclosed):
    rows = disclosed([{"label": "Knife", "n": 700.0, "before": 690.0}])
    chart = named(slides_of(pptx.Item(sheet_of(rows), native.mix()))[0], "Chart").chart
    assert chart.value_axis.minimum_scale == 0


def test_the_table_says_the_rows(series):
    table = cells(slides_of(pptx.Item(sheet_of(series), native.spc()))[1])
    assert table[0] == ["Period", "Figure"]
    assert table[1:] == [["April 2004", "250"], ["May 2004", "[x]"], ["June 2004", "1,338 [p]"]]


def test_every_slide_is_marked_stamped_and_counted(series):
    found = slides_of(pptx.Item(sheet_of(series), native.spc()))
    for page, slide in enumerate(found, 1):
        for name in ("Marking, top", "Marking, bottom"):
            assert named(slide, name).text_frame.text == "RESTRICTED · SAMPLE DATA"
        said = named(slide, "Stamp").text_frame.text
        assert "snapshot 8772eacc1fda" in said and f"page {page} of {len(found)}" in said
        notes = slide.notes_slide.notes_text_frame.text
        assert "Why it counts: Robbery of a business." in notes and "Query: ff3ce11686a4" in notes


def test_pictures_and_tables_have_alternative_text(series):
    for slide, name in zip(
        slides_of(pptx.Item(sheet_of(series), native.spc())), ("Chart", "Table"), strict=True
    ):
        assert series.title in named(slide, name)._element.nvGraphicFramePr.cNvPr.get("descr")


@pytest.mark.parametrize(("rows", "slides"), [(12, 1), (13, 2), (72, 6)])
def test_a_table_goes_over_slides_whole(disclosed, rows, slides):
    found = slides_of(pptx.Item(sheet_of(disclosed([{"n": number} for number in range(rows)]))))
    assert len(found) == slides
    shown = [line[0] for slide in found for line in cells(slide)[1:]]
    assert shown == [str(number) for number in range(rows)]


def test_a_table_that_is_cut_says_so(disclosed):
    found = slides_of(pptx.Item(sheet_of(disclosed([{"n": number} for number in range(73)]))))
    assert len(found) == 6
    said = named(found[-1], "What is left out").text_frame.text
    assert said == "Shown: 72 of 73 rows; the XLSX and the CSV have them all."


def test_long_cells_take_more_room(disclosed):
    wide = {f"words_{place}": "a sentence of some thirty letters" for place in range(8)}
    found = slides_of(pptx.Item(sheet_of(disclosed([wide] * 12))))
    assert len(found) > 1


def test_no_rows_say_so(disclosed):
    (only,) = slides_of(pptx.Item(sheet_of(disclosed([], pa.schema([("n", pa.int64())])))))
    assert named(only, "No rows").text_frame.text == "There are no rows."


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (1234, "n", "1,234"),
        (0.24, "percent", "24 %"),
        (1500.0, "gbp", "£1,500"),
        (5.23, "decimal", "5.2"),
        (0.00041, "decimal", "0.00041"),
        (date(2004, 7, 12), "date", "12 Jul 2004"),
        ("[x]", "n", "[x]"),
    ],
)
def test_cells_are_written_as_on_the_screen(value, kind, said):
    assert pptx.written(value, kind) == said


@many(25)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_opens_again(text):
    rows = pa.table({"label": [text], "n": [1.0], "before": [2.0]})
    found = Disclosed(rows, text, text, (text,), STAMP)
    assert slides_of(pptx.Item(sheet_of(found), native.mix()))[0].shapes.title is not None


def test_a_deck_of_several_results_counts_through(series, disclosed):
    other = disclosed([{"n": 1}], title="Second")
    found = slides_of(
        pptx.Item(sheet_of(series), native.spc(), table=False), pptx.Item(sheet_of(other))
    )
    assert [slide.shapes.title.text for slide in found] == [series.title, "Second"]
    assert "page 2 of 2" in named(found[1], "Stamp").text_frame.text
