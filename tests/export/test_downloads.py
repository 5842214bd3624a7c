"""The pop-over below a chart or table: what it offers, and the pack's basket."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts import bars
from dashboard.export.forms import native, xlsx
from dashboard.ui.kit import basket, person
from dashboard.ui.kit.downloads import _forms
from dashboard.ui.kit.person import NOBODY_SIGNED_IN

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
    assert not app.button and not app.get("html")


@pytest.fixture
def held(monkeypatch):
    monkeypatch.setattr(person, "browser", lambda: "")
    basket._baskets.clear()
    yield basket.basket_of(NOBODY_SIGNED_IN.owner(""))
    basket._baskets.clear()


def opened() -> AppTest:
    app = AppTest.from_function(page)
    app.session_state["download-robbery"] = True
    app.run()
    assert not app.exception
    return app


def test_a_result_is_put_into_the_pack_once(held):
    app = opened()
    app.button("pack-robbery").click().run()
    (kept,) = held.items
    assert (kept.part.name, kept.part.shown.title) == ("robbery", "A title")
    assert app.button("pack-robbery").disabled


def test_another_session_finds_what_was_collected(held):
    """A link in a table opens its page anew, in a new session."""
    opened().button("pack-robbery").click().run()
    assert opened().button("pack-robbery").disabled


def test_a_full_basket_says_so(held):
    app = opened()
    app.button("pack-robbery").click().run()
    (one,) = held.items
    held.put_back(replace(one, address=f"ocu?unit={place}") for place in range(basket.MOST - 1))
    assert not opened().button("pack-robbery").disabled  # one less than full
    held.add(replace(one, address="ocu?unit=last"))
    again = opened()
    assert "pack-robbery" not in [item.key for item in again.button]
    assert f"holds {basket.MOST} results" in "".join(item.proto.body for item in again.get("html"))
    held.add(one)
    assert len(held.items) == basket.MOST
