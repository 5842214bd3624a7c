"""The cards of the tasking page, one a section of the meeting."""

from __future__ import annotations

import streamlit as st

from dashboard.reports import Disclosed, Request
from dashboard.reports.alerts import alert_list, alert_words, past_record
from dashboard.reports.alerts.alert_list import AlertList
from dashboard.reports.tasking.since_last import SinceLast
from dashboard.ui.kit import address, section
from dashboard.ui.kit.markup import link, tag
from dashboard.ui.tasking import cells as rows
from dashboard.words import dates
from dashboard.words.names import window_word

MOST_ALERTS = 10
OPEN_ALERTS = 5  # what the screen holds above the fold; the others stand in a list beside
OPEN_OBJECTIVES = 5
OPEN_RARE = 6
MOST_LINES = 40  # sentences in a pop-over


def heading(request: Request, found: AlertList) -> None:
    """The page's statement, what it is about, and the way into meeting mode."""
    section.statement(found.alerts.title, rows.meeting_words(request, found))
    href = address.link_to("meeting")
    section.html(tag("p", link(href, "Meeting mode"), class_="onward"))


def beyond(request: Request, found: AlertList) -> None:
    """Section 2: the alerts, and folded below them the watch tier and the quiet falls."""
    with section.card("beyond", "2 · Beyond expectation now"):
        entries = alert_list.rolled(found.alerts.rows.to_pylist())[:MOST_ALERTS]
        news = [entry for entry in entries if not alert_list.goes_on(entry[0])]
        running = [entry for entry in entries if alert_list.goes_on(entry[0])]
        if entries:
            _alerts(request, (news or running)[:OPEN_ALERTS], found.alerts.title)
        section.note(*found.late)
        with section.actions("beyond"):
            listed = found.alerts.rows.num_rows
            section.note(
                rows.tested_words(found.tested, listed, MOST_ALERTS),
                alert_words.record(past_record.record(request)),
                inline=True,
            )
            _popover(request, f"{len(news[OPEN_ALERTS:])} more alerts", news[OPEN_ALERTS:])
            if news:
                _popover(request, f"{len(running)} go on, no stronger", running)
            chance = f"about {found.expected_false:.1f} by chance"
            _tier(request, f"Watch list: {found.watch.rows.num_rows} ({chance})", found.watch)
            _tier(request, f"Quiet falls: {found.falls.rows.num_rows}", found.falls)
            section.why(found.alerts)
            section.downloads(found.alerts, "alerts")
        section.note(*found.doubts)


def _alerts(request: Request, entries: list[tuple[rows.Row, list[rows.Row]]], words: str) -> None:
    section.table(rows.ALERTS, rows.alerts(request, entries), caption=words)


def _popover(request: Request, label: str, entries: list) -> None:
    if entries:
        with st.popover(label, type="tertiary"):
            _alerts(request, entries, label)


def _tier(request: Request, label: str, tier: Disclosed) -> None:
    if not tier.rows.num_rows:
        section.note(label, inline=True)
        return
    with st.popover(label, type="tertiary"):
        _alerts(request, [(row, []) for row in tier.rows.to_pylist()], tier.title)


def since(found: SinceLast | None) -> None:
    """Section 1: what is new, cleared and revised since the meeting before."""
    words = dates.day(found.meeting, weekday=False) if found else ""
    with section.card("since", "Since the last tasking", words):
        if found is None:
            section.note("No snapshot of an earlier meeting is in this data folder.")
            return
        if found.quiet:
            section.note("Nothing changed: no alert came or went, no count was revised.")
            return
        cleared, revised, targets = (
            [row["sentence"] for row in item.rows.to_pylist()]
            for item in (found.cleared, found.revised, found.targets)
        )
        with section.actions("since"):
            new = [row["sentence"] for row in found.new]
            for label, lines in (
                (f"{len(new)} new", new),
                (f"{len(cleared)} cleared or gone", cleared),
                (f"{len(revised)} counts revised", revised),
                (f"{len(targets)} targets changed", targets),
            ):
                _listed(label, lines)
        section.note(*(cleared[:1] or revised[:1]))
        with section.actions("since-files"):
            section.why(found.revised)
            section.downloads(found.cleared, "cleared", label="Cleared")
            section.downloads(found.revised, "revised", label="Revised")


def _listed(label: str, lines: list[str]) -> None:
    if not lines:
        section.note(label, inline=True)
        return
    with st.popover(label, type="tertiary"):
        more = len(lines) - MOST_LINES
        shown = [*lines[:MOST_LINES], *([f"And {more} more, in the download."] * (more > 0))]
        section.html(tag("ul", *(tag("li", line) for line in shown), class_="lines"))


def rare(request: Request, found: AlertList) -> None:
    """Rare events as a dated list with the gap since the last of the kind there."""
    with section.card("rare", "Rare events"):
        listed = found.rare.rows.to_pylist()
        if not listed:
            section.note(f"None in the {window_word()}, or none is loaded by date.")
            return
        first = rows.first_rare(request, listed, each=2, most=OPEN_RARE)
        section.table(rows.RARE, rows.rare(first), caption=found.rare.title)
        with section.actions("rare"):
            if len(listed) > len(first):
                with st.popover(f"All {len(listed)}", type="tertiary"):
                    section.table(rows.RARE, rows.rare(listed), caption=found.rare.title)
            section.why(found.rare)
            section.downloads(found.rare, "rare-events")


def board(request: Request, found: Disclosed) -> None:
    """Section 4: the measures with a target, exceptions first, then the others, folded."""
    listed = found.rows.to_pylist()
    usual = rows.usual_period(listed)
    first, others = rows.split(listed, OPEN_OBJECTIVES)
    words = f"{found.title} · {usual} unless said" if usual else found.title
    with section.card("objectives", "4 · Objectives of the plan", words):
        if first:
            cells = rows.objectives(request, first, usual)
            section.table(rows.OBJECTIVES, cells, caption=found.title)
        if others:
            with st.expander(f"{len(others)} other measures of the plan", key="others"):
                cells = rows.objectives(request, others, usual)
                section.table(rows.OBJECTIVES, cells, caption="Other measures of the plan")
        with section.actions("objectives"):
            section.note("; ".join(found.notes), inline=True)
            section.why(found)
            section.downloads(found, "objectives")


def fit(found: Disclosed, listed: AlertList) -> None:
    """Section 5: the data-fitness strip, each figure with its sentence."""
    with section.card("fit", "5 · Is the data fit?"):
        section.table(rows.FITNESS, rows.fitness(found.rows.to_pylist()), caption=found.title)
        section.note(*listed.fit)
        with section.actions("fit"):
            section.why(found)
            section.downloads(found, "data-fitness")
