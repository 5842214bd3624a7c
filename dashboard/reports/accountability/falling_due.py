"""What is overdue and what falls due before the next meeting: a list, and a message to mail."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.accountability import owed
from dashboard.reports.accountability.owed import Owed
from dashboard.reports.accountability.units import rows_below
from dashboard.reports.request import Request
from dashboard.reports.tasking import digest
from dashboard.reports.tasking.digest import Digest, Part
from dashboard.words import names, phrases

MOST = 12  # lines of a part in the meeting's digest; a unit's own message has all
OVERDUE, COMING = "Overdue", "Due before the next meeting"


class Falling(Owed):
    """Something owed, with its kind and how far from its day it is in words."""

    item_words: str
    when_words: str


def listed(request: Request, unit: str) -> Disclosed:
    """What of `unit` and below it is overdue, then what falls due up to the next meeting's day.

    Not kept: each who looks at records is told to the audit.
    """
    until = owed.next_meeting(request)
    falling: list[Falling] = [
        {
            **row,
            "item_words": owed.ITEMS[row["item"]][0],
            "when_words": when(row["days_over"]),
        }
        for row in rows_below(request, unit, owed.due_before(request, until))
    ]
    return request.disclose(
        rows.table(Falling, falling),
        title=_title(request, falling),
        subtitle=f"{names.unit(request.catalogue, unit)}, as at {day_words(request.as_at)}",
        query="records_owed" if request.role.records != "none" else "duties_owed",
        params={"until": until},
        unit=unit,
    )


def _title(request: Request, falling: list[Falling]) -> str:
    """'3 are overdue, 2 fall due before 27 July 2032'."""
    over = sum(row["days_over"] > 0 for row in falling)
    coming = len(falling) - over
    said = f"{over or 'none'} {'is' if over < 2 else 'are'} overdue"
    falls = f"{coming or 'none'} {'falls' if coming < 2 else 'fall'} due before"
    return phrases.sentence(f"{said}, {falls} {day_words(owed.next_meeting(request))}")


def parts(owing: Iterable[Owed], most: int | None = None) -> list[Part]:
    """What is owed as parts of a message, what is overdue first.

    most  lines of each part; the others are counted
    """
    every = list(owing)
    said = []
    for heading, late in ((OVERDUE, True), (COMING, False)):
        own = [_line(row) for row in every if (row["days_over"] > 0) == late]
        more = len(own) - most if most is not None else 0
        if more > 0:
            own = [*own[:most], f"And {more} more."]
        if own:
            said.append((heading, tuple(own)))
    return said


def when(days: int) -> str:
    """How far from its day a thing is at the as-at: '14 days over', 'due today', 'in 1 day'."""
    if not days:
        return "due today"
    said = phrases.many(abs(days), "day")
    return f"{said} over" if days > 0 else f"in {said}"


def _line(row: Owed) -> str:
    """'28 June 2032, 14 days over: Return of OCU6 May 2032 (OCU6).'"""
    since = f", {when(row['days_over'])}" if row["days_over"] > 0 else ""
    whose = f" ({row['unit_code']})" if row["unit_code"] else ""
    return f"{day_words(row['due_on'])}{since}: {row['description']}{whose}."


def of_meeting(request: Request) -> list[Part]:
    """The parts that the meeting's own digest carries: all but decisions, which it has already."""
    owing = owed.due_before(request, owed.next_meeting(request))
    return parts((row for row in owing if row["item"] != "decision"), MOST)


def message(request: Request, unit: str) -> Digest:
    """What is overdue and falls due of a unit, as a message to whoever leads it."""
    disclosed = listed(request, unit)
    held = digest.headed(request)
    return Digest(
        marking=held.marking,
        subject=f"{held.sample}{names.unit(request.catalogue, unit)}: {disclosed.title}",
        lead=f"{disclosed.title}.",
        parts=tuple(parts(rows.typed(Falling, disclosed.rows))),
        foot=held.foot,
    )
