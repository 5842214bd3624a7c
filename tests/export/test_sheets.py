"""The one table behind all forms: its columns, its cells, the marks it uses."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, TypedDict

import pyarrow as pa
import pytest

from dashboard.access.disclosure import Across, Names
from dashboard.export import sheet_of
from dashboard.export.forms import sheets
from dashboard.rows import Hidden, schema
from dashboard.words.headings import heading


def test_columns_have_words_and_kinds(series):
    found = {column.name: (column.heading, column.kind) for column in sheet_of(series).columns}
    assert found["period_start"] == ("First day", "date")
    assert found["value"] == ("Figure", "n")  # 250 and 1338 are whole
    assert found["mean"] == ("Usual (mean)", "decimal")
    assert found["said"] == ("Figure in words", "text")
    assert "segment" not in found  # only a drawing needs it
    assert "target" not in found  # no row has one


def test_the_measures_unit_is_that_of_its_figures_alone(series):
    found = {column.name: column.kind for column in sheet_of(series, "percent").columns}
    assert (found["value"], found["lower"], found["period"]) == ("percent", "percent", "text")


def test_cells_keep_their_types(series):
    first, gap, last = sheet_of(series).lines()
    assert first[:4] == [date(2004, 4, 1), "April 2004", 250, "250"]
    assert gap[2] == "[x]"  # a figure that is not there is never 0
    assert last[-2:] == ["higher, worse than usual", "yes"]


def test_a_cross_table_is_one_in_files_and_rows_for_a_program_stay_rows(disclosed):
    """Two units by two groups: a hidden count stays hidden, and no row makes no count."""
    kind = schema(
        TypedDict("Cross", {"unit": str, "group": str, "n": Annotated[int | None, Hidden("")]})
    )
    rows = [("A", "Men", 7), ("A", "Women", None), ("B", "Women", 9), ("B", "Men", 6)]
    table = pa.Table.from_pylist([dict(zip(kind.names, row, strict=True)) for row in rows], kind)
    found = replace(disclosed([{"n": 1}]), rows=table, across=Across("unit", "group", "n"))
    sheet = sheet_of(found)
    assert [column.heading for column in sheet.columns][1:] == ["Men", "Women"]
    assert list(sheet.lines()) == [["A", 7, "[c]"], ["B", 6, 9]]
    assert sheet.brief(2).columns == sheet.columns  # no group falls off a slide
    assert len(list(sheet_of(found, flat=True).lines())) == 4


def test_a_row_may_say_its_own_unit(disclosed):
    rows = [{"unit": "percent", "value": 0.24}, {"unit": "n", "value": 14.0}]
    sheet = sheet_of(disclosed([*rows, {"unit": "n", "value": 5.5}]))
    assert [kinds[1] for _, kinds in sheet.told()] == ["percent", "n", "decimal"]


def test_a_slide_writes_a_row_in_its_unit_though_it_shows_none(disclosed):
    found = disclosed([{"name": "Clear-up", "unit": "percent", "value": 0.918}])
    brief = sheet_of(found).brief(8, ("name", "value"))
    assert [(line, kinds) for line, kinds in brief.told()] == [
        (["Clear-up", 0.918], ["text", "percent"])
    ]


def named(found, **names):
    return replace(found, names=names)


def test_a_code_has_its_name_before_it(disclosed):
    rows = [{"borough": "E1", "n": 3}, {"borough": None, "n": 4}]
    found = named(disclosed(rows), borough=Names({"E1": "Newtown"}, beside=True))
    sheet = sheet_of(found)
    assert [column.heading for column in sheet.columns] == ["Borough", "Borough (code)", "Number"]
    assert list(sheet.lines()) == [["Newtown", "E1", 3], ["", "", 4]]
    # a slide asked for the code shows the name, and so does one that nobody chose columns of
    for columns in (("borough", "n"), ()):
        assert [column.heading for column in sheet.brief(8, columns).columns] == [
            "Borough",
            "Number",
        ]


def test_a_code_that_people_say_stands_on_a_slide(disclosed):
    units = Names({"OCU7": "Organised Crime"}, beside=True, spoken=True)
    sheet = sheet_of(named(disclosed([{"unit_code": "OCU7", "n": 3}]), unit_code=units))
    (line,) = sheet.brief(8, ("unit_code", "n")).lines()
    assert line == ["OCU7", 3]


def test_a_name_that_stands_already_is_not_said_twice(disclosed):
    names = Names({"kidnap": "Kidnap"}, beside=True)
    rows = [{"measure": "kidnap", "name": "Kidnap"}]
    heads = [column.heading for column in sheet_of(named(disclosed(rows), measure=names)).columns]
    assert heads == ["Measure (code)", "Name"]


def test_a_word_of_the_program_is_put_in_words(disclosed):
    found = named(disclosed([{"verdict": "did_not"}]), verdict=Names({"did_not": "did not work"}))
    assert list(sheet_of(found).lines()) == [["did not work"]]


def test_pence_are_said_in_pounds(disclosed):
    sheet = sheet_of(disclosed([{"spent_pence": 1250050}]))
    assert [
        (column.kind, line) for column, line in zip(sheet.columns, sheet.lines(), strict=True)
    ] == [("gbp", [12500.5])]


def test_marks_are_those_that_occur(series, disclosed):
    assert sheet_of(series).symbols == ("[x]", "[p]")
    assert sheet_of(disclosed([{"n": 1}], notes=())).symbols == ()


class Hiding(TypedDict):
    """A row about people: `share` is of `n`; nothing is known of `age` where it is null."""

    n: Annotated[int | None, Hidden("null: hidden")]
    share: Annotated[float | None, Hidden("null: hidden, or of none", alone=False)]
    age: Annotated[int | None, "null: not said"]


def test_what_is_hidden_is_not_what_is_missing(disclosed):
    """A share is hidden where its count is; of no one there is none; and an age is not known."""
    told = [
        {"n": None, "share": None, "age": None},
        {"n": 0, "share": None, "age": 31},
        {"n": 7, "share": 0.5, "age": 32},
    ]
    sheet = sheet_of(disclosed(told, schema(Hiding), notes=()))
    assert list(sheet.lines()) == [["[c]", "[c]", "[x]"], [0, "[x]", 31], [7, 0.5, 32]]
    assert sheet.symbols == ("[x]", "[c]")
    # On a slide that has no room for the count its share is hidden all the same.
    assert next(iter(sheet.brief(1, ("share",)).lines())) == ["[c]"]
    # All hidden is said too, not left out.
    assert list(sheet_of(disclosed(told[:1], schema(Hiding))).lines()) == [["[c]", "[c]"]]


def test_headings_are_never_the_same_twice(disclosed):
    found = sheet_of(disclosed([{"since": 1, "window_since": 2}]))
    assert [column.heading for column in found.columns] == ["From (since)", "From (window_since)"]


@pytest.mark.parametrize(
    ("value", "kind", "cell"),
    [
        (None, "n", "[x]"),
        (None, "date", "[x]"),
        (None, "text", ""),
        (float("nan"), "decimal", "[x]"),
        (float("inf"), "decimal", "[x]"),
        (2**53, "n", 2**53),
        (2**53 + 1, "n", str(2**53 + 1)),  # a spreadsheet would round it
        ([1.0, None, 2.5], "text", "1 [x] 2.5"),
        (datetime(2004, 7, 12), "date", date(2004, 7, 12)),
        (datetime(2004, 7, 12, 8), "date", "2004-07-12 08:00:00"),
        ("a\x00b", "text", "a\ufffdb"),
        ("common", "text", "common"),  # a state in a column of states only
    ],
)
def test_single_cells(value, kind, cell):
    assert sheets.cell(value, sheets.Column("x", "X", kind)) == cell


def test_no_rows_keep_their_columns(disclosed):
    empty = disclosed([], pa.schema([("name", pa.string()), ("value", pa.float64())]))
    sheet = sheet_of(empty)
    assert sheet.length == 0 and list(sheet.lines()) == []
    assert [column.heading for column in sheet.columns] == ["Name", "Figure"]


def test_a_brief_sheet_says_each_figure_once(series):
    brief = sheet_of(series).brief(8)
    assert [column.name for column in brief.columns] == [
        *(
            "period",
            "said",
            "mean_said",
            "lower_said",
            "upper_said",
            "chart",
            "point",
            "provisional",
        )
    ]
    assert brief.columns[1].heading == "Figure"
    assert [column.name for column in sheet_of(series).brief(1, ("value", "gone")).columns] == [
        "value"
    ]


def test_rows_come_in_batches(disclosed, monkeypatch):
    monkeypatch.setattr(sheets, "BATCH", 2)
    sheet = sheet_of(disclosed([{"n": number} for number in range(5)]))
    assert [line[0] for line in sheet.lines()] == [0, 1, 2, 3, 4]


def test_an_unknown_column_is_named_by_its_own_words():
    assert heading("hours_on_duty") == "Hours on duty"
