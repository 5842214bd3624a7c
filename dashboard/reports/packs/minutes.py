"""Sections of the minutes, and of what a tasking pack says of decisions."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.decisions.tables import Comment
from dashboard.periods import day_words
from dashboard.reports import remarks
from dashboard.reports.alerts import alert_list
from dashboard.reports.decisions import acts, board
from dashboard.reports.decisions.board import Decided
from dashboard.reports.packs.block import Asked, Block
from dashboard.reports.request import clock, meetings
from dashboard.words import phrases
from dashboard.words.names import window_word

RESULT = "result"  # the column of what came of a decision
MADE = ("what", "tactic", "priority", "owner_unit", "owner_post", "due", "effect", "moved")


def last_time(asked: Asked) -> Iterator[Block | str]:
    """What was decided before and still stands, or was judged or withdrawn since."""
    acts.judge_due(asked.request)
    decisions = board.board(asked.request, before_only=True, live_only=True, of=board.tasking)
    stood = rows.typed(Decided, decisions.rows)
    if not stood:
        yield f"{decisions.title}."
        return
    yield from [row["result"] for row in stood if row["new_result"]]
    # A result that stands above as a sentence is no narrow column of one too.
    older = any(row["result"] and not row["new_result"] for row in stood)
    columns = (
        decisions.columns if older else tuple(name for name in decisions.columns if name != RESULT)
    )
    yield Block("decisions", decisions, columns=columns)


def looked_at(asked: Asked) -> Iterator[Block | str]:
    """What the meeting saw: the day, what was known, and its alerts in sentences."""
    request = asked.request
    held = day_words(meetings.day_of(request))
    known = day_words(request.as_at)
    yield (
        f"The tactical tasking meeting of {held} looked at the {window_word()}"
        f" {request.fortnight.words},"
        f" as known before {known}, snapshot {request.snapshot.id}."
    )
    signals, spoken = alert_list.alert_list(request), remarks.all_remarks(request)
    for row in alert_list.of_tier(signals.alerts):
        yield f"{row['sentence']} {spoken.words(row)}".rstrip()
    if not signals.alerts.rows.num_rows:
        yield f"{signals.alerts.title}."


def decided(asked: Asked) -> Iterator[Block | str]:
    """What was decided at the meeting."""
    decisions = board.decided_here(asked.request)
    yield from _table("decided", decisions)


def _table(name: str, decisions: Disclosed) -> Iterator[Block | str]:
    if decisions.rows.num_rows:
        yield Block(name, decisions, columns=MADE)
    else:
        yield f"{decisions.title}."


def closed(asked: Asked) -> Iterator[Block | str]:
    """What was reported done or withdrawn at the meeting, and what was said of decisions."""
    request = asked.request
    held, since = board.book_of(request), clock.begin(request)
    spoken: dict[str, list[Comment]] = {}
    for item in held.said(since=since):
        spoken.setdefault(item["decision_id"], []).append(item)
    closed_now = [
        head
        for head in filter(board.tasking, held.heads)
        if head.changed_at >= since or head.id in spoken
    ]
    said = []
    for row in board.rows_of(request, held, closed_now):
        if row["changed_at"] >= since and row["state"] == "withdrawn":
            said.append(f"Withdrawn: {row['what']} ({row['owner_unit']}): {row['reason']}")
        if row["state"] in ("done", "known") and row["done_on"] and row["done_on"] >= since.date():
            said.append(f"Done: {row['what']} ({row['owner_unit']})")
        said += [
            f"{item['changed_by']} on “{row['what']}”: {item['words']}"
            for item in spoken.get(row["id"], ())
        ]
    yield from (f"{words.rstrip('.')}." for words in said or ["Nothing was closed or said"])


def following(asked: Asked) -> Iterator[Block | str]:
    """What is due at the next meeting."""
    request = asked.request
    stood = rows.typed(Decided, board.board(request, of=board.tasking).rows)
    due = [row for row in stood if row["state"] == "open"]
    if not due:
        yield "Nothing is open."
    for row in due:
        yield phrases.sentence(
            f"{row['standing']}: {row['what']} ({row['owner_unit']} {row['owner_post']})."
        )
