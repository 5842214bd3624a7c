"""CSV read back: the same rows, stamped, and nothing that a spreadsheet would run."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access import Disclosed
from dashboard.export import Produced, sheet_of
from dashboard.export.forms.csv import as_csv, as_rows
from dashboard.rows import ALONE, HIDDEN
from dashboard.words.spreadsheets import safe
from tests.export.conftest import STAMP

MADE = Produced("local", datetime(2004, 7, 13, tzinfo=UTC))


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_rows_are_those_of_the_result(series, produced):
    lines = read(as_csv(sheet_of(series), produced))
    start = lines.index([]) + 1
    table = [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 : -1]]
    assert [row["Figure"] for row in table] == ["250", "[x]", "1338"]
    assert [float(row["Lower limit"]) for row in table] == [173.25] * 3
    assert table[2]["First day"] == "2004-06-01"
    assert table[2]["Figure in words"] == "1,338 [p]"


def test_marking_stands_first_and_last(series, produced):
    lines = read(as_csv(sheet_of(series), produced))
    assert lines[0] == lines[-1] == ["RESTRICTED · SAMPLE DATA"]
    assert ["Snapshot", "8772eacc1fda"] in lines
    assert ["Symbol", "[x] not available"] in lines


def test_rows_alone_are_a_table_whose_numbers_are_numbers(series):
    """The second month is [x]: its cell is empty and a column of its own says why."""
    head, *table = read(as_rows(sheet_of(series)))
    rows = [dict(zip(head, line, strict=True)) for line in table]
    assert [row["Figure"] for row in rows] == ["250", "", "1338"]
    assert [row["Figure: why empty"] for row in rows] == ["", "not available", ""]
    assert rows[1]["Figure in words"] == "[x]"  # words are text, and keep their mark
    # A column that has all its values has none beside it; marking and as-at stand in every row.
    assert "Lower limit: why empty" not in head
    assert {(row["Marking"], row["Data as at"]) for row in rows} == {
        ("RESTRICTED · SAMPLE DATA", str(STAMP.as_at))
    }


def test_a_hidden_count_is_empty_and_said_to_be_confidential(disclosed):
    found = disclosed([{"group": "A", "n": 7}, {"group": "B", "n": None}])
    field = pa.field("n", pa.int64(), metadata={HIDDEN: ALONE})
    hidden = found.rows.cast(pa.schema([found.rows.schema.field("group"), field]))
    head, *table = read(as_rows(sheet_of(replace(found, rows=hidden))))
    at, why = head.index("Number"), head.index("Number: why empty")
    assert [(line[at], line[why]) for line in table] == [("7", ""), ("", "confidential, not shown")]


def test_a_share_says_that_it_is_one(disclosed, produced):
    lines = read(as_csv(sheet_of(disclosed([{"value": 0.24}]), "percent"), produced))
    assert lines[-3:-1] == [["Figure, share of 1"], ["0.24"]]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@sum(a1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＠x"]
)
def test_a_formula_becomes_text(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("value", ["a=1", "[x]", "", -5, -5.5, "'=1"])
def test_what_is_no_formula_stays(value):
    assert safe(value) == value


@given(st.lists(st.text(), min_size=1))
def test_any_text_comes_back_and_never_as_a_formula(texts):
    import pyarrow as pa

    rows = pa.table({"note": pa.array([_storable(text) for text in texts], pa.string())})
    lines = read(as_csv(sheet_of(Disclosed(rows, "T", "", (), STAMP)), MADE))
    found = [line[0] if line else "" for line in lines[lines.index([]) + 2 : -1]]
    assert len(found) == len(texts)
    assert not any(item.startswith(("=", "+", "-", "@", "\t", "\r")) for item in found)


def _storable(text: str) -> str:
    """Arrow holds UTF-8: a lone half of a pair can't be in a row."""
    return text.encode("utf-8", "replace").decode("utf-8")
