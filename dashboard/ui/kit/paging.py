"""The way through a long list: which page of it the address asks for, and the ones beside it."""

from __future__ import annotations

import streamlit as st

from dashboard.reports import Disclosed
from dashboard.reports.request.paging import pages
from dashboard.ui.kit import address
from dashboard.ui.kit.section import note


def asked(key: str = "page") -> int:
    """The page that the address asks for under `key`; the first where it names none."""
    said = st.query_params.get(key, "")
    return max(1, int(said)) if said.isdecimal() else 1


def turns(
    shown: Disclosed, page: int, words: tuple[str, str] = ("‹ Older", "Newer ›"), key: str = "page"
) -> None:
    """Buttons to the pages before and after, and which of how many this is; nothing of one page.

    words  on the buttons to the page before and after
    """
    last = pages(shown)
    if last == 1 and page == 1:
        return
    _turn(page - 1, words[0], key, there=page > 1)
    note(f"{page:,} of {last:,}", inline=True)
    _turn(page + 1, words[1], key, there=page < last)


def _turn(page: int, words: str, key: str, *, there: bool) -> None:
    st.button(
        words,
        type="tertiary",
        disabled=not there,
        on_click=address.put,
        args=(key, str(page)),
        key=f"turn-{key}-{words}",
    )
