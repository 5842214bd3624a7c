"""The overtime page's other parts: teams, exceptions, overtime beside outcomes, finances."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.charts import funnel, spc
from dashboard.reports import Disclosed, Request
from dashboard.reports.overtime import exceptions as overtime_exceptions
from dashboard.reports.overtime import finance
from dashboard.reports.overtime import outcomes as overtime_outcomes
from dashboard.reports.overtime import teams as overtime_teams
from dashboard.reports.overtime.board import ALL
from dashboard.ui.kit.section import card, draw, note, table
from dashboard.ui.overtime import cells as rows_of
from dashboard.ui.overtime import list_cells as lists
from dashboard.ui.overtime.sections import below

SHOWN = 60  # lines of the worklist on the screen; the download has all
LIST_HEIGHT = 440  # pixels of a list that scrolls inside its card
SMALL = 116  # pixels of a chart that another stands under


def teams(request: Request, unit: str) -> None:
    """Teams against their own year before."""
    found = overtime_teams.teams(request, unit)
    with card("teams", "Teams against their own year before"):
        if found is None:
            note("A year of claims before this one is needed to compare with; none is loaded.")
            return
        spec, data = funnel.spec("percent", found.rows.num_rows), funnel.data(found)
        draw(spec, data, alt=f"{found.title}. {found.subtitle}.")
        below(found, "overtime-teams", f"{'; '.join(found.notes)}.", spec=spec, data=data)


def exceptions(request: Request, unit: str) -> None:
    """The rules with what breaks them, beside the worklist."""
    rule = st.query_params.get("rule")
    found = overtime_exceptions.exceptions(request, unit, rule)
    if found is None:
        return
    left, right = st.columns([0.3, 0.7], gap="small")
    rows = found.summary.rows.to_pylist()
    with left, card("rules", "What breaks which rule"):
        table(
            lists.SUMMARY,
            lists.summary(rows, rule),
            caption=found.summary.title,
            row_class=["chosen" if row["rule"] == rule else "" for row in rows],
        )
        below(found.summary, "overtime-rules", *(f"{item}." for item in found.summary.notes))
    with right, card("worklist", found.listed.title):
        if not found.listed.rows.num_rows:
            note("Nothing to ask about.", *(f"{item}." for item in found.listed.notes))
            return
        listed = found.listed.rows.slice(0, SHOWN).to_pylist()
        with st.container(height=LIST_HEIGHT, border=False):
            table(lists.LISTED, lists.listed(request, listed), caption=found.listed.title)
        rest = found.listed.rows.num_rows - len(listed)
        more = f"{rest} more are in the download." if rest > 0 else ""
        below(
            found.listed, "overtime-exceptions", more, *(f"{item}." for item in found.listed.notes)
        )


def outcomes(request: Request, unit: str) -> None:
    """Overtime beside outcomes: a line a unit, or one unit's two charts over the same months."""
    if unit == ALL:
        found = overtime_outcomes.beside(request)
        if found is None:
            return
        with card("beside", "Each against its own usual range"):
            table(lists.BESIDE, lists.beside(found.rows.to_pylist()), caption=found.title)
            below(found, "overtime-beside", f"{'; '.join(found.notes)}.")
        return
    for number, (chart, figure) in enumerate(overtime_outcomes.charts(request, unit)):
        with card(f"beside-{number}", chart.title):
            note(f"{chart.subtitle}.")
            spec, data = _small(chart, figure), spc.data(chart)
            draw(spec, data, alt=f"{chart.title}. {chart.subtitle}.", key=f"o{number}")
            below(chart, f"overtime-outcome-{number}", spec=spec, data=data)


def finances(request: Request, unit: str) -> None:
    """The general finances of a unit."""
    found = finance.finances(request, unit)
    with card("finances", "By heading"):
        if found is None:
            note("No finances are loaded for this unit: import them as finance.")
            return
        rows = found.rows.to_pylist()
        columns, cells = lists.finances(rows)
        table(columns, cells, caption=found.title, row_class=rows_of.totals(rows))
        below(found, f"finances-{unit}", f"{'; '.join(found.notes)}.")


def _small(chart: Disclosed, figure: str) -> dict[str, Any]:
    """The SPC chart, low enough for two on a screen, without target or breaks."""
    known = chart.rows.column("mean").null_count < chart.rows.num_rows
    return spc.spec(
        figure,
        "month",
        from_zero=spc.starts_at_zero(chart),
        limits=known,
        target=False,
        breaks=False,
        height=SMALL,
    )
