"""What a decision is raised from: the address says it, the form stands on it; and the way back to
the wall, where it was raised there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

import streamlit as st

from dashboard.decisions import fields
from dashboard.decisions.kept import Origin
from dashboard.periods import day_words
from dashboard.reports import Request
from dashboard.reports.alerts.rows_of_list import alert_rows
from dashboard.reports.decisions import visits
from dashboard.ui.kit import address, section, wall
from dashboard.ui.kit.markup import join, link, tag
from dashboard.ui.kit.typed import Typed
from dashboard.words import numbers

SERIES = ("measure", "unit", "borough")
STANDS = {"alert": "", "watch": "on the watch list, "}  # rows of the list, and what is said first
ABOUT = {  # keys of the address
    "alert": SERIES,
    "target": SERIES,
    "visit": ("visit",),
    fields.STAR_CHAMBER: ("unit", "rule"),
    "hand": ("matter",),
}


class Raised(Protocol):
    """What a matter is raised from, as a sibling says it."""

    @property
    def unit(self) -> str | None: ...


class Matter(Protocol):
    """One thing that the meeting has to decide, as a sibling says it."""

    @property
    def words(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def raises(self) -> Raised: ...
    @property
    def among(self) -> tuple[str, ...]: ...


Money: TypeAlias = Callable[[Request, str, str | None], Origin]
Matters: TypeAlias = Callable[[Request, str], Matter]


def asked(request: Request) -> Typed | None:
    """The form that the address asks for; None where it asks for none."""
    raised_from = st.query_params.get("raise")
    if raised_from not in fields.RAISED_FROM:
        return None
    about = [st.query_params.get(key, "") for key in ABOUT[raised_from]]
    return Typed(
        request.data, ":".join(["decision:new", str(request.meeting), raised_from, *about])
    )


def choosing(request: Request, matters: Matters) -> bool:
    """Of a matter of several measures asks which one the decision is on: a link a measure. Whether
    it did."""
    name = st.query_params.get("matter")
    if not name or st.query_params.get("measure"):
        return False
    matter = matters(request, name)
    if len(matter.among) < 2:
        return False
    section.statement(f"Decide at the meeting of {day_words(request.meeting)}", f"{matter.words}.")
    wall.way()
    with section.card("among", "Which of them is it on?"):
        section.html(tag("ul", *(tag("li", _one(request, measure)) for measure in matter.among),
                         class_="lines ways"))  # fmt: skip
        href = address.link_to("decisions", **{"raise": "hand"}, **_kept())
        section.ways(link(href, "On several, or on none of them: by hand"))
    return True


def _one(request: Request, measure: str) -> str:
    owner = request.measures[measure].owner
    about = {"raise": "target", "measure": measure, "unit": owner, "borough": None}
    href = address.link_to("decisions", **about, **_kept())
    return join([link(href, request.measures[measure].name), owner], ", ")


def _kept() -> dict[str, str | None]:
    return {key: st.query_params.get(key) for key in wall.KEYS}


def origin(request: Request, money: Money, matters: Matters) -> Origin:
    """What the decision is raised from, as it stands; {} by hand.

    money    what a decision of the Star Chamber is raised from, by unit and rule
    matters  what the meeting has to decide, by name
    """
    raised_from = st.query_params["raise"]
    if raised_from == "hand":
        if not (name := st.query_params.get("matter")):
            return {}
        matter = matters(request, name)
        unit = matter.owner or matter.raises.unit
        said: Origin = {"from": raised_from, "matter": name, "sentence": f"{matter.words}."}
        return {**said, "unit": unit} if unit else said
    if raised_from == fields.STAR_CHAMBER:
        return money(request, st.query_params.get("unit", ""), st.query_params.get("rule"))
    if raised_from == visits.RAISED_FROM:
        return visits.origin(request, st.query_params.get("visit", ""))
    measure = request.measure(st.query_params.get("measure", ""))
    borough, unit = st.query_params.get("borough"), st.query_params.get("unit")
    of: Origin = {"from": raised_from, "measure": measure.id, "unit": unit, "borough": borough}
    for row in alert_rows(request).rows:
        if (row["measure"], row["borough"]) == (measure.id, borough) and row["tier"] in STANDS:
            place = f" in {row['borough_name']}" if row["borough_name"] else ""
            counts = numbers.number(row["now"]), numbers.number(row["expected"], 1)
            words = f"{STANDS[row['tier']]}{row['name']}{place}: {' now, '.join(counts)} expected"
            return {**of, "sentence": f"{words}."}
    return {**of, "sentence": f"{measure.name}."}
