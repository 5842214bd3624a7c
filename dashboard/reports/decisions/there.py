"""Decisions that concern one area: meant to act there, or raised from what was found there."""

from __future__ import annotations

from dashboard.access import Disclosed
from dashboard.reports.alerts.alert_row import JOIN
from dashboard.reports.decisions import board
from dashboard.reports.decisions.board import Whole
from dashboard.reports.request import Request, clock
from dashboard.words import phrases


def concerns(row: Whole, borough: str, *, alone: bool = False) -> bool:
    """Whether a decision concerns the area; `alone`: and no other, for who sees only that one."""
    origin = (row["origin"] or {}).get("borough") or ""
    places = {*(row["boroughs"] or ()), *filter(None, origin.split(JOIN))}
    return borough in places and (not alone or places == {borough})


def there(request: Request, borough: str) -> Disclosed:
    """Decisions of the area that stand, or whose result or withdrawal is new, the latest first."""
    held, begin = board.book_of(request), clock.begin(request)
    heads = [
        head
        for head in held.heads
        if (how := board.standing(head, begin, request.meeting)).live or how.fresh
    ]
    alone = not request.whole
    every = board.rows_of(request, held, heads)
    found = [row for row in every if concerns(row, borough, alone=alone)]
    found.sort(key=lambda row: row["meeting"], reverse=True)
    name = request.catalogue.areas[borough].name
    many = phrases.many(len(found), "decision") if found else "No decision"
    verb = "concerns" if len(found) < 2 else "concern"
    return board.disclosed(request, found, f"{many} {verb} {name}")
