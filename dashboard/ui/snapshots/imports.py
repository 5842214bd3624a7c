"""What is loaded for the next publish: the list, a way back, and letting pass what is held."""

from __future__ import annotations

import streamlit as st

from dashboard import snapshots
from dashboard.access import Role
from dashboard.ingest import Staged
from dashboard.reports.snapshots import loaded, loading
from dashboard.ui.kit import person
from dashboard.ui.kit.markup import Column, small, stack, strong
from dashboard.ui.kit.section import actions, card, note, statement, table
from dashboard.words import dates
from dashboard.words.phrases import many, sentence

LOADED = (Column("File"), Column("Known on", wrap=False), Column("Rows"), Column("Held"))
MOST = 12  # rows that are open
SAID = "load-said"  # session key: what was done last, and the number of the import
NEXT = "No page changes before the next publish."
BY = "Publishing is done by command, publish --as-at latest, or by the cycle of the night."


def heading(role: Role) -> None:
    """How much is loaded, and what was done last."""
    data = snapshots.data_folder()
    items = loading.staged(data, role)
    held = sum(1 for item in items if item.held)
    waiting = len(loaded.waiting(data))
    said = [f"{waiting:,} not published yet" if waiting else "", f"{held:,} held" if held else ""]
    title = ", ".join(filter(None, [f"{many(len(items), 'file')} loaded", *said]))
    statement(title, NEXT)
    if loading.synthetic(data):
        note(f"{sentence(loading.NOT_HERE)}. A file can be tried here; it is not kept.")
    last = st.session_state.get(SAID)
    if not last:
        return
    words, number = last
    with st.container(key="done", horizontal=True, vertical_alignment="center"):
        st.html(stack(strong(words)), width="content")
        there = any(item.sequence == number for item in items)
        if there and st.button("Take it back", key="take-back"):
            _withdraw(role, number)


def listing(role: Role) -> None:
    """All imports, the last first, and what can be done with one."""
    items = loading.staged(snapshots.data_folder(), role)
    with card("loaded", "Loaded"):
        if not items:
            note("Nothing is loaded yet.")
            return
        cells = [_cells(item) for item in items]
        table(LOADED, cells[:MOST], caption="Files loaded for the next publish", cards=True)
        if rest := cells[MOST:]:
            with st.expander(f"{len(rest)} more"):
                table(LOADED, rest, caption="Files loaded before them", cards=True)
        _acts(role, items)
        note(BY)


def _cells(item: Staged) -> list[object]:
    return [
        stack(strong(item.file), small(item.adapter)),
        dates.day(item.vintage, weekday=False),
        loading.summary(item),
        "; ".join(item.held),
    ]


def _acts(role: Role, items: list[Staged]) -> None:
    by_number = {item.sequence: item for item in items}
    chosen = st.selectbox(
        "One of them",
        list(by_number),
        index=None,
        key="load-one",
        format_func=lambda number: _named(by_number[number]),
        placeholder="Choose one to withdraw or to let pass",
    )
    if chosen is None:
        return
    item = by_number[chosen]
    with actions("load-acts"):
        with st.popover("Withdraw"):
            note("It goes out of the next publish; what is published stays as it is.")
            if st.button("Withdraw it", key="withdraw"):
                _withdraw(role, chosen)
        if item.held:
            with st.popover("Let it pass"):
                note("; ".join(item.held) + ".")
                st.text_input("Why it is right as it is", key="load-reason", max_chars=300)
                if st.button("Let it pass", key="pass"):
                    _pass(role, chosen)


def _named(item: Staged) -> str:
    words = f"{item.file} · {item.adapter} · known on {dates.day(item.vintage, weekday=False)}"
    return f"{words} · held" if item.held else words


def _withdraw(role: Role, number: int) -> None:
    item = loading.take_back(snapshots.data_folder(), role, person.witness(), number)
    _done(f"{item.file} is withdrawn and goes into no later publish.")


def _pass(role: Role, number: int) -> None:
    reason = st.session_state.get("load-reason") or ""
    item = loading.let_pass(snapshots.data_folder(), role, person.witness(), number, reason)
    _done(f"{item.file} goes into the next publish.")


def _done(words: str) -> None:
    st.session_state[SAID] = (words, 0)
    st.session_state.pop("load-one", None)
    st.rerun()
