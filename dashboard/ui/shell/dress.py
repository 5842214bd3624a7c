"""What stands on every page there is, pages of errors and of sign-in too: style and marking."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.ui.kit.markup import tag
from dashboard.ui.shell.present import present
from dashboard.words.marking import marking

STYLE = Path(__file__).with_name("style.css")


def dress() -> None:
    """The house's style."""
    st.html(STYLE)
    # Pop-overs lie outside the element on which Streamlit sets its colour scheme.
    st.html(f"<style>:root {{ color-scheme: {st.context.theme.type or 'light'}; }}</style>")


def marked(words: str = "") -> None:
    """The marking at head and foot of the page; of no snapshot where nothing is said."""
    said = (words or marking(present())).upper()
    st.html(
        tag("div", said, class_="marking top", role="note", aria_label=f"Marking: {said}")
        + tag("div", said, class_="marking bottom", aria_hidden="true")
    )
