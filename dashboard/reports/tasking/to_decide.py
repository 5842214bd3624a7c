"""What the meeting is to decide, from what it is shown; and the item that it ends with.

A matter is closed by a decision of this meeting that answers it; the others stay until the end.
`read_back` is the place of the last item: what it returns is what the wall reads back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.errors import NotFoundError
from dashboard.periods import calendar, day_words
from dashboard.reports.alerts import alert_list
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.decisions import board
from dashboard.reports.decisions.board import Decided, Whole
from dashboard.reports.request import Request
from dashboard.reports.tasking import bar_rows, objectives, pressures, problems
from dashboard.reports.tasking.board_rows import Said
from dashboard.reports.tasking.item import ALERT, HAND, TARGET, Origin, brief, of_alert
from dashboard.words import dates, phrases

MOST = 5
DECIDE, DECIDED = "6 · Decide", "6 · What was decided"
BY_HAND = Origin(HAND)
TARGETS, WORSE, CAPACITY, LATE = "targets", "worse", "capacity", "late"  # matters of no one measure


@dataclass(frozen=True)
class Question:
    """One thing to decide, and the unit that answers for it; '' where it is the directorate's.

    raises    what a decision on it is raised from
    answers   whether a decision of this meeting answers it
    decision  the id of what was decided; '' of what is still to be
    among     the measures that it is of, where it is of several
    short     the words, where there is room for one line or two
    detail    of what was decided: which matters it answers, by when, what moves, what is expected
    of        of no one measure: TARGETS, WORSE, CAPACITY or LATE
    """

    words: str
    owner: str = ""
    raises: Origin = BY_HAND
    answers: Callable[[Whole], bool] = lambda _: False
    decision: str = ""
    among: tuple[str, ...] = ()
    short: str = ""
    detail: str = ""
    of: str = ""


@dataclass(frozen=True)
class ReadBack:
    """The last item: its part of the meeting, its statement, a sentence below it, and its rows:
    what is open first, then the answers to matters in their order, then what else was decided."""

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
    are late. Fewer problems are named where there is more beside them.

    Those that this meeting decided on have the decision.
    """
    others = (*_targets(request), *_capacity(request), *_late(request))
    items = problems.problems(request)[: MOST - len(others)]
    asked = (*(_of_problem(request, item) for item in items), *others)
    made = board.made_here(request)
    return tuple(_answered(item, made) for item in asked)


def matter(request: Request, name: str) -> Question:
    """The question of a name, for the form that it is decided on.

    raises  NotFoundError where the meeting has no such
    """
    named = {item.raises.matter: item for item in questions(request) if item.raises.matter}
    if name not in named:
        raise NotFoundError("matter of the meeting", name, tuple(named))
    return named[name]


def unanswered(asked: Iterable[Question]) -> tuple[Question, ...]:
    """Those that no decision of the meeting answers yet."""
    return tuple(item for item in asked if not item.decision)


def told(made: Whole) -> str:
    """'decided: patrols round the shops: OCU7, Detective Superintendent, by 27 Jul'."""
    due = dates.day(made["due"], year=False, weekday=False)
    what = phrases.inside(brief(made["what"]))
    return f"decided: {what}: {made['owner_unit']}, {made['owner_post']}, by {due}"


def _answered(item: Question, made: Iterable[Whole]) -> Question:
    answer = (row["id"] for row in made if _raised(item, row) or item.answers(row))
    return replace(item, decision=next(answer, ""))


def _raised(item: Question, made: Whole) -> bool:
    """Whether a decision was raised from the question by its name."""
    name = item.raises.matter
    return name is not None and (made["origin"] or {}).get("matter") == name


def on_problem(item: problems.Problem, made: Decided) -> bool:
    """Whether a decision is on a problem: raised from its measure's alert, or meant to move that
    measure; in one of its boroughs, where both name some."""
    boroughs = set(made["boroughs"] or ()), set(item.boroughs)
    apart = all(boroughs) and not boroughs[0] & boroughs[1]
    return item.row["measure"] in (made["about"], made["measure"]) and not apart


def made_on(request: Request, row: Alert) -> list[Whole]:
    """What this meeting decided on the problem of an alert and did not take back."""
    item = problems.of_row(request, row)
    return [made for made in board.made_here(request) if on_problem(item, made)]


def _of_problem(request: Request, item: problems.Problem) -> Question:
    return Question(
        problems.short(request, item),
        problems.owner(request, item.row),
        of_alert(item.row),
        lambda made: on_problem(item, made),
        short=f"{item.row['name']}{problems.places(request, item)}",
    )


def _targets(request: Request) -> tuple[Question, ...]:
    measures = rows.typed(Said, objectives.board(request).rows)
    aimed = bar_rows.objectives(measures)
    missed = [row for row in aimed if bar_rows.outlook(row) == bar_rows.MISSED]
    if missed:
        many = "1 target is" if len(missed) == 1 else f"{len(missed)} targets are"
        names = phrases.listed_first([row.bar["label"] for row in missed])
        of = [row.of for row in missed]
        asked = _of_measures(f"{many} likely to be missed: {names}", TARGET, of, TARGETS)
        return (replace(asked, short=f"{many} likely to be missed"),)
    worse = [row.of for row in bar_rows.lines(measures) if row.line["tone"] == "bad"]
    verb = "is" if len(worse) == 1 else "are"
    names = phrases.listed_first([row["name"] for row in worse])
    said = f"{names} {verb} worse than usual"
    return (_of_measures(said, HAND, worse, WORSE),) if worse else ()


def _of_measures(words: str, kind: str, measures: list[Said], name: str) -> Question:
    """One question of several measures: a decision on one of them answers it, but what was decided
    on an alert is of that alert."""
    names = tuple(dict.fromkeys(row["measure"] for row in measures))

    def answers(made: Whole) -> bool:
        of = {made["about"], made["measure"]}
        return made["raised_from"] != ALERT and not of.isdisjoint(names)

    one = measures[0] if len(names) == 1 and kind == TARGET else None
    raises = Origin(kind, one["measure"], one["unit_code"]) if one else Origin(kind, matter=name)
    return Question(words, raises=raises, answers=answers, among=names, of=name)


def _capacity(request: Request) -> tuple[Question, ...]:
    able = pressures.pressure(request)
    units = rows.typed(pressures.Pressure, able.rows)
    over = [row["unit_code"] for row in pressures.over(units)]
    owner = over[0] if len(over) == 1 else ""
    raises = Origin(HAND, unit=owner or None, matter=CAPACITY)
    asked = Question(
        able.title,
        raises=raises,
        answers=lambda made: relieves(made, set(over)),
        short=f"{phrases.listed(over)}: overtime over profile",
        of=CAPACITY,
    )
    return (asked,) if over else ()


def relieves(made: Whole, over: set[str]) -> bool:
    """Whether a decision gives to each of the units that are over, and takes from none of them."""
    moved = made["moves"] or ()
    gives, gets = ({move[side] for move in moved} for side in ("giver", "taker"))
    return over <= gets and not over & gives


def _late(request: Request) -> tuple[Question, ...]:
    fit = alert_list.alert_list(request).fit
    return (Question(fit[0].rstrip("."), raises=Origin(HAND, matter=LATE), of=LATE),) if fit else ()


def read_back(request: Request, every: tuple[Question, ...]) -> ReadBack:
    """What the meeting ends with: what still asks for a decision, then what was decided at it.

    every  its `questions`, answered or not

    Read anew each time: a decision may have been written since.
    """
    coming = request.catalogue.held_on(request.meeting + calendar().window)
    following = f"on {day_words(coming)}" if coming else "cancelled or not set"
    here = decided(request)
    asked = unanswered(every)
    answers = [item.decision for item in every if item.decision]
    made = sorted(
        rows.typed(Decided, here.rows),
        key=lambda row: answers.index(row["id"]) if row["id"] in answers else len(answers),
    )
    listed = [
        Question(
            brief(row["what"]), row["owner_unit"], decision=row["id"], detail=_detail(row, every)
        )
        for row in made
    ]
    return ReadBack(
        DECIDE if asked or not listed else DECIDED,
        _ending(here, len(asked)),
        f"The next tasking meeting: {following}.",
        (*asked, *listed),
    )


def _detail(row: Decided, every: Iterable[Question]) -> str:
    """The matters that a decision closed, by when it is to be done, what it moves and expects."""
    closed = [item.short or item.words for item in every if item.decision == row["id"]]
    answers = f"answers: {'; '.join(closed)}" if closed else ""
    due = f"by {dates.day(row['due'], year=False, weekday=False)}"
    effect = f"expected: {row['effect']}" if row["measure"] else ""
    return " · ".join(filter(None, (due, answers, row["moved"], effect)))


def _ending(here: Disclosed, asked: int) -> str:
    many = {0: "Nothing asks", 1: "1 matter asks"}.get(asked, f"{asked} matters ask")
    if not here.rows.num_rows:
        return f"{many} for a decision before the meeting ends"
    still = {0: "nothing else asks", 1: "1 matter still asks"}.get(asked, f"{asked} still ask")
    return f"{here.title}; {still} for one"
