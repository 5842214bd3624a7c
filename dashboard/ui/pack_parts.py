"""The sections of the reports page: make a pack, see what it holds, open the kept ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from dashboard.export import Produced, pack_kept
from dashboard.export import pack as packs_as_files
from dashboard.export.pack_drawing import Drawing
from dashboard.export.pack_kept import Kept
from dashboard.reports import Request, boroughs, ocu, packs
from dashboard.reports.pack_parts import Pack
from dashboard.ui import address, figures, unit_rows
from dashboard.ui.address import link_to, pick
from dashboard.ui.downloads import BASKET, TYPES
from dashboard.ui.markup import Column, link, small, stack, strong, tag
from dashboard.ui.parts import actions, card, html, note, statement, table

MADE = "made-pack"  # session key: the last pack that was made here, with its files
FORMS = {"pdf": "PDF, to print", "pptx": "PPTX, charts to edit", "xlsx": "XLSX", "csv": "CSV"}
KEPT = (Column("Pack"), Column("Made"), Column("Whole?"))
KEPT_FORMS = ("pdf", "pptx", "xlsx")
MOST_KEPT = 12


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
            list(packs.NAMES),
            hidden=True,
            words=lambda item: packs.kind(item).title,
        )
    chosen = name or packs.NAMES[0]
    with words:
        about = f"As at {figures.day(request.as_at)}, the same rows as on the screen"
        statement(f"{packs.kind(chosen).title}, to print, to edit or to keep", about)
    return chosen


def make(request: Request, name: str) -> None:
    """What the pack is about, the button that makes it, and its files."""
    with card("make", "Make it"):
        parameters = _parameters(request, name)
        form = pick("Form", "form", list(FORMS), words=FORMS.__getitem__, hidden=True) or "pdf"
        asked = (request.snapshot.id, name, form, *parameters.values())
        if st.button("Make the pack", key="make-pack", type="primary"):
            _made(request, name, form, parameters, asked)
        found: Made | None = st.session_state.get(MADE)
        if found is None or found.asked != asked:
            note("Nothing is made before you ask; a whole pack takes a few seconds.")
            return
        _files(request, found)


def _parameters(request: Request, name: str) -> dict[str, str]:
    needs = packs.kind(name).needs
    if needs == "unit":
        unit = pick(
            "Unit",
            "unit",
            ocu.units(request),
            words=lambda code: unit_rows.unit_words(request, code),
        )
        return {"unit": unit} if unit else {}
    if needs == "borough":
        known = [area.code for area in boroughs.areas(request)]
        borough = pick(
            "Borough",
            "borough",
            known,
            words=lambda code: unit_rows.borough_words(request, code),
        )
        return {"borough": borough} if borough else {}
    return {}


def _made(
    request: Request, name: str, form: str, parameters: dict[str, str], asked: tuple[str, ...]
) -> None:
    produced = Produced(request.role.words, datetime.now(UTC))
    bar = st.progress(0.0, "Begins")

    def step(start: float, end: float):
        return lambda share, words: bar.progress(min(start + (end - start) * share, 1.0), words)

    with Drawing() as drawing:
        begin = drawing.begin if form == "pdf" else None
        whole = packs.pack(request, name, **parameters, progress=step(0, 0.5), made=begin)
        content = packs_as_files.written(whole, form, produced, step(0.5, 1), drawing)
    bar.empty()
    files = {packs_as_files.name_of(whole, form): content}
    st.session_state[MADE] = Made(asked, whole, produced, parameters, files)


def _files(request: Request, found: Made) -> None:
    for file, content in found.files.items():
        ending = file.rpartition(".")[2]
        st.download_button(
            f"Download {ending.upper()} ({len(content) / 1024:,.0f} KB)",
            data=content,
            file_name=file,
            mime=TYPES[ending],
            key="download-pack",
            icon=":material/download:",
            on_click="ignore",
        )
        note(file)
    for fault in found.pack.faults:
        st.warning(fault)
    count = len(found.pack.parts)
    note(f"{count} results; produced {found.produced.words}.")
    if st.button("Keep this pack", key="keep-pack", icon=":material/inventory_2:"):
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
    pack_kept.keep(request.data, found.pack, files, found.produced, found.parameters)


def sections(name: str) -> None:
    """What the pack holds."""
    with card("sections", "What it holds"):
        html(tag("ol", *(tag("li", heading) for heading, _ in packs.kind(name).sections)))


def basket() -> None:
    """What has been put into the pack on other pages, each a link back to it."""
    chosen: list[dict[str, str]] = st.session_state.get(BASKET, [])
    with card("basket", "Collected on other pages"):
        if not chosen:
            note("Nothing yet: 'Add to pack' stands below each chart and table, under Download.")
            return
        items = (tag("li", link(item["address"], item["title"])) for item in chosen)
        html(tag("ul", *items))
        with actions("basket"):
            if st.button("Empty the list", key="empty-basket", type="tertiary"):
                st.session_state[BASKET] = []
                st.rerun()


def kept(request: Request) -> None:
    """The kept packs, newest first, each with its files as they were."""
    with card("kept", "Kept packs"):
        found, faults = pack_kept.kept(request.data)
        for fault in faults:
            st.warning(f"{fault[:1].upper()}{fault[1:]}.")
        if not found:
            note("None is kept yet.")
            return
        rows = [_row(item) for item in found[:MOST_KEPT]]
        table(KEPT, rows, caption="Kept packs, the newest first")
        if len(found) > MOST_KEPT:
            note(f"{len(found) - MOST_KEPT} older ones are in the data folder, state/packs.")
        _open(found)


def _row(item: Kept) -> list:
    faults = item.faults()
    href = link_to("reports", kept=item.id)
    about = f"as at {figures.day(item.as_at)}, snapshot {item.snapshot_id}"
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
            ending = file.rpartition(".")[2]
            st.download_button(
                ending.upper(),
                data=chosen.read(file),
                file_name=file,
                mime=TYPES[ending],
                key=f"kept-{chosen.id}-{ending}",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
            )
    for file, digest in chosen.files.items():
        note(f"{file}: sha256 {digest}")
