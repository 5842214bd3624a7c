"""The way back to the item of the wall that led to a page."""

from __future__ import annotations

import streamlit as st

from dashboard.ui.kit import address, section
from dashboard.ui.kit.markup import link, tag

KEYS = ("item", "agenda")  # of the wall's own address


def way() -> None:
    """The way back to the item of the wall that led here; nothing where none did."""
    back = {key: st.query_params.get(key) for key in KEYS}
    if back["item"]:
        href = address.link_to("meeting", **back)
        section.html(tag("p", link(href, "Back to the wall"), class_="note ways"))
