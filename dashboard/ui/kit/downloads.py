"""The quiet 'Download' below a chart or table: five forms of the same rows, and the pack.

Nothing is made before it is asked for: the list of forms is drawn when the pop-over opens, a
file when its button is pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pyarrow as pa
import streamlit as st

from dashboard.access import Disclosed
from dashboard.export import Native, Produced, Sheet, sheet_of
from dashboard.export.forms import csv, pictures, pptx, xlsx
from dashboard.export.forms.stamping import file_name
from dashboard.export.forms.xlsx_pages import Item as XlsxItem
from dashboard.reports.packs.block import Part
from dashboard.ui.kit import address, basket, files, markup, person

Data: TypeAlias = Mapping[str, pa.Table] | pa.Table | None


def downloads(
    disclosed: Disclosed,
    name: str,
    spec: dict[str, Any] | None = None,
    data: Data = None,
    chart: Native | None = None,
    *,
    label: str = "Download",
) -> None:
    """A pop-over with the forms of a result, and a button that puts it into the pack.

    name        the stem of the files' names; unique on its page
    spec, data  of the drawn chart: with them there are SVG, PNG and PDF too
    chart       the chart that Excel and PowerPoint draw themselves (dashboard.export.forms.native)
    label       of the button: tells two in one row apart

    Of what may not leave the screen it says so, and offers nothing.
    """
    if disclosed.staying:
        st.html(markup.tag("p", disclosed.staying, class_="note staying"), width="content")
        return
    with st.container(width="content"):  # a fragment alone would take the whole row
        _popover(disclosed, name, spec, data, chart, label)


@st.fragment
def _popover(
    disclosed: Disclosed,
    name: str,
    spec: dict[str, Any] | None,
    data: Data,
    chart: Native | None,
    label: str,
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
        with st.container(key=f"row-forms-{name}", horizontal=True):
            for ending, make in _forms(disclosed, name, spec, data, chart).items():
                file = file_name(disclosed.stamp, name, ending)
                files.link(
                    ending.upper(),
                    file,
                    make,
                    key=f"{address.here()}#{ending}-{name}",
                    of=lambda: [disclosed],
                )
        sheet = sheet_of(disclosed)
        if not xlsx.fits(sheet):
            st.html(markup.tag("p", xlsx.too_long(sheet), class_="note"))
        _into_pack(
            Part(name, disclosed, "", unit_of(chart), picture=_picture(spec, data), office=chart)
        )


def _forms(
    disclosed: Disclosed,
    name: str,
    spec: dict[str, Any] | None,
    data: Data,
    chart: Native | None,
) -> dict[str, Callable[[], bytes]]:
    """Each form by its ending, as a function that makes the file when it is called."""

    def table() -> Sheet:
        return sheet_of(disclosed, chart.unit if chart else None)

    # Tiles are read off their chart: their table would fill many slides.
    slides_have_table = chart is None or chart.last_of is None
    by = person.here().role.words  # here, as files are made outside the session

    def produced() -> Produced:
        return Produced(by, datetime.now(UTC))

    forms: dict[str, Callable[[], bytes]] = {"csv": lambda: csv.as_csv(table(), produced())}
    if xlsx.fits(sheet_of(disclosed)):
        forms["xlsx"] = lambda: xlsx.workbook([XlsxItem(table(), name, chart)], produced())
    forms["pptx"] = lambda: pptx.deck(
        [pptx.Item(table(), chart, table=slides_have_table)], produced()
    )
    if spec is not None:

        def drawn() -> str:
            return pictures.svg(spec, data, disclosed, produced())

        forms["svg"] = lambda: drawn().encode("utf-8")
        forms["png"] = lambda: pictures.png(drawn(), disclosed)
        forms["pdf"] = lambda: pictures.pdf(drawn())
    return forms


def unit_of(chart: Native | None) -> str | None:
    """The unit of a chart's figures; None where there is no chart to say it."""
    return chart.unit if chart else None


def _picture(spec: dict[str, Any] | None, data: Data) -> tuple[dict[str, Any], Data] | None:
    return None if spec is None else (spec, data)


def _into_pack(part: Part) -> None:
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
        collected.add(here)
        st.rerun()
