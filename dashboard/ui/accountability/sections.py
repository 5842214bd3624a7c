"""The sections of the accountability page: each asks one report and draws what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dashboard import rows
from dashboard.charts import scores, visit_calendar
from dashboard.reports import Disclosed, Request
from dashboard.reports.accountability import (
    improvement,
    outcomes,
    overdue,
    reviews,
    signatures,
    targets,
    units,
    visits,
)
from dashboard.reports.accountability import visit_calendar as calendars
from dashboard.reports.accountability.improvement import Area
from dashboard.reports.accountability.overdue import Count
from dashboard.reports.accountability.owed import Listed
from dashboard.reports.accountability.signatures import Signature
from dashboard.reports.accountability.targets import Proposed
from dashboard.reports.accountability.visits import Followed
from dashboard.ui.accountability import cells, proposing, signing
from dashboard.ui.accountability.parts import FIRST, stack, without
from dashboard.ui.accountability.reviewed import reviewed
from dashboard.ui.kit import address, views
from dashboard.ui.kit.markup import link
from dashboard.ui.kit.section import Grid, Picture, note, section, statement, ways
from dashboard.ui.shell.incidents import guard
from dashboard.words import names, phrases

VIEWS = {
    "overdue": "Overdue",
    "visits": "Visits",
    "reviews": "Reviews and recommendations",
    "improvement": "Improvement",
    "signing": "Sign-off",
    "targets": "Targets",
}
OWED_FIRST = 3  # of what a unit owes, on its own page


def page(request: Request) -> None:
    """The statement of the view that the address asks for, and the view below it."""
    codes = units.units(request)
    unit = address.state("unit", codes[0], codes) or codes[0]
    view = views.chosen("view", VIEWS)
    with guard():
        statement(*_head(request, unit, view))
    left, right = st.columns([0.68, 0.32], gap="small", vertical_alignment="center")
    with left:
        views.row("View", "view", VIEWS)
    with right:
        address.pick(
            "Unit",
            "unit",
            codes,
            words=lambda code: names.unit(request.catalogue, code),
            hidden=True,
        )
    SECTIONS[view](request, unit)


def _head(request: Request, unit: str, view: str) -> tuple[str, str]:
    """What a view says most importantly, and of whom; where nothing of it is loaded, that."""
    of_whom = names.unit(request.catalogue, unit)
    for kind, ask in HEADS[view]:
        if kind is None or not units.absent(request, kind):
            answer = ask(request, unit)
            return answer.title, answer.subtitle or of_whom
    missing = phrases.listed([units.SOURCES[kind] for kind, _ in HEADS[view] if kind])
    return f"No {missing} are loaded", of_whom


# The reports whose titles head a view, each with the kind of source that it stands on: the first
# whose kind is loaded does.
HEADS: dict[str, tuple[tuple[str | None, Callable[[Request, str], Disclosed]], ...]] = {
    "overdue": ((None, overdue.counts),),
    "visits": (("visits", calendars.calendar),),
    "reviews": (("recommendations", outcomes.endings), ("reviews", reviews.clock)),
    "improvement": (("improvements", improvement.areas),),
    "signing": ((None, signatures.listed),),
    "targets": ((None, targets.listed),),
}


def due(request: Request, unit: str) -> None:
    """How much is overdue by unit and kind, and the list of all of it, the oldest first."""
    by_unit = overdue.counts(request, unit)
    if not by_unit.rows.num_rows:
        # The heading has said it: a card would say it again, and another once more.
        note(*by_unit.plain_notes)
        return
    left, right = st.columns([0.4, 0.6], gap="small")
    with left, guard():
        counts = rows.typed(Count, by_unit.rows)
        figures = [(row["unit_code"], row["words"], row["n"]) for row in counts]
        section(
            by_unit,
            "overdue-units",
            title="By unit",
            picture=_of_units(request, unit, figures, [row["words"] for row in counts]),
            below=by_unit.plain_notes,
            file="overdue-by-unit",
        )
    with right, guard():
        every = overdue.listed(request, unit)
        lines = cells.overdue(request, rows.typed(Listed, every.rows))
        grid = Grid(cells.OVERDUE, lines, open=FIRST, cards=True) if lines else None
        section(every, "overdue", grid=grid, notes=every.plain_notes)


def owes(request: Request, unit: str) -> None:
    """What a unit has overdue, for its own page: a link each; nothing where nothing is."""
    owed = overdue.owes(request, unit)
    if not owed.title:
        return
    lines = cells.owes(rows.typed(Listed, owed.rows), unit)

    def tools() -> None:
        to = address.link_to("accountability", unit=unit, view=None)
        ways(link(to, "Accountability", label=f"Accountability of {unit}"))

    section(
        owed,
        "owes",
        grid=Grid(cells.OWES, lines, open=OWED_FIRST) if lines else None,
        below=owed.plain_notes,
        tools=tools,
        file=f"owed-{unit}",
    )


def _of_units(
    request: Request, unit: str, figures: list[tuple[str, str, int]], words: list[str]
) -> Picture | None:
    """The bars of units, with a link to each other one's own page."""
    drawn = stack(figures, list(dict.fromkeys(words)))
    known = set(units.units(request))
    shown = [code for code in dict.fromkeys(code for code, _, _ in figures) if code != unit]
    ways = [
        (code, link(address.link_to("accountability", unit=code), code, label=f"{code} alone"))
        for code in shown
        if code in known
    ]
    return replace(drawn, ways=ways) if drawn else None


def visited(request: Request, unit: str) -> None:
    """The calendar of the year's visits, and the visits themselves."""
    if reason := units.missing(request, "visits"):
        without("visits", "Visits", reason)
        return
    with guard():
        calendar = calendars.calendar(request, unit)
        section(
            calendar,
            "calendar",
            title="Who was to be visited, and when",
            picture=_calendar(request, calendar),
            below=calendar.plain_notes,
            file="visit-calendar",
        )
    with guard():
        every = visits.visits(request, unit)
        lines = cells.visits(request, rows.typed(Followed, every.rows), visits.may_act(request))
        grid = Grid(cells.VISITS, lines, open=FIRST, cards=True) if lines else None
        section(every, "visits", subtitle=every.subtitle, grid=grid)


def _calendar(request: Request, calendar: Disclosed) -> Picture | None:
    if not calendar.rows.num_rows:
        return None
    seen = set(calendar.rows.column("unit_code").to_pylist())
    columns = [code for code in units.visited(request) if code in seen]
    with_ocu = [(code, request.catalogue.ocu_of(code)) for code in columns]
    spec = visit_calendar.spec(len(columns), visit_calendar.height(calendar))
    ways = [
        (code, link(address.link_to("accountability", unit=code, view="visits"), code))
        for code in columns
    ]
    return Picture(spec, visit_calendar.data(calendar, with_ocu), ways=ways)


def improved(request: Request, unit: str) -> None:
    """The areas for improvement under the nine criteria: scores, leads, due, status."""
    if reason := units.missing(request, "improvements"):
        without("areas", "Areas for improvement", reason)
        return
    with guard():
        criteria = improvement.areas(request, unit)
        areas = rows.typed(Area, criteria.rows)
        known = any(row["title"] for row in areas)
        picture = Picture(scores.spec(len(areas)), scores.data(criteria), beside=0.42)
        section(
            criteria,
            "areas",
            title="By criterion",
            picture=picture if known else None,
            grid=Grid(cells.AREAS, cells.areas(request, areas), cards=True) if known else None,
            below=criteria.plain_notes,
            file="areas-for-improvement",
        )


def signed(request: Request, unit: str) -> None:
    """What is signed and what is still to be, and the form to sign with."""
    left, right = st.columns([0.66, 0.34], gap="small")
    with left, guard():
        signoffs = signatures.listed(request, unit)
        lines = cells.signatures(rows.typed(Signature, signoffs.rows))
        grid = Grid(cells.SIGNED, lines, open=FIRST, cards=True) if lines else None
        section(
            signoffs,
            "signatures",
            title="What is to be signed first",
            grid=grid,
            below=signoffs.plain_notes,
            file="sign-offs",
        )
    with right, guard():
        signing.form(request, unit)


def aimed(request: Request, unit: str) -> None:
    """What OCUs proposed as their targets, and the forms to decide of them and to propose."""
    left, right = st.columns([0.66, 0.34], gap="small")
    proposals = targets.listed(request, unit)
    listed = rows.typed(Proposed, proposals.rows)
    with left, guard():
        grid = (
            Grid(cells.TARGETS, cells.targets(request, listed), open=FIRST, cards=True)
            if listed
            else None
        )
        section(
            proposals,
            "targets",
            title="Proposed targets",
            grid=grid,
            below=proposals.plain_notes,
            file="proposed-targets",
        )
    with right, guard():
        proposing.decide(request, listed)
        proposing.propose(request, unit)


SECTIONS = {
    "overdue": due,
    "visits": visited,
    "reviews": reviewed,
    "improvement": improved,
    "signing": signed,
    "targets": aimed,
}
