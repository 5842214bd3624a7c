"""Rows of reviews and recommendations as cells of the page's tables. Pure but for links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.reports import Request
from dashboard.reports.accountability.outcomes import Ended, Ends, Owned
from dashboard.reports.accountability.recommended import Recommendation
from dashboard.reports.accountability.reviews import Kept, Task
from dashboard.ui.accountability.cells import ENDED, count, over, unit
from dashboard.ui.kit.markup import MISSING, Column, Html, small
from dashboard.words import dates, numbers

TO_CLOSE = (
    Column("Recommendation"),
    Column("Owner", wrap=False),
    Column("Due", wrap=False),
    Column("Days", "right"),
    Column("Of"),
)
TASKS = (
    Column("Review"),
    Column("Unit", wrap=False),
    Column("Tasked by"),
    Column("Due", wrap=False),
    Column("Days", "right"),
)


def to_close(request: Request, rows: Iterable[Recommendation]) -> list[list[Any]]:
    """A recommendation a line: what it feeds, whose it is and by when, and its review."""
    return [
        [
            f"{row['recommendation_ref']} to {row['feeds_words'].lower()}",
            unit(request, row["unit_code"]),
            dates.day(row["due_on"], weekday=False),
            over(row["days_over"]) if row["days_over"] > 0 else f"{-row['days_over']} left",
            small(row["review_words"]),
        ]
        for row in rows
    ]


def tasks(rows: Iterable[Task]) -> list[list[Any]]:
    """A review a line: by when it is to be done, or for how long it should have been."""
    return [
        [
            row["kind_words"],
            row["unit_code"],
            row["tasked_by"] or MISSING,
            dates.day(row["due_on"], weekday=False),
            over(row["days_over"]) if row["days_over"] > 0 else f"{-row['days_over']} left",
        ]
        for row in rows
    ]


def clock_columns(now: str, before: str) -> list[Column]:
    """Heads of the reviews' table; the planning years in words."""
    return [
        Column("Review"),
        Column(f"By their day {now}", "right"),
        Column(f"By their day {before}", "right"),
        Column("Overdue", "right"),
        Column("Open, not yet due", "right"),
    ]


def clock(rows: Iterable[Kept]) -> list[list[Any]]:
    """A kind of review a line: done by their day of those due."""
    return [
        [
            row["kind_words"],
            _kept(row["kept"], row["due"]),
            _kept(row["kept_before"], row["due_before"]),
            count(row["overdue"]),
            numbers.number(row["open"]),
        ]
        for row in rows
    ]


def _kept(kept: int, due: int) -> str:
    share = kept / due if due else None
    return numbers.figure_with_parts(share, "percent", (kept, due)) if due else "none due"


def ended_columns(first: str) -> list[Column]:
    """Heads of a table of recommendations' ends."""
    return [Column(first), *(Column(words, "right") for words in ENDED)]


def ended(rows: Iterable[Ended]) -> list[list[Any]]:
    """A line by what recommendations feed."""
    return [[row["feeds_words"], *_ends(row)] for row in rows]


def owned(request: Request, rows: Iterable[Owned]) -> list[list[Any]]:
    """The same by the unit that owns them."""
    return [[unit(request, row["unit_code"]), *_ends(row)] for row in rows]


def _ends(row: Ends) -> list[Html | str]:
    return [
        numbers.number(row["n"]),
        numbers.number(row["in_time"]),
        numbers.number(row["late"]),
        count(row["overdue"]),
        numbers.number(row["open"]),
    ]
