"""The decisions as a meeting sees them: overdue first, then results, then what is still to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.decisions import book, fields, moves, who
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
        *((name, pa.string()) for name in ("state", "raised_from")),
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


def known(request: Request) -> book.Book:
    """All that is written of decisions, as it stood at the request's meeting."""
    return book.book(request.data, clock.end(request))


def board(
    request: Request,
    *,
    before_only: bool = False,
    live_only: bool = False,
    of: Callable[[Row], bool] | None = None,
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
    rows = [
        _standing(row, held, begin, meeting) | {"row": row}
        for row in held.decisions
        if (of is None or of(row)) and (not before_only or row["meeting"] < meeting)
    ]
    title = words.title(rows)
    if live_only:
        rows = [row for row in rows if row["state"] in ("open", "done") or row["fresh"]]
    rows.sort(key=_order)
    # Of thousands only those that are shown are put into words.
    return disclosed(request, [row_of(request, item["row"], held) for item in rows[:most]], title)


def _standing(row: Row, held: book.Book, begin: datetime, meeting: date) -> Row:
    """How a decision stands at a meeting: what a list is ordered by, and its title counts."""
    found = held.results.get(row["id"])
    new = found is not None and found["changed_at"] >= begin
    withdrawn = row["state"] == "withdrawn" and row["changed_at"] >= begin
    return {
        **{name: row[name] for name in ("id", "state", "due", "meeting")},
        "overdue": row["state"] == "open" and row["due"] < meeting,
        "new_result": new,
        "verdict": found["verdict"] if found else "",
        "fresh": withdrawn or (new and row["state"] == "known"),
    }


def disclosed(request: Request, rows: Sequence[Row], title: str) -> Disclosed:
    """Rows of `row_of` as a result."""
    return request.disclose(
        pa.Table.from_pylist(
            [{name: row[name] for name in COLUMNS.names} for row in rows], COLUMNS
        ),
        title=title,
        subtitle=f"as they stood at the meeting of {day_words(meetings.day_of(request))}",
        notes=_unsigned(rows),
    )


def _unsigned(rows: Sequence[Row]) -> tuple[str, ...]:
    """That names were only typed, where some were."""
    typed = any(str(row.get("changed_by")).endswith(f"({who.UNSIGNED})") for row in rows)
    return ("Names were typed, not signed in, where that is said.",) if typed else ()


def star_chamber(row: Row) -> bool:
    """Whether the Star Chamber decided it, which asks after it itself."""
    return row["raised_from"] == fields.STAR_CHAMBER


def tasking(row: Row) -> bool:
    """Whether the tasking meeting asks after it."""
    return not star_chamber(row)


def decided_here(request: Request, of: Callable[[Row], bool] = tasking) -> Disclosed:
    """What was decided at the request's own meeting, the first first."""
    held = known(request)
    rows = [
        row_of(request, row, held)
        for row in held.decisions
        if row["meeting"] == request.meeting and of(row)
    ]
    count = len(rows)
    title = (
        f"{count} decision{'' if count == 1 else 's'} made at this meeting"
        if rows
        else "Nothing was decided at this meeting yet"
    )
    return disclosed(request, rows, title)


def row_of(request: Request, row: Row, held: book.Book) -> Row:
    """A decision with its words, its result and how it stands at the request's meeting."""
    catalogue = request.catalogue
    names = [
        catalogue.areas[code].name for code in row["boroughs"] or () if code in catalogue.areas
    ]
    measure = request.measures.get(row["measure"] or "")
    found, seal = held.results.get(row["id"]), held.seals.get(row["id"])
    meeting = request.meeting
    how = _standing(row, held, clock.begin(request), meeting)
    late = how["overdue"]
    said = {
        **row,
        **how,
        "ratio": None if row["ratio"] is None else float(row["ratio"]),
        "measure_name": measure.name if measure else (row["measure"] or ""),
        "place": words.place(names, row["unit"] or ""),
        "standing": words.standing(row, meeting),
        "carried": max(0, (meeting - row["due"]) // calendar().window) if late else 0,
        "judged_on": found["as_at"] if found else None,
        "tactic": fields.EVERY_TACTIC[row["tactic"]],
        "priority_code": row["priority"],
        "priority": priority_words(request, row["priority"]),
        "comments": len(held.comments.get(row["id"], ())),
        "cost_gbp": float(sum(item.cost_gbp for item in moves.read(row["moves"]))),
        "moved": moved_words(moves.read(row["moves"])),
    }
    result = words.result(said, seal["sealed"], found["found"]) if found and seal else ""
    figures = words.figures(seal["sealed"], found["found"]) if found and seal else {}
    return (
        dict.fromkeys(words.FIGURES)
        | said
        | {"effect": words.effect(said), "result": result}
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


def _order(row: Row) -> tuple[Any, ...]:
    rank = {"open": 2, "done": 3, "known": 4, "withdrawn": 5}[row["state"]]
    rank = 0 if row["overdue"] else 1 if row["new_result"] else rank
    return rank, row["due"], row["meeting"], row["id"]
