"""The sections of one borough's page, and of its briefing for paper."""

from __future__ import annotations

import streamlit as st

from dashboard import rows
from dashboard.periods import day_words
from dashboard.reports import Request, remarks
from dashboard.reports.alerts import standing
from dashboard.reports.boroughs import one_borough
from dashboard.reports.boroughs import work as borough_work
from dashboard.reports.boroughs.spans import Choice
from dashboard.reports.decisions import there
from dashboard.reports.decisions.board import Decided
from dashboard.ui.boroughs import cells as borough_rows
from dashboard.ui.boroughs.sections import ALL, kept
from dashboard.ui.kit.markup import join, link, tag
from dashboard.ui.kit.section import Grid, card, html, note, section, statement
from dashboard.words.names import areas_word


def head(request: Request, borough: str, asked: Choice, *, brief: bool) -> None:
    """The borough's statement, its facts, and the way to the briefing or back."""
    name = borough_work.area_of(request, borough).name
    counted = one_borough.measures(request, borough, asked)
    statement(one_borough.heading(counted.title, name) if brief else counted.title)
    other = None if brief else "briefing"
    words = "Back to the page" if brief else "One-page briefing, for print"
    ways = [
        link(borough_rows.here(view=other, **kept()), words),
    ]
    if request.whole:
        ways.append(link(borough_rows.here(borough=ALL, **kept()), f"All {areas_word()}"))
    facts = one_borough.facts(request, borough, asked)
    onward = tag("span", " · ", join(ways, " · "), class_="ways")
    html(tag("p", facts, onward, class_="substatement"))
    if request.whole:  # what is said of several boroughs is not for who sees one
        beyond = standing.alerts_on(request, borough=borough)
        note(*remarks.all_remarks(request).of_alerts(beyond))
    if brief:
        html(tag("div", class_="briefing"))
        note(f"Briefing, as at {day_words(request.as_at)}.")


OPEN = 12  # measures that stand open


def measures(request: Request, borough: str, asked: Choice, *, brief: bool) -> None:
    """A borough's measures, each a link to its owner's page; on the screen those that stand out
    and the one that is chosen, the rest folded below them."""
    counted = one_borough.measures(request, borough, asked)
    better = {name: item.better for name, item in request.measures.items()}
    held = rows.typed(one_borough.Counted, counted.rows)
    title = borough_rows.usual_period(held)
    if not held:
        with card("measures", title, counted.subtitle):
            note("Nothing that is loaded is counted in this area.")
        return
    columns = borough_rows.columns(asked.against)
    cells = borough_rows.measures(held, borough, better, kept())
    chosen = [row["measure"] == st.query_params.get("measure") for row in held]
    first = max([OPEN, *(place for place, is_it in enumerate(chosen, 1) if is_it)])
    section(
        counted,
        "measures",
        title=title,
        subtitle=counted.subtitle,
        grid=Grid(
            columns,
            [row[: len(columns)] for row in cells],
            ["chosen" if is_it else "" for is_it in chosen],
            open=None if brief else first,
            cards=True,
        ),
        below=counted.plain_notes,
        file=f"{borough}-measures",
    )


def work(request: Request, borough: str, asked: Choice) -> None:
    """What each OCU did in the borough, and its share of the borough's gun-enabled crime."""
    by_ocu = borough_work.work(request, borough, asked)
    if not by_ocu.rows.num_rows:
        with card("work", by_ocu.title, by_ocu.subtitle):
            note("[x] Published counts name no unit: import crime records to see who investigates.")
        return
    worked = rows.typed(borough_work.Worked, by_ocu.rows)
    section(
        by_ocu,
        "work",
        subtitle=by_ocu.subtitle,
        grid=Grid(borough_rows.WORK, borough_rows.work(worked, borough, kept())),
        below=borough_work.unit_shares(request, borough, asked),
        notes=by_ocu.plain_notes,
        file=f"{borough}-work",
    )


def decided(request: Request, borough: str) -> None:
    """The decisions that concern the borough, each a link to its page."""
    stand = there.there(request, borough)
    listed = rows.typed(Decided, stand.rows)
    if not listed:
        with card("decided", stand.title):
            note("A decision is listed where it is meant to act here, or was raised from here.")
        return
    section(
        stand,
        "decided",
        subtitle=stand.subtitle,
        grid=Grid(borough_rows.DECIDED, borough_rows.decided(listed), cards=True),
        notes=stand.plain_notes,
        file=f"{borough}-decisions",
    )


def one(request: Request, borough: str, asked: Choice, *, brief: bool) -> None:
    """One borough: its measures beside the units' work; for paper one below the other."""
    if brief:
        work(request, borough, asked)
        measures(request, borough, asked, brief=True)
        decided(request, borough)
        return
    known = borough_work.work(request, borough, asked).rows.num_rows
    left, right = st.columns([0.58, 0.42] if known else [0.72, 0.28], gap="small")
    with left:
        measures(request, borough, asked, brief=False)
    with right:
        work(request, borough, asked)
        decided(request, borough)
