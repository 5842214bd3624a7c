"""What was put into the pack on other pages: the list, its order, and the pack of it."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard.export import Produced
from dashboard.export.packs import files as packs_as_files
from dashboard.export.packs.drawing import Drawing
from dashboard.reports import Request
from dashboard.reports.packs import contents
from dashboard.ui.kit import address, basket
from dashboard.ui.kit.basket import Basket, Item
from dashboard.ui.kit.markup import link, literal, small, tag
from dashboard.ui.kit.section import actions, card, html, note
from dashboard.ui.packs import making
from dashboard.ui.packs.making import MADE, Made
from dashboard.words import dates

EMPTIED = "emptied-basket"  # session key: what was in the list before it was emptied


def collected(request: Request) -> None:
    """What has been put into the pack on other pages, each a link back to it, and its pack."""
    held = basket.own()
    form = address.state("form", "pdf", list(packs_as_files.FORMATS)) or "pdf"
    with card("basket", "Collected on other pages"):
        if not held.items:
            note("Nothing yet: 'Add to pack' stands below each chart and table, under Download.")
            _put_back(held)
            return
        for place, item in enumerate(held.items):
            _item(held, place, item, of=request)
        chosen = list(held.items)
        made = st.button("Make a pack of these", key="make-basket", type="primary")
        with actions("basket"):
            if st.button("Empty the list", key="empty-basket", type="tertiary"):
                st.session_state[EMPTIED] = held.items
                held.put_back(())
                st.rerun()
        if made:
            _collect(request, form, chosen)
        made_pack: Made | None = st.session_state.get(MADE)
        if made_pack is not None and made_pack.asked == _of_basket(request, form, chosen):
            making.hand_out(request, made_pack)
            making.preview(made_pack)


def _item(held: Basket, place: int, item: Item, of: Request) -> None:
    """A line of the list: the title as a link back, and what can be done with it."""
    with st.container(key=f"row-basket-{place}", horizontal=True):
        shown = item.part.shown
        # The pack has its own day on its title page; this one then says its own above its rows.
        said = "" if _alike(item, of) else f" · as at {dates.day(shown.stamp.as_at)}"
        with st.container():
            html(
                tag(
                    "p",
                    link(item.address, shown.title),
                    small(said) if said else "",
                    class_="collected",
                )
            )
        if st.button(
            "Up",
            key=f"up-{place}",
            type="tertiary",
            disabled=not place,
            help=literal(f"Move up: {shown.title}"),
        ):
            held.move_up(item)
            st.rerun()
        if st.button(
            "Take out",
            key=f"out-{place}",
            type="tertiary",
            help=literal(f"Take out: {shown.title}"),
        ):
            held.take_out(item)
            st.rerun()


def _put_back(held: Basket) -> None:
    emptied: tuple[Item, ...] = st.session_state.get(EMPTIED, ())
    if emptied and st.button("Put them back", key="undo-basket", type="tertiary"):
        held.put_back(emptied)
        st.session_state.pop(EMPTIED)
        st.rerun()


def _alike(item: Item, request: Request) -> bool:
    """Whether the result is of the snapshot that is looked at, which the pack is of."""
    return item.part.shown.stamp.snapshot_id == request.snapshot.id


def _of_basket(request: Request, form: str, chosen: list[Item]) -> tuple[str, ...]:
    made = (request.snapshot.id, request.role.words, contents.COLLECTED, form)
    return (*made, *(item.key for item in chosen))


def _collect(request: Request, form: str, chosen: list[Item]) -> None:
    """Makes a pack of what was collected, as it stood when it was put in."""
    produced = Produced(request.role.words, datetime.now(UTC))
    with st.spinner("Makes the pack"), Drawing() as drawing:
        whole = contents.collected(request, [item.part for item in chosen])
        content = packs_as_files.written(whole, form, produced, None, drawing)
    files = {packs_as_files.name_of(whole, form): content}
    st.session_state[MADE] = Made(_of_basket(request, form, chosen), whole, produced, {}, files)
