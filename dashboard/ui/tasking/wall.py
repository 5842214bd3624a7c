"""Meeting mode: one item on the screen, in big type, and the keys that lead on."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.charts import fortnights
from dashboard.reports import Request
from dashboard.reports.tasking.agenda import Item
from dashboard.ui.kit import address
from dashboard.ui.kit import section as parts
from dashboard.ui.kit.markup import Html, join, link, stack, strong, tag
from dashboard.ui.tasking import cells as rows
from dashboard.ui.tasking import outlook
from dashboard.words import dates, numbers, phrases

MOST_LINES = 8  # of a list on one screen
MOST_OBJECTIVES = 6
MOST_COMING = 8
MOST_DECISIONS = 5
DECISIONS = ("Stands", "Decision", "Owner", "Expected, or what came of it")
KEYS = "Keys: → next, ← back, Home first, End last, Esc leaves"


def chosen(items: tuple[Item, ...]) -> Item:
    """The item that the address names; the first where it names none of them."""
    said = address.state("item", items[0].key, [item.key for item in items])
    return next(item for item in items if item.key == said)


def head(request: Request, items: tuple[Item, ...], item: Item) -> None:
    """What part of the meeting this is, how far it is, and what is known since when."""
    place = items.index(item) + 1
    held = request.held_on or request.meeting
    chips = [
        tag("span", "SAMPLE DATA", class_="chip sample") if request.sample else "",
        tag("span", f"Tasking {dates.day(held)}", class_="chip"),
        tag("span", f"As at {dates.day(request.as_at)}", class_="chip"),
        tag("span", f"{place} of {len(items)}", class_="chip"),
    ]
    strip = [
        tag("p", item.section, class_="stage-part"),
        tag("div", *chips, class_="stage-chips"),
    ]
    words = [
        tag("div", *strip, class_="stage"),
        tag("h1", item.title, class_="stage-title"),
        tag("p", item.subtitle, class_="stage-sub") if item.subtitle else "",
    ]
    parts.html(join(words, ""))


def keys(items: tuple[Item, ...], item: Item) -> None:
    """The buttons that lead on; each is a key too."""
    place = items.index(item)
    following = items[min(place + 1, len(items) - 1)]
    with st.container(key="stage-keys", horizontal=True):
        _go("Back", "Left", items[max(place - 1, 0)], off=place == 0)
        last = place == len(items) - 1
        words = "Next" if last else f"Next: {following.section}"
        _go(words, "Right", following, off=last, strong=True)
        _go("First", "Home", items[0], off=place == 0)
        _go("Last", "End", items[-1], off=last)
        if st.button("Leave", key="stage-leave", shortcut="Esc", type="tertiary"):
            address.put("item", None)
            st.switch_page("../pages/tasking.py", query_params=address.kept())


def _go(words: str, key: str, to: Item, *, off: bool, strong: bool = False) -> None:
    st.button(
        words,
        key=f"stage-{key}",
        shortcut=key,
        disabled=off,
        on_click=address.put,
        args=("item", to.key),
        type="primary" if strong else "tertiary",
        wrap=False,
    )


def show(request: Request, item: Item) -> None:
    """The item's own content."""
    KINDS[item.kind](request, item)


def _lines(words: list[str] | tuple[str, ...]) -> None:
    shown = list(words[:MOST_LINES])
    if len(words) > MOST_LINES:
        shown.append(f"And {len(words) - MOST_LINES} more, on the tasking page.")
    parts.html(tag("ul", *(tag("li", line) for line in shown), class_="stage-lines"))


def _opening(_: Request, item: Item) -> None:
    sections = (tag("li", section) for section in item.lines)
    words = [tag("ol", *sections, class_="stage-lines plain"), tag("p", KEYS, class_="stage-sub")]
    parts.html(join(words, ""))
    if item.shown is not None:
        # Out of sight: the browser fetches what draws charts now, not at the first alert.
        with st.container(key="stage-ready"):
            parts.draw(fortnights.spec(), fortnights.data(item.shown), alt="")


def _decisions(_: Request, item: Item) -> None:
    listed = item.shown.rows.to_pylist() if item.shown else []
    cells = [
        [row["standing"], strong(row["what"]), row["owner_unit"], row["result"] or row["effect"]]
        for row in listed[:MOST_DECISIONS]
    ]
    if cells:
        parts.table(DECISIONS, cells, caption=item.title)
    if (more := len(listed) - MOST_DECISIONS) > 0:
        parts.html(tag("p", f"{more} more on the decisions page.", class_="stage-sub"))


def _closing(request: Request, item: Item) -> None:
    _decisions(request, item)
    _lines(item.lines)
    href = address.link_to("tasking", item=None)
    parts.html(tag("p", link(href, "Back to the tasking page"), class_="stage-sub"))


def _since(_: Request, item: Item) -> None:
    since = item.since
    if since is None or since.quiet:
        parts.html(tag("p", "Nothing changed.", class_="stage-sub"))
        return
    columns = [
        ("New", [row["sentence"] for row in since.new]),
        ("Cleared or gone", [row["sentence"] for row in since.cleared.rows.to_pylist()]),
        (
            "Revised, old → new",
            [
                row["sentence"]
                for table in (since.targets, since.revised)
                for row in table.rows.to_pylist()
            ],
        ),
    ]
    filled = [(heading, lines) for heading, lines in columns if lines]
    for place, (heading, lines) in zip(st.columns(len(filled)), filled, strict=True):
        with place:
            parts.html(tag("h2", heading, class_="stage-heading"))
            _lines(lines)


def _alert(request: Request, item: Item) -> None:
    row, shown = item.row, item.shown
    assert row is not None and shown is not None  # an alert's item always has both
    left, right = st.columns([0.24, 0.76], gap="medium")
    with left:
        parts.html(_figures(item))
        page = rows.unit_page(request, row["unit_code"], row["measure"])
        href = address.link_to(
            "ocu", unit=page, measure=row["measure"], borough=rows.first_borough(row), item=None
        )
        parts.html(tag("p", link(href, f"Open in {page}"), class_="stage-sub") if page else Html())
        parts.html(tag("p", rows.decide(row), class_="stage-sub"))
    with right, st.container(key="stage-chart"):
        spec, rows_shown = fortnights.spec(), fortnights.data(shown)
        parts.draw(spec, rows_shown, alt=f"{shown.title} {shown.subtitle}", height="stretch")


def _figures(item: Item) -> Html:
    row = item.row or {}
    lines = [
        tag("span", numbers.number(row["now"]), class_="stage-now"),
        f"expected {numbers.number(row['expected'], 1)} ({numbers.span(row['low'], row['high'])})",
        strong(f"{numbers.signed(row['excess'])} beyond expectation"),
        rows.seen(row["times_seen"], row["fortnights_behind"]),
        rows.owner(row["unit_code"], row["unit_name"]),
    ]
    lines += [phrases.sentence(rows.wider(wide)) for wide in item.below]
    return tag("p", stack(*lines), class_="stage-figures")


def _none(_: Request, __: Item) -> None:
    parts.html(tag("p", "No series passed the test of this meeting.", class_="stage-sub"))


def _rare(request: Request, item: Item) -> None:
    listed = item.shown.rows.to_pylist() if item.shown else []
    first = rows.first_rare(request, listed, each=3, most=2 * MOST_LINES)
    near, far = st.columns(2, gap="medium")
    for place, some in ((near, first[:MOST_LINES]), (far, first[MOST_LINES:])):
        if some:
            with place:
                parts.table(rows.RARE, rows.rare(some), caption=item.title)
    if len(listed) > len(first):
        more = f"The latest of each kind; {len(listed) - len(first)} more on the tasking page."
        parts.html(tag("p", more, class_="stage-sub"))


def _coming(request: Request, item: Item) -> None:
    listed = item.shown.rows.to_pylist() if item.shown else []
    cells = outlook.coming_cells(request, listed[:MOST_COMING])
    parts.table(outlook.COMING, cells, caption=item.title)
    more = len(listed) - MOST_COMING
    left = [f"{more} more on the tasking page."] if more > 0 else []
    parts.html(tag("p", " ".join([*item.lines, *left]), class_="stage-sub"))


def _pressure(_: Request, item: Item) -> None:
    listed = item.shown.rows.to_pylist() if item.shown else []
    parts.table(outlook.PRESSURE, outlook.pressure_cells(listed), caption=item.title)
    parts.html(tag("p", " ".join(item.lines), class_="stage-sub"))


def _objectives(request: Request, item: Item) -> None:
    listed = item.shown.rows.to_pylist() if item.shown else []
    first, others = rows.split(listed, MOST_OBJECTIVES)
    usual = rows.usual_period(listed)
    shown, more = first[:MOST_OBJECTIVES], first[MOST_OBJECTIVES:]
    cells = rows.objectives(request, shown, usual)
    parts.table(rows.OBJECTIVES, cells, caption=item.title)
    missed = ", ".join(row["name"] for row in more)
    note = f"{usual} unless said; {len(others)} other measures on the tasking page."
    if missed:
        note = f"Likely missed too: {missed}. {note}"
    parts.html(tag("p", note, class_="stage-sub"))


def _fit(_: Request, item: Item) -> None:
    listed = item.shown.rows.to_pylist() if item.shown else []
    parts.table(rows.FITNESS, rows.fitness(listed), caption=item.title)
    if item.lines:
        _lines(item.lines)


KINDS: dict[str, Callable[[Request, Item], None]] = {
    "opening": _opening,
    "since": _since,
    "alert": _alert,
    "none": _none,
    "rare": _rare,
    "coming": _coming,
    "pressure": _pressure,
    "objectives": _objectives,
    "fit": _fit,
    "decisions": _decisions,
    "closing": _closing,
}
