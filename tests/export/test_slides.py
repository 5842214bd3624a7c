"""Slides read back by python-pptx: the statement, an editable chart, the table, the stamp."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from dashboard.access import Disclosed
from dashboard.access.disclosure import METHOD, Note
from dashboard.charts import spc, theme
from dashboard.export import Produced, sheet_of
from dashboard.export.forms import native, office, pictures, pptx, pptx_grafts, pptx_tables, printed
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
    first = slides_of(pptx.Item(sheet_of(series), office.spc()))[0]
    assert first.shapes.title.text == series.title
    assert not [shape for shape in first.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    chart = named(first, "Chart").chart
    band, lines = chart.plots
    assert [lines.categories[at].replace("\xa0", " ") for at in range(3)] == [
        "Apr 2004", "May 2004", "Jun 2004",
    ]  # fmt: skip
    drawn = {line.name: tuple(line.values) for line in lines.series}
    assert drawn["Figure"] == (250.0, None, 1338.0)  # the gap stays one
    assert drawn["Lower limit"] == (173.25,) * 3
    assert "Target" not in drawn
    low, width = (tuple(line.values) for line in band.series)
    assert tuple(map(sum, zip(low, width, strict=True))) == drawn["Upper limit"]
    assert low == drawn["Lower limit"]
    axis = chart.value_axis
    assert (axis.minimum_scale, axis.maximum_scale, axis.major_unit) == (0, 1500, 500)
    assert chart.part.chart_workbook.xlsx_part is not None  # what 'Edit data' opens


def labels(line) -> dict[int, str]:
    """Words of a line's own labels, by their place."""
    return {
        at: line.points[at].data_label.text_frame.text
        for at in range(len(tuple(line.values)))
        if line.points[at].data_label.has_text_frame
    }


def test_lines_say_at_their_ends_what_the_screen_says(series):
    chart = named(slides_of(pptx.Item(sheet_of(series), office.spc()))[0], "Chart").chart
    said = {line.name: labels(line) for line in chart.plots[1].series}
    ends = spc.data(series)["labels"].to_pylist()
    assert [row["words"] for row in ends] == ["upper limit 324", "usual 249", "lower limit 173"]
    assert said["Usual (mean)"] == {2: "usual 249"} and said["Upper limit"] == {
        2: "upper limit 324"
    }
    assert not chart.has_legend
    marked = chart.plots[1].series[0].points[2].marker  # beyond, and still to change
    assert marked.style == XL_MARKER_STYLE.TRIANGLE
    assert str(marked.format.fill.fore_color.rgb) == "FFFFFF"
    assert str(marked.format.line.color.rgb) == theme.FOCUS.lstrip("#").upper()


def test_a_break_is_a_rule_with_its_words(series):
    notes = pa.array([None, "New standard", None], pa.string())
    rows = series.rows.set_column(series.rows.column_names.index("note"), "note", notes)
    found = replace(series, rows=rows)
    chart = named(slides_of(pptx.Item(sheet_of(found), office.spc()))[0], "Chart").chart
    rule = next(line for line in chart.plots[1].series if line.name == pptx_grafts.BREAKS)
    assert labels(rule) == {1: "New standard"}
    assert [value is not None for value in rule.values] == [False, True, False]
    assert rule._element.find(qn("c:errBars")) is not None


def test_the_picture_stands_on_the_slide_where_it_is_asked_for(series):
    spec = spc.spec_for(series, "n", "month")
    item = pptx.Item(
        sheet_of(series), office.spc(), table=False,
        picture=lambda: pictures.bare(spec, spc.data(series)),
    )  # fmt: skip
    (only,) = slides_of(item)
    assert not [shape for shape in only.shapes if shape.has_chart]
    picture = named(only, "Picture")
    assert series.title in picture._element.nvPicPr.cNvPr.get("descr")
    assert picture.left + picture.width <= 12192000 and picture.top + picture.height <= 6858000


def test_bands_that_begin_below_nought_are_two_lines(series):
    lower = pa.array([-1.0, -1.0, -1.0], pa.float64())
    rows = series.rows.set_column(series.rows.column_names.index("lower"), "lower", lower)
    chart = named(
        slides_of(pptx.Item(sheet_of(replace(series, rows=rows)), office.spc()))[0], "Chart"
    ).chart
    assert len(list(chart.plots)) == 1


@pytest.mark.parametrize(
    ("least", "most", "whole", "found"),
    [
        (0.0, 325.0, True, (0.0, 400.0, 100.0)),
        (0.0, 2.0, True, (0.0, 2.0, 1.0)),  # no halves of what is counted
        (0.886, 0.98, False, (0.88, 0.98, 0.02)),
        (0.0, 0.0, True, (0.0, 1.0, 1.0)),  # nothing at all has an axis, too
    ],
)
def test_the_axis_has_round_steps(least, most, whole, found):
    drawn = native.Figures(("a",), ((native.Series("n", "N"), (least, most)),), at_zero=least == 0)
    assert pptx_grafts.axis(drawn, whole) == pytest.approx(found)


def test_an_alert_says_what_came_beside_what_was_expected(disclosed):
    held = {"low": None, "high": None, "expected": None, "now": False}
    rows = disclosed(
        [
            {"period_start": date(2004, 6, 14), "period": "before", "n": 9.0} | held,
            {"period_start": date(2004, 6, 28), "period": "now", "n": 68.0, "now": True}
            | {"expected": 11.2, "low": 4.0, "high": 21.0},
        ]
    )
    chart = named(slides_of(pptx.Item(sheet_of(rows), office.windows()))[0], "Chart").chart
    band, lines = chart.plots
    assert [tuple(line.values) for line in band.series] == [(None, 4.0), (None, 17.0)]
    count, expected = lines.series
    assert labels(count) == {1: "68 now"} and labels(expected) == {1: "11.2 expected (4–21)"}
    assert str(count.points[1].marker.format.fill.fore_color.rgb) == theme.FOCUS[1:].upper()


def test_bars_stay_bars(disclosed):
    rows = disclosed([{"label": "Knife", "n": 7.0, "before": 9.0}])
    chart = named(slides_of(pptx.Item(sheet_of(rows), office.mix()))[0], "Chart").chart
    assert chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED


def test_bars_begin_at_nought(disclosed):
    rows = disclosed([{"label": "Knife", "n": 700.0, "before": 690.0}])
    chart = named(slides_of(pptx.Item(sheet_of(rows), office.mix()))[0], "Chart").chart
    assert chart.value_axis.minimum_scale == 0


def test_the_table_says_the_rows(series):
    table = cells(slides_of(pptx.Item(sheet_of(series), office.spc()))[1])
    assert table[0][:2] == ["Period", "Figure"]
    said = [line[:2] for line in table[1:]]
    assert said == [["April 2004", "250"], ["May 2004", "[x]"], ["June 2004", "1,338 [p]"]]


def test_every_slide_is_marked_stamped_and_counted(series):
    found = slides_of(pptx.Item(sheet_of(series), office.spc()))
    for page, slide in enumerate(found, 1):
        for name in ("Marking, top", "Marking, bottom"):
            assert named(slide, name).text_frame.text == "RESTRICTED · SAMPLE DATA"
        said = named(slide, "Stamp").text_frame.text
        assert "snapshot 8772eacc1fda" in said and f"page {page} of {len(found)}" in said
        notes = slide.notes_slide.notes_text_frame.text
        assert "Why it counts: Robbery of a business." in notes and "Query: ff3ce11686a4" in notes


def test_statistics_names_stand_in_the_speaker_notes_only(series):
    notes = (Note("XmR chart: limits from the moving range", METHOD), "hollow: may still change")
    told = replace(series, notes=notes)
    (slide,) = slides_of(pptx.Item(sheet_of(told), office.spc(), table=False))
    shown = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "XmR" not in shown and "hollow" in shown
    assert "XmR" in slide.notes_slide.notes_text_frame.text
    drawn = pictures.svg(spc.spec_for(told, "n", "month"), spc.data(told), told, MADE)
    assert "XmR" not in drawn and "hollow" in drawn


def test_pictures_and_tables_have_alternative_text(series):
    for slide, name in zip(
        slides_of(pptx.Item(sheet_of(series), office.spc())), ("Chart", "Table"), strict=True
    ):
        assert series.title in named(slide, name)._element.nvGraphicFramePr.cNvPr.get("descr")


@pytest.mark.parametrize(("rows", "slides"), [(14, 1), (15, 2), (84, 6)])
def test_a_table_goes_over_slides_whole(disclosed, rows, slides):
    found = slides_of(pptx.Item(sheet_of(disclosed([{"n": number} for number in range(rows)]))))
    assert len(found) == slides
    shown = [line[0] for slide in found for line in cells(slide)[1:]]
    assert shown == [str(number) for number in range(rows)]


def test_a_table_that_is_cut_says_so(disclosed):
    found = slides_of(pptx.Item(sheet_of(disclosed([{"n": number} for number in range(85)]))))
    assert len(found) == 6
    said = named(found[-1], "What is left out").text_frame.text
    assert said == "Shown: 84 of 85 rows; the XLSX and the CSV have them all."


def test_long_cells_take_more_room(disclosed):
    wide = {f"words_{place}": "a sentence of some thirty letters" for place in range(8)}
    found = slides_of(pptx.Item(sheet_of(disclosed([wide] * 12))))
    assert len(found) > 1


def test_a_long_cell_is_whole_over_its_lines(disclosed):
    said = "A reserve of six trained negotiators is held, and called before the second day is over"
    (only,) = slides_of(pptx.Item(sheet_of(disclosed([{"words": said, "n": 1}]))))
    assert cells(only)[1][0] == said


def test_a_rows_past_is_a_picture_in_its_own_cell(disclosed):
    """It is moved with the table; a row without any figure has none."""
    rows = [{"name": "Homicide", "past": [1.0, 4.0]}, {"name": "Kidnap", "past": [None]}]
    item = pptx.Item(sheet_of(disclosed(rows)), columns=("name",), past="past")
    (only,) = slides_of(item)
    assert cells(only) == [["Name", "Past"], ["Homicide", ""], ["Kidnap", ""]]
    lines = [
        row.cells[1]._tc.findall(f".//{qn('a:blip')}") for row in named(only, "Table").table.rows
    ]
    assert [len(found) for found in lines] == [0, 1, 0]
    drawn = only.part.related_part(lines[1][0].get(qn("r:embed"))).image
    assert drawn.content_type == "image/png" and drawn.size[0] > 3 * pptx_tables.LINE_SIZE[0]


def test_a_rows_bar_is_drawn_before_its_past_and_a_row_without_has_none(disclosed):
    rows = [{"name": "Homicide", "past": [1.0, 4.0]}, {"name": "Kidnap", "past": [2.0, 3.0]}]
    bar = {"label": "Homicide", "aside": "", "figure": "4", "said": "5 in 100", "tone": "bad"}
    bar |= {"bar": 4.0, "low": None, "high": None, "mark": 3.0, "end": 5.0}
    item = pptx.Item(sheet_of(disclosed(rows)), columns=("name",), past="past", bars=(bar,))
    (only,) = slides_of(item)
    drawn = [
        [bool(cell._tc.findall(f".//{qn('a:blip')}")) for cell in row.cells]
        for row in named(only, "Table").table.rows
    ]
    assert drawn == [[False] * 3, [False, True, True], [False, False, True]]


def test_of_several_results_the_further_slides_of_a_table_stand_at_the_end(disclosed):
    """A meeting is led from result to result, not through forty rows of the first."""
    long = sheet_of(disclosed([{"name": f"Row {at}", "n": at} for at in range(40)]))
    short = sheet_of(disclosed([{"name": "Another", "n": 1}]))
    lines = ("What is said of it.",)
    slides = slides_of(pptx.Item(long, lines=lines), pptx.Item(short, section="Coming"))
    first = [cells(slide)[1][0] for slide in slides]
    assert first[:2] == ["Row 0", "Another"]
    told = [row[0] for slide in (slides[0], *slides[2:]) for row in cells(slide)[1:]]
    assert told == [f"Row {at}" for at in range(40)]
    here = len(cells(slides[0])) - 1
    assert f"{here} of 40 rows" in named(slides[0], "What is left out").text_frame.text
    assert named(slides[0], "Sentences").text_frame.text == lines[0]
    assert named(slides[1], "Subtitle").text_frame.text.startswith("Coming")
    alone = slides_of(pptx.Item(long))
    assert [row[0] for slide in alone for row in cells(slide)[1:]] == told


@pytest.mark.parametrize(("letters", "size"), [(115, 14), (116, 10.5), (300, 10.5), (301, 9)])
def test_what_stands_below_the_title_keeps_clear_of_the_table(disclosed, letters, size):
    found = replace(disclosed([{"n": 1}]), subtitle="a" * letters)
    words = named(slides_of(pptx.Item(sheet_of(found)))[0], "Subtitle")
    assert words.text_frame.paragraphs[0].runs[0].font.size.pt == size
    assert words.top + words.height <= named(slides_of(pptx.Item(sheet_of(found)))[0], "Table").top
    lines = 1 if letters <= 115 else 2  # a letter of Arial is half its size wide, a line 1.2 of it
    assert letters * size * 0.5 <= lines * words.width.pt
    assert lines * size * 1.2 <= words.height.pt


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
    assert printed.written(value, kind) == said


@many(25)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_opens_again(text):
    rows = pa.table({"label": [text], "n": [1.0], "before": [2.0]})
    found = Disclosed(rows, text, text, (text,), STAMP)
    assert slides_of(pptx.Item(sheet_of(found), office.mix()))[0].shapes.title is not None


def test_a_deck_of_several_results_counts_through(series, disclosed):
    other = disclosed([{"n": 1}], title="Second")
    found = slides_of(
        pptx.Item(sheet_of(series), office.spc(), table=False), pptx.Item(sheet_of(other))
    )
    assert [slide.shapes.title.text for slide in found] == [series.title, "Second"]
    assert "page 2 of 2" in named(found[1], "Stamp").text_frame.text
