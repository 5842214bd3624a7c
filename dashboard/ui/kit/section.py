"""The parts that pages are put together from: statement, card, table, chart, why, downloads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import pyarrow as pa
import streamlit as st

from dashboard.charts import theme
from dashboard.reports import Disclosed, Why
from dashboard.ui.kit import address, markup
from dashboard.ui.kit.downloads import downloads as downloads
from dashboard.ui.kit.markup import Column, Html, tag


def html(body: Html) -> None:
    """Draws markup that dashboard.ui.kit.markup made."""
    st.html(body)


def statement(title: str, subtitle: str = "") -> None:
    """The sentence that is true of these rows, and what it is about, as the page's heading."""
    st.html(
        tag("h1", title, class_="statement")
        + (tag("p", subtitle, class_="substatement") if subtitle else "")
    )


@contextmanager
def card(key: str, title: str, subtitle: str = "") -> Iterator[None]:
    """A framed part of the page with its heading. `key` is unique on the page."""
    with st.container(border=True, key=f"card-{key}"):
        st.html(tag("h2", title, tag("small", subtitle) if subtitle else "", class_="cardtitle"))
        yield


def note(*sentences: str, inline: bool = False) -> None:
    """Quiet sentences below a figure, or inline in a row of actions; empty ones are left out."""
    kept = [item for item in sentences if item]
    if kept:
        words = tag("p", markup.join(kept, " "), class_="note")
        st.html(words, width="content" if inline else "stretch")


def fault(sentence: str) -> None:
    """Says that a part is not there, and why, as it is written: no link, no markup comes of it."""
    st.html(tag("p", sentence, class_="fault", role="alert"))


def table(
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[Any]],
    *,
    caption: str,
    row_class: Sequence[str] | None = None,
) -> None:
    """A real, dense HTML table; see dashboard.ui.kit.markup.table. Strings are escaped."""
    st.html(markup.table(columns, rows, caption=caption, row_class=row_class))


def draw(
    spec: dict[str, Any],
    rows: pa.Table | dict[str, pa.Table] | None,
    *,
    alt: str,
    key: str | None = None,
    height: Literal["content", "stretch"] = "content",
) -> None:
    """Draws a Vega-Lite spec beside its rows.

    spec  from a cached, pure function of dashboard.charts, in the light colours
    rows  the Arrow table that the spec's unnamed data is; or a table for each named data set
    alt   what a screen reader says in place of the picture
    height  'stretch' where the spec's own height is that of its container
    """
    dark = st.context.theme.type == "dark"
    shown = theme.on_dark(spec) if dark else spec
    if isinstance(rows, dict):
        shown = {**shown, "datasets": rows}
        rows = None
    st.vega_lite_chart(rows, shown, width="stretch", height=height, theme=None, alt=alt, key=key)


@contextmanager
def actions(key: str) -> Iterator[None]:
    """A row for the small buttons below a figure: downloads, why, link."""
    with st.container(key=f"row-{key}", horizontal=True):
        yield


def why(disclosed: Disclosed, label: str = "Why?") -> None:
    """A pop-over with how the figure came to be; nothing where the report gives no account."""
    if disclosed.why is None:
        return
    with st.popover(label, type="tertiary"):
        st.html(_account(disclosed, disclosed.why))
        st.code(disclosed.why.sql, language="sql")


def _account(disclosed: Disclosed, said: Why) -> Html:
    stamp = disclosed.stamp
    rows = [
        ("Question", said.question),
        ("Why it counts", said.definition),
        ("Owner", said.owner),
        ("Basis", said.basis),
        ("Rows read", f"{said.rows_read:,}"),
        ("Parameters", markup.stack(*(f"{k} = {v}" for k, v in said.params.items())) or "none"),
        ("Sources", markup.stack(*said.sources) or "none"),
        ("Breaks", markup.stack(*said.breaks) or "none"),
        ("Notes", markup.stack(*disclosed.notes)),
        ("Filters", markup.stack(*(f"{k} = {v}" for k, v in stamp.filters))),
        ("Snapshot", f"as at {stamp.as_at.isoformat()}, {stamp.snapshot_id}"),
        ("Query", stamp.query_hash),
    ]
    return markup.table(
        ["", ""], [(markup.strong(a), b) for a, b in rows if b], caption="How this came to be"
    )


def copy_link() -> None:
    """A pop-over with the full address of this screen, and a button that copies it."""
    with st.popover("Copy link", type="tertiary", icon=":material/link:"):
        st.caption("Gives these figures again, also next year.")
        st.code(address.whole(), language=None, wrap_lines=True)
