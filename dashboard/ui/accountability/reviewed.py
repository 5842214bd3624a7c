"""The view of reviews and recommendations: what was brought, tasked, and how it ended."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboard import rows
from dashboard.periods import planning_year_start, planning_year_words
from dashboard.reports import Request
from dashboard.reports.accountability import (
    outcomes,
    recommended,
    reviews,
    units,
    yields,
)
from dashboard.reports.accountability.outcomes import Ended, Owned
from dashboard.reports.accountability.recommended import Recommendation
from dashboard.reports.accountability.reviews import Kept, Task
from dashboard.reports.accountability.yields import Yield
from dashboard.ui.accountability import cells, review_cells
from dashboard.ui.accountability.cells import RECOMMENDATION
from dashboard.ui.accountability.parts import FIRST, stack, without
from dashboard.ui.kit.section import Grid, note, section
from dashboard.ui.shell.incidents import guard
from dashboard.words import phrases

# Done in time and late, overdue, open: their places among the paints of bars.
ENDS_PAINTED = (0, 2, 1, 3)


def reviewed(request: Request, unit: str) -> None:
    """The recommendations to be closed, the clock of reviews, and what came of all of them."""
    if not units.missing(request, "recommendations"):
        with guard():
            to_close(request, unit)
    left, right = st.columns([0.5, 0.5], gap="small")
    with left, guard():
        if reason := units.missing(request, "reviews"):
            without("clock", "Reviews", reason)
        else:
            clock(request, unit)
    with right, guard():
        if reason := units.missing(request, "recommendations"):
            without("ends", "Recommendations", reason)
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
    recommendations = recommended.to_close(request, unit)
    asked = st.query_params.get(RECOMMENDATION)
    listed = rows.typed(Recommendation, recommendations.rows)
    if not listed and not asked:
        return  # the totals below say it
    marks = ["chosen" if row["recommendation_ref"] == asked else "" for row in listed]
    lines = review_cells.to_close(request, listed)
    first = max(FIRST, marks.index("chosen") + 1 if "chosen" in marks else 0)
    section(
        recommendations,
        "to-close",
        subtitle=recommendations.subtitle,
        lead=_asked_for(listed, asked) if asked else (),
        grid=Grid(review_cells.TO_CLOSE, lines, marks, open=first, cards=True) if lines else None,
        below=recommendations.plain_notes,
        file="recommendations-to-close",
    )


def _asked_for(listed: list[Recommendation], asked: str) -> list[str]:
    said = [recommended.sentence(row) for row in listed if row["recommendation_ref"] == asked]
    return said or [f"Recommendation {asked}, which the link names, is not among these."]


def tasked(request: Request, unit: str) -> None:
    """What the performance review unit and others have still to do."""
    tasks = reviews.tasks(request, unit)
    if not tasks.rows.num_rows:
        note(f"{tasks.title}.")
        return
    lines = review_cells.tasks(rows.typed(Task, tasks.rows))
    section(
        tasks,
        "tasks",
        subtitle=tasks.subtitle,
        grid=Grid(review_cells.TASKS, lines, open=FIRST, cards=True),
        below=tasks.plain_notes,
        file="reviews-tasked",
    )


def brought(request: Request, unit: str) -> None:
    """What each kind of review brought over the years, themed ones first."""
    gains = yields.yields(request, unit)
    if not gains.rows.num_rows:
        note(f"{gains.title}.")
        return
    lines = cells.yields(rows.typed(Yield, gains.rows))
    grid = Grid(cells.YIELDS, lines, open=FIRST, cards=True)
    section(
        gains, "yields", subtitle=gains.subtitle, grid=grid, below=gains.plain_notes,
        file="what-reviews-brought",
    )  # fmt: skip


def clock(request: Request, unit: str) -> None:
    review_clock = reviews.clock(request, unit)
    if not review_clock.rows.num_rows:
        note(f"{review_clock.title}.")
        return
    kept = rows.typed(Kept, review_clock.rows)
    now = planning_year_start(request.as_at)
    years = planning_year_words(now), planning_year_words(now - timedelta(days=1))
    drawn = [row for row in kept if row["due"]]
    figures = [(row["kind_words"], words, n) for row in drawn for words, n in _ends_of(row)]
    section(
        review_clock,
        "clock",
        lead=[f"Due in {years[0]} so far:"] if drawn else [],
        picture=stack(
            figures, [words for words, _ in _ends_of(drawn[0])] if drawn else [], ENDS_PAINTED[:3]
        ),
        grid=Grid(review_cells.clock_columns(*years), review_cells.clock(kept), cards=True),
        below=review_clock.plain_notes,
        file="review-clock",
    )


def _ends_of(row: Kept) -> list[tuple[str, int]]:
    """What became of the reviews due this year: done by their day, late, not done."""
    waiting = row["due"] - row["kept"] - row["late"]
    return [("By their day", row["kept"]), ("Late", row["late"]), ("Overdue", waiting)]


def ended(request: Request, unit: str) -> None:
    endings = outcomes.endings(request, unit)
    known = rows.typed(Ended, endings.rows)
    figures = [
        (row["feeds_words"], reviews.ENDS[end], n)
        for row in known
        for end, n in outcomes.by_end(row).items()
    ]
    section(
        endings,
        "ends",
        title="What came of recommendations",
        lead=[f"{phrases.sentence(endings.subtitle)}."],
        picture=stack(figures, list(reviews.ENDS.values()), ENDS_PAINTED),
        grid=Grid(review_cells.ended_columns("To"), review_cells.ended(known), cards=True)
        if known
        else None,
        file="recommendations",
    )
    with guard():
        owned = outcomes.owners(request, unit)
        lines = review_cells.owned(request, rows.typed(Owned, owned.rows))
        if lines:
            section(
                owned, "owners", grid=Grid(review_cells.ended_columns("Owner"), lines, cards=True)
            )
