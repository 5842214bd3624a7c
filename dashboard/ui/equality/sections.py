"""The sections of the equality page: each asks one report and draws what it gives."""

from __future__ import annotations

import streamlit as st

from dashboard.reports import Request
from dashboard.reports.equality import groups, staff
from dashboard.ui.equality import cells
from dashboard.ui.kit import address
from dashboard.ui.kit.section import actions, card, downloads, note, statement, table, why
from dashboard.ui.shell.incidents import guard
from dashboard.words import phrases


def page(request: Request) -> None:
    """Completeness first; victims and outcomes by one field; who works in the units."""
    if reason := groups.without(request):
        statement("Whom crime touches is not known here [x]", "")
        with card("victims", "Victims"):
            note(reason)
        with guard():
            workforce(request)
        return
    found = groups.completeness(request)
    statement(found.title, found.subtitle)
    left, right = st.columns([0.36, 0.64], gap="small")
    field = address.state("by", "victim_ethnicity", list(groups.FIELDS)) or "victim_ethnicity"
    with left, guard():
        completeness(request)
    with right, guard():
        outcomes(request, field)
    with left, guard():
        workforce(request)
    with right, guard():
        victims(request, field)


def completeness(request: Request) -> None:
    found = groups.completeness(request)
    with card("completeness", "How complete the records are"):
        rows = cells.complete(found.rows.to_pylist(), list(groups.FIELDS))
        table(cells.COMPLETE, rows, caption=found.title)
        with actions("completeness"):
            why(found)
            downloads(found, "completeness")
            note(*found.notes, inline=True)


def outcomes(request: Request, field: str) -> None:
    """Each group against the reference group, and like for like."""
    found = groups.ratios(request, field)
    with card("outcomes", found.title):
        said, lists = st.columns([0.76, 0.24], vertical_alignment="center")
        with lists:
            address.pick(
                "By", "by", list(groups.FIELDS), words=groups.FIELDS.__getitem__, hidden=True
            )
        with said:
            note(f"{phrases.sentence(found.subtitle)}.")
        rows = cells.ratios(found.rows.to_pylist())
        table(cells.RATIOS, rows, caption=found.title)
        note(*found.notes)
        with actions("outcomes"):
            why(found)
            downloads(found, f"outcomes-{field}")


def victims(request: Request, field: str) -> None:
    found = groups.victims(request, field)
    with card("victims", found.title):
        note(f"{found.subtitle}.")
        heads, rows = cells.cross(found.rows.to_pylist(), groups.groups(request, field))
        table(heads, rows, caption=found.title)
        with actions("victims"):
            why(found)
            downloads(found, f"victims-{field}")


def workforce(request: Request) -> None:
    found = staff.workforce(request)
    with card("workforce", found.title):
        if not found.rows.num_rows:
            note("No strength returns are loaded (kind strength).")
            return
        note(f"{found.subtitle}.")
        rows = cells.staff(found.rows.to_pylist())
        table(cells.STAFF, rows, caption=found.title)
        with actions("workforce"):
            why(found)
            downloads(found, "workforce")
            note(*found.notes, inline=True)
