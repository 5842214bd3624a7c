"""The sections of the reports page: make a pack, see what it holds, open the kept ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from dashboard.access.roles import DOES
from dashboard.catalogue import order
from dashboard.export import Produced
from dashboard.export.packs import files as packs_as_files
from dashboard.export.packs import kept as pack_kept
from dashboard.export.packs.drawing import Drawing
from dashboard.export.packs.kept import Kept
from dashboard.reports import Request
from dashboard.reports.packs import contents
from dashboard.reports.packs.block import Pack
from dashboard.ui.kit import address, basket, files, section
from dashboard.ui.kit.address import link_to, pick
from dashboard.ui.kit.basket import Basket, Item
from dashboard.ui.kit.markup import Column, link, literal, small, stack, strong, tag
from dashboard.ui.kit.section import actions, card, html, note, statement, table
from dashboard.words import dates, names
from dashboard.words.names import area_word
from dashboard.words.phrases import sentence

EMPTIED = "emptied-basket"  # session key: what was in the list before it was emptied
MADE = "made-pack"  # session key: the last pack that was made here, with its files
FORMS = {
    "pdf": "PDF, to print",
    "docx": "DOCX, to edit",
    "pptx": "PPTX, charts to edit",
    "xlsx": "XLSX",
    "csv": "CSV",
}
KEPT = (Column("Pack"), Column("Made"), Column("Whole?"))
KEPT_FORMS = ("pdf", "docx", "pptx", "xlsx")
MOST_KEPT = 12
PAGES_ACROSS = 3  # of a preview


@dataclass(frozen=True)
class Made:
    """A pack that was made in this session: what it was asked for, and its files by name."""

    asked: tuple[str, ...]
    pack: Pack
    produced: Produced
    parameters: dict[str, str]
    files: dict[str, bytes]


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
        parts = st.multiselect("Parts", headings, headings, key=f"parts-{name}")
        without = tuple(heading for heading in headings if heading not in parts)
        kind = (form, str(appendix), *without)
        asked = (request.snapshot.id, request.role.words, name, *kind, *parameters.values())
        if st.button("Make the pack", key="make-pack", type="primary", disabled=not parts):
            _made(request, name, form, parameters, asked, appendix, without)
        found: Made | None = st.session_state.get(MADE)
        if found is None or found.asked != asked:
            note("Nothing is made before you ask; a whole pack takes a few seconds.")
            return
        _files(request, found)
        _preview(found, appendix)


def _preview(found: Made, appendix: bool) -> None:
    """The pages as small pictures, where they are asked for."""
    if not st.toggle("Preview the pages", key="preview"):
        return
    with st.spinner("Draws the pages"):
        pages = packs_as_files.previews(found.pack, found.produced, appendix=appendix)
    columns = st.columns(PAGES_ACROSS)
    for at, page in enumerate(pages):
        with columns[at % PAGES_ACROSS]:
            st.image(page, caption=f"Page {at + 1} of {len(pages)}")


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


def _made(
    request: Request,
    name: str,
    form: str,
    parameters: dict[str, str],
    asked: tuple[str, ...],
    appendix: bool,
    without: tuple[str, ...],
) -> None:
    produced = Produced(request.role.words, datetime.now(UTC))
    bar = st.progress(0.0, "Begins")

    def step(start: float, end: float) -> Callable[[float, str], None]:
        def done(share: float, words: str) -> None:
            bar.progress(min(start + (end - start) * share, 1.0), words)

        return done

    with Drawing() as drawing:
        begin = None
        if form in packs_as_files.DRAWN:
            drawing.start()
            begin = drawing.begin
        whole = contents.pack(
            request,
            name,
            **parameters,
            progress=step(0, 0.5),
            made=begin,
            without=without,
        )
        content = packs_as_files.written(
            whole, form, produced, step(0.5, 1), drawing, appendix=appendix
        )
    bar.empty()
    files = {packs_as_files.name_of(whole, form): content}
    st.session_state[MADE] = Made(asked, whole, produced, parameters, files)


def _files(request: Request, found: Made) -> None:
    for file, content in found.files.items():
        size = f"{len(content) / 1024:,.0f} KB"
        files.link(
            f"Download {file.rpartition('.')[2].upper()} ({size})",
            file,
            lambda content=content: content,  # type: ignore[misc]
            key=f"download-{found.pack.name}",
            of=lambda: [part.shown for part in found.pack.parts],
        )
        note(file)
    for fault in found.pack.faults:
        section.fault(fault)
    count = len(found.pack.parts)
    note(f"{count} results; produced {found.produced.words}.")
    if st.button(
        "Keep this pack",
        key=f"keep-{found.pack.name}" if found.pack.name == "collected" else "keep-pack",
        icon=":material/inventory_2:",
    ):
        with st.spinner("Writes the pack in each form"):
            _keep(request, found)
        st.success("Kept, with its snapshot.", icon=":material/check:")
    note("A kept pack opens later bit for bit, and its snapshot is not pruned.")


def _keep(request: Request, found: Made) -> None:
    """Keeps the pack in every form that KEPT_FORMS names, each of the same results."""
    files = dict(found.files)
    for form in KEPT_FORMS:
        file = packs_as_files.name_of(found.pack, form)
        if file not in files:
            files[file] = packs_as_files.written(found.pack, form, found.produced)
    told = files, found.produced, found.parameters, request.scope
    pack_kept.keep(request.data, found.pack, *told)


def collected(request: Request) -> None:
    """What has been put into the pack on other pages, each a link back to it, and its pack."""
    held = basket.own()
    form = address.state("form", "pdf", list(FORMS)) or "pdf"
    with card("basket", "Collected on other pages"):
        if not held.items:
            note("Nothing yet: 'Add to pack' stands below each chart and table, under Download.")
            _put_back(held)
            return
        for place, item in enumerate(held.items):
            _item(held, place, item, of=request)
        chosen = [item for item in held.items if _alike(item, request)]
        made = st.button(
            "Make a pack of these", key="make-basket", type="primary", disabled=not chosen
        )
        with actions("basket"):
            if st.button("Empty the list", key="empty-basket", type="tertiary"):
                st.session_state[EMPTIED] = held.items
                held.put_back(())
                st.rerun()
        if made:
            _collect(request, form, chosen)
        found: Made | None = st.session_state.get(MADE)
        if found is not None and found.asked == _of_basket(request, form, chosen):
            _files(request, found)


def _item(held: Basket, place: int, item: Item, of: Request) -> None:
    """A line of the list: the title as a link back, and what can be done with it."""
    with st.container(key=f"row-basket-{place}", horizontal=True):
        shown = item.part.shown
        said = "" if _alike(item, of) else f"as at {dates.day(shown.stamp.as_at)}: not taken"
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
    """Whether the result is of the snapshot that is looked at: a pack is of one."""
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


def kept(request: Request) -> None:
    """The kept packs, newest first, each with its files as they were."""
    with card("kept", "Kept packs"):
        every, faults = pack_kept.kept(request.data)
        scope, restricted = request.scope, request.role.restricted
        found = [item for item in every if item.open_to(scope, restricted)]
        for fault in faults:
            section.fault(f"{fault[:1].upper()}{fault[1:]}.")
        if not found:
            note("None that you may open is kept yet." if every else "None is kept yet.")
            return
        rows = [_row(item) for item in found[:MOST_KEPT]]
        table(KEPT, rows, caption="Kept packs, the newest first")
        if len(found) > MOST_KEPT:
            note(f"{len(found) - MOST_KEPT} older ones are in the data folder, state/packs.")
        _open(found)


def _row(item: Kept) -> list[Any]:
    faults = item.faults()
    href = link_to("reports", kept=item.id)
    about = f"as at {dates.day(item.as_at)}, snapshot {item.snapshot_id}"
    when = item.produced_at[:16].replace("T", " ")
    whole = "as kept" if not faults else "; ".join(faults)
    return [stack(link(href, strong(item.title)), small(about)), small(when), small(whole)]


def _open(found: list[Kept]) -> None:
    """The files of the kept pack that the address names."""
    code = address.state("kept", None, [item.id for item in found])
    chosen = next((item for item in found if item.id == code), None)
    if chosen is None:
        note("A pack's name opens its files.")
        return
    html(tag("h3", chosen.title, class_="cardtitle"))
    if faults := chosen.faults():
        note(*(f"{fault}." for fault in faults))
        return
    with actions("kept"):
        for file in chosen.files:
            files.link(
                file.rpartition(".")[2].upper(),
                file,
                lambda file=file: chosen.read(file),  # type: ignore[misc]
                key=f"kept-{chosen.id}-{file}",
                snapshot=chosen.snapshot_id,
            )
    for file, digest in chosen.files.items():
        note(f"{file}: sha256 {digest}")
