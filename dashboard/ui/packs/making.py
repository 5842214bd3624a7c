"""A pack that is made on this page: its making, its files, and keeping it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from dashboard.export import Produced
from dashboard.export.packs import files as packs_as_files
from dashboard.export.packs import kept as pack_kept
from dashboard.export.packs.drawing import Drawing
from dashboard.reports import Request
from dashboard.reports.packs import contents
from dashboard.reports.packs.block import Pack
from dashboard.ui.kit import files, section
from dashboard.ui.kit.section import note

MADE = "made-pack"  # session key: the last pack that was made here, with its files
PAGES_ACROSS = 3  # of a preview
KEPT_FORMS = ("pdf", "docx", "pptx", "xlsx")


@dataclass(frozen=True)
class Made:
    """A pack that was made in this session: what it was asked for, and its files by name."""

    asked: tuple[str, ...]
    pack: Pack
    produced: Produced
    parameters: dict[str, str]
    files: dict[str, bytes]


def make(
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


def hand_out(request: Request, made_pack: Made) -> None:
    """The files of a pack that was made here, what is wrong with it, and keeping it."""
    for file, content in made_pack.files.items():
        size = f"{len(content) / 1024:,.0f} KB"
        files.link(
            f"Download {file.rpartition('.')[2].upper()} ({size})",
            file,
            lambda content=content: content,  # type: ignore[misc]
            key=f"download-{made_pack.pack.name}",
            of=lambda: [part.shown for part in made_pack.pack.parts],
        )
        note(file)
    for fault in made_pack.pack.faults:
        section.fault(fault)
    count = len(made_pack.pack.parts)
    note(f"{count} results; produced {made_pack.produced.words}.")
    if st.button(
        "Keep this pack",
        key=f"keep-{made_pack.pack.name}" if made_pack.pack.name == "collected" else "keep-pack",
        icon=":material/inventory_2:",
    ):
        with st.spinner("Writes the pack in each form"):
            _keep(request, made_pack)
        st.success("Kept, with its snapshot.", icon=":material/check:")
    note("A kept pack opens later bit for bit, and its snapshot is not pruned.")


def preview(made_pack: Made, appendix: bool = True) -> None:
    """The pages of a pack that was made here as small pictures, where they are asked for."""
    if not st.toggle("Preview the pages", key=f"preview-{made_pack.pack.name}"):
        return
    with st.spinner("Draws the pages"):
        pages = packs_as_files.previews(made_pack.pack, made_pack.produced, appendix=appendix)
    columns = st.columns(PAGES_ACROSS)
    for at, page in enumerate(pages):
        with columns[at % PAGES_ACROSS]:
            # In the page itself: the server has no other way out for a file than its own route.
            shown = f"data:image/png;base64,{b64encode(page).decode()}"
            st.image(shown, caption=f"Page {at + 1} of {len(pages)}")


def _keep(request: Request, made_pack: Made) -> None:
    """Keeps the pack in every form that KEPT_FORMS names, each of the same results."""
    files = dict(made_pack.files)
    for form in KEPT_FORMS:
        file = packs_as_files.name_of(made_pack.pack, form)
        if file not in files:
            files[file] = packs_as_files.written(made_pack.pack, form, made_pack.produced)
    told = files, made_pack.produced, made_pack.parameters, request.scope
    pack_kept.keep(request.data, made_pack.pack, *told)
