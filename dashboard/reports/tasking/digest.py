"""The alert list as a message that a scheduler can mail: plain text, or HTML with its own style.

Both forms hold the same rows as the tasking page and say the same sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports import remarks
from dashboard.reports.alerts import alert_words, past_record
from dashboard.reports.alerts.alert_list import AlertList, alert_list, of_tier
from dashboard.reports.alerts.rare_events import Rare
from dashboard.reports.decisions import board
from dashboard.reports.request import Request, meetings
from dashboard.reports.tasking import alert_items, fitness
from dashboard.reports.tasking.changes import Cleared, Retargeted, Revised
from dashboard.reports.tasking.since_last import SinceLast, since_last
from dashboard.words import phrases

SAMPLE = "SAMPLE DATA: synthetic, no real crime is counted here"
MOST_RARE = 12
MOST_REVISED = 8
INK, QUIET = "#1D2733", "#5B6875"  # as on the screen, in light colours


Part = tuple[str, tuple[str, ...]]  # a heading and its lines


class Sentenced(TypedDict):
    """A row that says itself."""

    sentence: str


@dataclass(frozen=True)
class Digest:
    """A message: subject, and parts of heading and lines in the order of the meeting."""

    marking: str
    subject: str
    lead: str
    parts: tuple[Part, ...]
    foot: tuple[str, ...]


@dataclass(frozen=True)
class Headed:
    """What stands around every message: its marking, what its subject begins with, its foot."""

    marking: str
    sample: str
    foot: tuple[str, ...]


def headed(request: Request) -> Headed:
    """What stands around a message of the request."""
    stamp = f"As at {day_words(request.as_at)}, snapshot {request.snapshot.id}."
    foot = (SAMPLE, stamp) if request.sample else (stamp,)
    return Headed(request.marking.upper(), "SAMPLE " * request.sample, foot)


def digest(request: Request, also: Sequence[Part] = ()) -> Digest:
    """The message of the meeting that looks at the request's last whole fortnight.

    also  parts of other subjects, before the last
    """
    listed = alert_list(request)
    around = headed(request)
    parts = (
        _due(request),
        _alerts(request, listed),
        _since(since_last(request)),
        _rare(alert_items.rare_listed(request)),
        ("Quiet falls", _sentences(of_tier(listed.falls))),
        *also,
        (
            "Is the data fit?",
            (*listed.late, *listed.doubts, *listed.fit, *fitness.unsigned(request)),
        ),
    )
    held = day_words(meetings.day_of(request))
    return Digest(
        marking=around.marking,
        subject=f"{around.sample}Tasking {held}: {listed.alerts.title}",
        lead=f"{listed.alerts.title}. {alert_words.promise(listed.tested)} "
        f"{alert_words.record(past_record.record(request))}".rstrip(),
        parts=tuple((heading, lines) for heading, lines in parts if lines),
        foot=around.foot,
    )


def _due(request: Request) -> tuple[str, tuple[str, ...]]:
    """Decisions that are overdue or due at the meeting, and results that are new at it."""
    before = board.board(request, before_only=True, live_only=True)
    decided = rows.typed(board.Decided, before.rows)
    lines = [
        f"{phrases.sentence(row['standing'])}: {row['what']} ({row['owner_unit']})."
        for row in decided
        if row["state"] == "open" and row["due"] <= request.meeting
    ]
    lines += [f"{row['what']}: {row['result']}" for row in decided if row["new_result"]]
    return "Decisions", tuple(lines)


def _sentences(listed: Iterable[Sentenced]) -> tuple[str, ...]:
    return tuple(row["sentence"] for row in listed)


def _alerts(request: Request, listed: AlertList) -> tuple[str, tuple[str, ...]]:
    watched, spoken = listed.watch.rows.num_rows, remarks.all_remarks(request)
    lines = tuple(
        f"{row['sentence']} {spoken.words(row)}".rstrip() for row in of_tier(listed.alerts)
    )
    watch = tuple(f"Watch: {words}" for words in _sentences(of_tier(listed.watch)))
    chance = (
        f"The watch list holds {watched}; about {listed.expected_false:.1f} are to be expected "
        "by chance alone.",
    )
    heading = f"{len(lines)} alert{'' if len(lines) == 1 else 's'}"
    return heading, lines + watch + (chance if sum(listed.tested.values()) else ())


def _since(since: SinceLast | None) -> tuple[str, tuple[str, ...]]:
    if since is None:
        return "", ()
    revised = rows.typed(Revised, since.revised.rows)
    lines = [
        *_sentences(rows.typed(Cleared, since.cleared.rows)),
        *_sentences(rows.typed(Retargeted, since.targets.rows)),
        *_sentences(revised[:MOST_REVISED]),
    ]
    if len(revised) > MOST_REVISED:
        lines.append(f"And {len(revised) - MOST_REVISED} more counts were revised.")
    return f"Since the meeting of {day_words(since.meeting)}", tuple(lines)


def _rare(listed: Disclosed) -> tuple[str, tuple[str, ...]]:
    events, lines = rows.typed(Rare, listed.rows), []
    for row in events[:MOST_RARE]:
        number = "" if row["n"] == 1 else f": {row['n']}"
        gap = (
            ""
            if row["gap_days"] is None
            else f", {phrases.many(row['gap_days'], 'day')} since the one before"
        )
        lines.append(f"{row['period_words']}: {row['name']}{number}{_in(row)}{gap}.")
    if len(events) > MOST_RARE:
        lines.append(f"And {len(events) - MOST_RARE} more.")
    return "Rare events", tuple(lines)


def _in(row: Rare) -> str:
    return f" in {row['borough_name']}" if row["borough_name"] else ""


def as_text(message: Digest) -> str:
    """The message as plain text, a blank line between parts, marked top and bottom."""
    lines = [message.marking, "", f"Subject: {message.subject}", "", message.lead]
    for heading, said in message.parts:
        lines += ["", heading.upper(), *(f"- {words}" for words in said)]
    return "\n".join([*lines, "", *message.foot, "", message.marking, ""])


def as_html(message: Digest) -> str:
    """The message as one HTML page without outside parts; every word escaped."""
    parts = [
        f'<h2 style="font-size:16px;margin:18px 0 6px;color:{INK}">{escape(heading)}</h2>'
        f'<ul style="margin:0;padding-left:20px">{_items(said)}</ul>'
        for heading, said in message.parts
    ]
    foot = "<br>".join(escape(words) for words in message.foot)
    banner = (
        '<p style="background:#1d2530;color:#fff;text-align:center;font-weight:700;'
        f'letter-spacing:1px;margin:0;padding:4px">{escape(message.marking)}</p>'
    )
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(message.subject)}</title></head>"
        f'<body style="margin:0;color:{INK};font:15px/1.45 Arial,Helvetica,sans-serif">{banner}'
        '<div style="max-width:760px;margin:0 auto;padding:16px">'
        f'<h1 style="font-size:22px;margin:0 0 8px">{escape(message.lead)}</h1>'
        f"{''.join(parts)}"
        f'<p style="color:{QUIET};font-size:13px;margin-top:22px">{foot}</p></div>{banner}'
        "</body></html>\n"
    )


def _items(said: Iterable[str]) -> str:
    return "".join(f'<li style="margin:3px 0">{escape(words)}</li>' for words in said)
