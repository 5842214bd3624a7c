"""Sections 1 and 2 of the tasking page: what changed, and what is beyond expectation where."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import rows
from dashboard.charts import alert_map
from dashboard.reports import Disclosed, Request
from dashboard.reports.alerts import alert_list, alert_words, past_record
from dashboard.reports.alerts.alert_list import AlertList
from dashboard.reports.alerts.rare_events import Rare
from dashboard.reports.request import meetings
from dashboard.reports.tasking import agenda, alert_items, problems, where
from dashboard.reports.tasking.digest import Sentenced
from dashboard.reports.tasking.problems import Problem
from dashboard.reports.tasking.since_last import SinceLast
from dashboard.ui.kit import address, markup, section
from dashboard.ui.kit.markup import Html, join, link, tag
from dashboard.ui.kit.section import Grid, Picture
from dashboard.ui.tasking import alert_cells, cells
from dashboard.words import dates, phrases

NO_EARLIER = "No earlier meeting has a snapshot to compare with."
MOST_ALERTS = 10
OPEN_ALERTS = 5  # what the screen holds above the fold; the others are folded below
LIST_HEIGHT = 260  # pixels of a list that opens behind its count
MOST_LINES = 40  # sentences in a pop-over
LIGHT = "light where it is up beside one"
TILE, WORDS, WIDE = (34, 28), 11, 0.34  # of the map, in pixels; share of its card


def heading(request: Request, signals: AlertList) -> None:
    """The page's statement, what it is about, and the way into meeting mode."""
    section.statement(agenda.headline(request), cells.meeting_words(request, signals))
    href = address.link_to("meeting")
    section.html(tag("p", link(href, "Meeting mode"), class_="onward"))


def since(request: Request, changes: SinceLast | None) -> None:
    """What is new, cleared and revised since the meeting before, each list behind its count."""
    if changes is None:
        awaited = meetings.awaited(request)
        said = f"What changed since the meeting before is {awaited}." if awaited else NO_EARLIER
        section.note(said, inline=True)
        return
    section.note(f"Since {dates.day(changes.meeting, weekday=False, year=False)}:", inline=True)
    if changes.quiet:
        section.note("nothing changed", inline=True)
        return
    cleared, revised, targets = (
        [row["sentence"] for row in rows.typed(Sentenced, item.rows)]
        for item in (changes.cleared, changes.revised, changes.targets)
    )
    new = [row["sentence"] for row in changes.new]
    for label, lines in (
        (f"{len(new)} new", new),
        (f"{len(cleared)} cleared or gone", cleared),
        (changes.revised.title, revised),
        (f"{len(targets)} targets changed", targets),
    ):
        _listed(label, lines)
    if cleared:
        section.downloads(changes.cleared, "cleared", label="Cleared")
    if revised:
        section.downloads(changes.revised, "revised", label="Revised")


def _listed(label: str, lines: list[str]) -> None:
    if not lines:
        return
    with st.popover(markup.literal(label), type="tertiary"):
        more = len(lines) - MOST_LINES
        shown = [*lines[:MOST_LINES], *([f"And {more} more, in the download."] * (more > 0))]
        held = tag("ul", *(tag("li", line) for line in shown), class_="lines")
        section.html(markup.frame(held, label, LIST_HEIGHT))  # a key comes to what scrolls


def beyond(request: Request, signals: AlertList, part: int | None) -> None:
    """Section 2: the map beside the alerts; the watch tier and the quiet falls behind counts."""
    listed = problems.problems(request)[:MOST_ALERTS]
    news = [item for item in listed if not alert_list.goes_on(item.row)]
    running = [item for item in listed if alert_list.goes_on(item.row)]
    title = problems.counted(listed) or signals.alerts.title

    def tools() -> None:
        chance = f"about {signals.expected_false:.1f} by chance"
        _tier(request, f"Watch list: {signals.watch.rows.num_rows} ({chance})", signals.watch)
        _tier(request, f"Quiet falls: {signals.falls.rows.num_rows}", signals.falls)

    section.section(
        signals.alerts,
        "beyond",
        part=part,
        title=title,
        lead=signals.late,
        picture=_map(request, listed, title),
        grid=_grid(request, [*news, *running], min(OPEN_ALERTS, len(news or running))),
        below=[
            *_map_key(listed),
            cells.tested_words(signals.tested, signals.alerts.rows.num_rows, MOST_ALERTS),
            alert_words.record(past_record.record(request)),
            alert_words.marked(past_record.marked_outcomes(request)),
            *signals.doubts,
        ],
        tools=tools,
        file="alerts",
    )


def _map(request: Request, listed: Sequence[Problem], title: str) -> Picture | None:
    if not listed:
        return None
    drawn = alert_map.data(where.of_list(request, listed, title))
    return Picture(alert_map.spec(*TILE, WORDS), drawn, "where", beside=WIDE)


def _map_key(listed: Sequence[Problem]) -> list[str | Html]:
    """What the marks of the map say; where there are several kinds, of which each is."""
    kinds = where.kinds(listed)
    if len(kinds) < 2:
        return [f"Map: marked where an alert is; {LIGHT}."] if kinds else []
    said = [join([cells.kind_mark(at), name]) for at, name in enumerate(kinds.values(), start=1)]
    return [join(["Map: ", join(said, " · "), f"; {LIGHT}."], "")]


def _grid(request: Request, listed: Sequence[Problem], first: int) -> Grid | None:
    if not listed:
        return None
    order = list(where.kinds(listed))
    kinds = {name: at for at, name in enumerate(order, start=1)} if len(order) > 1 else {}
    return Grid(alert_cells.ALERTS, alert_cells.alerts(request, listed, kinds), open=first)


def _tier(request: Request, label: str, tier: Disclosed) -> None:
    if not tier.rows.num_rows:
        section.note(label, inline=True)
        return
    with st.popover(markup.literal(label), type="tertiary"):
        listed = [problems.of_row(request, row) for row in alert_list.of_tier(tier)]
        shown = alert_cells.alerts(request, listed)
        section.table(alert_cells.ALERTS, shown, caption=tier.title)


def rare(request: Request, signals: AlertList, part: int | None) -> None:
    """Rare events as a dated list with the gap since the last of the kind there, folded."""
    listed = alert_items.rare_listed(request)
    section.section(
        listed,
        "rare",
        part=part,
        title=f"Rare: {phrases.inside(listed.title)}",
        subtitle=f"where less than one of the kind is usual. {signals.rare.title}",
        grid=Grid(alert_cells.RARE, alert_cells.rare(rows.typed(Rare, listed.rows)), folded=True),
        file="rare-events",
    )
