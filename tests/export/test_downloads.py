"""The pop-over below a chart or table: what it offers, and the pack's basket."""

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts import bars
from dashboard.export import native, xlsx
from dashboard.ui.downloads import _forms

STARTS = {
    "csv": b"\xef\xbb\xbf",
    "xlsx": b"PK",
    "pptx": b"PK",
    "svg": b"<svg",
    "png": b"\x89PNG",
    "pdf": b"%PDF",
}


def page() -> None:
    """A page with one table; it is run on its own, so it brings its imports along."""
    import pyarrow

    from dashboard import ui
    from dashboard.access import Disclosed
    from tests.export.conftest import STAMP

    rows = pyarrow.table({"n": [1]})
    ui.downloads(Disclosed(rows, "A title", "", (), STAMP), "robbery")


@pytest.fixture
def mix(disclosed):
    row = {"label": "Knife", "n": 7.0, "before": 9.0, "said": "7", "before_said": "9"}
    return disclosed([row])


def test_a_chart_has_six_forms_each_made_when_asked(mix):
    forms = _forms(mix, "mix", bars.spec(1), bars.data(mix), native.mix())
    assert list(forms) == list(STARTS)
    for ending, make in forms.items():
        assert make().startswith(STARTS[ending])


def test_a_table_has_three(mix):
    assert list(_forms(mix, "mix", None, None, None)) == ["csv", "xlsx", "pptx"]


def test_a_table_that_no_sheet_holds_has_no_workbook(mix, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 0)
    assert list(_forms(mix, "mix", None, None, None)) == ["csv", "pptx"]


def test_nothing_is_drawn_before_it_is_opened():
    app = AppTest.from_function(page).run()
    assert not app.exception
    assert not app.button and not app.get("download_button")


def test_the_basket_keeps_a_reference_once():
    app = AppTest.from_function(page)
    app.session_state["download-robbery"] = True
    app.run()
    assert not app.exception
    (add,) = [item for item in app.button if item.key == "pack-robbery"]
    add.click().run()
    (kept,) = app.session_state["basket"]
    assert (kept["name"], kept["title"]) == ("robbery", "A title")
    assert not any(isinstance(value, pa.Table) for value in kept.values())
