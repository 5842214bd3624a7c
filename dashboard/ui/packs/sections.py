"""The head of the reports page, and the card in which a pack is made."""

from __future__ import annotations

import re

import streamlit as st

from dashboard.access.roles import DOES
from dashboard.catalogue import order
from dashboard.reports import Request
from dashboard.reports.packs import contents
from dashboard.ui.kit import address
from dashboard.ui.kit.address import pick
from dashboard.ui.kit.section import card, note, statement
from dashboard.ui.packs import making
from dashboard.ui.packs.making import MADE, Made
from dashboard.words import dates, names
from dashboard.words.names import area_word
from dashboard.words.phrases import sentence

FORMS = {
    "pdf": "PDF, to print",
    "docx": "DOCX, to edit",
    "pptx": "PPTX, charts to edit",
    "xlsx": "XLSX",
    "csv": "CSV",
}
WITHOUT = "without"  # key of the address: the parts that are left out
NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")


def header(request: Request) -> str:
    """What this page gives, and the list of packs; returns the chosen one's name."""
    words, lists = st.columns([0.72, 0.28], gap="small", vertical_alignment="center")
    with lists:
        name = pick(
            "Pack",
            "pack",
            list(contents.NAMES),
            hidden=True,
            words=lambda item: contents.kind(item).title,
            clears=(WITHOUT,),
        )
    chosen = name or contents.NAMES[0]
    with words:
        about = f"As at {dates.day(request.as_at)}, the same rows as on the screen"
        statement(f"{contents.kind(chosen).title}, to print, to edit or to keep", about)
    return chosen


def make(request: Request, name: str) -> None:
    """What the pack is about, the button that makes it, and its files."""
    with card("make", "Make it"):
        right = contents.kind(name).right
        if right and right not in request.role.may:
            note(f"The role {request.role.said} may not {DOES[right]}. What is kept can be read.")
            return
        parameters = _parameters(request, name)
        form = pick("Form", "form", list(FORMS), words=FORMS.__getitem__, hidden=True) or "pdf"
        appendix = form != "pdf" or st.checkbox("Definitions at the end", True, key="appendix")
        headings = [heading for heading, _ in contents.kind(name).sections]
        parts = _parts(name, headings)
        without = tuple(heading for heading in headings if heading not in parts)
        kind = (form, str(appendix), *without)
        asked = (request.snapshot.id, request.role.words, name, *kind, *parameters.values())
        if st.button("Make the pack", key="make-pack", type="primary", disabled=not parts):
            making.make(request, name, form, parameters, asked, appendix, without)
        made_pack: Made | None = st.session_state.get(MADE)
        if made_pack is None or made_pack.asked != asked:
            note("Nothing is made before you ask; a whole pack takes a few seconds.")
            return
        making.hand_out(request, made_pack)
        making.preview(made_pack, appendix)


def _parts(name: str, headings: list[str]) -> list[str]:
    """The parts that are chosen; the address says which are left out."""
    keys = {_key(heading): heading for heading in headings}
    left_out = address.several(WITHOUT, list(keys))
    widget = f"parts-{name}"
    # The address leads: a link may have changed it since the list was last drawn.
    st.session_state[widget] = [item for key, item in keys.items() if key not in left_out]
    return st.multiselect(
        "Parts", headings, key=widget, on_change=_leave_out, args=(widget, tuple(headings))
    )


def _leave_out(widget: str, headings: tuple[str, ...]) -> None:
    left = [_key(item) for item in headings if item not in st.session_state[widget]]
    address.put(WITHOUT, ",".join(left) or None)


def _key(heading: str) -> str:
    """'rare-events': a heading as the address says it."""
    return NOT_IN_KEYS.sub("-", heading.lower()).strip("-")


def _parameters(request: Request, name: str) -> dict[str, str]:
    needs = contents.kind(name).needs
    if needs == "unit":
        unit = pick(
            "Unit",
            "unit",
            order.page_units(request.catalogue),
            words=lambda code: names.unit(request.catalogue, code),
        )
        return {"unit": unit} if unit else {}
    if needs == "borough":
        known = [area.code for area in order.areas(request.catalogue)]
        borough = pick(
            sentence(area_word()),
            "borough",
            known,
            words=lambda code: names.area(request.catalogue, code),
        )
        return {"borough": borough} if borough else {}
    return {}
