"""The meeting in its own order, one item a screen: what each says and what its pictures show.

The items of one snapshot are put together once; a chair who goes on waits for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from textwrap import shorten

from dashboard import rows
from dashboard.periods import day_words
from dashboard.reports import remarks
from dashboard.reports.alerts import alert_list
from dashboard.reports.decisions import board as decisions
from dashboard.reports.decisions.board import Decided
from dashboard.reports.request import Request, meetings
from dashboard.reports.request.kept import kept
from dashboard.reports.tasking import (
    alert_items,
    bar_items,
    bar_rows,
    changes,
    fitness,
    objectives,
    problems,
    to_decide,
    where,
)
from dashboard.reports.tasking.board_rows import Said
from dashboard.reports.tasking.changes import Revised
from dashboard.reports.tasking.item import Item, Listing, brief, first_lines
from dashboard.reports.tasking.problems import Problem
from dashboard.reports.tasking.since_last import SinceLast, since_last
from dashboard.snapshots import SnapshotInfo
from dashboard.words import numbers, phrases
from dashboard.words.names import window_word

MOST_ALERTS = 10
MOST_FACTS = 6  # rows of one screen
MOST_DECISIONS = 4
MOST_QUESTIONS, MOST_MADE = 6, 3  # rows of a line or two; of what was decided, with its detail
DETAIL = 190  # letters of it that three lines hold; all of it stands on the page
OPENING, LAST_TIME = "Opening", "1 · What did we decide last time?"
DONE = "✓"  # before what was decided
MATTERS = {"pressure": to_decide.CAPACITY, "objectives": to_decide.TARGETS}  # of items
MOST_LINES = 3  # of a list that stands beside another


def agenda(request: Request) -> tuple[Item, ...]:
    """All items from first to last; never empty. What people decided and said is read anew each
    time."""
    opening, *items = _agenda(request, request.listed)
    spoken = remarks.all_remarks(request)
    asked = to_decide.questions(request)
    told = [
        _asking(request, alert_items.with_remarks(request, spoken, item), asked) for item in items
    ]
    opening = replace(opening, lists=(*opening.lists, _today(asked)))
    return (
        alert_items.with_remarks(request, spoken, opening),
        *_last_time(request),
        *told,
        *_closing(request, asked),
    )


def _asking(request: Request, item: Item, asked: Sequence[to_decide.Question]) -> Item:
    """The item of capacity or of the plan's objectives with what it asks the meeting to decide: the
    way to the form, or what was decided."""
    of = MATTERS.get(item.key.partition("-")[0])
    question = next((one for one in asked if of and one.of == of), None)
    if question is None:
        return item
    if not question.decision:
        return replace(item, asks=(question.raises,))
    made = (row for row in decisions.made_here(request) if row["id"] == question.decision)
    strip = " · ".join(filter(None, (item.strip, *map(to_decide.told, made))))
    return replace(item, strip=strip, opens=(question.decision,))


def _today(asked: Sequence[to_decide.Question]) -> Listing:
    """What is to be decided, without what this meeting has decided already."""
    still = [item.short or item.words for item in to_decide.unanswered(asked)]
    done = len(asked) - len(still)
    heading = "To decide today" if not done else f"To decide today, {done} of {len(asked)} done"
    return Listing(heading, first_lines(still, MOST_LINES) or ("Nothing more",))


@kept(16)
def _agenda(request: Request, _listed: tuple[SnapshotInfo, ...]) -> tuple[Item, ...]:
    items = problems.problems(request)[:MOST_ALERTS]
    return (
        _opening(request, items),
        *(alert_items.alert(request, item, place) for place, item in enumerate(items, start=1)),
        *alert_items.rare(request),
        *bar_items.coming(request),
        *bar_items.capacity(request),
        *bar_items.plan(request),
        *bar_items.standing(request),
        _fit(request),
    )


def _opening(request: Request, items: Sequence[Problem]) -> Item:
    held = day_words(meetings.day_of(request))
    cancelled = "" if request.held_on else ", cancelled"
    said = f"Tasking meeting of {held}{cancelled}; {window_word()} {request.fortnight.words}"
    lists = (_changed(request, since_last(request)),)
    if items:
        title = problems.title(request, items[0])
        pictures = (where.of_all(request, items, title),)
        strip = " · ".join(where.numbered(items))
        return Item("opening", OPENING, "opening", title, said, pictures, strip=strip, lists=lists)
    board = objectives.board(request)
    lines = bar_rows.lines(rows.typed(Said, board.rows))[:MOST_LINES]
    title = headline(request)
    if not lines:
        return Item("opening", OPENING, "opening", title, said, lists=lists)
    drawn = bar_rows.disclosed_rows(board, bar_rows.lined(lines), title)
    return Item(
        "opening",
        OPENING,
        "opening plain",
        title,
        said,
        (drawn,),
        bar_items.LINE_HEADS,
        lists=lists,
        figures=bar_rows.figures(lines),
    )


def headline(request: Request) -> str:
    """The meeting's strongest sentence: its first alert; without one, what is worse than usual."""
    alerts, board = alert_list.alert_list(request).alerts, objectives.board(request)
    if alerts.rows.num_rows:
        return alerts.title
    lines = bar_rows.lines(rows.typed(Said, board.rows))
    return board.title if any(item.line["tone"] == "bad" for item in lines) else alerts.title


def _last_time(request: Request) -> list[Item]:
    """What earlier meetings decided, how it stands and what came of it; no item where nothing."""
    before = to_decide.before(request)
    decided = rows.typed(Decided, before.rows)
    if not decided:
        return []
    facts = tuple(
        (row["standing"], brief(row["what"]), f"{row['owner_unit']}: {_came(row)}")
        for row in decided[:MOST_DECISIONS]
    )
    more = len(decided) - MOST_DECISIONS
    rest = f"{more} more on the decisions page" if more > 0 else ""
    return [
        Item(
            "last-time",
            LAST_TIME,
            "decisions",
            before.title,
            before.subtitle,
            (),
            strip=rest,
            facts=facts,
            opens=tuple(row["id"] for row in decided[:MOST_DECISIONS]),
        )
    ]


def _came(row: Decided) -> str:
    """Of a decision that is judged its result, with what came and what would have come without it;
    else what it is to bring about."""
    if row["came"] is None:
        return brief(row["result"] or row["effect"])
    without = numbers.span(row["low"], row["high"])
    verdict = row["result"].partition(":")[0]
    wanted = f", aim {numbers.number(row['aim'], 1)}" if row["aim"] is not None else ""
    return f"{verdict}: {numbers.number(row['came'])} came, {without} without it{wanted}"


def _changed(request: Request, since: SinceLast | None) -> Listing:
    """What is new, cleared and revised since the meeting before, for whom the lists of the page are
    too much: the counts of series that moved a little are no news."""
    if since is None:
        said = phrases.sentence(meetings.awaited(request)) or "No earlier meeting is known here"
        return Listing("Since the last meeting", (said,))
    heading = f"Since {day_words(since.meeting)}"
    if since.quiet:
        return Listing(heading, ("Nothing changed",))
    new, cleared = len(since.new), since.cleared.rows.num_rows
    gone = f"{cleared or 'none'} cleared or gone"
    lines = [f"{new or 'No'} new alert{'' if new == 1 else 's'}, {gone}"]
    if most := changes.most(rows.typed(Revised, since.revised.rows)):
        lines.append(f"Earlier counts changed by {numbers.number(most)} at most")
    if since.targets.rows.num_rows:
        lines.append(phrases.sentence(since.targets.title))
    return Listing(heading, tuple(lines))


def _fit(request: Request) -> Item:
    listed = alert_list.alert_list(request)
    strip = rows.typed(fitness.Fit, fitness.strip(request).rows)
    title = fitness.statement(request)
    more = tuple(("Late", "", sentence) for sentence in (*listed.late, *listed.fit)[1:])
    facts = tuple(
        (row["label"], row["value"], row["detail"].removeprefix(f"{numbers.MISSING} "))
        for row in strip
    )
    return Item("fit", "5 · Is the data fit?", "facts", title, facts=(*more, *facts)[:MOST_FACTS])


def _closing(request: Request, asked: tuple[to_decide.Question, ...]) -> list[Item]:
    """What the meeting ends with, as many rows on each screen as it has room for."""
    said = to_decide.read_back(request, asked)
    made = any(row.decision for row in said.rows)
    pages = bar_items.screens(said.rows, MOST_MADE if made else MOST_QUESTIONS) or [()]
    items, before = [], 0
    for number, page in enumerate(pages, start=1):
        rest = f"Read back, {before + 1} to {before + len(page)} of {len(said.rows)}"
        items.append(
            Item(
                "closing" if number == 1 else f"closing-{number}",
                said.section,
                "questions",
                f"{rest}: {said.title}" if before else said.title,
                said.sentence if number == len(pages) else "",
                facts=tuple(
                    (DONE if row.decision else str(at), row.words, row.owner)
                    for at, row in enumerate(page, start=before + 1)
                ),
                details=tuple(shorten(row.detail, DETAIL, placeholder=" …") for row in page),
                opens=tuple(row.decision for row in page),
                asks=tuple(None if row.decision else row.raises for row in page),
            )
        )
        before += len(page)
    return items
