"""An own question's rows as they are drawn and as they leave: what was asked, as it was asked."""

from __future__ import annotations

import json
from datetime import date

import pyarrow as pa
import pytest

from dashboard import reports
from dashboard.charts import built
from dashboard.errors import DashboardError
from dashboard.export.forms.sheets import sheet_of
from dashboard.reports.explore import questions

MONTHS = pa.table(
    {
        "month": [date(2032, 4, 1), date(2032, 4, 1), date(2032, 5, 1), date(2032, 5, 1)],
        "ocu": ["OCU1", "OCU2", "OCU1", "OCU2"],
        "n": [4, 7, 5, 6],
    }
)


def test_words_that_tell_rows_of_one_day_apart_are_the_colour():
    assert built.usual(MONTHS) == ("month", "n", "ocu")
    assert built.usual(MONTHS.select(["ocu", "month", "n"]))[0] == "month"  # days go across
    assert built.usual(MONTHS.slice(0, 1)) == ("month", "n", None)


def test_a_row_number_is_neither_the_height_nor_added():
    numbered = MONTHS.append_column("place", pa.array([2, 1, 4, 3]))
    assert built.is_row_number(numbered, "place") and not built.is_row_number(numbered, "n")
    assert built.usual(numbered.select(["place", "month", "ocu", "n"]))[1] == "n"
    spec = built.spec("bar", "ocu", "N", "place", adds=False)
    assert '"stack": null' in json.dumps(spec)


def test_words_across_stand_in_the_order_of_the_rows():
    said = json.dumps(built.spec("bar", "ocu", "N", "n"))
    assert '"sort": null' in said


@pytest.fixture(scope="module")
def request_(sample_data):
    return reports.open_request(None, None, sample_data)


def test_names_of_an_own_question_stay_and_each_has_its_own_identity(request_):
    one = questions.answer_of(request_, "select 'a' as scd7, 1 as n, 0.1 + 733932.42 as total")
    other = questions.answer_of(request_, "select 'a' as scd7, 2 as n, 0.1 + 733932.42 as total")
    assert [column.heading for column in sheet_of(one).columns] == ["scd7", "n", "total"]
    assert next(sheet_of(one).lines())[2] == 733932.52
    assert one.stamp.query_hash != other.stamp.query_hash


def test_nested_values_are_in_words(request_):
    found = questions.answer_of(
        request_, "select [1.5, 'nan'::double, null] as part, {'now': 3, 'of': null} as pair"
    )
    assert found.rows.to_pylist() == [{"part": "1.5, [x], [x]", "pair": "now 3, of [x]"}]


def test_a_table_that_is_like_none_has_no_hint(request_):
    with pytest.raises(DashboardError) as error:
        questions.answer_of(request_, "select * from columns")
    assert "did you mean" not in str(error.value)
    with pytest.raises(DashboardError, match="did you mean crimes"):
        questions.answer_of(request_, "select * from crime")
