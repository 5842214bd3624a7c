"""Meeting mode: the items of the meeting, one a screen, drawn ahead and switched by keys.

The server makes the markup of all items once; the component's script (stage/wall.js, a file that
the app serves) shows one of them. Sizes stand in stage/wall.css.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from hashlib import sha256

from dashboard.export.forms import wall_pictures
from dashboard.reports import Request
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.decisions import on_chart
from dashboard.reports.request.kept import written
from dashboard.reports.tasking import to_decide
from dashboard.reports.tasking.agenda import agenda as tasking
from dashboard.reports.tasking.item import Item
from dashboard.ui.kit import address, views
from dashboard.ui.kit.component import WALL
from dashboard.ui.kit.markup import Html, join, link, tag
from dashboard.ui.tasking import cells
from dashboard.ui.tasking.wall_bodies import AGENDA, BODIES, ITEM, back, opened
from dashboard.words import dates

LONG = 70  # letters of a title that one line of the large size holds: a picture needs the second
KEY = "wall"
Meeting = tuple[wall_pictures.Agenda, str]  # its items, and the page that it leaves to
TASKING: Meeting = (tasking, address.HOME)


def show(request: Request, meetings: Mapping[str, Meeting]) -> str | None:
    """Draws the wall and returns the key of the item that it has come to rest on.

    meetings  by the address's word for each, the usual one first

    None until a key has been pressed and let go: the address names the item from the first.
    """
    agenda, home = meetings[views.chosen(AGENDA, dict.fromkeys(meetings, ""))]
    items = agenda(request)
    # What is published and what people write changes while a snapshot does not.
    changing = request.listed, written(request)
    markup = _markup(request, changing, agenda, ways(request, items))
    held = WALL.made()(
        key=KEY,
        data={
            "version": sha256(markup.encode()).hexdigest()[:16],
            "markup": markup,
            "items": [
                {"key": item.key, "section": item.section, "title": item.title} for item in items
            ],
            "leave": address.link_to(home, item=None, agenda=None),
            "unknown": " ".join(address.remarks((AGENDA, ITEM))),
        },
        on_item_change=lambda: None,
    )
    return held.item


@lru_cache(maxsize=16)
def _markup(
    request: Request,
    _changing: Hashable,
    agenda: wall_pictures.Agenda,
    ways: tuple[Html, ...],
) -> Html:
    drawn = wall_pictures.drawn(request, agenda)
    screens = []
    for item, way in zip(agenda(request), ways, strict=True):
        drawings = [wall_pictures.on_both(one) for one in drawn.get(item.key, ())]
        screens.append(_screen(item, drawings, way))
    # On a phone and on a page enlarged it scrolls: a key has to come to it.
    reached = {"tabindex": "0", "role": "region", "aria_label": "What is on the wall"}
    return join([tag("div", *screens, class_="items", **reached), _place(request)], "")


def ways(request: Request, items: tuple[Item, ...]) -> tuple[Html, ...]:
    """The ways on from each item: from an alert to a decision on it and to its unit's page, from
    capacity and objectives to a decision on them; to what was decided where it was."""
    return tuple(
        _onward(request, item, item.row) if item.row else _deciding(item) for item in items
    )


def _deciding(item: Item) -> Html:
    if item.facts:
        return Html()
    if item.opens:
        return tag("span", *(opened(item, one, "Decided") for one in item.opens), class_="ways")
    asks = item.asks[0] if item.asks else None
    if asks is None:
        return Html()
    return tag("span", cells.decide(asks, item.title, item.section, **back(item)), class_="ways")


def _onward(request: Request, item: Item, row: Alert) -> Html:
    made = to_decide.made_on(request, row)
    ways = [opened(item, one["id"], on_chart.label(request, one)) for one in made]
    ways = ways or [cells.decide_on(row, **back(item))]
    page = cells.unit_page(request, row["unit_code"], row["measure"])
    if page:
        borough = cells.only_borough(row)
        about = {"unit": page, "measure": row["measure"], "borough": borough, "of": "alert"}
        href = address.link_to("ocu", **about, **back(item))
        ways.append(link(href, f"Open in {page}"))
    return tag("span", *ways, class_="ways")


def _screen(item: Item, drawings: list[str], ways: Html) -> Html:
    strip = [part for part in (item.strip, ways) if part]
    long = len(item.title) > LONG
    return tag(
        "section",
        tag("h1", item.title, class_="long" if long else None),
        tag("p", item.sentence, class_="said") if item.sentence else "",
        tag("div", *BODIES[item.kind](item, drawings), class_="body"),
        tag("p", *strip, class_="strip") if strip else "",
        class_=f"item {item.kind}",
        aria_label=item.section,
        hidden="",
    )


def _place(request: Request) -> Html:
    """The lines of place: the keys, the part of the meeting, as-at, how far it is."""
    said = f"as at {dates.day(request.as_at)} · {request.role.words}"
    return tag(
        "footer",
        tag("button", "←", class_="back", type="button", aria_label="Item before"),
        tag("button", "→", class_="next", type="button", aria_label="Next item"),
        tag("button", "Leave (Esc)", class_="leave", type="button"),
        tag(
            "span",
            "← → PgUp PgDn Home End",
            tag("span", class_="decides"),
            class_="keys",
        ),
        tag("span", class_="unknown", role="alert"),
        tag("span", said, class_="known"),
        tag("span", class_="part"),
        tag("strong", class_="count", role="status"),
        class_="place",
    )
