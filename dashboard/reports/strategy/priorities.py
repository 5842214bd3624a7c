"""The priorities of the control strategy against their outcomes, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import day_words, later, planning_year_start, planning_year_words
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.measure.whole_years import broken_since, year_of
from dashboard.reports.measure.window import Window
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.reports.tasking import bar_items, bar_rows, objectives, plan_tracks
from dashboard.reports.tasking.board_rows import NO_FIGURE, NO_PARTS, NO_TARGET, Said
from dashboard.words import numbers, status
from dashboard.words.figures import whose

BRIEF = (
    "priority",
    "name",
    "over_years",
    "figure",
    "period_words",
    "target_words",
    "verdict",
)  # where there is little room
YEARS = 5  # whole planning years before the present one
NO_FORECAST = f"{NO_TARGET}, or the year’s end can’t be foretold"


class Priority(TypedDict):
    """A measure of a priority, over years.

    years, values  the last whole planning years and what each came to, oldest first; None where a
                   period of it is not known
    broken         whether the measure has changed its meaning since that year
    value …        the planning year to date; projected, low80, high80, chance, verdict: its end,
                   as the objectives board says it
    scope          whose the figure is: all units', or the owner's own; '' without one
    outlook        likely to be missed, could go either way or likely to be met; '' without one
    """

    priority: str
    measure: str
    name: str
    unit_code: str
    unit: str
    better: str
    years: list[str]
    values: list[float | None]
    broken: list[bool]
    value: Annotated[float | None, NO_FIGURE]
    numerator: Annotated[float | None, NO_FIGURE]
    denominator: Annotated[float | None, NO_PARTS]
    period_words: Annotated[str | None, NO_FIGURE]
    figure: str
    scope: str
    over_years: str
    target: Annotated[float | None, NO_TARGET]
    projected: Annotated[float | None, NO_FORECAST]
    low80: Annotated[float | None, NO_FORECAST]
    high80: Annotated[float | None, NO_FORECAST]
    chance: Annotated[float | None, NO_FORECAST]
    target_words: Annotated[str | None, NO_TARGET]
    target_status: Annotated[str | None, NO_TARGET]
    verdict: Annotated[str | None, NO_TARGET]
    outlook: str
    tone: str  # of it; '' without one
    figure_of: Annotated[str | None, NO_FIGURE]


@kept(32)
def priorities(request: Request) -> Disclosed:
    """One row a measure of each priority in force, in the order of the plan; all of them under no
    heading where none is in force."""
    board = objectives.board(request)
    held = {row["measure"]: row for row in rows.typed(Said, board.rows)}
    tracks = plan_tracks.tracks_of_plan(request, Window(years=YEARS))
    aimed = bar_rows.objectives(held.values())
    outlooks = {item.of["measure"]: bar_rows.outlook(item) for item in aimed}
    priority_measures = [
        _row(priority, held[name], tracks.get(name), _starts(request), outlooks.get(name, ""))
        for priority, names in _named(request)
        for name in names
        if name in held
    ]
    known = [
        at for at in range(YEARS) if any(row["values"][at] is not None for row in priority_measures)
    ]
    for row in priority_measures:
        row["years"] = [row["years"][at] for at in known]
        row["values"] = [row["values"][at] for at in known]
        row["broken"] = [row["broken"][at] for at in known]
        row["over_years"] = over_years(row)
    return request.disclose(
        rows.table(Priority, priority_measures),
        title=_title(priority_measures, held),
        subtitle=f"planning years, and {planning_year_words(request.as_at)} so far, as at "
        f"{day_words(request.as_at)}",
        notes=board.notes,
        query="board_series",
        columns=BRIEF,
    )


def _starts(request: Request) -> list[date]:
    """First days of the whole planning years that are shown, oldest first."""
    now = planning_year_start(request.as_at)
    return [later(now, -12 * back) for back in range(YEARS, 0, -1)]


def over_years(row: Priority) -> str:
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


def _row(
    priority: str, row: Said, track: MeasureSeries | None, years: list[date], outlook: str
) -> Priority:
    """A measure with all the years that are asked for, known or not."""
    parts = row["numerator"], row["denominator"]
    return {
        "priority": priority,
        "measure": row["measure"],
        "name": row["name"],
        "unit_code": row["unit_code"],
        "scope": whose(row["figure_of"], row["unit_code"], ours().force)
        if row["figure_of"]
        else "",
        "unit": row["unit"],
        "better": row["better"],
        "years": [planning_year_words(start) for start in years],
        "values": [year_of(track, start) if track else None for start in years],
        "broken": [broken_since(track, start) if track else False for start in years],
        "value": row["value"],
        "numerator": row["numerator"],
        "denominator": row["denominator"],
        "period_words": row["period_words"],
        "figure": numbers.figure_alone(row["value"], row["unit"], parts),
        "over_years": "",
        "target": row["target"],
        "projected": row["projected"],
        "low80": row["low80"],
        "high80": row["high80"],
        "chance": row["chance"],
        "target_words": row["target_words"],
        "target_status": row["target_status"],
        "verdict": row["verdict"],
        "outlook": bar_rows.OUTLOOKS.get(outlook, ""),
        "tone": outlook,
        "figure_of": row["figure_of"],
    }


def _title(priority_measures: list[Priority], held: dict[str, Said]) -> str:
    """'Of 14 targets of 6 priorities: 8 likely to be missed, 2 could go either way, …'."""
    shown = dict.fromkeys(row["measure"] for row in priority_measures)
    aimed = bar_rows.objectives(held[name] for name in shown)
    count = len({row["priority"] for row in priority_measures} - {""})
    if not aimed:
        return "No measure of a priority has a target for this year"
    of = f" of {'1 priority' if count == 1 else f'{count} priorities'}" if count else ""
    return bar_items.all_targets(aimed, of)


def leads(priority_measures: Disclosed) -> Iterator[Priority]:
    """A measure of each priority, for the picture: the first of it with most whole years."""
    by_priority: dict[str, list[Priority]] = {}
    for row in rows.typed(Priority, priority_measures.rows):
        by_priority.setdefault(row["priority"], []).append(row)
    for own in by_priority.values():
        known = [(sum(value is not None for value in row["values"]), row) for row in own]
        most = max(count for count, _ in known)
        if most:
            yield next(row for count, row in known if count == most)


def tone(row: Priority) -> str:
    """bad, good or quiet, as the chance of its target says; plain without a target."""
    return row["tone"] or status.variation("").tone
