"""The form in which a unit explains its alert, or marks it as known, acted on or noise."""

from __future__ import annotations

import streamlit as st

from dashboard.decisions import who
from dashboard.decisions.remarks import MARKS, subject_of
from dashboard.reports import Request
from dashboard.reports.alerts import remarks
from dashboard.reports.alerts.alert_row import Row
from dashboard.reports.alerts.remarks import Remarks
from dashboard.store import ConflictError
from dashboard.ui.kit.section import actions, fault
from dashboard.ui.kit.typed import Typed
from dashboard.ui.kit.typed import name as typed_name

NONE = ""
SAID = {NONE: "not marked", **MARKS}


def explaining(request: Request, alert: Row, spoken: Remarks) -> None:
    """Draws the form behind a button; nothing for a role that may not."""
    if not remarks.may(request, alert["unit_code"]):
        return
    there = spoken.of(alert) or {}
    with st.popover("Explain" if not there else "Change what is said", type="tertiary"):
        _form(request, alert, there)


def _form(request: Request, alert: Row, there: Row) -> None:
    edit = Typed(request.data, f"remark:{request.as_at}:{subject_of(alert).row_id}")
    edit.begin(
        {
            "mark": there.get("mark") or NONE,
            "words": there.get("words") or "",
            "name": typed_name(request.data),
            "seen": there.get("version") or 0,
        }
    )
    if told := edit.get("told"):
        fault(told)
        edit.drop("told")
    st.text_area("What explains it", key=edit.key("words"), height=96, on_change=edit.keep)
    st.radio(
        "The alert was",
        list(SAID),
        key=edit.key("mark"),
        format_func=SAID.__getitem__,
        horizontal=True,
        on_change=edit.keep,
    )
    st.text_input("Your name", key=edit.key("name"), on_change=edit.keep, max_chars=who.MOST)
    with actions("explain"):
        if st.button("Save", key="act-explain", type="primary"):
            _save(request, alert, edit)


def _save(request: Request, alert: Row, edit: Typed) -> None:
    mark, words = edit.get("mark") or None, edit.get("words") or ""
    seen = int(edit.get("seen") or 0) or None

    def faster(error: ConflictError) -> None:
        edit.put("told", f"{remarks.said(error.now)} Nothing that you typed is lost: save again.")
        edit.put("seen", error.now["version"])

    edit.act(request.role, lambda by: remarks.put(request, by, alert, mark, words, seen), faster)
