"""The decisions as a meeting sees them: overdue first, then results, then what is still to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.decisions import fields, moves, reading, who
from dashboard.decisions.reading import Head
from dashboard.periods import calendar, day_words
from dashboard.reports import clock, meetings
from dashboard.reports.decisions import decision_words as words
from dashboard.reports.request import Request
from dashboard.store.writing import Row
from dashboard.words import phrases

COLUMNS = pa.schema(
    [
        ("id", pa.string()),
        ("meeting", pa.date32()),
        ("what", pa.string()),
        *((name, pa.string()) for name in ("tactic", "four_p", "priority", "owner_unit")),
        ("owner_post", pa.string()),
        ("due", pa.date32()),
        *((name, pa.string()) for name in ("state", "raised_from", "about")),
        ("standing", pa.string()),
        ("overdue", pa.bool_()),
        ("carried", pa.int64()),
        ("new_result", pa.bool_()),
        *((name, pa.string()) for name in ("measure", "measure_name", "unit", "place")),
        ("boroughs", pa.list_(pa.string())),
        ("ratio", pa.float64()),
        ("horizon", pa.int64()),
        ("sure", pa.int64()),
        ("effect", pa.string()),
        ("cost_gbp", pa.float64()),
        ("moved", pa.string()),
        ("verdict", pa.string()),
        ("judged_on", pa.date32()),
        ("result", pa.string()),
        *((name, pa.float64()) for name in words.FIGURES),
        ("reason", pa.string()),
        ("comments", pa.int64()),
        ("done_on", pa.date32()),
        ("version", pa.int64()),
    ]
)


RANKS = {"open": 2, "done": 3, "known": 4, "withdrawn": 5}


def known(request: Request) -> reading.Book:
    """What is written of decisions, as it stood at the request's meeting."""
    return reading.book(request.data, clock.end(request))


def board(
    request: Request,
    *,
    before_only: bool = False,
    live_only: bool = False,
    of: Callable[[Head], bool] | None = None,
    most: int | None = None,
) -> Disclosed:
    """Every decision known at the request's meeting, in the order in which it is asked after.

    before_only  those of earlier meetings alone: what was decided last time
    live_only    those that stand, or whose result or withdrawal is new at this meeting
    of           which of them: `tasking`, `star_chamber`; all where left out
    most         rows; of all where left out
    """
    held = known(request)
    begin, meeting = clock.begin(request), request.meeting
    found = [
        (head, standing(head, begin, meeting))
        for head in held.heads
        if (of is None or of(head)) and (not before_only or head.meeting < meeting)
    ]
    title = words.title([how for _, how in found])
    both = len({star_chamber(head) for head, _ in found}) > 1
    if live_only:
        found = [(head, how) for head, how in found if how.live or how.fresh]
    # Of thousands only those that are shown are read whole and put into words.
    first = [head for head, _ in sorted(found, key=lambda item: _order(*item))[:most]]
    return disclosed(request, rows_of(request, held, first), title, among=AMONG * both)


def standing(head: Head, begin: datetime, meeting: date) -> words.Standing:
    """How a decision stands at a meeting, which begins then."""
    new = head.judged_at is not None and head.judged_at >= begin
    withdrawn = head.state == "withdrawn" and head.changed_at >= begin
    return words.Standing(
        live=head.state in ("open", "done"),
        overdue=head.state == "open" and head.due < meeting,
        new_result=new,
        verdict=head.verdict or "",
        fresh=withdrawn or (new and head.state == "known"),
    )


AMONG = ", the Star Chamber’s among them"  # the tasking meeting counts its own alone


def disclosed(request: Request, rows: Sequence[Row], title: str, among: str = "") -> Disclosed:
    """Rows of `row_of` as a result; `among` says what else its title counts."""
    return request.disclose(
        pa.Table.from_pylist(
            [{name: row[name] for name in COLUMNS.names} for row in rows], COLUMNS
        ),
        title=title,
        subtitle=f"as they stood at the meeting of {day_words(meetings.day_of(request))}{among}",
        notes=_unsigned(rows),
    )


def _unsigned(rows: Sequence[Row]) -> tuple[str, ...]:
    """That names were only typed, where some were."""
    typed = any(str(row.get("changed_by")).endswith(f"({who.UNSIGNED})") for row in rows)
    return ("Names were typed, not signed in, where that is said.",) if typed else ()


def star_chamber(head: Head) -> bool:
    """Whether the Star Chamber decided it, which asks after it itself."""
    return head.raised_from == fields.STAR_CHAMBER


def tasking(head: Head) -> bool:
    """Whether the tasking meeting asks after it."""
    return not star_chamber(head)


def decided_here(request: Request, of: Callable[[Head], bool] = tasking) -> Disclosed:
    """What was decided at the request's own meeting, the first first."""
    held = known(request)
    here = [head for head in held.heads if head.meeting == request.meeting and of(head)]
    rows = rows_of(request, held, here)
    count = len(rows)
    title = (
        f"{count} decision{'' if count == 1 else 's'} made at this meeting"
        if rows
        else "Nothing was decided at this meeting yet"
    )
    return disclosed(request, rows, title)


def rows_of(request: Request, held: reading.Book, heads: Iterable[Head]) -> list[Row]:
    """Decisions with their words, their results and how they stand at the request's meeting."""
    shown = list(heads)
    parts = held.whole(shown)
    return [
        _row_of(request, head, row, parts) for head, row in zip(shown, parts.decisions, strict=True)
    ]


def _row_of(request: Request, head: Head, row: Row, held: reading.Whole) -> Row:
    catalogue = request.catalogue
    names = [
        catalogue.areas[code].name for code in row["boroughs"] or () if code in catalogue.areas
    ]
    measure = request.measures.get(row["measure"] or "")
    found, seal = held.results.get(row["id"]), held.seals.get(row["id"])
    meeting = request.meeting
    how = standing(head, clock.begin(request), meeting)
    said = {
        **row,
        **{name: getattr(how, name) for name in ("overdue", "new_result", "verdict")},
        "about": head.about,  # the measure of what it was raised from
        "judged_at": head.judged_at,
        "ratio": None if row["ratio"] is None else float(row["ratio"]),
        "measure_name": measure.name if measure else (row["measure"] or ""),
        "place": words.place(names, row["unit"] or ""),
        "standing": words.standing(row, meeting),
        "carried": max(0, (meeting - row["due"]) // calendar().window) if how.overdue else 0,
        "judged_on": head.judged_as_at,
        "tactic": fields.EVERY_TACTIC[row["tactic"]],
        "priority_code": row["priority"],
        "priority": priority_words(request, row["priority"]),
        "comments": held.comments.get(row["id"], 0),
        "cost_gbp": float(sum(item.cost_gbp for item in moves.read(row["moves"]))),
        "moved": moved_words(moves.read(row["moves"])),
    }
    came = words.result(said, seal["sealed"], found["found"]) if found and seal else ""
    figures = words.figures(seal["sealed"], found["found"]) if found and seal else {}
    return (
        dict.fromkeys(words.FIGURES)
        | said
        | {"effect": words.effect(said), "result": came}
        | figures
    )


def priority_words(request: Request, code: str | None) -> str:
    """The name of a priority of the control strategy; '' for none."""
    return next((item.name for item in request.catalogue.priorities if item.code == code), "")


def moved_words(items: Sequence[moves.Move]) -> str:
    """'6 officers and 120 hours, £3,045.60, from OCU1 to OCU7'; '£20,000.00 of budget from …'."""
    said = []
    for item in items:
        parts = [f"{item.officers} officer{'' if item.officers == 1 else 's'}"] * bool(
            item.officers
        )
        hours = item.cost_gbp - item.budget_gbp
        parts += [f"{item.hours.normalize():f} hours, £{hours:,.2f}"] * bool(item.hours)
        parts += [f"£{item.budget_gbp:,.2f} of budget"] * bool(item.budget_gbp)
        said.append(f"{phrases.listed(parts)} from {item.giver} to {item.taker}")
    return "; ".join(said)


def _order(head: Head, how: words.Standing) -> tuple[Any, ...]:
    rank = 0 if how.overdue else 1 if how.new_result else RANKS[head.state]
    return rank, head.due, head.meeting, head.id
