"""The sections of the accountability page: each asks one report and draws what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import streamlit as st

from dashboard import rows
from dashboard.charts import scores, stacked, visit_calendar
from dashboard.periods import planning_year_start, planning_year_words
from dashboard.reports import Disclosed, Request
from dashboard.reports.accountability import (
    improvement,
    overdue,
    recommended,
    reviews,
    signatures,
    targets,
    units,
    visits,
    yields,
)
from dashboard.reports.accountability import visit_calendar as calendars
from dashboard.reports.accountability.improvement import Area
from dashboard.reports.accountability.overdue import Count
from dashboard.reports.accountability.owed import Listed
from dashboard.reports.accountability.recommended import Recommendation
from dashboard.reports.accountability.reviews import Ended, Kept, Owned, Task
from dashboard.reports.accountability.signatures import Signature
from dashboard.reports.accountability.targets import Proposed
from dashboard.reports.accountability.visits import Followed
from dashboard.reports.accountability.yields import Yield
from dashboard.ui.accountability import cells, proposing, signing
from dashboard.ui.accountability.cells import RECOMMENDATION
from dashboard.ui.kit import address, views
from dashboard.ui.kit.markup import link
from dashboard.ui.kit.section import Grid, Picture, card, note, section, statement, ways
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
FIRST = 12  # lines of a list that stand open
OWED_FIRST = 3  # of what a unit owes, on its own page
# Done in time and late, overdue, open: their places among the paints of bars.
ENDS_PAINTED = (0, 2, 1, 3)


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
            found = ask(request, unit)
            return found.title, found.subtitle or of_whom
    missing = phrases.listed([units.SOURCES[kind] for kind, _ in HEADS[view] if kind])
    return f"No {missing} are loaded", of_whom


# The reports whose titles head a view, each with the kind of source that it stands on: the first
# whose kind is loaded does.
HEADS: dict[str, tuple[tuple[str | None, Callable[[Request, str], Disclosed]], ...]] = {
    "overdue": ((None, overdue.counts),),
    "visits": (("visits", calendars.calendar),),
    "reviews": (("recommendations", reviews.ends), ("reviews", reviews.clock)),
    "improvement": (("improvements", improvement.areas),),
    "signing": ((None, signatures.listed),),
    "targets": ((None, targets.listed),),
}


def due(request: Request, unit: str) -> None:
    """How much is overdue by unit and kind, and the list of all of it, the oldest first."""
    found = overdue.counts(request, unit)
    if not found.rows.num_rows:
        # The heading has said it: a card would say it again, and another once more.
        note(*found.plain_notes)
        return
    left, right = st.columns([0.4, 0.6], gap="small")
    with left, guard():
        counts = rows.typed(Count, found.rows)
        figures = [(row["unit_code"], row["words"], row["n"]) for row in counts]
        section(
            found,
            "overdue-units",
            title="By unit",
            picture=_of_units(request, unit, figures, [row["words"] for row in counts]),
            below=found.plain_notes,
            file="overdue-by-unit",
        )
    with right, guard():
        every = overdue.listed(request, unit)
        lines = cells.overdue(request, rows.typed(Listed, every.rows))
        grid = Grid(cells.OVERDUE, lines, open=FIRST, cards=True) if lines else None
        section(every, "overdue", grid=grid, notes=every.plain_notes)


def owes(request: Request, unit: str) -> None:
    """What a unit has overdue, for its own page: a link each; nothing where nothing is."""
    found = overdue.owes(request, unit)
    if not found.title:
        return
    lines = cells.owes(rows.typed(Listed, found.rows), unit)

    def tools() -> None:
        to = address.link_to("accountability", unit=unit, view=None)
        ways(link(to, "Accountability", label=f"Accountability of {unit}"))

    section(
        found,
        "owes",
        grid=Grid(cells.OWES, lines, open=OWED_FIRST) if lines else None,
        below=found.plain_notes,
        tools=tools,
        file=f"owed-{unit}",
    )


def _of_units(
    request: Request, unit: str, figures: list[tuple[str, str, int]], words: list[str]
) -> Picture | None:
    """The bars of units, with a link to each other one's own page."""
    drawn = _stack(figures, list(dict.fromkeys(words)))
    known = set(units.units(request))
    shown = [code for code in dict.fromkeys(code for code, _, _ in figures) if code != unit]
    ways = [
        (code, link(address.link_to("accountability", unit=code), code, label=f"{code} alone"))
        for code in shown
        if code in known
    ]
    return replace(drawn, ways=ways) if drawn else None


def _stack(
    figures: list[tuple[str, str, int]], parts: list[str], colours: tuple[int, ...] = ()
) -> Picture | None:
    """Bars of (label, part, figure); None where there is nothing to draw."""
    if not figures:
        return None
    drawn = stacked.data(figures)
    return Picture(stacked.spec(drawn["sums"].num_rows, tuple(parts), colours), drawn)


def visited(request: Request, unit: str) -> None:
    """The calendar of the year's visits, and the visits themselves."""
    if reason := units.missing(request, "visits"):
        _without("visits", "Visits", reason)
        return
    with guard():
        found = calendars.calendar(request, unit)
        section(
            found,
            "calendar",
            title="Who was to be visited, and when",
            subtitle=found.subtitle,
            picture=_calendar(request, found),
            below=found.plain_notes,
            file="visit-calendar",
        )
    with guard():
        every = visits.visits(request, unit)
        lines = cells.visits(request, rows.typed(Followed, every.rows), visits.may_act(request))
        grid = Grid(cells.VISITS, lines, open=FIRST, cards=True) if lines else None
        section(every, "visits", subtitle=every.subtitle, grid=grid)


def _calendar(request: Request, found: Disclosed) -> Picture | None:
    if not found.rows.num_rows:
        return None
    seen = set(found.rows.column("unit_code").to_pylist())
    columns = [code for code in units.visited(request) if code in seen]
    with_ocu = [(code, request.catalogue.ocu_of(code)) for code in columns]
    spec = visit_calendar.spec(len(columns), visit_calendar.height(found))
    ways = [
        (code, link(address.link_to("accountability", unit=code, view="visits"), code))
        for code in columns
    ]
    return Picture(spec, visit_calendar.data(found, with_ocu), ways=ways)


def reviewed(request: Request, unit: str) -> None:
    """The recommendations to be closed, the clock of reviews, and what came of all of them."""
    if not units.missing(request, "recommendations"):
        with guard():
            to_close(request, unit)
    left, right = st.columns([0.5, 0.5], gap="small")
    with left, guard():
        if reason := units.missing(request, "reviews"):
            _without("clock", "Reviews", reason)
        else:
            clock(request, unit)
    with right, guard():
        if reason := units.missing(request, "recommendations"):
            _without("ends", "Recommendations", reason)
        else:
            ended(request, unit)
    if not units.missing(request, "reviews"):
        with guard():
            tasked(request, unit)
    if not units.missing(request, "reviews", "recommendations"):
        with guard():
            brought(request, unit)


def to_close(request: Request, unit: str) -> None:
    """The recommendations that are not closed; the one that the address asks for is said first."""
    found = recommended.to_close(request, unit)
    asked = st.query_params.get(RECOMMENDATION)
    listed = rows.typed(Recommendation, found.rows)
    if not listed and not asked:
        return  # the totals below say it
    marks = ["chosen" if row["recommendation_ref"] == asked else "" for row in listed]
    lines = cells.to_close(request, listed)
    first = max(FIRST, marks.index("chosen") + 1 if "chosen" in marks else 0)
    section(
        found,
        "to-close",
        subtitle=found.subtitle,
        lead=_asked_for(listed, asked) if asked else (),
        grid=Grid(cells.TO_CLOSE, lines, marks, open=first, cards=True) if lines else None,
        below=found.plain_notes,
        file="recommendations-to-close",
    )


def _asked_for(listed: list[Recommendation], asked: str) -> list[str]:
    said = [recommended.sentence(row) for row in listed if row["recommendation_ref"] == asked]
    return said or [f"Recommendation {asked}, which the link names, is not among these."]


def tasked(request: Request, unit: str) -> None:
    """What the performance review unit and others have still to do."""
    found = reviews.tasks(request, unit)
    if not found.rows.num_rows:
        note(f"{found.title}.")
        return
    lines = cells.tasks(rows.typed(Task, found.rows))
    section(
        found,
        "tasks",
        subtitle=found.subtitle,
        grid=Grid(cells.TASKS, lines, open=FIRST, cards=True),
        below=found.plain_notes,
        file="reviews-tasked",
    )


def brought(request: Request, unit: str) -> None:
    """What each kind of review brought over the years, themed ones first."""
    found = yields.yields(request, unit)
    if not found.rows.num_rows:
        note(f"{found.title}.")
        return
    lines = cells.yields(rows.typed(Yield, found.rows))
    grid = Grid(cells.YIELDS, lines, open=FIRST, cards=True)
    section(
        found, "yields", subtitle=found.subtitle, grid=grid, below=found.plain_notes,
        file="what-reviews-brought",
    )  # fmt: skip


def clock(request: Request, unit: str) -> None:
    found = reviews.clock(request, unit)
    if not found.rows.num_rows:
        note(f"{found.title}.")
        return
    kept = rows.typed(Kept, found.rows)
    now = planning_year_start(request.as_at)
    years = planning_year_words(now), planning_year_words(now - timedelta(days=1))
    drawn = [row for row in kept if row["due"]]
    figures = [(row["kind_words"], words, n) for row in drawn for words, n in _ends_of(row)]
    section(
        found,
        "clock",
        lead=[f"Due in {years[0]} so far:"] if drawn else [],
        picture=_stack(
            figures, [words for words, _ in _ends_of(drawn[0])] if drawn else [], ENDS_PAINTED[:3]
        ),
        grid=Grid(cells.clock_columns(*years), cells.clock(kept), cards=True),
        below=found.plain_notes,
        file="review-clock",
    )


def _ends_of(row: Kept) -> list[tuple[str, int]]:
    """What became of the reviews due this year: done by their day, late, not done."""
    waiting = row["due"] - row["kept"] - row["late"]
    return [("By their day", row["kept"]), ("Late", row["late"]), ("Overdue", waiting)]


def ended(request: Request, unit: str) -> None:
    found = reviews.ends(request, unit)
    known = rows.typed(Ended, found.rows)
    figures = [
        (row["feeds_words"], reviews.ENDS[end], n)
        for row in known
        for end, n in reviews.by_end(row).items()
    ]
    section(
        found,
        "ends",
        title="What came of recommendations",
        lead=[f"{phrases.sentence(found.subtitle)}."],
        picture=_stack(figures, list(reviews.ENDS.values()), ENDS_PAINTED),
        grid=Grid(cells.ended_columns("To"), cells.ended(known), cards=True) if known else None,
        file="recommendations",
    )
    with guard():
        owned = reviews.owners(request, unit)
        lines = cells.owned(request, rows.typed(Owned, owned.rows))
        if lines:
            section(owned, "owners", grid=Grid(cells.ended_columns("Owner"), lines, cards=True))


def improved(request: Request, unit: str) -> None:
    """The areas for improvement under the nine criteria: scores, leads, due, status."""
    if reason := units.missing(request, "improvements"):
        _without("areas", "Areas for improvement", reason)
        return
    with guard():
        found = improvement.areas(request, unit)
        areas = rows.typed(Area, found.rows)
        known = any(row["title"] for row in areas)
        picture = Picture(scores.spec(len(areas)), scores.data(found), beside=0.42)
        section(
            found,
            "areas",
            title="By criterion",
            picture=picture if known else None,
            grid=Grid(cells.AREAS, cells.areas(request, areas), cards=True) if known else None,
            below=found.plain_notes,
            file="areas-for-improvement",
        )


def _without(name: str, title: str, reason: str) -> None:
    with card(name, f"{title} [x]"):
        note(reason)


def signed(request: Request, unit: str) -> None:
    """What is signed and what is still to be, and the form to sign with."""
    left, right = st.columns([0.66, 0.34], gap="small")
    with left, guard():
        found = signatures.listed(request, unit)
        lines = cells.signatures(rows.typed(Signature, found.rows))
        grid = Grid(cells.SIGNED, lines, open=FIRST, cards=True) if lines else None
        section(
            found,
            "signatures",
            title="What is to be signed first",
            grid=grid,
            below=found.plain_notes,
            file="sign-offs",
        )
    with right, guard():
        signing.form(request, unit)


def aimed(request: Request, unit: str) -> None:
    """What OCUs proposed as their targets, and the forms to decide of them and to propose."""
    left, right = st.columns([0.66, 0.34], gap="small")
    found = targets.listed(request, unit)
    listed = rows.typed(Proposed, found.rows)
    with left, guard():
        grid = (
            Grid(cells.TARGETS, cells.targets(request, listed), open=FIRST, cards=True)
            if listed
            else None
        )
        section(
            found,
            "targets",
            title="Proposed targets",
            grid=grid,
            below=found.plain_notes,
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
