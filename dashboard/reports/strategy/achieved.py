"""What decisions achieved, by priority: from the book, as it stood at the meeting."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports import meetings
from dashboard.reports.decisions import board
from dashboard.reports.request import Request

Row = dict[str, Any]
NONE = "Of no priority"
STATES = {
    "worked": "Worked",
    "did_not": "Did not work",
    "not_told": "Could not be told",
    "waiting": "Result to come",
    "other": "No result asked",
    "withdrawn": "Withdrawn",
}
SUMS = pa.schema(
    [
        ("priority", pa.string()),
        ("n", pa.int64()),
        *((name, pa.int64()) for name in STATES),
        ("cost_gbp", pa.float64()),
    ]
)


def achieved(request: Request) -> Disclosed:
    """One row a priority with decisions, in the order of the plan; those of none last.

    worked, did_not, not_told  results known by then; waiting: an effect is expected, none is known
    other                      no effect was expected of it that could be told
    cost_gbp                   of what they moved
    """
    rows = board.board(request).rows.to_pylist()
    named = [item.name for item in request.catalogue.priorities]
    seen = dict.fromkeys(row["priority"] for row in rows)
    order = [name for name in dict.fromkeys(named) if name in seen]
    order += [name for name in seen if name not in named]
    sums = [_sum(name, [row for row in rows if row["priority"] == name]) for name in order]
    return request.disclose(
        pa.Table.from_pylist(sums, SUMS),
        title=_title(rows),
        subtitle=f"as they stood at the meeting of {day_words(meetings.day_of(request))}",
        notes=("Worked: beyond what was sealed without the action, by the rule of each decision.",),
    )


def results(request: Request) -> Disclosed:
    """The decisions with a result, the latest first, each in its sentence."""
    rows = [row for row in board.board(request).rows.to_pylist() if row["verdict"]]
    rows.sort(key=lambda row: row["meeting"], reverse=True)
    many = f"{len(rows)} result{'' if len(rows) == 1 else 's'} known"
    return board.disclosed(request, rows, many if rows else "No result is known yet")


def _sum(name: str, rows: list[Row]) -> Row:
    states = [state(row) for row in rows]
    return {
        "priority": name or NONE,
        "n": len(rows),
        **{key: states.count(key) for key in STATES},
        "cost_gbp": sum(row["cost_gbp"] for row in rows),
    }


def state(row: Row) -> str:
    """Which of STATES a decision is in."""
    if row["verdict"]:
        return row["verdict"] if row["verdict"] in ("worked", "did_not") else "not_told"
    if row["state"] == "withdrawn":
        return "withdrawn"
    return "waiting" if row["ratio"] is not None else "other"


def _title(rows: list[Row]) -> str:
    """'Of 12 decisions 3 worked, 2 did not, 1 could not be told; 6 have no result yet'."""
    if not rows:
        return "Nothing was decided by then"
    states = [state(row) for row in rows]
    known = [states.count(key) for key in ("worked", "did_not", "not_told")]
    if not sum(known):
        return f"No result of {len(rows)} decision{'' if len(rows) == 1 else 's'} is known yet"
    return (
        f"Of {sum(known)} result{'' if sum(known) == 1 else 's'} of decisions {known[0]} worked, "
        f"{known[1]} did not, {known[2]} could not be told"
    )
