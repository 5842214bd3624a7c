"""Links stay in the session: a click runs the page that it leads to, in place of a new session."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.ui.kit import address
from dashboard.ui.kit.component import LINKS


def followed(pages: Sequence[str]) -> None:
    """Has clicks on links to the pages of these addresses followed in the session.

    Where the script does not run, links are links: they open the page anew.
    """
    with st.container(key="links"):
        LINKS.made()(key="links-followed", data={"pages": list(pages), "kept": address.KEPT})
