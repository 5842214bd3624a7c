"""The form in which a unit explains an exception: an alert, which it may mark as known, acted on or
noise, or one of several figures that stand out."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import rows
from dashboard.decisions.remarks import MARKS, Remark, Subject
from dashboard.reports import Request, remarks
from dashboard.reports.remarks import Remarks
from dashboard.store import ConflictError
from dashboard.ui.kit.section import actions, fault
from dashboard.ui.kit.typed import Typed

NONE = ""
SAID = {NONE: "not marked", **MARKS}


def explaining(request: Request, subject: Subject, spoken: Remarks) -> None:
    """The form for an alert, behind a button; nothing for a role that may not."""
    if not remarks.may(request, subject.unit_code):
        return
    there = spoken.on(subject)
    with st.popover(
        "Record the reason" if there is None else "Change what is said", type="tertiary"
    ):
        _form(request, subject, spoken, marked=True)


def one_of(request: Request, exceptions: Mapping[str, Subject], spoken: Remarks, key: str) -> None:
    """The form for one of several exceptions, behind a button; nothing where there is none that
    the role explains.

    exceptions  each under the words that it is chosen by
    key         unique on the page
    """
    allowed = {
        words: subject
        for words, subject in exceptions.items()
        if remarks.may(request, subject.unit_code)
    }
    if not allowed:
        return
    with st.popover("Record the reason of what stands out", type="tertiary"):
        chosen = st.selectbox("What stands out", list(allowed), key=f"exception-{key}")
        _form(request, allowed[chosen], spoken, marked=False)


def _form(request: Request, subject: Subject, spoken: Remarks, *, marked: bool) -> None:
    there = spoken.on(subject)
    edit = Typed(request.data, f"remark:{request.as_at}:{subject.row_id}")
    edit.begin(
        {
            "mark": (there and there["mark"]) or NONE,
            "words": (there and there["words"]) or "",
            "seen": there["version"] if there else 0,
        }
    )
    if told := edit.get("told"):
        fault(told)
        edit.drop("told")
    st.text_area("What explains it", key=edit.key("words"), height=96, on_change=edit.keep)
    if marked:
        st.radio(
            "The alert was",
            list(SAID),
            key=edit.key("mark"),
            format_func=SAID.__getitem__,
            horizontal=True,
            on_change=edit.keep,
        )
    edit.ask_name()
    with actions(f"explain-{subject.row_id}"):
        if st.button("Save", key=f"act-explain-{subject.row_id}", type="primary"):
            _save(request, subject, edit)


def _save(request: Request, subject: Subject, edit: Typed) -> None:
    mark, words = edit.get("mark") or None, edit.get("words") or ""
    seen = int(edit.get("seen") or 0) or None

    def faster(error: ConflictError) -> None:
        said = remarks.remark_words(rows.typed_row(Remark, error.now))
        edit.put("told", f"{said} Nothing that you typed is lost: save again.")
        edit.put("seen", error.version)

    edit.act(request.role, lambda by: remarks.put(request, by, subject, mark, words, seen), faster)
