"""A form keeps what it began with, and what was typed, over pages that do not draw it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def page(data: str) -> None:
    from pathlib import Path

    import streamlit as st

    from dashboard.ui.kit.typed import Typed

    form = Typed(Path(data), "a form")
    if st.query_params.get("page") == "form":
        form.begin({"words": "as it was", "percent": -50})
        st.text_input("Words", key=form.key("words"), on_change=form.keep)
        st.number_input("Percent", -95, 400, key=form.key("percent"), on_change=form.keep)


def stands(shown: AppTest) -> tuple[str, int]:
    assert not shown.exception
    return shown.text_input[0].value, shown.number_input[0].value


def visited(shown: AppTest, name: str) -> AppTest:
    shown.query_params["page"] = name
    return shown.run()


def test_who_goes_away_and_comes_back_finds_the_form_as_it_was(tmp_path):
    shown = AppTest.from_function(page, kwargs={"data": str(tmp_path)}, default_timeout=60)
    assert stands(visited(shown, "form")) == ("as it was", -50)
    visited(shown, "another")
    assert stands(visited(shown, "form")) == ("as it was", -50)
    shown.text_input[0].set_value("typed").run()
    assert stands(shown) == ("typed", -50)
    visited(shown, "another")
    assert stands(visited(shown, "form")) == ("typed", -50)  # from the draft on the server
