"""What decisions achieved, by priority: from the book, as it stood at the meeting."""

from __future__ import annotations

from typing import TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.decisions import board
from dashboard.reports.decisions.board import Decided
from dashboard.reports.request import Request, meetings
from dashboard.words import phrases

NONE = "Of no priority"
STATES = {
    "worked": "Worked",
    "did_not": "Effect not seen",
    "not_told": "Could not be told",
    "waiting": "Result to come",
    "other": "No result asked",
    "withdrawn": "Withdrawn",
}


class Achieved(TypedDict):
    """What came of the decisions of a priority, and the cost of what they moved."""

    priority: str
    n: int
    worked: int
    did_not: int
    not_told: int
    waiting: int
    other: int
    withdrawn: int
    cost_gbp: float


def achieved(request: Request) -> Disclosed:
    """One row a priority with decisions, in the order of the plan; those of none last.

    worked, did_not, not_told  results known by then; waiting: an effect is expected, none is known
    other                      no effect was expected of it that could be told
    cost_gbp                   of what they moved
    """
    decided = rows.typed(Decided, board.board(request).rows)
    named = [item.name for item in request.catalogue.priorities]
    seen = dict.fromkeys(row["priority"] for row in decided)
    order = [name for name in dict.fromkeys(named) if name in seen]
    order += [name for name in seen if name not in named]
    sums = [_sum(name, [row for row in decided if row["priority"] == name]) for name in order]
    return request.disclose(
        rows.table(Achieved, sums),
        title=_title(decided),
        subtitle=f"as they stood at the meeting of {day_words(meetings.day_of(request))}",
        notes=("Worked: beyond what was sealed without the action, by the rule of each decision.",),
    )


def results(request: Request) -> Disclosed:
    """The decisions with a result, the latest first, each in its sentence."""
    judged = [row for row in rows.typed(Decided, board.board(request).rows) if row["verdict"]]
    judged.sort(key=lambda row: row["meeting"], reverse=True)
    many = f"{len(judged)} result{'' if len(judged) == 1 else 's'} known"
    return board.disclosed(request, judged, many if judged else "No result is known yet")


def _sum(name: str, decided: list[Decided]) -> Achieved:
    states = [state(row) for row in decided]
    return {
        "priority": name or NONE,
        "n": len(decided),
        "worked": states.count("worked"),
        "did_not": states.count("did_not"),
        "not_told": states.count("not_told"),
        "waiting": states.count("waiting"),
        "other": states.count("other"),
        "withdrawn": states.count("withdrawn"),
        "cost_gbp": sum(row["cost_gbp"] for row in decided),
    }


def by_state(row: Achieved) -> dict[str, int]:
    """How many came to each of STATES, in their order."""
    return {
        "worked": row["worked"],
        "did_not": row["did_not"],
        "not_told": row["not_told"],
        "waiting": row["waiting"],
        "other": row["other"],
        "withdrawn": row["withdrawn"],
    }


def state(row: Decided) -> str:
    """Which of STATES a decision is in."""
    if row["verdict"]:
        return row["verdict"] if row["verdict"] in ("worked", "did_not") else "not_told"
    if row["state"] == "withdrawn":
        return "withdrawn"
    return "waiting" if row["ratio"] is not None else "other"


def _title(decided: list[Decided]) -> str:
    """'Of 12 decisions 3 worked, 2 did not, 1 could not be told; 6 have no result yet'."""
    if not decided:
        return "Nothing was decided by then"
    states = [state(row) for row in decided]
    known = [states.count(key) for key in ("worked", "did_not", "not_told")]
    if not sum(known):
        many = phrases.many(len(decided), "decision")
        return f"No result of {many} is known yet"
    return (
        f"Of {sum(known)} result{'' if sum(known) == 1 else 's'} of decisions {known[0]} worked, "
        f"{known[1]} did not, {known[2]} could not be told"
    )
