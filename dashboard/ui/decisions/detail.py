"""One decision: what it says, what came of it, and what may be done with it now."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

import streamlit as st

from dashboard.charts import decision_course
from dashboard.decisions import fields
from dashboard.errors import DashboardError
from dashboard.export import Native
from dashboard.export.forms.native import Series
from dashboard.periods import day_words
from dashboard.reports import Request
from dashboard.reports.decisions import acts, on_chart
from dashboard.reports.decisions.board import Whole
from dashboard.reports.decisions.one import One
from dashboard.store import ConflictError
from dashboard.store.plain import plain_row
from dashboard.ui.decisions import form as forms
from dashboard.ui.decisions import form_moves
from dashboard.ui.kit import address, section, wall
from dashboard.ui.kit.markup import Column, link, small, strong, tag
from dashboard.ui.kit.typed import Typed
from dashboard.words.phrases import sentence

EDITED = ("what", "tactic", "four_p", "priority", "owner_unit", "owner_post", "due")
LABELS = {
    "what": "What is decided",
    "tactic": "Tactic",
    "four_p": "4P",
    "priority": "Priority",
    "owner_unit": "Owner: unit",
    "owner_post": "Owner: post",
    "due": "To be done by the meeting of",
    "state": "State",
    "done_on": "Done on",
    "reason": "Reason",
    "moves": "Moved",
}
OFFICE = Native(
    "line",
    "period",
    (
        Series("n", "Count"),
        Series("expected", "Without the action", "mean"),
        Series("wanted", "Expected with it", "target"),
        Series("low", "Lower end", "limit"),
        Series("high", "Upper end", "limit"),
    ),
)
BOTH = (Column(""), Column("As you saw it"), Column("As it stands now"), Column("As you typed it"))


class Conflict(TypedDict):
    """Who was faster, and of each column what was seen, what stands and what was typed."""

    by: str
    lines: list[list[str]]


def draw(request: Request, decision: One) -> None:
    """The decision's page."""
    row = decision.row
    section.statement(row["what"], _about(row))
    st.html(tag("p", link(address.link_to("decisions", decision=None), "All decisions"),
                class_="note ways"))  # fmt: skip
    wall.way()
    left, right = st.columns([0.62, 0.38], gap="small")
    with left:
        _result(request, decision)
    with right:
        with section.card("now", f"Now: {row['standing']}"):
            _acts(request, decision)
        with section.card("said", f"Said of it: {len(decision.comments)}"):
            _comments(request, decision)
        with section.card("past", "What was changed"):
            section.html(tag("ul", *(tag("li", words) for words in decision.past), class_="lines"))


def _about(row: Whole) -> str:
    parts = [
        f"Decided at the meeting of {day_words(row['meeting'])}",
        row["tactic"],
        row["four_p"] or "",
        row["priority"],
        f"{row['owner_unit']} {row['owner_post']}",
        row["moved"],
    ]
    return " · ".join(part for part in parts if part)


def _result(request: Request, decision: One) -> None:
    title = "What came of it" if decision.judged else "What is expected of it"
    with section.card("result", title):
        first, *others = decision.sentences
        section.html(tag("p", strong(first), class_="collected"))
        if decision.course is not None:
            shown, own = decision.course, on_chart.own(request, decision.row["id"])
            spec, rows = decision_course.spec(), decision_course.data(shown, own)
            section.draw(spec, rows, alt=f"{shown.title}. {first}")
            with section.actions("course"):
                section.note(f"{shown.title}.", inline=True)
                section.why(shown)
                section.downloads(shown, "before-and-after", spec, rows, OFFICE)
        section.html(tag("ul", *(tag("li", words) for words in others), class_="lines"))


def _acts(request: Request, decision: One) -> None:
    row = decision.row
    if row["state"] == "withdrawn":
        section.note(f"Withdrawn: {row['reason']}")
    if row["state"] not in ("open", "done") or not acts.may(request):
        return
    edit = Typed(request.data, f"decision:{row['id']}")
    edit.begin(_defaults(row))
    _conflict(edit)
    with section.actions("acts"):
        if row["state"] == "open" and st.button("Done", key="act-done", type="primary"):
            _act(lambda by: acts.done(request, by, row["id"], row["version"]), edit, request)
        with st.popover("Withdraw", type="tertiary"):
            st.text_input("Why", key=edit.key("reason"), on_change=edit.keep)
            if st.button("Withdraw it", key="act-withdraw"):
                reason = edit.get("reason") or ""
                _act(
                    lambda by: acts.withdraw(request, by, row["id"], row["version"], reason),
                    edit,
                    request,
                )
    _edit(request, row, edit)


def _defaults(row: Whole) -> dict[str, Any]:
    stored = _stored(row)
    return {**stored, "reason": "", "seen": row["version"]} | {
        f"seen-{name}": value for name, value in stored.items()
    }


def _stored(row: Whole) -> dict[str, Any]:
    """The fields that can be edited, as the form holds them."""
    codes = {words: code for code, words in fields.EVERY_TACTIC.items()}
    return {
        "what": row["what"],
        "tactic": codes.get(row["tactic"], row["tactic"]),
        "four_p": row["four_p"] or form_moves.NONE,
        "priority": row["priority_code"] or form_moves.NONE,
        "owner_unit": row["owner_unit"],
        "owner_post": row["owner_post"],
        "due": row["due"].isoformat(),
    }


def _edit(request: Request, row: Whole, edit: Typed) -> None:
    with st.expander("Edit", key="edit-decision", expanded=bool(edit.get("conflict"))):
        st.text_area(LABELS["what"], key=edit.key("what"), on_change=edit.keep)
        form_moves.choice(edit, LABELS["tactic"], "tactic", fields.tactics(row["raised_from"]))
        known = form_moves.units(request)
        form_moves.choice(edit, LABELS["owner_unit"], "owner_unit", known)
        st.text_input(LABELS["owner_post"], key=edit.key("owner_post"), on_change=edit.keep)
        ahead = [d.isoformat() for d in fields.meetings_after(row["meeting"], 26)]
        form_moves.choice(edit, LABELS["due"], "due", {d: forms.meeting_words(d) for d in ahead})
        if st.button("Save the changes", key="act-save", type="primary"):
            wanted = _wanted(edit)
            seen = int(edit.get("seen"))
            _act(lambda by: acts.change(request, by, row["id"], seen, wanted), edit, request)
    edit.ask_name()


def _wanted(edit: Typed) -> dict[str, Any]:
    """What was typed over what was seen."""
    return {
        name: date.fromisoformat(edit.get(name)) if name == "due" else edit.get(name)
        for name in ("what", "tactic", "owner_unit", "owner_post", "due")
        if edit.get(name) != edit.get(f"seen-{name}")
    }


def _act(work: Any, edit: Typed, request: Request) -> None:
    """Does what was asked; a second writer is told what changed, and keeps what was typed."""
    edit.act(request.role, work, lambda error: _told(edit, error))


def _told(edit: Typed, error: ConflictError) -> None:
    """Puts the row as it stands below what was typed: only what was typed is written over it."""
    wanted = _wanted(edit)
    lines = []
    for name, (seen, now) in error.changed.items():
        mine = wanted.get(name)
        lines.append([LABELS.get(name, name), _words(seen), _words(now), _words(mine)])
    for name, value in plain_row({name: error.now[name] for name in EDITED}).items():
        value = value or form_moves.NONE
        edit.put(f"seen-{name}", value)
        if name not in wanted:
            edit.put(f"later-{name}", value)
    edit.put("seen", error.version)
    conflict: Conflict = {"by": error.by, "lines": lines}
    edit.put("conflict", conflict)
    edit.keep()


def _words(value: Any) -> str:
    if isinstance(value, date):
        return day_words(value)
    return "" if value is None else str(value)


def _conflict(edit: Typed) -> None:
    """What another has changed since; and their values, where nothing else was typed."""
    for name in EDITED:
        if (later := edit.get(f"later-{name}")) is not None:
            edit.put(name, later)
            edit.drop(f"later-{name}")
    told: Conflict | None = edit.get("conflict")
    if not told:
        return
    section.fault(
        f"{told['by']} changed this while you edited it. Nothing that you typed is lost:"
        " look at both, and save again."
    )
    section.table(BOTH, told["lines"], caption="What was changed meanwhile")


def _comments(request: Request, decision: One) -> None:
    lines = [
        tag("li", item.words, " ", small(f"{item.by}, {day_words(item.at.date())}"))
        for item in decision.comments
    ]
    if lines:
        section.html(tag("ul", *lines, class_="lines"))
    said = Typed(request.data, f"decision-comment:{decision.row['id']}")
    said.begin({"words": ""})
    st.text_area("Comment", key=said.key("words"), height=68, on_change=said.keep)
    if st.button("Add", key="act-comment"):
        try:
            writer = said.writer(request.role)
            acts.comment(request, writer, decision.row["id"], said.get("words") or "")
        except DashboardError as error:
            section.fault(f"{sentence(str(error))}.")
            return
        said.forget()
        st.rerun()
