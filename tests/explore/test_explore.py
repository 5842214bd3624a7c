"""Explore: the program's queries as forms, and an analyst's SQL as a result like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pyarrow as pa
import pytest

from dashboard import reports
from dashboard.access import Role
from dashboard.charts import built
from dashboard.errors import NotFoundError, UsageError
from dashboard.reports.explore import questions


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(date(2004, 7, 12), None, sample_data)


def test_a_form_offers_what_the_header_says(request_):
    form = {item.name: item for item in questions.questions(request_)["measure_series"].parameters}
    assert form["since"].kind == "date"
    assert form["level"].choices == ("force", "directorate", "ocu", "branch", "team", "borough")
    assert "commercial_robbery" in form["measure"].choices
    assert "E09000007" in form["borough"].choices


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


def test_own_sql_is_what_polars_counts(request_):
    """All reports but those of units whose records are never open, where there are any."""
    found = questions.asked(request_, "select ocu, count(*) as n from crimes group by ocu")
    crimes = pl.read_parquet(request_.snapshot.path / "facts" / "crimes.parquet")
    units = request_.catalogue.units.values()
    never = [unit.code for unit in units if unit.records == "never"]
    counted = dict(crimes.group_by("ocu").len().iter_rows())
    assert never
    expected = {ocu: n for ocu, n in counted.items() if ocu not in never}
    assert {row["ocu"]: row["n"] for row in found.rows.to_pylist()} == expected
    assert found.stamp.snapshot_id == request_.snapshot.id


def test_names_twice_and_nested_values_become_a_flat_table(request_):
    found = questions.asked(request_, "select 1 as a, 2 as a, [1, 2] as b, {'x': 1} as c")
    assert found.rows.to_pylist() == [{"a": 1, "a_2": 2, "b": "[1, 2]", "c": "{'x': 1}"}]


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
    assert known["crimes"]["reported_on"] == "days" and known["crimes"]["crime_ref"] == "text"
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
