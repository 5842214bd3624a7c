"""The meeting in its own order, one item at a time: what each item says and shows.

The items of one snapshot are put together once; a chair who goes on waits for nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import Period, calendar, day_words
from dashboard.reports import meetings
from dashboard.reports.alerts import alert_list, alert_words
from dashboard.reports.alerts.alert_row import Row
from dashboard.reports.decisions import board
from dashboard.reports.request import Request
from dashboard.reports.tasking import fitness, forecasts, objectives, pressures
from dashboard.reports.tasking.since_last import SinceLast, since_last
from dashboard.snapshots import SnapshotInfo
from dashboard.words import phrases
from dashboard.words.names import window_word

MOST_ALERTS = 10
LAST_TIME, DECIDED = "1 · What did we decide last time?", "6 · What was decided"
HISTORY = pa.schema(
    [
        ("period_start", pa.date32()),
        ("period", pa.string()),
        ("n", pa.float64()),
        ("now", pa.bool_()),
        ("expected", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)


@dataclass(frozen=True)
class Item:
    """One item of the meeting.

    key      its name in the address; stays the same while the list of alerts is the same
    section  the part of the meeting it belongs to
    title    a statement that is true of what is shown
    kind     which way it is drawn: opening, decisions, since, alert, rare, objectives, closing …
    shown    its rows; row, below: the alert itself, and the wider ones that share its excess
    """

    key: str
    section: str
    title: str
    kind: str
    subtitle: str = ""
    shown: Disclosed | None = None
    row: Row | None = None
    below: tuple[Row, ...] = ()
    since: SinceLast | None = None
    lines: tuple[str, ...] = ()


def agenda(request: Request) -> tuple[Item, ...]:
    """All items from first to last; never empty. What people decided is read anew each time."""
    opening, *body, closing = _agenda(request, meetings.listed(request))
    before = board.board(request, before_only=True, live_only=True)
    last_time = Item(
        "last-time", LAST_TIME, before.title, "decisions", before.subtitle, shown=before
    )
    here = board.decided_here(request)
    decided = replace(closing, section=DECIDED, title=here.title, shown=here)
    first = [last_time] if before.rows.num_rows else []
    sections = tuple(item.section for item in first) + opening.lines
    return (replace(opening, lines=(*sections, DECIDED)), *first, *body, decided)


@lru_cache(maxsize=16)
def _agenda(request: Request, _listed: tuple[SnapshotInfo, ...]) -> tuple[Item, ...]:
    found = alert_list.alert_list(request)
    body = [
        *_since(request),
        *_alerts(request, found),
        _rare(found),
        *_coming(request),
        *_objectives(request),
        Item(
            "fit",
            "5 · Is the data fit?",
            "Is the data fit?",
            "fit",
            shown=fitness.strip(request),
            lines=(*found.late, *found.fit),
        ),
    ]
    opening = Item(
        "opening",
        "Agenda",
        found.alerts.title,
        "opening",
        subtitle=_about(request),
        shown=next((item.shown for item in body if item.kind == "alert"), None),
        lines=_parts(body),
    )
    return (
        opening,
        *body,
        Item("closing", "Close", "End of the meeting", "closing", lines=_closing(request)),
    )


def _about(request: Request) -> str:
    held = day_words(meetings.day_of(request))
    cancelled = "" if request.held_on else ", cancelled"
    return (
        f"Tactical tasking meeting of {held}{cancelled}; "
        f"{window_word()} {request.fortnight.words}, as at {day_words(request.as_at)}"
    )


def _parts(body: list[Item]) -> tuple[str, ...]:
    """The sections in their order, with the number of items of those that have several."""
    counts = Counter(item.section for item in body)
    return tuple(
        section if count == 1 else f"{section}: {count} items" for section, count in counts.items()
    )


def _since(request: Request) -> list[Item]:
    since = since_last(request)
    if since is None:
        return []
    title = (
        f"Since {day_words(since.meeting)}: {len(since.new)} new alert"
        f"{'' if len(since.new) == 1 else 's'}, {since.cleared.title}, {since.revised.title}"
    )
    return [Item("since", "1 · Since the last tasking", title, "since", since=since)]


def _alerts(request: Request, found: alert_list.AlertList) -> list[Item]:
    section = "2 · Beyond expectation now"
    entries = alert_list.rolled(found.alerts.rows.to_pylist())[:MOST_ALERTS]
    if not entries:
        return [Item("none", section, found.alerts.title, "none", subtitle=_tested(found))]
    return [
        Item(
            f"alert-{place}",
            section,
            row["sentence"],
            "alert",
            subtitle=f"Alert {place} of {len(entries)}"
            + (f" · priority: {row['priority']}" if row["priority"] else ""),
            shown=history(request, row),
            row=row,
            below=tuple(below),
        )
        for place, (row, below) in enumerate(entries, start=1)
    ]


def _tested(found: alert_list.AlertList) -> str:
    count = sum(found.tested.values())
    return f"{count:,} series tested" if count else "not tested: no series is fresh enough"


def history(request: Request, row: Row) -> Disclosed:
    """An alert's year of windows and the one it is about: period_start, period, n, and on the
    last row expected, low and high; nulls where the alert is of some of its days alone."""
    last = calendar().window_start(row["window_since"])
    starts = [last - calendar().window * back for back in range(len(row["spark"]))][::-1]
    whole = row["window_until"] - row["window_since"] == calendar().window
    band = {name: float(row[name]) if whole else None for name in ("expected", "low", "high")}
    rows = [
        {
            "period_start": start,
            "period": Period(start, start + calendar().window).words,
            "n": value,
            "now": start == last,
            **(band if start == last else {}),
        }
        for start, value in zip(starts, row["spark"], strict=True)
    ]
    return request.disclose(
        pa.Table.from_pylist(rows, HISTORY),
        title=row["sentence"],
        subtitle=f"each {window_word()}; {alert_words.window(row)}: "
        f"expected {row['expected']:.1f}, 95 % band {row['low']}–{row['high']}",
        query="meeting_series",
        measure=row["measure"],
        unit=row["unit_code"],
        borough=row["borough_name"],
    )


def no_rare() -> str:
    """What is said where no rare event is listed."""
    return f"No rare event in the {window_word()}, or none known by date"


def _rare(found: alert_list.AlertList) -> Item:
    count = found.rare.rows.num_rows
    title = found.rare.title if count else no_rare()
    return Item("rare", "2 · Rare events", title, "rare", shown=found.rare)


def _coming(request: Request) -> list[Item]:
    section = "3 · What is coming?"
    ahead, able = forecasts.coming(request), pressures.pressure(request)
    return [
        Item("coming", section, ahead.title, "coming", ahead.subtitle, ahead, lines=ahead.notes),
        Item("pressure", section, able.title, "pressure", able.subtitle, able, lines=able.notes),
    ]


def _objectives(request: Request) -> list[Item]:
    board = objectives.board(request)
    section = "4 · Objectives of the plan"
    return [Item("objectives", section, board.title, "objectives", board.subtitle, shown=board)]


def _closing(request: Request) -> tuple[str, ...]:
    held = meetings.day_of(request)
    coming = request.catalogue.held_on(request.meeting + calendar().window)
    following = day_words(coming) if coming else "cancelled or not set"
    return (
        f"The meeting of {day_words(held)} saw what was known before {day_words(request.as_at)}, "
        f"snapshot {request.snapshot.id}.",
        f"The next tactical meeting: {following}.",
        phrases.sentence("the same figures stand on the tasking page, with their downloads."),
    )
