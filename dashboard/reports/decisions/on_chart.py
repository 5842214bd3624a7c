"""The decisions that belong on the chart of a measure: when each was made, done and judged.

One place for every chart that draws a measure's series; each shows what was known of decisions at
the request's meeting.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from textwrap import shorten
from typing import TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.decisions import fields
from dashboard.decisions.reading import Book, Head
from dashboard.decisions.tables import Decision
from dashboard.periods import day_words
from dashboard.reports.alerts.alert_row import Placed
from dashboard.reports.decisions import board
from dashboard.reports.decisions.board import Whole
from dashboard.reports.request import Request, meetings
from dashboard.words import dates

TOLD = ("worked", "did_not")  # verdicts that somebody can learn from
LONGEST = 60  # letters of a decision in a line
MOST = 3  # decisions that one chart has room for: the latest, those withdrawn after all others


class Event(TypedDict):
    """What happened to a decision on a day.

    kind   decided, done, withdrawn or result
    said   the event in a sentence
    label  how the decision stands, in few words: the same on all rows of a decision
    """

    decision: str
    day: date
    kind: str
    said: str
    label: str


def event_rows(
    request: Request, measure: str, unit: str, boroughs: Collection[str | None] = ()
) -> Disclosed:
    """A row an event of the latest decisions on a series, each decision's events in their order; a
    withdrawn one takes no other's place.

    boroughs  those that the series is of; all of the unit's where none is said
    """
    held = board.book_of(request)
    chosen = _on(request, held, measure, unit, boroughs)
    # Sorting keeps the order of those that are alike.
    kept = sorted(chosen, key=lambda head: head.state != "withdrawn")[-MOST:]
    events = _events(request, held, [head for head in chosen if head in kept])
    left = len(chosen) - MOST
    return request.disclose(
        rows.table(Event, events),
        title=f"Decisions on {request.measures[measure].name}",
        subtitle=f"as they stood at the meeting of {day_words(meetings.day_of(request))}",
        notes=(f"{MOST} of {len(chosen)} decisions are marked: {_which(chosen, kept)}",)
        * (left > 0),
        measure=measure,
    )


def _which(chosen: Sequence[Head], kept: Sequence[Head]) -> str:
    gone = any(head.state == "withdrawn" for head in chosen if head not in kept)
    return "the latest that were not withdrawn first" if gone else "the latest"


def _on(
    request: Request, held: Book, measure: str, unit: str, boroughs: Collection[str | None]
) -> list[Head]:
    """The decisions on a series, the first first."""
    asked = {code for code in boroughs if code}
    named = (head for head in held.heads if measure in (head.measure, head.about))
    ids = {row["id"] for row in held.rows(named) if _belongs(request, row, measure, unit, asked)}
    return [head for head in held.heads if head.id in ids]


def tried(request: Request, measure: str, boroughs: Collection[str | None] = ()) -> Disclosed:
    """What was decided before on a measure anywhere, and on one of its kind in the boroughs asked
    for or in those that touch them (anywhere where none is said), with what came of it.

    Those of the measure itself come first: the latest that worked and the latest that did not, then
    others, those that are near first, the latest first.
    """
    name, heads = request.measures[measure].name, _tried(request, measure, boroughs)
    decided = board.rows_of(request, board.book_of(request), heads)
    return board.disclosed(request, decided, f"Decisions on {name} and on what is of its kind")


def of_kind(request: Request, measure: str) -> frozenset[str]:
    """The measures of one kind with a measure, itself among them: a priority in force has both, or
    one published count serves both."""
    served = {name for item in request.catalogue.priorities_of(measure, request.as_at)
              for name in item.measures}  # fmt: skip
    published = set(request.measures[measure].published)
    same = {name for name, other in request.measures.items() if published & set(other.published)}
    return frozenset({measure} | served | same)


def came_of(request: Request, measure: str, boroughs: Collection[str | None] = ()) -> str:
    """Of what was decided at earlier meetings, in the order of `tried`, what worked and what did
    not, else the first: 'tried before: patrols (Ashby, decided 18 May, did not work)', of two
    'tried before: decided 18 May, did not work; decided 1 June, worked'; '' where there was
    nothing. A line of the wall has room for no more; the form has them whole."""
    held = board.book_of(request)
    heads = [head for head in _tried(request, measure, boroughs) if head.meeting < request.meeting]
    heads = [head for head in heads if head.state != "withdrawn"]
    first = _one_each(heads) or heads[:1]
    if not first:
        return ""
    brief = _briefly if len(first) == 1 else label
    said = [brief(request, row) for row in board.rows_of(request, held, first)]
    more = f", and {len(heads) - len(first)} more" if len(heads) > len(first) else ""
    return f"tried before: {'; '.join(said)}{more}"


def _briefly(request: Request, row: Whole) -> str:
    place = row["place"].removeprefix(" in ").removeprefix(", ")
    what = shorten(row["what"], LONGEST, placeholder=" …")
    return f"{what} ({', '.join(filter(None, (place, label(request, row))))})"


def _one_each(heads: Iterable[Head]) -> list[Head]:
    """The first that worked and the first that did not, in their order."""
    first: dict[str, Head] = {}
    for head in heads:
        if head.verdict in TOLD:
            first.setdefault(head.verdict, head)
    return list(first.values())


def _tried(request: Request, measure: str, boroughs: Collection[str | None]) -> list[Head]:
    """The decisions of `tried`, in its order."""
    held, kind = board.book_of(request), of_kind(request, measure)
    asked = {code for code in boroughs if code}
    near = asked.union(*(request.catalogue.neighbours(code) for code in asked))
    here = {
        row["id"]
        for row in held.rows(head for head in held.heads if {head.measure, head.about} & kind)
        if not (near and row["boroughs"]) or near & set(row["boroughs"])
    }

    def same(head: Head) -> bool:
        return measure in (head.measure, head.about)

    heads = [head for head in reversed(held.heads) if head.id in here or same(head)]
    heads.sort(key=lambda head: (not same(head), head.state == "withdrawn", head.id not in here))
    first = _one_each(filter(same, heads))
    return [*first, *(head for head in heads if head not in first)]


def acted_in(request: Request, measure: str) -> dict[str, tuple[date, ...]]:
    """By borough, the days on which decisions on a measure were made that act in it; withdrawn ones
    left out."""
    by_borough: dict[str, list[date]] = {}
    held = board.book_of(request)
    named = (head for head in held.heads if head.measure == measure)
    for row in held.rows(head for head in named if head.state != "withdrawn"):
        for code in row["boroughs"] or ():
            by_borough.setdefault(code, []).append(_made(request, row["meeting"]))
    return {code: tuple(sorted(days)) for code, days in by_borough.items()}


def _made(request: Request, meeting: date) -> date:
    """The day of the meeting that made a decision, by its grid date."""
    return request.catalogue.held_on(meeting) or meeting


def own(request: Request, decision_id: str) -> Disclosed:
    """Those of one decision alone, for its own chart."""
    held = board.book_of(request)
    events = _events(request, held, [head for head in held.heads if head.id == decision_id])
    return request.disclose(
        rows.table(Event, events),
        title="The decision",
        subtitle=f"as it stood at the meeting of {day_words(meetings.day_of(request))}",
    )


def of_alert(request: Request, alert: Placed) -> Disclosed:
    """Those of an alert's own series."""
    return event_rows(request, alert["measure"], alert["unit_code"], alert["boroughs"])


def _belongs(request: Request, row: Decision, measure: str, unit: str, boroughs: set[str]) -> bool:
    """Whether a decision on a measure is about a series: a unit in line with its own, its area."""
    origin = row["origin"] or {}
    if boroughs and row["boroughs"] and not boroughs & set(row["boroughs"]):
        return False
    own = row["unit"] or origin.get("unit") or request.measures[measure].owner
    catalogue = request.catalogue
    if own not in catalogue.units:
        return False
    return unit in (own, *catalogue.ancestors(own), *catalogue.descendants(own))


def _events(request: Request, held: Book, heads: Iterable[Head]) -> list[Event]:
    """A row an event of the decisions, each decision's in their order."""
    return [
        event for row in board.rows_of(request, held, heads) for event in _events_of(request, row)
    ]


def _events_of(request: Request, row: Whole) -> Iterator[Event]:
    made = _made(request, row["meeting"])
    what = row["what"].partition("\n")[0]
    events = [("decided", made, f"Decided: {what}")]
    if row["done_on"]:
        events.append(("done", row["done_on"], f"Done: {what}"))
    if row["state"] == "withdrawn":
        day = row["changed_at"].date()
        events.append(("withdrawn", day, f"Withdrawn: {what}: {row['reason']}"))
    if row["judged_at"]:
        events.append(("result", row["judged_at"].date(), row["result"] or what))
    label = _label(made, row)
    for kind, day, said in events:
        yield {"decision": row["id"], "day": day, "kind": kind, "said": said, "label": label}


def label(request: Request, row: Whole) -> str:
    """'decided 13 Jul', 'decided 18 May, worked': a decision in few words, as charts have it."""
    return _label(_made(request, row["meeting"]), row)


def _label(made: date, row: Whole) -> str:
    verdict = row["verdict"]
    came = fields.VERDICTS.get(verdict, "not to be told") if verdict else ""
    ends = {"open": "", "done": "done", "withdrawn": "withdrawn", "known": came or "done"}
    day = dates.day(made, year=False, weekday=False)
    return ", ".join(filter(None, (f"decided {day}", ends[row["state"]])))
