"""The cards of the tasking page, one a section of the meeting."""

from __future__ import annotations

import streamlit as st

from dashboard.reports import Disclosed, Request, alerts
from dashboard.reports.alerts import AlertList
from dashboard.reports.since_last import SinceLast
from dashboard.ui import address, figures, parts, rows
from dashboard.ui.markup import link, tag

MOST_ALERTS = 10
OPEN_ALERTS = 5  # what the screen holds above the fold; the others stand in a list beside
OPEN_OBJECTIVES = 5
OPEN_RARE = 6
MOST_LINES = 40  # sentences in a pop-over


def heading(request: Request, found: AlertList) -> None:
    """The page's statement, what it is about, and the way into meeting mode."""
    parts.statement(found.alerts.title, rows.meeting_words(request, found))
    href = address.link_to("meeting")
    parts.html(tag("p", link(href, "Meeting mode"), class_="onward"))


def beyond(request: Request, found: AlertList) -> None:
    """Section 2: the alerts, and folded below them the watch tier and the quiet falls."""
    with parts.card("beyond", "2 · Beyond expectation now"):
        entries = alerts.rolled(found.alerts.rows.to_pylist())[:MOST_ALERTS]
        news = [entry for entry in entries if not alerts.goes_on(entry[0])]
        running = [entry for entry in entries if alerts.goes_on(entry[0])]
        if entries:
            _alerts(request, (news or running)[:OPEN_ALERTS], found.alerts.title)
        parts.note(*found.late)
        with parts.actions("beyond"):
            listed = found.alerts.rows.num_rows
            parts.note(rows.tested_words(found.tested, listed, MOST_ALERTS), inline=True)
            _popover(request, f"{len(news[OPEN_ALERTS:])} more alerts", news[OPEN_ALERTS:])
            if news:
                _popover(request, f"{len(running)} go on, no stronger", running)
            chance = f"about {found.expected_false:.1f} by chance"
            _tier(request, f"Watch list: {found.watch.rows.num_rows} ({chance})", found.watch)
            _tier(request, f"Quiet falls: {found.falls.rows.num_rows}", found.falls)
            parts.why(found.alerts)
            parts.downloads(found.alerts, "alerts")
        parts.note(*found.doubts)


def _alerts(request: Request, entries: list[tuple[rows.Row, list[rows.Row]]], words: str) -> None:
    parts.table(rows.ALERTS, rows.alerts(request, entries), caption=words)


def _popover(request: Request, label: str, entries: list) -> None:
    if entries:
        with st.popover(label, type="tertiary"):
            _alerts(request, entries, label)


def _tier(request: Request, label: str, tier: Disclosed) -> None:
    if not tier.rows.num_rows:
        parts.note(label, inline=True)
        return
    with st.popover(label, type="tertiary"):
        _alerts(request, [(row, []) for row in tier.rows.to_pylist()], tier.title)


def since(found: SinceLast | None) -> None:
    """Section 1: what is new, cleared and revised since the meeting before."""
    words = figures.day(found.meeting, weekday=False) if found else ""
    with parts.card("since", "1 · Since the last tasking", words):
        if found is None:
            parts.note("No snapshot of an earlier meeting is in this data folder.")
            return
        if found.quiet:
            parts.note("Nothing changed: no alert came or went, no count was revised.")
            return
        cleared, revised, targets = (
            [row["sentence"] for row in item.rows.to_pylist()]
            for item in (found.cleared, found.revised, found.targets)
        )
        with parts.actions("since"):
            new = [row["sentence"] for row in found.new]
            for label, lines in (
                (f"{len(new)} new", new),
                (f"{len(cleared)} cleared or gone", cleared),
                (f"{len(revised)} counts revised", revised),
                (f"{len(targets)} targets changed", targets),
            ):
                _listed(label, lines)
        parts.note(*(cleared[:1] or revised[:1]))
        with parts.actions("since-files"):
            parts.why(found.revised)
            parts.downloads(found.cleared, "cleared", label="Cleared")
            parts.downloads(found.revised, "revised", label="Revised")


def _listed(label: str, lines: list[str]) -> None:
    if not lines:
        parts.note(label, inline=True)
        return
    with st.popover(label, type="tertiary"):
        more = len(lines) - MOST_LINES
        shown = [*lines[:MOST_LINES], *([f"And {more} more, in the download."] * (more > 0))]
        parts.html(tag("ul", *(tag("li", line) for line in shown), class_="lines"))


def rare(request: Request, found: AlertList) -> None:
    """Rare events as a dated list with the gap since the last of the kind there."""
    with parts.card("rare", "Rare events"):
        listed = found.rare.rows.to_pylist()
        if not listed:
            parts.note("None in the fortnight, or none is loaded by date.")
            return
        first = rows.first_rare(request, listed, each=2, most=OPEN_RARE)
        parts.table(rows.RARE, rows.rare(first), caption=found.rare.title)
        with parts.actions("rare"):
            if len(listed) > len(first):
                with st.popover(f"All {len(listed)}", type="tertiary"):
                    parts.table(rows.RARE, rows.rare(listed), caption=found.rare.title)
            parts.why(found.rare)
            parts.downloads(found.rare, "rare-events")


def board(request: Request, found: Disclosed) -> None:
    """Section 4: the measures with a target, exceptions first, then the others, folded."""
    listed = found.rows.to_pylist()
    usual = rows.usual_period(listed)
    first, others = rows.split(listed, OPEN_OBJECTIVES)
    words = f"{found.title} · {usual} unless said" if usual else found.title
    with parts.card("objectives", "4 · Objectives of the plan", words):
        if first:
            cells = rows.objectives(request, first, usual)
            parts.table(rows.OBJECTIVES, cells, caption=found.title)
        if others:
            with st.expander(f"{len(others)} other measures of the plan", key="others"):
                cells = rows.objectives(request, others, usual)
                parts.table(rows.OBJECTIVES, cells, caption="Other measures of the plan")
        with parts.actions("objectives"):
            parts.note("; ".join(found.notes), inline=True)
            parts.why(found)
            parts.downloads(found, "objectives")


def fit(found: Disclosed, listed: AlertList) -> None:
    """Section 5: the data-fitness strip, each figure with its sentence."""
    with parts.card("fit", "5 · Is the data fit?"):
        parts.table(rows.FITNESS, rows.fitness(found.rows.to_pylist()), caption=found.title)
        parts.note(*listed.fit)
        with parts.actions("fit"):
            parts.why(found)
            parts.downloads(found, "data-fitness")
