"""The decisions as a meeting sees them: overdue first, then results, then what is still to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.decisions import book, fields, moves
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
        ("state", pa.string()),
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


def board(request: Request, *, before_only: bool = False, live_only: bool = False) -> Disclosed:
    """Every decision known at the request's meeting, in the order in which it is asked after.

    before_only  those of earlier meetings alone: what was decided last time
    live_only    those that stand, or whose result or withdrawal is new at this meeting
    """
    held = known(request)
    rows = [row_of(request, row, held) for row in held.decisions]
    if before_only:
        rows = [row for row in rows if row["meeting"] < request.meeting]
    title = words.title(rows)
    if live_only:
        rows = [row for row in rows if row["state"] in ("open", "done") or _fresh(request, row)]
    rows.sort(key=_order)
    return disclosed(request, rows, title)


def disclosed(request: Request, rows: Sequence[Row], title: str) -> Disclosed:
    """Rows of `row_of` as a result."""
    return request.disclose(
        pa.Table.from_pylist(
            [{name: row[name] for name in COLUMNS.names} for row in rows], COLUMNS
        ),
        title=title,
        subtitle=f"as they stood at the meeting of {day_words(meetings.day_of(request))}",
        notes=("Signed with the names that were typed: nobody signs in yet.",),
    )


def decided_here(request: Request) -> Disclosed:
    """What was decided at the request's own meeting, the first first."""
    held = known(request)
    rows = [
        row_of(request, row, held) for row in held.decisions if row["meeting"] == request.meeting
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
    late = row["state"] == "open" and row["due"] < request.meeting
    said = {
        **row,
        "ratio": None if row["ratio"] is None else float(row["ratio"]),
        "measure_name": measure.name if measure else (row["measure"] or ""),
        "place": words.place(names, row["unit"] or ""),
        "standing": words.standing(row, request.meeting),
        "overdue": late,
        "carried": max(0, (request.meeting - row["due"]) // calendar().window) if late else 0,
        "new_result": found is not None and found["changed_at"] >= clock.begin(request),
        "verdict": found["verdict"] if found else "",
        "tactic": fields.TACTICS[row["tactic"]],
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
    """'6 officers and 120 hours, £3,045.60, from OCU1 to OCU7'."""
    said = []
    for item in items:
        parts = [f"{item.officers} officer{'' if item.officers == 1 else 's'}"] * bool(
            item.officers
        )
        parts += [f"{item.hours.normalize():f} hours, £{item.cost_gbp:,.2f}"] * bool(item.hours)
        said.append(f"{phrases.listed(parts)} from {item.giver} to {item.taker}")
    return "; ".join(said)


def _fresh(request: Request, row: Row) -> bool:
    """Whether a decision was judged or withdrawn since the meeting before."""
    since = clock.begin(request)
    if row["state"] == "known":
        return row["new_result"]
    return row["state"] == "withdrawn" and row["changed_at"] >= since


def _order(row: Row) -> tuple[Any, ...]:
    rank = {"open": 2, "done": 3, "known": 4, "withdrawn": 5}[row["state"]]
    rank = 0 if row["overdue"] else 1 if row["new_result"] else rank
    return rank, row["due"], row["meeting"], row["id"]
