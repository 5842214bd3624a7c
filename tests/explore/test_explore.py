"""Explore: the program's queries as forms, and an analyst's SQL as a result like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import polars as pl
import pyarrow as pa
import pytest

from dashboard import reports
from dashboard.access import Role
from dashboard.charts import built
from dashboard.errors import DashboardError, NotFoundError, UsageError
from dashboard.export import Produced, sheet_of
from dashboard.export.forms import csv, native, office, xlsx
from dashboard.export.forms.xlsx_pages import HEAD
from dashboard.reports.explore import questions


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


def test_a_form_offers_what_the_header_says(request_):
    form = {item.name: item for item in questions.questions(request_)["measure_series"].parameters}
    assert form["since"].kind == "date"
    assert list(form["level"].choices) == [
        "force", "directorate", "ocu", "branch", "team", "borough",
    ]  # fmt: skip
    assert form["measure"].choices["commercial_robbery"] == "Commercial robbery"
    assert form["borough"].choices["E09000007"] == "Camden"
    limited = {item.name: item for item in questions.questions(request_)["records"].parameters}
    assert limited["limit"].kind == "whole"


def test_a_query_gives_what_the_report_gives(request_):
    asked = {"measure": "commercial_robbery", "level": "ocu", "grain": "month", "since": ""}
    found = questions.answer(request_, "measure_series", asked)
    assert found.rows.equals(
        reports.series(request_, "commercial_robbery", level="ocu", grain="month")
    )
    assert f"{found.rows.num_rows} rows" in found.title


def test_what_a_form_does_not_know_is_a_sentence(request_):
    with pytest.raises(NotFoundError):
        questions.answer(request_, "nonsense", {})
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        questions.answer(request_, "measure_series", {"since": "soon"})
    with pytest.raises(UsageError, match="level is one of"):
        questions.answer(request_, "measure_series", {"level": "planet"})
    with pytest.raises(UsageError, match="limit is a whole number"):
        questions.answer(request_, "records", {"limit": "many"})


def test_each_example_runs_and_has_the_columns_of_its_chart(request_):
    found = questions.examples(request_)
    assert found
    for item in found:
        rows = questions.answer_of(request_, item.sql).rows
        assert rows.num_rows > 1 and {item.x, item.y} <= set(rows.column_names)
        assert item.y in built.numbers(rows)
        across = built.type_of(rows.schema.field(item.x).type)
        assert item.kind in built.kinds(across)


def test_a_statement_of_the_picker_runs_and_quotes_what_is_no_plain_word(request_):
    sql = questions.statement("crimes", ("ocu", "borough"), questions.SAMPLED)
    rows = questions.answer_of(request_, sql).rows
    assert (rows.num_rows, rows.column_names) == (questions.SAMPLED, ["ocu", "borough"])
    assert questions.statement("areas", ()) == "select *\nfrom areas"
    assert questions.quoted('od"d') == '"od""d"' and questions.quoted("Group") == '"Group"'


HUGE = 12345678901234567890123
TYPES = f"""select
    sum(1) as total, {HUGE}::hugeint as huge, 1.25::decimal(18, 2) as dec, 2::utinyint as small,
    null::integer as empty, null as nothing, [1, 2] as listed, {{'a': 1}} as held, 3 as slot
from crimes"""


def test_numbers_of_any_type_are_numbers_and_no_column_is_lost(request_):
    found = questions.answer_of(request_, TYPES)
    sheet = sheet_of(found)
    held = {column.name: column.kind for column in sheet.columns}
    assert list(held) == found.rows.column_names  # an empty one stays, one named as a slot, too
    assert [held[name] for name in ("total", "huge", "dec", "small")] == ["n", "n", "decimal", "n"]
    (line,) = sheet.lines()
    cells = dict(zip(held, line, strict=True))
    assert cells["total"] > 60_000 and cells["dec"] == 1.25 and cells["small"] == 2
    assert cells["huge"] == str(HUGE)  # more digits than a spreadsheet holds: as it is
    assert (cells["empty"], cells["listed"]) == ("[x]", "1, 2")
    made = Produced("analyst", datetime(2004, 7, 13, tzinfo=UTC))
    assert f",{HUGE}," in f",{csv.as_csv(sheet, made).decode('utf-8-sig')},"
    book = openpyxl.load_workbook(BytesIO(xlsx.workbook([xlsx.Item(sheet, "own")], made)))
    assert [cell.value for cell in book["Table"][HEAD + 2]][2] == 1.25


def test_decimals_are_drawn_as_numbers(request_):
    sql = "select ocu, sum(1) as total, avg(1.5)::decimal(9, 3) as part from crimes group by ocu"
    found = questions.answer_of(request_, sql)
    assert built.numbers(found.rows) == ["total", "part"]
    kinds = built.data(found)["rows"].schema
    assert {str(kinds.field(name).type) for name in ("total", "part")} == {"double"}
    for column, unit in (("total", "n"), ("part", "decimal")):
        chart = office.built("bar", "ocu", column, found.rows)
        assert chart is not None and chart.unit == unit
        ((_, values),) = native.figures(chart, found).values
        assert {type(value) for value in values} == {float}


def test_more_than_fits_says_so(request_):
    found = questions.answer_of(request_, "select crime_ref from crimes")
    assert found.title.startswith("Crime ref, of crimes: ")
    assert "cut short" in found.title and found.rows.num_rows == questions.LIMITS.most_rows
    assert any("ask for less" in note for note in found.notes)


def test_own_sql_is_what_polars_counts(request_):
    """All reports but those of units whose records are never open, where there are any."""
    found = questions.answer_of(request_, "select ocu, count(*) as n from crimes group by ocu")
    crimes = pl.read_parquet(request_.snapshot.path / "facts" / "crimes.parquet")
    units = request_.catalogue.units.values()
    never = [unit.code for unit in units if unit.records == "never"]
    counted = dict(crimes.group_by("ocu").len().iter_rows())
    assert never
    assert found.title == f"N by ocu, of crimes: {found.rows.num_rows} rows"
    none = ", ".join(["'none'"] * 40)
    long = f"select count(*) as n from crimes where crime_ref not in ({none})"
    named = questions.answer_of(request_, long, title=" Reports left ")
    assert named.title == "Reports left: 1 row"
    (said,) = (words for name, words in named.stamp.filters if name == "sql")
    assert said.endswith(", …") and len(said) <= questions.LONGEST_FILTER
    expected = {ocu: n for ocu, n in counted.items() if ocu not in never}
    assert {row["ocu"]: row["n"] for row in found.rows.to_pylist()} == expected
    assert found.stamp.snapshot_id == request_.snapshot.id


def test_names_twice_and_nested_values_become_a_flat_table(request_):
    found = questions.answer_of(request_, "select 1 as a, 2 as a, [1, 2] as b, {'x': 1} as c")
    assert found.rows.to_pylist() == [{"a": 1, "a_2": 2, "b": "1, 2", "c": "x 1"}]


def test_without_the_right_to_records_there_are_none(request_):
    other = replace(request_, role=Role("viewer", "a viewer", sees="all", records="none"))
    seen = questions.columns(other)
    assert not any({"crime_ref", "staff_ref"} & set(names) for names in seen.values())
    assert "observations" in seen and "crimes" not in seen
    assert "records" not in questions.questions(other)


def test_the_picker_has_tables_and_columns_by_name_and_what_they_hold(request_):
    known = questions.columns(request_)
    assert list(known) == sorted(known)
    assert all(list(held) == sorted(held) for held in known.values())
    assert known["crimes"]["reported_on"] == "dates" and known["crimes"]["crime_ref"] == "text"
    assert known["observations"]["numerator"] in ("decimals", "whole numbers")
    words = {words for held in known.values() for words in held.values()}
    assert words <= {said for _, said in questions.HOLDS}, words


def test_no_line_is_drawn_across_words():
    assert "line" not in built.kinds("N") and built.kinds("N")[0] == "bar"
    assert built.kinds("T")[0] == built.kinds("Q")[0] == "line"


def test_the_chart_has_the_columns_that_were_picked():
    rows = pa.table(
        {"on": [date(2004, 1, 1)], "n": [1], "who": ["a.b"], "empty": pa.nulls(1, pa.int64())}
    )
    assert [built.type_of(field.type) for field in rows.schema] == ["T", "Q", "N", "Q"]
    assert built.numbers(rows) == ["n"]
    drawn = built.spec("line", "on", "T", "n", "who")
    assert drawn["encoding"]["x"]["field"] == "on" and drawn["encoding"]["x"]["type"] == "temporal"
    assert drawn["encoding"]["y"]["field"] == "n"
    assert drawn["encoding"]["color"]["field"] == "who"
    # a dot in a name is part of it, not a path
    assert built.spec("bar", "a.b", "N", "n")["encoding"]["x"]["field"] == "a\\.b"


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select ocuu from crimes", "no column 'ocuu'; near it: ocu"),
        ("select c.reported from crimes as c", "no column 'reported'; near it: reported_on"),
        ("select x.ocu from crimes as c", "“x” is no table and no short name"),
    ],
)
def test_a_misspelt_name_is_said_with_what_is_near_it(request_, sql, words):
    with pytest.raises(DashboardError) as wrong:
        questions.answer_of(request_, sql)
    assert words in str(wrong.value)
