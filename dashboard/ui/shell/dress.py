"""What stands on every page there is, pages of errors and of sign-in too: style and marking."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from dashboard.ui.kit.markup import tag
from dashboard.ui.shell.present import present, sample_here
from dashboard.words.marking import marking, told

STYLE = Path(__file__).with_name("style.css")


def dress() -> None:
    """The house's style."""
    st.html(STYLE)
    # Pop-overs lie outside the element on which Streamlit sets its colour scheme.
    st.html(f"<style>:root {{ color-scheme: {st.context.theme.type or 'light'}; }}</style>")


def here() -> tuple[str, bool]:
    """The marking of what the data folder holds, and whether that is the sample."""
    sample = sample_here()
    return marking(present(), sample), sample


def quoted(words: str) -> str:
    """Words as a text of a style sheet, which can close no tag."""
    return json.dumps(words.replace("<", " "), ensure_ascii=False)


def marked(words: str = "", *, printed: str = "", stamp: str = "") -> None:
    """The marking at head and foot of the page; that of the data folder where nothing is said.

    printed  what stands at head and foot of each page on paper, where that says more
    stamp    what else stands at the foot there
    """
    said = (words or told(*here())).upper()
    above = quoted((printed or said).upper())
    st.html(
        f"<style>@page {{ margin: 15mm 9mm; @top-center {{ content: {above}; }}"
        f" @bottom-left {{ content: {quoted(stamp)}; }} @bottom-center {{ content: {above}; }}"
        ' @bottom-right { content: counter(page) " of " counter(pages); } }</style>'
    )
    st.html(
        tag("div", said, class_="marking top", role="note", aria_label=f"Marking: {said}")
        + tag("div", said, class_="marking bottom", aria_hidden="true")
    )
