"""The overtime page's other parts: teams, exceptions, overtime beside outcomes, finances."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.charts import funnel, marks, spc
from dashboard.reports import Disclosed, Request, remarks
from dashboard.reports.decisions import acts
from dashboard.reports.overtime import exceptions as overtime_exceptions
from dashboard.reports.overtime import finance
from dashboard.reports.overtime import outcomes as overtime_outcomes
from dashboard.reports.overtime import teams as overtime_teams
from dashboard.ui.kit import explaining
from dashboard.ui.kit.decided import marked as decided_words
from dashboard.ui.kit.section import Grid, Picture, card, note, section
from dashboard.ui.overtime import cells as rows_of
from dashboard.ui.overtime import list_cells as lists

SHOWN = 60  # lines of the worklist on the screen; the download has all
LIST_HEIGHT = 440  # pixels of a list that scrolls inside its card
SMALL = 116  # pixels of a chart that another stands under


def teams(request: Request, unit: str) -> None:
    """Teams against their own year before."""
    team_shares = overtime_teams.teams(request, unit)
    name = "Teams against their own year before"
    if team_shares is None:
        with card("overtime-teams", name):
            note("A year of claims before this one is needed to compare with; none is loaded.")
        return
    picture = Picture(funnel.spec("percent", team_shares.rows.num_rows), funnel.data(team_shares))
    notes = [f"{'; '.join(team_shares.plain_notes)}."]
    section(team_shares, "overtime-teams", title=name, picture=picture, notes=notes)


def exceptions(request: Request, unit: str) -> None:
    """The rules with what breaks them, beside the worklist."""
    rule = st.query_params.get("rule")
    breaches = overtime_exceptions.exceptions(request, unit, rule)
    if breaches is None:
        return
    left, right = st.columns([0.3, 0.7], gap="small")
    rules = rows.typed(overtime_exceptions.Explained, breaches.summary.rows)
    marks = ["chosen" if row["rule"] == rule else "" for row in rules]
    with left:
        section(
            breaches.summary,
            "overtime-rules",
            title="What breaks which rule",
            grid=Grid(
                lists.SUMMARY,
                lists.summary(rules, rule, unit if acts.may(request) else None),
                marks,
            ),
            notes=[f"{item}." for item in breaches.summary.plain_notes],
            tools=lambda: explaining.one_of(
                request,
                overtime_exceptions.standouts(request, breaches.summary, unit),
                remarks.all_remarks(request),
                "rules",
            ),
        )
    with right:
        worklist(request, breaches.listed)


def worklist(request: Request, claims: Disclosed) -> None:
    """The claims to ask about, as many as a screen takes."""
    notes = [f"{item}." for item in claims.plain_notes]
    if not claims.rows.num_rows:
        with card("overtime-exceptions", claims.title):
            note("Nothing to ask about.", *notes)
        return
    listed = rows.typed(overtime_exceptions.Claim, claims.rows.slice(0, SHOWN))
    rest = claims.rows.num_rows - len(listed)
    section(
        claims,
        "overtime-exceptions",
        grid=Grid(lists.LISTED, lists.listed(request, listed), height=LIST_HEIGHT, cards=True),
        notes=[f"{rest} more are in the download." if rest > 0 else "", *notes],
    )


def outcomes(request: Request, unit: str) -> None:
    """Overtime beside outcomes: a line a unit, or one unit's two charts over the same months."""
    if unit == ours().directorate:
        comparison = overtime_outcomes.beside(request)
        if comparison is None:
            return
        section(
            comparison,
            "overtime-beside",
            title="Each against its own usual range",
            grid=Grid(
                lists.BESIDE,
                lists.beside(rows.typed(overtime_outcomes.Beside, comparison.rows)),
                cards=True,
            ),
            notes=[f"{'; '.join(comparison.plain_notes)}."],
        )
        return
    for number, (chart, figure) in enumerate(overtime_outcomes.charts(request, unit)):
        decided = overtime_outcomes.decided(request, unit) if number else None
        picture = Picture(
            _small(chart, figure, decided), spc.data(chart, SMALL, decided), f"o{number}"
        )
        section(
            chart,
            f"overtime-outcome-{number}",
            lead=[f"{chart.subtitle}."],
            picture=picture,
            below=[decided_words(decided)],
        )


def finances(request: Request, unit: str) -> None:
    """The general finances of a unit."""
    by_heading = finance.finances(request, unit)
    if by_heading is None:
        with card("finances", "By heading"):
            note("No finances are loaded for this unit: import them as finance.")
        return
    headings = rows.typed(finance.Finance, by_heading.rows)
    totals = rows_of.totals(row["kind"] for row in headings)
    section(
        by_heading,
        "finances",
        title="By heading",
        grid=Grid(*lists.finances(headings), totals, cards=True),
        notes=[f"{'; '.join(by_heading.plain_notes)}."],
        file=f"finances-{unit}",
    )


def _small(chart: Disclosed, figure: str, decided: Disclosed | None) -> dict[str, Any]:
    """The SPC chart, low enough for two on a screen, without target or breaks."""
    known = chart.rows.column("mean").null_count < chart.rows.num_rows
    return spc.spec(
        figure,
        "month",
        from_zero=spc.starts_at_zero(chart),
        limits=known,
        target=False,
        breaks=False,
        decided=marks.lines(marks.data(decided, chart.rows)),
        height=SMALL,
    )
