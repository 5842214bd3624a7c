"""The forms with which an OCU proposes a target and the board accepts or declines it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard import rows
from dashboard.catalogue import order
from dashboard.decisions import proposals
from dashboard.periods import planning_year_words
from dashboard.reports import Request
from dashboard.reports.accountability import targets
from dashboard.reports.accountability.targets import Proposed, Seen
from dashboard.store import ConflictError
from dashboard.ui.kit.markup import small, strong, tag
from dashboard.ui.kit.section import actions, card, fault, html, note
from dashboard.ui.kit.typed import Typed
from dashboard.words import names


def decide(request: Request, listed: list[Proposed]) -> None:
    """What waits for the board, to be accepted or declined by whoever decides, or withdrawn by the
    unit itself."""
    waiting = {row["id"]: row for row in listed if row["state"] == proposals.PROPOSED}
    if not waiting:
        return
    with card("decide-target", "Decide"):
        chosen = st.selectbox(
            "Proposal",
            list(waiting),
            key="target-chosen",
            format_func=lambda key: f"{waiting[key]['unit_code']}: {waiting[key]['name']}",
        )
        row = waiting[chosen]
        may, own = targets.may_decide(request), targets.may_propose(request, row["unit_code"])
        html(tag("p", strong(row["target_words"]), small(f" now {row['now_words'] or 'none'}")))
        if not may and not own:
            note(f"The role {request.role.said} may not decide of targets.")
            return
        edit = Typed(request.data, f"target:{request.as_at}:{chosen}")
        edit.begin({"words": "", "seen": row["version"]})
        if told := edit.get("told"):
            fault(told)
            edit.drop("told")
        st.text_area("What the board says of it", key=edit.key("words"), height=68,
                     on_change=edit.keep)  # fmt: skip
        edit.ask_name()
        _buttons(request, edit, row, may, own)


def _buttons(request: Request, edit: Typed, row: Proposed, may: bool, own: bool) -> None:
    version = int(edit.get("seen"))
    seen: Seen = {"id": row["id"], "unit_code": row["unit_code"], "version": version}

    def act(state: str) -> None:
        words = edit.get("words") or ""
        _act(request, edit, lambda by: targets.decide(request, by, seen, state, words))

    with actions("decide-target"):
        if may and st.button("Accept", key="act-accept", type="primary"):
            act(proposals.ACCEPTED)
        if may and st.button("Decline", key="act-decline"):
            act(proposals.DECLINED)
        if own and st.button("Withdraw", key="act-withdraw-target", type="tertiary"):
            act(proposals.WITHDRAWN)


def propose(request: Request, unit: str) -> None:
    """The form of a new proposal, for an OCU that the role may propose for."""
    ocus = [
        code
        for code in order.page_units(request.catalogue)
        if request.catalogue.units[code].level == "ocu"
    ]
    allowed = [code for code in ocus if targets.may_propose(request, code)]
    if not allowed:
        return
    ocu = request.catalogue.ocu_of(unit)
    edit = Typed(request.data, f"propose:{request.as_at}")
    first = ocu if ocu in allowed else allowed[0]
    years = {year.since.isoformat(): year for year in targets.years(request)}
    edit.begin({
        "unit": first, "year": next(iter(years)), "measure": "", "target": "", "reason": "",
        "basis": "level",
    })  # fmt: skip
    with card("propose-target", "Propose a target"):
        _choice(
            edit, "Unit", "unit", {code: names.unit(request.catalogue, code) for code in allowed}
        )
        _choice(edit, "Planning year", "year",
                {key: planning_year_words(year.since) for key, year in years.items()})  # fmt: skip
        year = years[edit.get("year")]
        offered = targets.offered(request, edit.get("unit"), year)
        if not offered:
            note("No priority of the control strategy of that year names a measure of this unit.")
            return
        _choice(edit, "Measure", "measure", {name: item.name for name, item in offered.items()})
        _choice(edit, "Target as", "basis", proposals.BASES)
        st.text_input("Target", key=edit.key("target"), on_change=edit.keep)
        st.text_area("What it rests on", key=edit.key("reason"), height=68, on_change=edit.keep)
        edit.ask_name()
        with actions("propose-target"):
            if st.button("Propose", key="act-propose", type="primary"):
                said = {
                    **{name: edit.get(name) for name in ("measure", "target", "basis", "reason")},
                    "unit_code": edit.get("unit"),
                    "since": year.since,
                }
                _act(request, edit, lambda by: targets.propose(request, by, said))


def _choice(edit: Typed, label: str, field: str, options: dict[str, str]) -> None:
    if edit.get(field) not in options:
        edit.put(field, next(iter(options)))
    st.selectbox(label, list(options), key=edit.key(field), format_func=lambda key: options[key],
                 on_change=edit.keep)  # fmt: skip


def _act(request: Request, edit: Typed, work: Callable[[str], Any]) -> None:
    def faster(error: ConflictError) -> None:
        there = rows.typed_row(proposals.Proposal, error.now)
        edit.put("told", f"{error.by} was faster: it is {there['state']}.")

    edit.act(request.role, work, faster)
