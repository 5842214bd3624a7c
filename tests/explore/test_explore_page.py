"""The Explore page: a form that runs, SQL that runs, and a refusal in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.screens import screen

PAGE = Path(__file__).resolve().parents[2] / "pages" / "explore.py"


@pytest.fixture
def page(sample_data):
    return screen("explore", sample_data)


def said(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def test_it_opens_with_a_form_and_runs_nothing(page):
    page.run()
    assert not page.exception and not page.error
    assert "Ask the snapshot" in said(page)
    assert "Begin with an example" in said(page) and "way=sql" in said(page)
    assert not page.dataframe


def test_the_picker_writes_a_table_into_the_box_and_shows_some_of_it(page):
    page.query_params["way"] = "sql"
    page.run()
    page.selectbox("pick-table").select("units").run()
    page.multiselect("pick-columns-units").select("code").run()
    page.button("write-table").click().run()
    assert page.text_area[0].value == "select code\nfrom units"
    assert not page.dataframe
    page.button("see-table").click().run()
    assert not page.exception
    assert page.dataframe[0].value.shape == (5, 1)


def test_a_link_to_a_query_gives_its_rows(page):
    page.query_params.update({"q": "measure_coverage", "run": "1"})
    page.run()
    assert not page.exception and not page.warning
    assert "Measure coverage" in said(page)
    assert len(page.dataframe) == 1


def test_a_link_to_sql_gives_its_rows(page):
    page.query_params.update({"way": "sql", "sql": "select 41 + 1 as n", "run": "1"})
    page.run()
    assert page.dataframe[0].value.iloc[0, 0] == 42


def test_what_is_refused_is_a_sentence(page):
    page.query_params.update({"way": "sql", "sql": "copy crimes to 'x'", "run": "1"})
    page.run()
    assert not page.exception and not page.error
    said = " ".join(item.proto.body for item in page.get("html"))
    assert "only SELECT is allowed" in said.lower().replace("select", "SELECT")


def run(page: AppTest) -> None:
    next(button for button in page.button if button.label == "Run").click().run()


def test_each_question_typed_is_the_one_that_runs(page):
    page.query_params["way"] = "sql"
    page.run()
    for asked in ("select 1 as n", "select 2 as n", "selec 3", "select 4 as n"):
        page.text_area[0].set_value(asked)
        run(page)
        assert asked in page.query_params["sql"]
        assert page.text_area[0].value == asked
        shown = [item.value.iloc[0, 0] for item in page.dataframe]
        assert shown == ([] if asked == "selec 3" else [int(asked.split()[1])])
    page.query_params["sql"] = "select 5 as n"  # a link, or the way back
    page.run()
    assert page.text_area[0].value == "select 5 as n"


def test_each_parameter_typed_is_the_one_that_is_asked_for(page):
    page.query_params["q"] = "measure_series"
    page.run()
    for unit in ("SCD7", "SCD8", "SCD1"):
        fields = (*page.text_input, *page.selectbox)
        next(item for item in fields if item.label == "Unit").set_value(unit)
        run(page)
        assert unit in page.query_params["p_unit"]
