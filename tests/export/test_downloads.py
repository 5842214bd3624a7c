"""The pop-over below a chart or table: what it offers, and the pack's basket."""

import struct
from dataclasses import replace
from io import BytesIO

import pytest
from pptx import Presentation
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from dashboard.charts import bars
from dashboard.export.forms import office, pictures, xlsx
from dashboard.ui.kit import basket, person
from dashboard.ui.kit.downloads import Wish, forms_of
from dashboard.ui.kit.person import NOBODY_SIGNED_IN
from dashboard.words.headings import heading

STARTS = {
    "csv": b"\xef\xbb\xbf",
    "rows.csv": b"\xef\xbb\xbf",
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


def test_a_chart_has_seven_forms_each_made_when_asked(mix):
    forms = forms_of(mix, "mix", bars.spec(1), bars.data(mix), office.mix())
    assert list(forms) == list(STARTS)
    for ending, make in forms.items():
        assert make().startswith(STARTS[ending])


def test_a_table_has_five(mix):
    made = forms_of(mix, "mix", None, None, None)
    assert list(made) == ["csv", "rows.csv", "xlsx", "pptx", "pdf"]
    assert made["pdf"]().startswith(STARTS["pdf"])


def test_a_table_that_no_sheet_holds_has_no_workbook(mix, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 0)
    assert list(forms_of(mix, "mix", None, None, None)) == ["csv", "rows.csv", "pptx", "pdf"]


@pytest.mark.parametrize("size", pictures.FRAMES)
def test_a_picture_has_the_size_that_was_chosen(mix, size):
    made = forms_of(mix, "mix", bars.spec(1), bars.data(mix), office.mix(), Wish(size=size))
    wide, tall = struct.unpack(">II", made["png"]()[16:24])
    asked = pictures.FRAMES[size]
    assert wide / tall == pytest.approx(asked[0] / asked[1], rel=0.01)


def test_the_readers_own_words_are_said_to_be_the_readers(mix):
    wish = Wish(title="=Own & <title>", note="To be raised", picture=True)
    made = forms_of(mix, "mix", bars.spec(1), bars.data(mix), office.mix(), wish)
    (slide,) = Presentation(BytesIO(made["pptx"]())).slides  # the table was not asked for
    assert slide.shapes.title.text == "=Own & <title>"
    stamp = next(shape for shape in slide.shapes if shape.name == "Stamp").text_frame.text
    assert f"the dashboard says: {mix.title}" in stamp
    assert "Note by the reader (" in stamp and "To be raised" in stamp
    assert not [shape for shape in slide.shapes if shape.has_chart]
    assert mix.title in made["csv"]().decode("utf-8-sig")


@pytest.mark.parametrize("tabled", [False, True])
def test_the_pdf_of_a_section_with_an_open_table_has_it(mix, tabled):
    made = forms_of(mix, "mix", bars.spec(1), bars.data(mix), None, tabled=tabled)["pdf"]()
    read = "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    # A heading of the table, which the picture has not; "Number per month" is its subtitle.
    assert (heading("before") in read) == tabled


def test_a_chart_that_office_does_not_draw_is_a_picture_on_its_slide(mix):
    made = forms_of(mix, "mix", bars.spec(1), bars.data(mix), None)
    (slide,) = Presentation(BytesIO(made["pptx"]())).slides
    assert [shape.name for shape in slide.shapes if shape.name == "Picture"]


def test_nothing_is_drawn_before_it_is_opened():
    app = AppTest.from_function(page).run()
    assert not app.exception
    assert not app.button and not app.get("html")


@pytest.fixture
def held(monkeypatch):
    monkeypatch.setattr(person, "browser", lambda: "")
    basket.baskets.clear()
    yield basket.basket_of(NOBODY_SIGNED_IN.owner(""))
    basket.baskets.clear()


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
