"""The parts that pages are put together from: statement, card, table, chart, why, downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa
import streamlit as st

from dashboard.charts import theme
from dashboard.export import Native
from dashboard.reports import Disclosed, Why
from dashboard.ui.kit import address, markup
from dashboard.ui.kit.downloads import Data
from dashboard.ui.kit.downloads import downloads as downloads
from dashboard.ui.kit.markup import Column, Html, tag

WORDS = "glossary"  # the chapter of the handbook that says what words mean
FEW_WAYS = 12  # links that stand open below a picture


@dataclass(frozen=True)
class Picture:
    """A chart of a section.

    spec, data  as `draw` takes them
    key         where the picture is one of several of a kind on the page
    office      the chart that Excel and PowerPoint draw themselves
    beside      share of the card's width where it stands beside the table, not above it
    ways        the pages of what its marks stand for: (key of the mark, link), one a mark
    """

    spec: dict[str, Any]
    data: Data
    key: str | None = None
    office: Native | None = None
    beside: float | None = None
    ways: Sequence[tuple[str, Html]] = ()


@dataclass(frozen=True)
class Grid:
    """The table of a section.

    columns, rows, marks  as `table` takes them, `marks` as its row_class
    height                pixels where the list scrolls inside its card
    folded                behind a button: the picture says it first
    open                  rows that stand open, where the rest is folded below them
    cards                 as `table` takes it
    """

    columns: Sequence[Column | str]
    rows: Sequence[Sequence[Any]]
    marks: Sequence[str] | None = None
    height: int | None = None
    folded: bool = False
    open: int | None = None
    cards: bool | None = None


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


def section(
    shown: Disclosed,
    name: str,
    *,
    title: str | None = None,
    part: int | None = None,
    subtitle: str = "",
    lead: Sequence[str] = (),
    picture: Picture | None = None,
    grid: Grid | None = None,
    below: Sequence[str] = (),
    notes: Sequence[str] = (),
    tools: Callable[[], object] | None = None,
    file: str | None = None,
) -> None:
    """A result as every page draws one: statement, picture, table, actions, notes.

    name   of the card, unique on its page; of the files, too, where `file` is not given
    title  where the statement of the result stands elsewhere on the page already
    part   of the meeting, whose number stands before the title
    lead   sentences between the title and the picture
    below  sentences under the figures; `notes` are short and stand in the row of actions
    tools  draws the section's own buttons, in front of Why and Download
    """
    with card(name, _numbered(part, shown.title if title is None else title), subtitle):
        result(shown, name, lead, picture, grid, below, notes, tools, file)


def result(
    shown: Disclosed,
    name: str,
    lead: Sequence[str] = (),
    picture: Picture | None = None,
    grid: Grid | None = None,
    below: Sequence[str] = (),
    notes: Sequence[str] = (),
    tools: Callable[[], object] | None = None,
    file: str | None = None,
) -> None:
    """What a section holds, without its card: for a card with more than a result in it."""
    note(*lead)
    seen, held = _places(picture.beside if picture else None)
    if picture:
        said = ". ".join(item for item in (shown.title, shown.subtitle) if item)
        with seen:
            draw(picture.spec, picture.data, alt=f"{said}.", key=picture.key)
            if picture.ways:
                html(_of_marks(picture.ways, shown.title))
    if grid and not grid.folded:
        with held:
            _laid(grid, shown.title)
    note(*below)
    with actions(name):
        if tools:
            tools()
        if grid and grid.folded:
            with st.popover(markup.about("Table", shown.title), type="tertiary"):
                _laid(grid, shown.title)
        why(shown)
        drawn = (picture.spec, picture.data, picture.office) if picture else (None, None, None)
        tabled = grid is not None and not grid.folded
        downloads(shown, file or name, *drawn, tabled=tabled)
        note(*notes, inline=True)


def _of_marks(ways: Sequence[tuple[str, Html]], title: str) -> Html:
    """The pages of what a picture's marks stand for, a link each; folded where they are many.

    Links in the picture itself would be no way for who hears it: it is one image.
    """
    links = markup.join([tag("span", way, data_mark=mark) for mark, way in ways], " ")
    named = {"class_": "marks", "aria_label": f"Pages of what is drawn: {title}"}
    if len(ways) <= FEW_WAYS:
        return tag("nav", "Open: ", links, **named)
    return tag(
        "nav", tag("details", tag("summary", f"Open one of the {len(ways)}"), links), **named
    )


def _numbered(part: int | None, title: str) -> str:
    return (
        title if part is None else markup.join([tag("span", f"Part {part}", class_="part"), title])
    )


def _places(beside: float | None) -> Sequence[AbstractContextManager[Any]]:
    """Where picture and table stand: side by side, or one above the other."""
    if beside is None:
        return nullcontext(), nullcontext()
    return st.columns([beside, 1 - beside], gap="small")


def _laid(grid: Grid, caption: str) -> None:
    """The table, its first rows open where not all of them are, in a frame where it scrolls."""
    rows, marks = list(grid.rows), list(grid.marks) if grid.marks else None
    first = len(rows) if grid.open is None else grid.open
    if grid.height:
        held = markup.table(grid.columns, rows, caption=caption, row_class=marks, cards=grid.cards)
        html(markup.frame(held, caption, grid.height))
        return
    top, foot = (marks[:first], marks[first:]) if marks else (None, None)
    table(grid.columns, rows[:first], caption=caption, row_class=top, cards=grid.cards)
    if rest := rows[first:]:
        more = f"{len(rest)} more"
        with st.expander(f"{len(rest)} more"):
            table(
                grid.columns, rest, caption=f"{caption}: {more}", row_class=foot, cards=grid.cards
            )


def note(*sentences: str, inline: bool = False) -> None:
    """Quiet sentences below a figure, or inline in a row of actions; empty ones are left out."""
    kept = [item for item in sentences if item]
    if kept:
        words = tag("p", markup.sentences(kept), class_="note")
        st.html(words, width="content" if inline else "stretch")


def ways(*links: Html) -> None:
    """Links on, in a row of actions."""
    st.html(tag("span", *links, class_="ways note"), width="content")


def fault(sentence: str) -> None:
    """Says that a part is not there, and why, as it is written: no link, no markup comes of it."""
    st.html(tag("p", sentence, class_="fault", role="alert"))


def table(
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[Any]],
    *,
    caption: str,
    row_class: Sequence[str] | None = None,
    cards: bool | None = None,
) -> None:
    """A real, dense HTML table; see dashboard.ui.kit.markup.table. Strings are escaped."""
    lines = list(rows)
    drawn = markup.table(columns, lines, caption=caption, row_class=row_class, cards=cards)
    drawn = markup.folding(drawn, len(lines), caption)
    # Where it is wider than the screen it scrolls; without a link no key would come to it.
    st.html(drawn if "<a " in drawn else markup.frame(drawn, caption))


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
    shown = theme.one_picture(theme.on_dark(spec) if dark else spec)
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
    with st.popover(markup.about(label, disclosed.title), type="tertiary"):
        st.html(_account(disclosed, disclosed.why))
        ways(markup.link(address.link_to("help", chapter=WORDS), "What the words mean"))
        st.code(disclosed.why.sql, language="sql", wrap_lines=True)


def _account(disclosed: Disclosed, said: Why) -> Html:
    stamp = disclosed.stamp
    rows = [
        # In plain words first; the query that did it stands last.
        ("How it is counted", markup.stack(said.question, said.definition, said.basis)),
        ("Owner", said.owner),
        ("Worked out", markup.stack(*said.reckoned)),
        ("Rows shown", f"{said.rows_read:,}"),
        ("Parameters", markup.stack(*(f"{k} = {v}" for k, v in said.params.items())) or "none"),
        ("Sources", markup.stack(*said.sources) or "none"),
        ("Breaks", markup.stack(*said.breaks) or "none"),
        ("Notes", markup.stack(*disclosed.notes)),
        ("Filters", markup.stack(*(f"{k} = {v}" for k, v in stamp.filters))),
        ("Snapshot", f"as at {stamp.as_at.isoformat()}, {stamp.snapshot_id}"),
        ("Query", f"{said.query} ({stamp.query_hash})" if said.query else stamp.query_hash),
    ]
    return markup.table(
        [Column("", words="What"), Column("", words="What it says")],
        [(markup.strong(a), b) for a, b in rows if b],
        caption="How this came to be",
    )


def copy_link() -> None:
    """A pop-over with the full address of this screen, and a button that copies it."""
    with st.popover("Copy link", type="tertiary", icon=":material/link:"):
        st.caption("Gives these figures again, also next year.")
        st.code(address.whole(), language=None, wrap_lines=True)
