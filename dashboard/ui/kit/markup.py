"""HTML that is safe by construction: what is not made here is escaped.

Pure: no Streamlit. A page builds cells with `strong`, `small`, `stack`, `link`, `num` and
hands them to `table`; any plain string, whoever typed it, is escaped on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from dashboard.errors import steady
from dashboard.words.figures import FIGURE_OF, what

MISSING = "[x]"
MARKS = re.compile(r"([!-/:-@\[-`{-~])")  # what Markdown may read as its own
TAGS = re.compile(r"<[^>]+>")
ENDS = ".!?:…"  # what a sentence ends with
LITERAL = r"\\\1"
SAFE_IN_DATA = " /:;,.=()@-{}"  # what a data address may hold unquoted; keeps pages short
PHONE_COLUMNS = 4  # as many as a phone has room for: a row of more is a card there
LONG = 30  # letters of a cell that has a card's whole width
PHONE_ROWS = 3  # cards that stand open on a phone where there are many (style.css)


class Html(str):
    """Markup that this module made and that is not escaped again."""

    __slots__ = ()


def text(value: Any) -> Html:
    """Any value as escaped HTML; Html stays as it is; None is the mark for 'not available'."""
    if isinstance(value, Html):
        return value
    return Html(escape(MISSING if value is None else steady(str(value))))


def tag(name: str, *content: Any, **attributes: Any) -> Html:
    """An element with its content escaped; `class_` and `aria_label` lose or turn underscores."""
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    said = "".join(
        f' {key}="{escape(steady(str(value)))}"' for key, value in pairs if value is not None
    )
    return Html(f"<{name}{said}>{''.join(text(item) for item in content)}</{name}>")


def join(items: Iterable[Any], between: Any = " ") -> Html:
    """Items one after another, each escaped, with `between` in the gaps."""
    return Html(text(between).join(text(item) for item in items))


def sentences(items: Iterable[Any]) -> Html:
    """Items one after another in a paragraph, each kept apart from the next: by a space after one
    that ends as a sentence does, else by a semicolon."""
    *held, last = map(text, items)
    ends = [TAGS.sub("", item).rstrip()[-1:] in ENDS for item in held]
    apart = [Html(f"{item} " if end else f"{item}; ") for item, end in zip(held, ends, strict=True)]
    return Html("".join([*apart, last]))


def strong(*content: Any) -> Html:
    return tag("strong", *content)


def small(*content: Any) -> Html:
    """Quiet, smaller words: an owner below a measure, a band below an expectation; '' of none."""
    return tag("span", *content, class_="quiet") if any(content) else Html("")


def big(*content: Any) -> Html:
    """The one figure of a row that is read from four metres."""
    return tag("span", *content, class_="big")


def unseen(*content: Any) -> Html:
    """Words that are heard and not seen."""
    return tag("span", *content, class_="unseen")


def about(words: str, subject: str) -> str:
    """A label as Streamlit's Markdown with what it is about, heard and not seen, so that two
    buttons of the same words are told apart."""
    return f"{words} :small[{literal(subject)}]" if subject else words


def literal(words: str) -> str:
    """Words as Streamlit's Markdown shows them as they are, in a label or a tip."""
    return MARKS.sub(LITERAL, words)


def figure(words: Any, row: Mapping[str, Any], name: str = "value", of: str = FIGURE_OF) -> Html:
    """A figure with what it is of, so that the same one is known again wherever it stands.

    words  the figure as it is written
    row    the report's row: its column `name` holds the figure, its column `of` what that is of
    """
    if not row.get(of) or row.get(name) is None:
        return text(words)
    return tag("data", words, value=repr(row[name]), data_figure=f"{row[of]};what={what(name)}")


def stack(*lines: Any) -> Html:
    """Lines one below another; None and '' are left out."""
    kept = [line for line in lines if line not in (None, "")]
    return join(kept, Html("<br>"))


def link(href: str, *content: Any, label: str | None = None, lands: str | None = None) -> Html:
    """A real link. `href` comes from `ui.link_to`; other schemes are refused.

    lands  the card of the page, by its key, that a click brings into view
    """
    if ":" in href.split("?")[0].split("/")[0]:
        return join(content, "")
    return tag("a", *content, href=href, target="_self", aria_label=label, data_lands=lands)


def picture(drawing: str, alt: str, name: str = "spark") -> Html:
    """An SVG document (dashboard.charts.spark, .bullets) as a picture with its words; '' for no
    drawing. `name` is its class in the style sheet: a bar grows with its column."""
    if not drawing:
        return Html("")
    source = f"data:image/svg+xml,{quote(drawing, safe=SAFE_IN_DATA)}"
    return Html(f'<img class="{name}" src="{escape(source)}" alt="{escape(alt)}">')


@dataclass(frozen=True)
class Column:
    """A column's head: its words, 'left' or 'right', and whether it may wrap."""

    title: Any
    align: str = "left"
    wrap: bool = True
    words: str | None = None  # said to a screen reader where the title is empty
    beside: str | None = None  # stands before the figure where a phone shows no head


def table(
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[Any]],
    *,
    caption: str,
    row_class: Sequence[str] | None = None,
    cards: bool | None = None,
) -> Html:
    """A real HTML table. `caption` is read by screen readers only; `row_class` one a row.

    cards  on a phone each row is a card, its cells below each other under their heads; where
           it is not said, of a table with more columns than a phone has room for
    """
    heads = [item if isinstance(item, Column) else Column(item) for item in columns]
    cards = len(heads) > PHONE_COLUMNS if cards is None else cards
    classes = [_cell_class(head) for head in heads]

    def named(head: Column) -> str | None:
        return (TAGS.sub(" ", str(head.title)).strip() or None) if cards else None

    def kind(cell: Any, name: str | None) -> str | None:
        long = cards and not name and len(TAGS.sub("", text(cell))) > LONG
        return "long" if long else name

    top = Html("").join(
        tag("th", head.title or unseen(head.words or ""), scope="col", class_=name)
        for head, name in zip(heads, classes, strict=True)
    )
    body = []
    for place, row in enumerate(rows):
        cells = "".join(
            tag("td", cell, class_=kind(cell, name), data_head=head.beside, data_name=named(head))
            for cell, name, head in zip(row, classes, heads, strict=True)
        )
        body.append(tag("tr", Html(cells), class_=row_class[place] if row_class else None))
    return tag(
        "table",
        tag("caption", caption, class_="unseen"),
        tag("thead", tag("tr", Html(top))),
        tag("tbody", Html("".join(body))),
        class_="scd cards" if cards else "scd",
    )


def folding(body: Html, count: int, caption: str) -> Html:
    """A table of so many rows of which a phone, where they are cards, first shows a few.

    The style sheet alone folds it: on a wider screen and on paper all rows stand.
    """
    rest = count - PHONE_ROWS
    if rest <= 2:
        return body
    more = tag("summary", f"{rest} more", unseen(f" of {caption}"))
    return tag("div", body, tag("details", more), class_="folding")


def frame(body: Html, words: str, height: int | None = None, class_: str = "frame") -> Html:
    """A table in a frame of its own that scrolls, reached and moved in by the keyboard.

    words   what a screen reader says that it holds
    height  in pixels; as tall as the table where None
    """
    tall = f"max-height:{height}px" if height else None
    place = {"tabindex": "0", "role": "region", "aria_label": words}
    return tag("div", body, class_=class_, style=tall, **place)


def _cell_class(column: Column) -> str | None:
    names = [name for name, on in (("r", column.align == "right"), ("nw", not column.wrap)) if on]
    return " ".join(names) or None
