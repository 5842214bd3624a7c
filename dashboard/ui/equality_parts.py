"""The sections of the equality page: each asks one report and draws what it gives."""

from __future__ import annotations

import streamlit as st

from dashboard.reports import Request, equality, equality_workforce, saying
from dashboard.ui import address, equality_rows
from dashboard.ui.incidents import guard
from dashboard.ui.parts import actions, card, downloads, note, statement, table, why


def page(request: Request) -> None:
    """Completeness first; victims and outcomes by one field; who works in the units."""
    if reason := equality.without(request):
        statement("Whom crime touches is not known here [x]", "")
        with card("victims", "Victims"):
            note(reason)
        with guard():
            workforce(request)
        return
    found = equality.completeness(request)
    statement(found.title, found.subtitle)
    left, right = st.columns([0.36, 0.64], gap="small")
    field = address.state("by", "victim_ethnicity", list(equality.FIELDS)) or "victim_ethnicity"
    with left, guard():
        completeness(request)
    with right, guard():
        outcomes(request, field)
    with left, guard():
        workforce(request)
    with right, guard():
        victims(request, field)


def completeness(request: Request) -> None:
    found = equality.completeness(request)
    with card("completeness", "How complete the records are"):
        rows = equality_rows.complete(found.rows.to_pylist(), list(equality.FIELDS))
        table(equality_rows.COMPLETE, rows, caption=found.title)
        with actions("completeness"):
            why(found)
            downloads(found, "completeness")
            note(*found.notes, inline=True)


def outcomes(request: Request, field: str) -> None:
    """Each group against the reference group, and like for like."""
    found = equality.ratios(request, field)
    with card("outcomes", found.title):
        said, lists = st.columns([0.76, 0.24], vertical_alignment="center")
        with lists:
            address.pick(
                "By", "by", list(equality.FIELDS), words=equality.FIELDS.__getitem__, hidden=True
            )
        with said:
            note(f"{saying.sentence(found.subtitle)}.")
        rows = equality_rows.ratios(found.rows.to_pylist())
        table(equality_rows.RATIOS, rows, caption=found.title)
        note(*found.notes)
        with actions("outcomes"):
            why(found)
            downloads(found, f"outcomes-{field}")


def victims(request: Request, field: str) -> None:
    found = equality.victims(request, field)
    with card("victims", found.title):
        note(f"{found.subtitle}.")
        heads, rows = equality_rows.cross(found.rows.to_pylist(), equality.groups(request, field))
        table(heads, rows, caption=found.title)
        with actions("victims"):
            why(found)
            downloads(found, f"victims-{field}")


def workforce(request: Request) -> None:
    found = equality_workforce.workforce(request)
    with card("workforce", found.title):
        if not found.rows.num_rows:
            note("No strength returns are loaded (kind strength).")
            return
        note(f"{found.subtitle}.")
        rows = equality_rows.staff(found.rows.to_pylist())
        table(equality_rows.STAFF, rows, caption=found.title)
        with actions("workforce"):
            why(found)
            downloads(found, "workforce")
            note(*found.notes, inline=True)
