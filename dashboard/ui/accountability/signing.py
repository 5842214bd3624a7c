"""The form with which a return or a difference is signed, or a signature is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.reports import Request
from dashboard.reports.accountability import signatures
from dashboard.reports.accountability.signatures import Choice
from dashboard.reports.signing import acts, returns
from dashboard.store import ConflictError
from dashboard.ui.kit.markup import small, strong, tag
from dashboard.ui.kit.section import actions, card, fault, html, note
from dashboard.ui.kit.typed import Typed

CHOSEN = "signing-chosen"


def form(request: Request, unit: str) -> None:
    """Draws the form; without the right it says who may."""
    with card("sign", "Sign"):
        if not acts.may(request):
            note(f"The role {request.role.said} may not sign.")
            return
        listed = {choice.subject.row_id: choice for choice in signatures.choices(request, unit)}
        if not listed:
            note("There is nothing here to sign.")
            return
        if st.session_state.get(CHOSEN) not in listed:
            st.session_state[CHOSEN] = next(iter(listed))
        chosen = st.selectbox(
            "What", list(listed), key=CHOSEN, format_func=lambda key: _named(listed[key])
        )
        _one(request, listed[chosen])


def _named(choice: Choice) -> str:
    return f"{choice.row['description']} ({choice.row['state_words']})"


def _one(request: Request, choice: Choice) -> None:
    row = choice.row
    edit = Typed(request.data, f"signoff:{request.as_at}:{choice.subject.row_id}")
    edit.begin({"reason": "", "seen": row["version"] or 0})
    _told(edit)
    html(tag("p", strong(row["about"]), class_="collected"))
    if row["signed_by"]:
        html(tag("p", small(f"{row['state_words']}: {row['signed_by']}"), class_="note"))
    stands = row["state"] == returns.SIGNED
    label = "Why it is withdrawn" if stands else "Reason"
    st.text_area(label, key=edit.key("reason"), height=68, on_change=edit.keep)
    edit.ask_name()
    seen, reason = int(edit.get("seen") or 0) or None, edit.get("reason") or ""
    with actions("sign"):
        if stands:
            if st.button("Withdraw the signature", key="act-unsign"):
                _act(request, edit, lambda by: acts.withdraw(
                    request, by, choice.subject, seen or 0, reason
                ))  # fmt: skip
        elif st.button("Sign", key="act-sign", type="primary"):
            _act(request, edit, lambda by: acts.sign(
                request, by, choice.subject, choice.content, reason, seen
            ))  # fmt: skip


def _act(request: Request, edit: Typed, work: Callable[[str], Any]) -> None:
    def faster(error: ConflictError) -> None:
        edit.put("told", f"{error.by} was faster: look at it, then do it again.")
        edit.put("later-seen", error.version)

    edit.act(request.role, work, faster, lambda: st.session_state.pop(CHOSEN, None))


def _told(edit: Typed) -> None:
    """What another has done meanwhile, said once."""
    if (later := edit.get("later-seen")) is not None:
        edit.put("seen", later)
        edit.drop("later-seen")
    if words := edit.get("told"):
        fault(words)
        edit.drop("told")
