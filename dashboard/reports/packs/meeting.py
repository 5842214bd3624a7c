"""Sections of the tasking and weekly packs: the meeting's own order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard import rows
from dashboard.catalogue import order
from dashboard.periods import day_words
from dashboard.reports import remarks
from dashboard.reports.alerts import alert_list, alert_words, history, past_record
from dashboard.reports.decisions import on_chart
from dashboard.reports.packs import minutes
from dashboard.reports.packs.block import Asked, Block, listed
from dashboard.reports.request import meetings
from dashboard.reports.tasking import (
    agenda,
    bar_items,
    bar_rows,
    fitness,
    forecasts,
    objectives,
    pressures,
    to_decide,
)
from dashboard.reports.tasking.alert_items import no_rare, rare_listed
from dashboard.reports.tasking.board_rows import Said
from dashboard.reports.tasking.since_last import since_last
from dashboard.reports.trends import last_week
from dashboard.reports.unit import ocu
from dashboard.words import phrases

REVISED = ("name", "unit_name", "borough_name", "window", "old", "new", "change")
CLEARED = ("name", "unit_code", "borough_name", "then", "then_expected", "now", "expected")
TARGETS = ("name", "unit_code", "old", "new", "set_on", "status")
WEEK = ("name", "unit_code", "borough_name", "count", "week_before", "expected", "upper", "above")
ON_SLIDE = ("name", "unit_code", "value_said", "symbol", "target_words", "verdict")
MOST_RARE, MOST_REVISED = 10, 8  # rows in print: the gravest first, the largest first


def since(asked: Asked) -> Iterator[Block | str]:
    """What is new, what has cleared, and which counts and targets changed."""
    changes = since_last(asked.request)
    if changes is None:
        awaited = meetings.awaited(asked.request)
        yield (
            f"What changed since the meeting before is {awaited}."
            if awaited
            else "No earlier meeting has a snapshot to compare with."
        )
        return
    held, known = day_words(changes.meeting), day_words(changes.as_at)
    yield f"Compared with the meeting of {held} (as at {known})."
    yield from ([f"New: {row['sentence']}" for row in changes.new] or ["No new alert."])
    for name, shown, columns in (
        ("cleared", changes.cleared, CLEARED),
        ("revised", changes.revised, REVISED),
        ("targets", changes.targets, TARGETS),
    ):
        part = Block(name, shown, columns=columns, most=MOST_REVISED)
        yield from listed(part, f"{phrases.sentence(shown.title)}.")


def beyond(asked: Asked) -> Iterator[Block | str]:
    """The alerts with their year of windows, then the watch list and the quiet falls."""
    signals = alert_list.alert_list(asked.request)
    alerts = remarks.beside(asked.request, signals.alerts)
    yield from listed(Block("alerts", alerts), f"{alerts.title}.")
    yield alert_words.promise(signals.tested)
    for words in (
        alert_words.record(past_record.record(asked.request)),
        alert_words.marked(past_record.marked_outcomes(asked.request)),
    ):
        if words:
            yield words
    entries = alert_list.rolled(alert_list.of_tier(signals.alerts))[: agenda.MOST_ALERTS]
    for place, (row, _) in enumerate(entries, 1):
        shown = history.history(asked.request, row)
        decided = on_chart.of_alert(asked.request, row)
        yield Block(
            f"alert-{place}", shown, "fortnights", printed=False, half=True, decided=decided
        )
    for name, shown in (("watch", signals.watch), ("falls", signals.falls)):
        yield from listed(Block(name, shown), f"{shown.title}: none.")


def rare(asked: Asked) -> Iterator[Block | str]:
    """Rare events, those that are unusual first, each with the gap since the last."""
    rare_events = rare_listed(asked.request)
    yield from listed(Block("rare", rare_events, most=MOST_RARE), f"{no_rare()}.")


def coming(asked: Asked) -> Iterator[Block | str]:
    """The next fortnight."""
    ahead = forecasts.coming(asked.request)
    if bars := bar_rows.ahead(rows.typed(forecasts.Coming, ahead.rows)):
        ahead = replace(ahead, title=bar_items.coming_title(bars))
    yield from listed(Block("coming", ahead), f"{ahead.title}.")


def pressure(asked: Asked) -> Iterator[Block | str]:
    """Pressure beside capacity, unit by unit."""
    able = pressures.pressure(asked.request)
    yield from listed(Block("pressure", able), f"{able.title}.")


def plan(asked: Asked) -> Iterator[Block | str]:
    """Every objective of the plan with its figure, last period, target and variation: those with
    a target first, likeliest misses before others."""
    board = objectives.board(asked.request)
    measures = rows.typed(Said, board.rows)
    aimed = bar_rows.objectives(measures)
    if aimed:
        yield f"{bar_items.all_targets(aimed)}. {phrases.sentence(bar_items.PLAN_KEY)}."
    held = [item.of for item in aimed]
    first = [*held, *(row for row in measures if row not in held)]
    ordered = replace(board, rows=rows.table(Said, first))
    bars = tuple(item.bar for item in aimed)
    shown = remarks.beside(asked.request, ordered, year=True)
    yield Block("objectives", shown, on_slide=ON_SLIDE, spark="spark", bars=bars)


def decide(asked: Asked) -> Iterator[Block | str]:
    """What was decided at the meeting, what still asks for a decision, and when the next one is."""
    every = to_decide.questions(asked.request)
    ending = to_decide.read_back(asked.request, every)
    made = to_decide.decided(asked.request)
    made = replace(made, title=ending.title)  # which says what is still open, too
    yield from listed(Block("decided", made, columns=minutes.MADE), f"{ending.title}.")
    for place, item in enumerate(to_decide.unanswered(every), 1):
        yield f"{place}. {item.words} ({item.owner})." if item.owner else f"{place}. {item.words}."
    yield ending.sentence


def changed(asked: Asked) -> Iterator[Block | str]:
    """What changed, unit by unit, in sentences."""
    for code in order.page_units(asked.request.catalogue):
        head = ocu.head(asked.request, code)
        if head.changed:
            yield f"{code} {head.unit.name}: {'; '.join(head.changed)}."


def week(asked: Asked) -> Iterator[Block | str]:
    """The last whole week beside its expectation."""
    latest_week = last_week.last_week(asked.request)
    yield from listed(Block("week", latest_week, columns=WEEK), f"{latest_week.title}.")


def fit(asked: Asked) -> Iterator[Block | str]:
    """Is the data fit, and which figures lag."""
    signals = alert_list.alert_list(asked.request)
    yield from signals.late
    yield from signals.fit
    yield Block("fit", fitness.strip(asked.request), columns=("label", "value", "detail"))
