"""What the meeting is to decide, from what it is shown; and the item that it ends with.

`read_back` is the place of the last item: what it returns is what the wall reads back.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.access import Disclosed
from dashboard.periods import calendar, day_words
from dashboard.reports.alerts import alert_list
from dashboard.reports.decisions import board
from dashboard.reports.request import Request
from dashboard.reports.tasking import bar_rows, objectives, pressures, problems
from dashboard.reports.tasking.item import brief
from dashboard.words import phrases

MOST = 5
MOST_READ = 5  # decisions that one screen holds
DECIDE, DECIDED = "6 · Decide", "6 · What was decided"


@dataclass(frozen=True)
class Question:
    """One thing to decide, and the unit that answers for it; '' where it is the directorate's.

    decision  the id of what was decided; '' of what is still to be
    """

    words: str
    owner: str = ""
    decision: str = ""


@dataclass(frozen=True)
class ReadBack:
    """The last item: its part of the meeting, its statement, a sentence below it, and its rows."""

    section: str
    title: str
    sentence: str
    rows: tuple[Question, ...]


def before(request: Request) -> Disclosed:
    """What earlier meetings decided that stands, or whose result is new at this one."""
    return board.board(request, before_only=True, live_only=True, of=board.tasking)


def decided(request: Request) -> Disclosed:
    """What was decided at this meeting."""
    return board.decided_here(request)


def questions(request: Request) -> tuple[Question, ...]:
    """At most five: the strongest problems, the targets likely to be missed, capacity, figures that
    are late. Fewer problems are named where there is more beside them."""
    others = (*_targets(request), *_capacity(request), *_late(request))
    items = problems.problems(request)[: MOST - len(others)]
    return (*(_of_problem(request, item) for item in items), *others)


def _of_problem(request: Request, item: problems.Problem) -> Question:
    owner = request.catalogue.ocu_of(request.measures[item.row["measure"]].owner)
    return Question(problems.short(request, item), owner)


def _targets(request: Request) -> tuple[Question, ...]:
    board = objectives.board(request).rows.to_pylist()
    aimed = bar_rows.objectives(board)
    missed = [row["label"] for row in aimed if bar_rows.outlook(row) == bar_rows.MISSED]
    if missed:
        many = "1 target is" if len(missed) == 1 else f"{len(missed)} targets are"
        return (Question(f"{many} likely to be missed: {phrases.listed_first(missed)}"),)
    worse = [row["label"] for row in bar_rows.lines(board) if row["tone"] == "bad"]
    verb = "is" if len(worse) == 1 else "are"
    return (Question(f"{phrases.listed_first(worse)} {verb} worse than usual"),) if worse else ()


def _capacity(request: Request) -> tuple[Question, ...]:
    able = pressures.pressure(request)
    over = any(row["alerts"] and (row["overtime"] or 0) > 1 for row in able.rows.to_pylist())
    return (Question(able.title),) if over else ()


def _late(request: Request) -> tuple[Question, ...]:
    fit = alert_list.alert_list(request).fit
    return (Question(fit[0].rstrip(".")),) if fit else ()


def read_back(request: Request) -> ReadBack:
    """What the meeting ends with: what was decided at it; before that, what is to be decided.

    Read anew each time: a decision may have been written since.
    """
    coming = request.catalogue.held_on(request.meeting + calendar().window)
    following = f"on {day_words(coming)}" if coming else "cancelled or not set"
    next_meeting = f"The next tasking meeting: {following}."
    here = decided(request)
    listed = here.rows.to_pylist()
    if listed:
        more = len(listed) - MOST_READ
        rest = f"{more} more on the decisions page. " if more > 0 else ""
        rows = tuple(
            Question(brief(row["what"]), row["owner_unit"], row["id"]) for row in listed[:MOST_READ]
        )
        return ReadBack(DECIDED, here.title, f"{rest}{next_meeting}", rows)
    asked = questions(request)
    many = {0: "Nothing asks", 1: "1 matter asks"}.get(len(asked), f"{len(asked)} matters ask")
    return ReadBack(
        DECIDE,
        title=f"{many} for a decision before the meeting ends",
        sentence=next_meeting,
        rows=asked,
    )
