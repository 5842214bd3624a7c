"""The form of a decision: what, who, by when, what is moved, and what is expected of it.

Beside what is typed stands what could be seen of it, and what the units have to spare.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from dashboard.catalogue import order
from dashboard.decisions import fields
from dashboard.decisions.kept import Origin
from dashboard.errors import DashboardError
from dashboard.periods import day_words
from dashboard.reports import Disclosed, Request
from dashboard.reports.alerts.alert_row import JOIN
from dashboard.reports.decisions import acts, reach
from dashboard.reports.decisions.decision_words import fortnights
from dashboard.ui.decisions import beside
from dashboard.ui.decisions.form_moves import NONE, budget, budgets, drop_down, moves, units
from dashboard.ui.kit import address, person, section, wall
from dashboard.ui.kit.typed import Typed
from dashboard.words.names import areas_word
from dashboard.words.phrases import listed, sentence

MEETINGS_AHEAD = 13


def draw(request: Request, form: Typed, pressure: Disclosed, origin: Origin) -> None:
    """The form, and beside it what could be seen and spared, and what was tried before.

    origin  what it is raised from: of `raising.origin`
    """
    form.begin(_defaults(request, origin))
    about = f"Raised from {fields.RAISED_FROM[origin.get('from', 'hand')]}"
    said = f": {origin['sentence']}" if origin else ""
    section.statement(f"Decide at the meeting of {day_words(request.meeting)}", f"{about}{said}")
    wall.way()
    left, right = st.columns([0.6, 0.4], gap="small")
    of_money = origin.get("from") == fields.STAR_CHAMBER
    with left, section.card("decide", "The decision"):
        if form.drafted:
            section.note("This is what you had typed: it was kept.")
        _what(request, form, fields.tactics(origin.get("from")), "Kind" if of_money else "Tactic")
        if of_money:
            budgets(request, form)
        else:
            _effect(request, form)
            moves(request, form)
        _save(request, form, pressure, origin)
    with right:
        if not of_money:
            with section.card("seen", "What could be seen of it"):
                beside.prospect(request, form)
            beside.tried(request, form)
        with section.card("spare", "What the units have to spare"):
            beside.spare(form, pressure, officers=not of_money)


def _defaults(request: Request, origin: Origin) -> dict[str, Any]:
    catalogue = request.catalogue
    measure = request.measures.get(origin.get("measure") or "")
    counted = measure is not None and measure.id in reach.measurable(request)
    owner = measure.owner if measure else origin.get("unit")
    ocu = catalogue.ocu_of(owner) if owner else ""
    served = catalogue.priorities_of(measure.id, request.as_at) if measure else ()
    places = (origin.get("borough") or "").split(JOIN)
    following = fields.meetings_after(request.meeting, MEETINGS_AHEAD)
    return {
        "what": "",
        "tactic": next(iter(fields.tactics(origin.get("from")))),
        "four_p": NONE,
        "priority": served[0].code if served else NONE,
        "owner_unit": ocu if ocu in order.page_units(catalogue) else NONE,
        "owner_post": "",
        "due": following[0].isoformat(),
        "measure": measure.id if measure and counted else NONE,
        "boroughs": [code for code in places if code in catalogue.areas],
        "percent": -50 if measure is None or measure.better != "higher" else 50,
        "horizon": 6,
        "sure": 50,
        "moves": 0,
        "budgets": 0,
    }


def meeting_words(said: str) -> str:
    """The meeting of a grid date, in words."""
    return day_words(date.fromisoformat(said))


def _what(request: Request, form: Typed, tactics: Mapping[str, str], kind: str) -> None:
    st.text_area("What is decided", key=form.key("what"), height=68, on_change=form.keep)
    names = {NONE: "none", **{item.code: item.name for item in request.catalogue.priorities}}
    first, second, third = st.columns(3)
    with first:
        drop_down(form, kind, "tactic", list(tactics), lambda code: tactics[code])
    with second:
        drop_down(form, "4P", "four_p", [NONE, *fields.FOUR_P], lambda code: code or "none")
    with third:
        drop_down(form, "Priority", "priority", list(names), lambda code: names[code])
    known = {NONE: "choose", **units(request)}
    first, second, third = st.columns(3)
    with first:
        drop_down(form, "Owner: unit", "owner_unit", list(known), lambda code: known[code])
    with second:
        st.text_input("Owner: post", key=form.key("owner_post"), on_change=form.keep)
    with third:
        ahead = [day.isoformat() for day in fields.meetings_after(request.meeting, MEETINGS_AHEAD)]
        drop_down(form, "To be done by the meeting of", "due", ahead, meeting_words)


def _effect(request: Request, form: Typed) -> None:
    measures = {NONE: "none that a count shows"}
    measures |= {name: request.measures[name].name for name in reach.measurable(request)}
    areas = request.catalogue.areas
    first, second = st.columns([0.45, 0.55])
    with first:
        drop_down(
            form, "Expected effect on", "measure", list(measures), lambda code: measures[code]
        )
    if not form.get("measure"):
        return
    with second:
        st.multiselect(
            f"In the {areas_word()} (none: the unit as a whole)",
            [code for code, area in areas.items() if area.kind == "borough"],
            key=form.key("boroughs"),
            format_func=lambda code: areas[code].name,
            on_change=form.keep,
        )
    first, second, third = st.columns([0.3, 0.4, 0.3])
    with first:
        st.number_input(
            "Change in %", -95, 400, step=5, key=form.key("percent"), on_change=form.keep
        )
    with second:
        ahead = fields.meetings_after(request.meeting, MEETINGS_AHEAD)
        drop_down(
            form,
            "Judged at the meeting of",
            "horizon",
            list(range(1, MEETINGS_AHEAD + 1)),
            lambda number: f"{day_words(ahead[number - 1])} ({fortnights(number)})",
        )
    with third:
        st.number_input(
            "How sure, 0 to 100", 0, 100, step=5, key=form.key("sure"), on_change=form.keep
        )


def said(form: Typed) -> dict[str, Any]:
    """The form's fields as `acts.decide` takes them."""
    measure = form.get("measure") or None
    return {
        "what": form.get("what", ""),
        "tactic": form.get("tactic"),
        "four_p": form.get("four_p") or None,
        "priority": form.get("priority") or None,
        "owner_unit": form.get("owner_unit") or None,
        "owner_post": form.get("owner_post", ""),
        "due": date.fromisoformat(form.get("due")),
        "measure": measure,
        "boroughs": form.get("boroughs") if measure else None,
        "ratio": 1 + form.get("percent", 0) / 100 if measure else None,
        "horizon": form.get("horizon") if measure else None,
        "sure": form.get("sure") if measure else None,
        "moves": [
            {
                name: form.get(f"{name}-{place}")
                for name in ("giver", "taker", "officers", "hours", "category")
            }
            for place in range(form.get("moves", 0))
        ]
        + [budget(form, place) for place in range(form.get("budgets", 0))],
    }


def _save(request: Request, form: Typed, pressure: Disclosed, origin: Origin) -> None:
    form.ask_name()
    beside.warn(request, form)
    beside.strained(form, pressure)
    with section.actions("save-decision"):
        if st.button("Save the decision", key=form.press("save"), type="primary"):
            _saved(request, form, origin)
        if st.button("Give up", key=form.press("leave"), type="tertiary"):
            form.forget()
            _leave()


def _leave(decision: str | None = None) -> None:
    """From the form to what was decided, or to the list."""
    for key in ("raise", "matter"):
        address.put(key, None)
    address.put("decision", decision)
    address.again()


def _saved(request: Request, form: Typed, origin: Origin) -> None:
    lacks = fields.missing(said(form))
    if lacks and not (form.get("name") or person.here().name):
        lacks.append("your name")
    if lacks:
        section.fault(f"Say {listed(lacks)}.")
        return
    try:
        writer = form.writer(request.role)
        about = {"raised_from": origin.get("from", "hand"), "origin": origin or None}
        row = acts.decide(request, writer, {**said(form), **about})
    except DashboardError as error:
        section.fault(f"{sentence(str(error))}.")
        return
    form.forget()
    _leave(row["id"])
