"""The priorities of the control strategy against their outcomes, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import day_words, later, planning_year_start, planning_year_words
from dashboard.reports.kept import kept
from dashboard.reports.measure.tracks import Track
from dashboard.reports.measure.whole_years import broken_since, year_of
from dashboard.reports.measure.window import Shown
from dashboard.reports.request import Request
from dashboard.reports.tasking import bar_items, bar_rows, objectives
from dashboard.words import numbers, status
from dashboard.words.figures import FIGURE_OF

Row = dict[str, Any]
YEARS = 5  # whole planning years before the present one
ROWS = pa.schema(
    [
        *((name, pa.string()) for name in ("priority", "measure", "name", "unit_code", "unit")),
        ("better", pa.string()),
        ("years", pa.list_(pa.string())),
        ("values", pa.list_(pa.float64())),
        ("broken", pa.list_(pa.bool_())),
        *((name, pa.float64()) for name in ("value", "numerator", "denominator")),
        *((name, pa.string()) for name in ("period_words", "figure", "over_years")),
        *((name, pa.float64()) for name in ("target", "projected", "low80", "high80", "chance")),
        *((name, pa.string()) for name in ("target_words", "target_status", "verdict", "outlook")),
        (FIGURE_OF, pa.string()),
    ]
)


@kept(32)
def priorities(request: Request) -> Disclosed:
    """One row a measure of each priority in force, in the order of the plan; all of them under no
    heading where none is in force.

    years, values  the last whole planning years and what each came to, oldest first; None where a
                   period of it is not known
    broken         whether the measure has changed its meaning since that year
    value …        the planning year to date; projected, low80, high80, chance, verdict: its end,
                   as the objectives board says it
    outlook        likely to be missed, could go either way or likely to be met; '' without one
    """
    board = objectives.board(request)
    held = {row["measure"]: row for row in board.rows.to_pylist()}
    tracks = objectives.tracks_of_plan(request, Shown(years=YEARS))
    outlooks = {row["of"]["measure"]: bar_rows.outlook(row) for row in _aimed(held.values())}
    rows = [
        _row(priority, held[name], tracks.get(name), _starts(request))
        | {"outlook": outlooks.get(name, "")}
        for priority, names in _named(request)
        for name in names
        if name in held
    ]
    known = [at for at in range(YEARS) if any(row["values"][at] is not None for row in rows)]
    for row in rows:
        row |= {name: [row[name][at] for at in known] for name in ("years", "values", "broken")}
        row["over_years"] = over_years(row)
    return request.disclose(
        pa.Table.from_pylist(rows, ROWS),
        title=_title(rows, held),
        subtitle=f"planning years, and {planning_year_words(request.as_at)} so far, as at "
        f"{day_words(request.as_at)}",
        notes=board.notes,
        query="board_series",
    )


def _starts(request: Request) -> list[date]:
    """First days of the whole planning years that are shown, oldest first."""
    now = planning_year_start(request.as_at)
    return [later(now, -12 * back) for back in range(YEARS, 0, -1)]


def over_years(row: Row) -> str:
    """'2029/30 3,600 | 2030/31 4,069': a stroke where the measure changed its meaning."""
    said, before = "", False
    for words, value, broken in zip(row["years"], row["values"], row["broken"], strict=True):
        between = "" if not said else " | " if before and not broken else ", "
        said += f"{between}{words} {numbers.figure(value, row['unit'])}"
        before = broken
    return said


def _named(request: Request) -> list[tuple[str, list[str]]]:
    force = request.catalogue.in_force(request.as_at)
    if not force:
        return [("", list(request.measures))]
    return [(item.name, list(item.measures)) for item in force]


def _row(priority: str, row: Row, track: Track | None, years: list[date]) -> Row:
    parts = row["numerator"], row["denominator"]
    kept_of = {name: row[name] for name in ROWS.names if name in row}
    return kept_of | {
        "priority": priority,
        "years": [planning_year_words(start) for start in years],
        "values": [year_of(track, start) if track else None for start in years],
        "broken": [broken_since(track, start) if track else False for start in years],
        "figure": numbers.short(row["value"], row["unit"], parts),
    }


def _aimed(board: Any) -> list[bar_rows.Row]:
    return bar_rows.objectives(list(board))


def _title(rows: list[Row], held: dict[str, Row]) -> str:
    """'Of 14 targets of 6 priorities: 8 likely to be missed, 2 could go either way, …'."""
    shown = dict.fromkeys(row["measure"] for row in rows)
    aimed = _aimed(held[name] for name in shown)
    count = len({row["priority"] for row in rows} - {""})
    if not aimed:
        return "No measure of a priority has a target for this year"
    said = bar_items.all_targets(aimed)
    return said.replace(" targets", f" targets of {count} priorities", 1) if count else said


def leads(found: Disclosed) -> Iterator[Row]:
    """A measure of each priority, for the picture: the first of it with most whole years."""
    by_priority: dict[str, list[Row]] = {}
    for row in found.rows.to_pylist():
        by_priority.setdefault(row["priority"], []).append(row)
    for own in by_priority.values():
        known = [(sum(value is not None for value in row["values"]), row) for row in own]
        most = max(count for count, _ in known)
        if most:
            yield next(row for count, row in known if count == most)


def tone(row: Row) -> str:
    """bad, good or quiet, as the chance of its target says; plain without a target."""
    said = {words: name for name, words in bar_rows.OUTLOOKS.items()}
    return said.get(row["outlook"], status.variation("").tone)
