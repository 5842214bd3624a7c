"""A page's views: which one the address asks for, and the row of choices that turns to another."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.ui.kit import address


def chosen(key: str, views: Mapping[str, str]) -> str:
    """The view that the address asks for under `key`; the first where it names none."""
    first = next(iter(views))
    return address.state(key, first, list(views)) or first


def row(label: str, key: str, views: Mapping[str, str]) -> None:
    """The views as a row of choices.

    label  said to a screen reader
    """
    widget, now = f"choose-{key}", chosen(key, views)
    st.session_state[widget] = now
    st.segmented_control(
        label,
        list(views),
        format_func=views.__getitem__,
        key=widget,
        on_change=_turn,
        args=(key, widget, now),
        label_visibility="collapsed",
    )


def _turn(key: str, widget: str, before: str) -> None:
    # A second press on the chosen view leaves nothing chosen: then it stays.
    address.put(key, st.session_state[widget] or before)
