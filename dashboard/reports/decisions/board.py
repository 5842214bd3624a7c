"""The decisions as a meeting sees them: overdue first, then results, then what is still to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.decisions import fields, moves, reading, who
from dashboard.decisions.kept import KeptMove, Origin
from dashboard.decisions.reading import Head
from dashboard.decisions.tables import UNCOUNTED, Decision
from dashboard.periods import calendar, day_words
from dashboard.reports.decisions import decision_words as words
from dashboard.reports.request import Request, clock, meetings
from dashboard.words import phrases

BRIEF = (
    "standing",
    "what",
    "owner_unit",
    "owner_post",
    "due",
    "effect",
    "result",
)  # where there is little room
UNJUDGED = "null: its result is not known"


class Decided(TypedDict):
    """A decision as a meeting sees it, in words too; ratio multiplies the count that it is to
    change, came … are that count."""

    id: str
    meeting: date
    what: str
    tactic: str
    four_p: Annotated[str | None, "null: of none of the four"]
    priority: str  # its name; '' of none
    owner_unit: str
    owner_post: str
    due: date
    state: str
    raised_from: str
    about: Annotated[str | None, "null: raised from nothing that a measure counts"]
    standing: str
    overdue: bool
    carried: int  # meetings since it was due
    new_result: bool
    measure: Annotated[str | None, UNCOUNTED]
    measure_name: str
    unit: Annotated[str | None, UNCOUNTED]
    place: str
    boroughs: Annotated[list[str] | None, f"{UNCOUNTED}, or a whole count"]
    ratio: Annotated[float | None, UNCOUNTED]
    horizon: Annotated[int | None, UNCOUNTED]
    sure: Annotated[int | None, UNCOUNTED]  # in per cent
    effect: str
    cost_gbp: float
    moved: str
    verdict: str  # '' before there is one
    judged_on: Annotated[date | None, UNJUDGED]
    result: str
    came: Annotated[float | None, UNJUDGED]
    low: Annotated[float | None, UNJUDGED]
    high: Annotated[float | None, UNJUDGED]
    aim: Annotated[float | None, UNJUDGED]
    reason: Annotated[str | None, "null: not withdrawn"]
    comments: int
    done_on: Annotated[date | None, "null: not done"]
    version: int


class Whole(Decided):
    """The same with what the store keeps beside it."""

    judged_at: datetime | None
    priority_code: str | None
    origin: Origin | None
    moves: list[KeptMove] | None
    as_at: date
    snapshot_id: str
    changed_by: str
    changed_at: datetime


RANKS = {"open": 2, "done": 3, "known": 4, "withdrawn": 5}


def book_of(request: Request) -> reading.Book:
    """What is written of decisions, as it stood at the request's meeting."""
    return reading.book(request.data, clock.end(request))


def board(
    request: Request,
    *,
    before_only: bool = False,
    live_only: bool = False,
    of: Callable[[Head], bool] | None = None,
    unit: str | None = None,
    most: int | None = None,
) -> Disclosed:
    """Every decision known at the request's meeting, in the order in which it is asked after.

    before_only  those of earlier meetings alone: what was decided last time
    live_only    those that wait for something, or whose end is new at this meeting
    of           which of them: `tasking`, `star_chamber`; all where left out
    unit         what it, or a unit below it, owns, gives to or takes from; of all where left out
    most         rows; of all where left out
    """
    held = book_of(request)
    begin, meeting = clock.begin(request), request.meeting
    known = [
        (head, standing(head, begin, meeting))
        for head in held.heads
        if (of is None or of(head)) and (not before_only or head.meeting < meeting)
        if unit is None or concerns(request, head, unit)
    ]
    kinds = f"{unit} " * bool(unit) + "earlier " * before_only + "tasking " * (of is tasking)
    any_known, both = bool(known), len({star_chamber(head) for head, _ in known}) > 1
    if live_only:
        known = [(head, how) for head, how in known if how.live or how.fresh]
    # It counts the rows that are listed: who counts them again comes to the same.
    title = words.title([how for _, how in known], kinds, before=any_known)
    if not any_known and (awaited := meetings.awaited(request)):
        title = f"What was decided before is {awaited}"
    # Of thousands only those that are shown are read whole and put into words.
    first = [head for head, _ in sorted(known, key=lambda item: _order(*item))[:most]]
    return disclosed(request, rows_of(request, held, first), title, among=AMONG * both)


def standing(head: Head, begin: datetime, meeting: date) -> words.Standing:
    """How a decision stands at a meeting, which begins then.

    One that expects nothing of a count is over when it is done: nothing is judged.
    """
    new = head.judged_at is not None and head.judged_at >= begin
    waits = head.state == "done" and head.measure is not None
    ended = head.state == "withdrawn" or (head.state == "done" and not waits)
    return words.Standing(
        state=head.state,
        live=head.state == "open" or waits,
        overdue=head.state == "open" and head.due < meeting,
        new_result=new,
        verdict=head.verdict or "",
        fresh=(ended and head.changed_at >= begin) or (new and head.state == "known"),
    )


AMONG = ", the Star Chamber’s among them"  # the tasking meeting counts its own alone


def disclosed(
    request: Request, decided: Sequence[Decided], title: str, among: str = ""
) -> Disclosed:
    """Rows of `rows_of` as a result; `among` says what else its title counts."""
    return request.disclose(
        rows.table(Decided, list(decided)),
        title=title,
        subtitle=f"as they stood at the meeting of {day_words(meetings.day_of(request))}{among}",
        notes=_unsigned(decided),
        columns=BRIEF,
    )


def _unsigned(decided: Sequence[Decided]) -> tuple[str, ...]:
    """That names were only typed, where some were; who wrote is in no row that was disclosed."""
    typed = any(str(row.get("changed_by")).endswith(f"({who.UNSIGNED})") for row in decided)
    return ("Names were typed, not signed in, where that is said.",) if typed else ()


def star_chamber(head: Head) -> bool:
    """Whether the Star Chamber decided it, which asks after it itself."""
    return head.raised_from == fields.STAR_CHAMBER


def concerns(request: Request, head: Head, unit: str) -> bool:
    """Whether a unit, or one below it, owns the decision, gives to it or takes from it."""
    moved = (code for item in head.moves or () for code in (item["giver"], item["taker"]))
    return not {unit, *request.catalogue.descendants(unit)}.isdisjoint({head.owner_unit, *moved})


def tasking(head: Head) -> bool:
    """Whether the tasking meeting asks after it."""
    return not star_chamber(head)


def made_here(request: Request, of: Callable[[Head], bool] = tasking) -> list[Whole]:
    """The decisions of the request's own meeting, the first first; what was withdrawn is none."""
    held = book_of(request)
    own = (head for head in held.heads if head.meeting == request.meeting and of(head))
    return rows_of(request, held, [head for head in own if head.state != "withdrawn"])


def decided_here(request: Request, of: Callable[[Head], bool] = tasking) -> Disclosed:
    """What was decided at the request's own meeting and not withdrawn, the first first."""
    rows = made_here(request, of)
    count = len(rows)
    title = (
        f"{count} decision{'' if count == 1 else 's'} made at this meeting"
        if rows
        else "Nothing was decided at this meeting yet"
    )
    return disclosed(request, rows, title)


def rows_of(request: Request, held: reading.Book, heads: Iterable[Head]) -> list[Whole]:
    """Decisions with their words, their results and how they stand at the request's meeting."""
    shown = list(heads)
    parts = held.whole(shown)
    return [
        _row_of(request, head, row, parts) for head, row in zip(shown, parts.decisions, strict=True)
    ]


def _row_of(request: Request, head: Head, row: Decision, held: reading.Whole) -> Whole:
    catalogue = request.catalogue
    names = [
        catalogue.areas[code].name for code in row["boroughs"] or () if code in catalogue.areas
    ]
    measure = request.measures.get(row["measure"] or "")
    outcome, seal = held.results.get(row["id"]), held.seals.get(row["id"])
    meeting = request.meeting
    how = standing(head, clock.begin(request), meeting)
    moved = moves.kept_moves(row["moves"])
    said: Whole = {
        "id": row["id"],
        "meeting": row["meeting"],
        "what": row["what"],
        "tactic": fields.EVERY_TACTIC[row["tactic"]],
        "four_p": row["four_p"],
        "priority": priority_words(request, row["priority"]),
        "owner_unit": row["owner_unit"],
        "owner_post": row["owner_post"],
        "due": row["due"],
        "state": row["state"],
        "raised_from": row["raised_from"],
        "about": head.about,  # the measure of what it was raised from
        "standing": words.standing(row, meeting),
        "overdue": how.overdue,
        "carried": max(0, (meeting - row["due"]) // calendar().window) if how.overdue else 0,
        "new_result": how.new_result,
        "measure": row["measure"],
        "measure_name": measure.name if measure else (row["measure"] or ""),
        "unit": row["unit"],
        "place": words.place(names, row["unit"] or ""),
        "boroughs": row["boroughs"],
        "ratio": None if row["ratio"] is None else float(row["ratio"]),
        "horizon": row["horizon"],
        "sure": row["sure"],
        "effect": "",
        "cost_gbp": float(sum(item.cost_gbp for item in moved)),
        "moved": moved_words(moved),
        "verdict": how.verdict,
        "judged_on": head.judged_as_at,
        "result": "",
        "came": None,
        "low": None,
        "high": None,
        "aim": None,
        "reason": row["reason"],
        "comments": held.comments.get(row["id"], 0),
        "done_on": row["done_on"],
        "version": row["version"],
        "judged_at": head.judged_at,
        "priority_code": row["priority"],
        "origin": row["origin"],
        "moves": row["moves"],
        "as_at": row["as_at"],
        "snapshot_id": row["snapshot_id"],
        "changed_by": row["changed_by"],
        "changed_at": row["changed_at"],
    }
    said["effect"] = words.effect(said)
    if outcome and seal:
        said["result"] = words.result(said, seal["sealed"], outcome["found"])
        return {**said, **words.figures(seal["sealed"], outcome["found"])}
    return said


def priority_words(request: Request, code: str | None) -> str:
    """The name of a priority of the control strategy; '' for none."""
    return next((item.name for item in request.catalogue.priorities if item.code == code), "")


def moved_words(items: Sequence[moves.Move]) -> str:
    """'6 officers and 120 hours lent from OCU1 to OCU7 (worth £3,046; no budget moves with
    them)'; '£20,000 of budget from …'."""
    said = []
    for item in items:
        between = f"from {item.giver} to {item.taker}"
        lent = [phrases.many(item.officers, "officer")] * bool(item.officers)
        lent += [f"{item.hours.normalize():f} hours"] * bool(item.hours)
        worth = f" (worth £{item.lent_gbp:,.0f}; no budget moves with them)" * bool(item.hours)
        said += [f"{phrases.listed(lent)} lent {between}{worth}"] * bool(lent)
        said += [f"£{item.budget_gbp:,.0f} of budget {between}"] * bool(item.budget_gbp)
    return "; ".join(said)


def _order(head: Head, how: words.Standing) -> tuple[Any, ...]:
    rank = 0 if how.overdue else 1 if how.new_result else RANKS[head.state]
    return rank, head.due, head.meeting, head.id
