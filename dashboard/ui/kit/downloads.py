"""The quiet 'Download' below a chart or table: the forms of the same rows, and the pack.

Nothing is made before it is asked for: the list of forms is drawn when the pop-over opens, a
file when its button is pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pyarrow as pa
import streamlit as st

from dashboard.access import Disclosed
from dashboard.export import Native, Produced, Sheet, sheet_of
from dashboard.export.forms import csv, pictures, pptx, xlsx
from dashboard.export.forms.stamping import LONGEST_OWN, file_name, owned
from dashboard.export.forms.xlsx_pages import Item as XlsxItem
from dashboard.export.packs import files as packs_as_files
from dashboard.reports.packs.block import Block
from dashboard.ui.kit import address, basket, files, markup, person
from dashboard.ui.kit.component import COPY

SIZES = {"slide": "Slide, 16:9", "half": "Half a slide", "report": "Report", "square": "Square"}
PAST = "spark"  # the column of a row's past figures, drawn as a line on paper and slides
MOST_PRINTED = 500  # rows of a table on paper; the spreadsheets have all
ROWS = "rows.csv"  # the form for a program: headings and rows alone
CALLED = {ROWS: "CSV, rows alone"}  # other forms are called by their ending
EDITED, PICTURED = "Chart to edit", "Picture"
Data: TypeAlias = Mapping[str, pa.Table] | pa.Table | None


@dataclass(frozen=True)
class Wish:
    """What a reader chose of a chart's files.

    size         of the picture, one of SIZES
    picture      on the slide, in place of the chart that PowerPoint draws
    table        it, too, on slides and in the PDF
    title, note  the reader's own
    """

    size: str = pictures.REPORT
    picture: bool = False
    table: bool = False
    title: str = ""
    note: str = ""


USUAL = Wish()


def downloads(
    disclosed: Disclosed,
    name: str,
    spec: dict[str, Any] | None = None,
    data: Data = None,
    chart: Native | None = None,
    *,
    label: str = "Download",
    tabled: bool = False,
) -> None:
    """A pop-over with the forms of a result, and a button that puts it into the pack.

    disclosed   a result; of a page of rows each file has them all
    name        the stem of the files' names; unique on its page
    spec, data  of the drawn chart: with them there are SVG, PNG and PDF too
    chart       the chart that Excel and PowerPoint draw themselves (dashboard.export.forms.native)
    label       of the button: tells two in one row apart
    tabled      whether the table stands open beside the chart: the PDF then has both

    Of what may not leave the screen it says so, and offers nothing.
    """
    if disclosed.staying:
        st.html(markup.tag("p", disclosed.staying, class_="note staying"), width="content")
        return
    with st.container(width="content"):  # a fragment alone would take the whole row
        offered(disclosed, name, spec, data, chart, label, tabled)


@st.fragment
def offered(
    disclosed: Disclosed,
    name: str,
    spec: dict[str, Any] | None,
    data: Data,
    chart: Native | None,
    label: str,
    tabled: bool,
) -> None:
    # A fragment: opening the list draws the list anew, not the page.
    shown = st.popover(
        markup.about(label, disclosed.title),
        type="tertiary",
        icon=":material/download:",
        key=f"download-{name}",
        on_change="rerun",
    )
    if not shown.open:
        return
    with shown:
        # The forms stand above what may be chosen of them, and are of what is chosen.
        forms = st.container(key=f"row-forms-{name}", horizontal=True)
        wish = _wish(name, drawn=spec is not None, native=chart is not None and not chart.last_of)
        with forms:
            made = forms_of(disclosed, name, spec, data, chart, wish, tabled)
            for ending, make in made.items():
                file = file_name(disclosed.stamp, name, ending)
                files.link(
                    CALLED.get(ending, ending.upper()),
                    file,
                    make,
                    key=_key(ending, name),
                    of=lambda: [disclosed.whole],
                )
            if "png" in made:
                _copy(disclosed, name, made["png"])
        if disclosed.page_of:
            said = f"In each file all {disclosed.total:,} rows, not this page of them alone."
            st.html(markup.tag("p", said, class_="note"))
        if not xlsx.fits(disclosed.total):
            st.html(markup.tag("p", xlsx.too_long(disclosed.total), class_="note"))
        _into_pack(block(disclosed, name, spec, data, chart))


def _key(what: str, name: str) -> str:
    return f"{address.here()}#{what}-{name}"


def _copy(disclosed: Disclosed, name: str, make: Callable[[], bytes]) -> None:
    """A button that puts the picture into the clipboard."""
    file = file_name(disclosed.stamp, name, "png")
    href = files.address_of(file, make, key=_key("copy", name), of=lambda: [disclosed])
    COPY.made()(key=f"copy-{name}", data={"href": href})


def _wish(name: str, *, drawn: bool, native: bool) -> Wish:
    """What the reader chooses of a chart's files; the usual where there is no chart."""
    if not drawn:
        return USUAL
    with st.expander("Size, slide, own words"):
        size = st.selectbox(
            "Size of the picture",
            list(SIZES),
            list(SIZES).index(pictures.REPORT),
            format_func=SIZES.__getitem__,
            key=f"size-{name}",
        )
        slides = EDITED, PICTURED
        on_slide = st.radio(
            "On the slide",
            slides if native else (PICTURED,),
            key=f"slide-{name}",
            horizontal=True,
        )
        table = st.checkbox("The table, too, on slides and in the PDF", key=f"table-{name}")
        title = st.text_input("Own title", max_chars=LONGEST_OWN, key=f"title-{name}")
        words = st.text_area("Own note", max_chars=LONGEST_OWN, height=68, key=f"note-{name}")
        st.html(markup.tag("p", "Own words are marked in the file as yours.", class_="note"))
    return Wish(size or pictures.REPORT, on_slide == PICTURED, table, title, words)


def forms_of(
    disclosed: Disclosed,
    name: str,
    spec: dict[str, Any] | None,
    data: Data,
    chart: Native | None,
    wish: Wish = USUAL,
    tabled: bool = False,
) -> dict[str, Callable[[], bytes]]:
    """Each form by its ending, as a function that makes the file when it is called."""
    by = person.here().role.words  # here, as files are made outside the session

    def said() -> Disclosed:
        return owned(disclosed.whole, wish.title, wish.note, by)

    def table(*, flat: bool = False) -> Sheet:
        return sheet_of(said(), chart.unit if chart else None, flat=flat)

    def produced() -> Produced:
        return Produced(by, datetime.now(UTC))

    def on_slide() -> pptx.Item:
        as_picture = spec is not None and (wish.picture or chart is None)
        picture = (lambda: pictures.bare(spec, data)) if spec and as_picture else None
        past = block(disclosed, name, spec, data, chart).spark
        return pptx.Item(table(), chart, table=wish.table, picture=picture, past=past)

    forms: dict[str, Callable[[], bytes]] = {"csv": lambda: csv.as_csv(table(), produced())}
    forms[ROWS] = lambda: csv.as_rows(table(flat=True))
    if xlsx.fits(disclosed.total):
        forms["xlsx"] = lambda: xlsx.workbook([XlsxItem(table(), name, chart)], produced())
    forms["pptx"] = lambda: pptx.deck([on_slide()], produced())
    if spec is not None:

        def drawn() -> str:
            return pictures.svg(spec, data, said(), produced(), wish.size)

        forms["svg"] = lambda: drawn().encode("utf-8")
        forms["png"] = lambda: pictures.png(drawn(), said())
        forms["pdf"] = lambda: pictures.pdf(drawn())
    if spec is None or tabled or wish.table:
        part = block(disclosed.whole, name, spec, data, chart)
        forms["pdf"] = lambda: packs_as_files.paper(replace(part, shown=said()), produced())
    return forms


def block(
    disclosed: Disclosed, name: str, spec: dict[str, Any] | None, data: Data, chart: Native | None
) -> Block:
    """The result as a part of a pack."""
    past = PAST if {PAST, "name"} <= set(disclosed.rows.column_names) else ""
    return Block(
        name,
        disclosed,
        unit=unit_of(chart),
        most=MOST_PRINTED,
        spark=past,
        picture=_picture(spec, data),
        office=chart,
    )


def unit_of(chart: Native | None) -> str | None:
    """The unit of a chart's figures; None where there is no chart to say it."""
    return chart.unit if chart else None


def _picture(spec: dict[str, Any] | None, data: Data) -> tuple[dict[str, Any], Data] | None:
    return None if spec is None else (spec, data)


def _into_pack(part: Block) -> None:
    """Puts the result into the basket, with a reference to its page."""
    collected = basket.own()
    here = basket.Item(address.here(), part)
    there = here in collected
    if collected.full and not there:
        st.html(markup.tag("p", f"The pack holds {basket.MOST} results, no more.", class_="note"))
    elif st.button(
        "In the pack" if there else "Add to pack",
        key=f"pack-{part.name}",
        type="tertiary",
        icon=":material/check:" if there else ":material/playlist_add:",
        disabled=there,
    ):
        collected.add(replace(here, part=replace(part, shown=part.shown.whole)))
        st.rerun()
