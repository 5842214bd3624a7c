"""A page that ends before its last line still sends its address to the browser."""

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from dashboard import ui
    from dashboard.ui.kit import views

    with ui.guard():
        views.row("View", "view", {"plan": "Measures", "day": "Day and week"})
        with ui.guard():
            if views.chosen("view", {"plan": "", "day": ""}) == "day":
                st.text("the day")
                ui.end()
        st.text("the plan")


@pytest.mark.parametrize("view", ["plan", "day"])
def test_the_address_holds_what_is_on_the_screen(view):
    app = AppTest.from_function(page).run()
    assert app.query_params["view"] == "plan"
    app.segmented_control[0].set_value(view).run()
    assert not app.exception and not app.error
    assert app.query_params["view"] == view
    assert [item.value for item in app.text] == [f"the {view}"]
