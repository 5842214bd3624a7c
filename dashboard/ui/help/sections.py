"""The page Help: the handbook's contents at the side, a chapter beside."""

from __future__ import annotations

import base64

import streamlit as st

from dashboard.ui.help import handbook
from dashboard.ui.kit.address import link_to, state
from dashboard.ui.kit.markup import Html, join, link, tag
from dashboard.ui.kit.section import html


def page() -> None:
    """The chapter of the address; the contents beside it."""
    every = handbook.chapters()
    key = state("chapter", handbook.FIRST, list(every)) or handbook.FIRST
    side, middle = st.columns([0.2, 0.8], gap="large")
    with side:
        html(tag("nav", _contents(key), class_="chapters", aria_label="Chapters of the handbook"))
    with middle:
        for part in handbook.parts(every[key], lambda other: link_to("help", chapter=other)):
            if part.picture:
                content = base64.b64encode(part.picture.read_bytes()).decode()
                source = f"data:image/png;base64,{content}"
                html(tag("img", src=source, alt=part.text, class_="pictured"))
            elif handbook_text := part.text.strip():
                st.markdown(handbook_text)


def _contents(key: str) -> Html:
    """Each chapter as a link, the one that is open marked."""
    return tag(
        "ul",
        join(
            [
                tag(
                    "li",
                    link(link_to("help", chapter=item.key), item.title),
                    class_="chosen" if item.key == key else None,
                    aria_current="page" if item.key == key else None,
                )
                for item in handbook.chapters().values()
            ],
            "",
        ),
    )
