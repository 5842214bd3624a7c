"""Sections of the tasking and weekly packs: the meeting's own order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa

from dashboard.catalogue import order
from dashboard.periods import day_words
from dashboard.reports import remarks
from dashboard.reports.alerts import alert_list, alert_words, history, past_record
from dashboard.reports.decisions import on_chart
from dashboard.reports.packs.block import Asked, Block, listed
from dashboard.reports.tasking import (
    agenda,
    fitness,
    forecasts,
    objectives,
    pressures,
)
from dashboard.reports.tasking.alert_items import no_rare
from dashboard.reports.tasking.since_last import since_last
from dashboard.reports.trends import last_week
from dashboard.reports.unit import ocu
from dashboard.words import numbers, phrases

SERIES = ("name", "unit_code", "borough_name", "now", "expected", "low", "high")
ALERTS = (*SERIES, "times_seen")
REVISED = ("name", "unit_name", "borough_name", "window", "old", "new", "change")
CLEARED = ("name", "unit_code", "borough_name", "then", "then_expected", "now", "expected")
TARGETS = ("name", "unit_code", "old", "new", "set_on", "status")
RARE = ("period_words", "name", "unit_code", "borough_name", "n", "gap_days")
COMING = ("priority", "name", "window", "last", "expected", "low80", "high80")
WEEK = ("name", "unit_code", "borough_name", "count", "week_before", "expected", "upper", "above")
PRESSURE = ("unit_code", "unit_name", "alerts", "tested", "overtime_words", "posts_words")
BOARD = (
    *("name", "unit_code", "value_said", "period_words", "target_words", "verdict"),
    *("variation", "symbol"),
)
MOST_RARE, MOST_REVISED = 20, 12  # rows in print: the gravest first, the largest first


def since(asked: Asked) -> Iterator[Block | str]:
    """What is new, what has cleared, and which counts and targets changed."""
    found = since_last(asked.request)
    if found is None:
        yield "No earlier meeting has a snapshot to compare with."
        return
    held, known = day_words(found.meeting), day_words(found.as_at)
    yield f"Compared with the meeting of {held} (as at {known})."
    yield from ([f"New: {row['sentence']}" for row in found.new] or ["No new alert."])
    for name, shown, columns in (
        ("cleared", found.cleared, CLEARED),
        ("revised", found.revised, REVISED),
        ("targets", found.targets, TARGETS),
    ):
        part = Block(name, shown, columns=columns, most=MOST_REVISED)
        yield from listed(part, f"{phrases.sentence(shown.title)}.")


def beyond(asked: Asked) -> Iterator[Block | str]:
    """The alerts with their year of windows, then the watch list and the quiet falls."""
    found = alert_list.alert_list(asked.request)
    alerts = remarks.beside(asked.request, found.alerts)
    columns = (*ALERTS, *remarks.columns(alerts))
    yield from listed(Block("alerts", alerts, columns=columns), f"{alerts.title}.")
    yield alert_words.promise(found.tested)
    for words in (
        alert_words.record(past_record.record(asked.request)),
        alert_words.marked(past_record.marks(asked.request)),
    ):
        if words:
            yield words
    entries = alert_list.rolled(alert_list.of_tier(found.alerts))[: agenda.MOST_ALERTS]
    for place, (row, _) in enumerate(entries, 1):
        shown = history.history(asked.request, row)
        decided = on_chart.of_alert(asked.request, row)
        yield Block(
            f"alert-{place}", shown, "fortnights", printed=False, half=True, decided=decided
        )
    for name, shown in (("watch", found.watch), ("falls", found.falls)):
        yield from listed(Block(name, shown, columns=SERIES), f"{shown.title}: none.")


def rare(asked: Asked) -> Iterator[Block | str]:
    """Rare events, each with the gap since the last."""
    found = alert_list.alert_list(asked.request).rare
    yield from listed(Block("rare", found, columns=RARE, most=MOST_RARE), f"{no_rare()}.")


def coming(asked: Asked) -> Iterator[Block | str]:
    """The next fortnight, and pressure beside capacity."""
    ahead = forecasts.coming(asked.request)
    yield from listed(Block("coming", ahead, columns=COMING), f"{ahead.title}: nothing is known.")
    yield from pressure(asked)


def pressure(asked: Asked) -> Iterator[Block | str]:
    """Pressure beside capacity, unit by unit."""
    able = pressures.pressure(asked.request)
    yield from listed(Block("pressure", able, columns=PRESSURE), f"{able.title}.")


def plan(asked: Asked) -> Iterator[Block | str]:
    """Every objective of the plan with its figure, last period, target and variation."""
    board = remarks.beside(asked.request, objectives.board(asked.request), year=True)
    columns = (*BOARD, *remarks.columns(board))
    yield Block(
        "objectives", replace(board, rows=_in_words(board.rows)), columns=columns, spark="spark"
    )


def _in_words(rows: pa.Table) -> pa.Table:
    """The board with its figures in words too, a share with both its parts, and the year's with
    the unsigned returns that it stands on: a document has no room for a column of them."""
    listed = rows.to_pylist()
    for name, key in (("value_said", ""), ("latest_said", "latest_")):
        words = [_figure(row, key) for row in listed]
        rows = rows.append_column(name, pa.array(words, pa.string()))
    return rows


def _figure(row: dict[str, Any], key: str) -> str:
    parts = (row[f"{key}numerator"], row[f"{key}denominator"])
    value, beside = (row["latest"], None) if key else (row["value"], row["target"])
    said = numbers.full(value, row["unit"], parts, row["unit_of_parts"], beside)
    if key or value is None:
        return said
    # A figure of more than the unit in whose row it stands says so; then what is unsigned in it.
    whole = f"{said}, {row['context']}" if row["context"] else said
    return f"{whole} {row['unsigned']}" if row["unsigned"] else whole


def changed(asked: Asked) -> Iterator[Block | str]:
    """What changed, unit by unit, in sentences."""
    for code in order.page_units(asked.request.catalogue):
        head = ocu.head(asked.request, code)
        if head.changed:
            yield f"{code} {head.unit.name}: {'; '.join(head.changed)}."


def week(asked: Asked) -> Iterator[Block | str]:
    """The last whole week beside its expectation."""
    found = last_week.last_week(asked.request)
    yield from listed(Block("week", found, columns=WEEK), f"{found.title}.")


def fit(asked: Asked) -> Iterator[Block | str]:
    """Is the data fit, and which figures lag."""
    found = alert_list.alert_list(asked.request)
    yield from found.late
    yield from found.fit
    yield Block("fit", fitness.strip(asked.request), columns=("label", "value", "detail"))
