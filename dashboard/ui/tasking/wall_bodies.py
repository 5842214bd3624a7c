"""What stands on a screen of the wall below its title, by the kind of the item."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import rows
from dashboard.charts import bullets, spark
from dashboard.reports.tasking.bar_rows import Bar, Line
from dashboard.reports.tasking.item import Item, Listing
from dashboard.reports.tasking.where import Tile
from dashboard.ui.kit.markup import Html, link, picture, strong, tag
from dashboard.ui.tasking import cells
from dashboard.words.names import area_word

AGENDA, ITEM = "agenda", "item"  # keys of the address that the wall alone reads


def back(item: Item) -> dict[str, str | None]:
    """What the address of a form or a decision holds for the way back to the item."""
    return {ITEM: item.key, AGENDA: st.query_params.get(AGENDA)}


def _opening(item: Item, drawings: list[str]) -> list[Html]:
    if not item.pictures:
        return [_lists(item.lists, "lists beside")]
    return [_map(item, drawings), _lists(item.lists, "lists")]


def _plain_opening(item: Item, drawings: list[str]) -> list[Html]:
    """Without an alert the measures themselves lead."""
    return [*_lines(item, drawings), _lists(item.lists, "lists beside")]


def _alert(item: Item, drawings: list[str]) -> list[Html]:
    return [_map(item, drawings), _svg(drawings[1], "line", item.pictures[1].title)]


def _events(item: Item, drawings: list[str]) -> list[Html]:
    return [_map(item, drawings), _lists(item.lists, "lists")]


def _map(item: Item, drawings: list[str]) -> Html:
    tiles = rows.typed(Tile, item.pictures[0].rows)
    marked = [f"{row['name']} {row['figure']}" for row in tiles if row["figure"]]
    return _svg(drawings[0], "map", f"Map: {', '.join(marked) or f'no {area_word()} marked'}")


def _svg(drawing: str, name: str, words: str) -> Html:
    """A drawing of the server's as an element of the page, named for who can't see it."""
    head = tag("svg", class_=name, role="img", aria_label=words).removesuffix("></svg>")
    return Html(drawing.replace('class="marks"', "", 1).replace("<svg", head, 1))


def _bars(item: Item, drawings: list[str]) -> list[Html]:
    bars = rows.typed(Bar, item.pictures[0].rows)
    figure, said = item.heads
    lines = [
        _row(
            _named(row),
            tag("span", row["figure"], class_="figure", data_head=figure),
            _bar(drawings[0], at, len(bars)),
            tag("span", row["said"], class_=f"verdict {row['tone']}", data_head=said),
        )
        for at, row in enumerate(bars)
    ]
    return [_rows("bars", ("", figure, "", said), lines)]


def _named(row: Bar) -> Html:
    """What a bar is of, and below it whose and against what."""
    aside = tag("span", row["aside"], class_="aside") if row["aside"] else ""
    return tag("span", tag("span", row["label"], class_="label"), aside)


def _bar(drawing: str, at: int, of: int) -> Html:
    """One row of a drawing of bars, which holds no word and may be stretched."""
    whole = f'viewBox="0 0 {bullets.WIDTH} {bullets.ROW * of}"'
    part = f'viewBox="0 {bullets.ROW * at} {bullets.WIDTH} {bullets.ROW}"'
    cut = drawing.replace(whole, f'{part} preserveAspectRatio="none" aria-hidden="true"', 1)
    return Html(cut.replace('class="marks"', 'class="bar"', 1))


def _lines(item: Item, _: list[str]) -> list[Html]:
    figure, said = item.heads
    lines = [
        _row(
            tag("span", row["label"], class_="label"),
            tag("span", row["figure"], class_="figure", data_head=figure),
            _spark(row),
            tag("span", row["said"], class_=f"verdict {row['tone']}", data_head=said),
        )
        for row in rows.typed(Line, item.pictures[0].rows)
    ]
    return [_rows("lines", ("", figure, "", said), lines)]


def _spark(row: Line) -> Html:
    out = row["tone"] in ("bad", "good")
    drawing = spark.svg(row["spark"], label=row["label"], stands_out=out, width=210, height=30)
    return picture(drawing, f"{row['label']}, the last {len(row['spark'])} periods")


def _capacity(item: Item, drawings: list[str]) -> list[Html]:
    spent, vacant = (rows.typed(Bar, shown.rows) for shown in item.pictures)
    lines = [
        _row(
            tag("span", strong(f"{one['label']} "), one["aside"]),
            tag("span", one["figure"], class_="figure", data_head="alerts"),
            _bar(drawings[0], at, len(spent)),
            tag("span", one["said"], class_=f"verdict {one['tone']}", data_head="overtime"),
            _bar(drawings[1], at, len(vacant)),
            tag("span", two["said"], class_="verdict", data_head="vacant"),
        )
        for at, (one, two) in enumerate(zip(spent, vacant, strict=True))
    ]
    heads = ("", "alerts", "overtime of profile", "", "posts vacant", "")
    return [_rows("capacity", heads, lines)]


def _rows(name: str, heads: tuple[str, ...], lines: list[Html]) -> Html:
    head = tag("div", *(tag("span", words) for words in heads), class_="row head")
    return tag("div", head if heads else "", *lines, class_=f"rows {name}")


def _row(*cells: Html) -> Html:
    return tag("div", *cells, class_="row")


def _lists(lists: tuple[Listing, ...], name: str) -> Html:
    return tag("div", *(_listing(item) for item in lists), class_=name)


def _listing(item: Listing) -> Html:
    lines = tag("ul", *(tag("li", line) for line in item.lines))
    return tag("div", tag("h2", item.heading) if item.heading else "", lines)


def _facts(item: Item, _: list[str]) -> list[Html]:
    lines = [
        _row(tag("span", label, class_="label"), _opened(item, at, value), tag("span", detail))
        for at, (label, value, detail) in enumerate(item.facts)
    ]
    return [_rows(item.kind, (), lines)]


def _opened(item: Item, at: int, words: str, plain: str = "strong") -> Html:
    """Words; of a decision the way to its own page, where it is edited and closed."""
    if not (item.opens and item.opens[at]):
        return tag(plain, words)
    return opened(item, item.opens[at], strong(words))


def opened(item: Item, decision: str, words: str) -> Html:
    """The way from an item to the page of what was decided."""
    way = link(cells.to_decision(decision, **back(item)), words)
    return tag("span", way, class_="decide opens")


def _questions(item: Item, _: list[str]) -> list[Html]:
    lines = [
        _row(
            tag("span", number, class_="number"),
            _asked(item, at, words),
            tag("span", owner, class_="number"),
        )
        for at, (number, words, owner) in enumerate(item.facts)
    ]
    return [_rows("questions", (), lines)]


def _asked(item: Item, at: int, words: str) -> Html:
    """What is to be decided, with the way to its form; what was, with the way to its page."""
    asks = item.asks[at] if item.asks else None
    if asks is None:
        below = tag("span", item.details[at], class_="aside") if any(item.details) else ""
        return tag("span", _opened(item, at, words, "span"), below)
    return tag("span", link(cells.to_form(asks, **back(item)), words), class_="decide")


BODIES: dict[str, Callable[[Item, list[str]], list[Html]]] = {
    "opening": _opening,
    "opening plain": _plain_opening,
    "alert": _alert,
    "events": _events,
    "bars": _bars,
    "lines": _lines,
    "capacity": _capacity,
    "facts": _facts,
    "decisions": _facts,
    "questions": _questions,
}
