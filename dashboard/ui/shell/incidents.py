"""Errors on a page: a sentence where we know it, a reference number where we don't."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.errors import DashboardError

log = logging.getLogger("dashboard")


@contextmanager
def guard() -> Iterator[None]:
    """Wraps a page or a part of it; what fails inside becomes a sentence, the rest stands.

    A DashboardError is shown as it is. Anything else is logged with its traceback under a
    reference number, and only the number is shown.
    """
    try:
        yield
    except DashboardError as error:
        st.warning(_plain(_sentence(str(error))), icon=":material/info:")
    except Exception:
        number = secrets.token_hex(3).upper()
        log.exception("incident %s", number)
        st.error(
            f"Something went wrong in the program, not in what you did. Note reference {number}"
            " and give it to whoever runs the dashboard; the log holds the details.",
            icon=":material/error:",
        )


def _sentence(words: str) -> str:
    said = words[:1].upper() + words[1:]
    return said if said.endswith((".", "?", "!")) else f"{said}."


def _plain(words: str) -> str:
    """Words with Markdown's own signs made harmless, as they may quote what someone typed."""
    for sign in "\\`*_[]<>#$~|:":
        words = words.replace(sign, f"\\{sign}")
    return words
