"""The quarterly meeting on the wall: the strategic page, one item a screen."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.periods import day_words, planning_year_words
from dashboard.reports import remarks
from dashboard.reports.request import Request
from dashboard.reports.strategy import achieved, capacity, harm, levels, needs, priorities
from dashboard.reports.strategy.achieved import Achieved
from dashboard.reports.strategy.capacity import Capacity
from dashboard.reports.strategy.harm import Unit
from dashboard.reports.strategy.levels import Level
from dashboard.reports.strategy.needs import Need
from dashboard.reports.strategy.signs import SIGNS
from dashboard.reports.tasking import alert_items, bar_items, bar_rows, objectives
from dashboard.reports.tasking.board_rows import Said
from dashboard.reports.tasking.item import Item, Listing, brief
from dashboard.words import numbers, phrases

Facts = tuple[tuple[str, str, str], ...]
MOST = 6  # rows of one screen


def agenda(request: Request) -> tuple[Item, ...]:
    """All items from first to last; never empty. A part without a figure has none."""
    items = [
        *_priorities(request),
        *_part(request, "2 · What decisions achieved", "achieved"),
        *_part(request, "3 · Capacity beside demand", "capacity"),
        *_part(request, "3 · Harm beside counts", "harm"),
        *_part(request, "4 · Next year’s targets", "targets"),
        *_part(request, "5 · Development needs", "needs"),
    ]
    spoken = remarks.all_remarks(request)
    said = (alert_items.with_remarks(request, spoken, item) for item in items)
    return (_opening(request, items), *said)


def _opening(request: Request, items: Sequence[Item]) -> Item:
    lists = (Listing("", tuple(item.title for item in items[1 : MOST + 1])),)
    said = f"Quarterly strategic meeting, as at {day_words(request.as_at)}"
    title = items[0].title if items else "Nothing of the strategy is loaded"
    return Item("opening", "Opening", "opening", title, said, lists=lists if items else ())


def _priorities(request: Request) -> list[Item]:
    """A measure of each priority as bars: the year so far, where it ends, its target."""
    priority_measures = priorities.priorities(request)
    named = {row["measure"]: row["priority"] for row in priorities.leads(priority_measures)}
    board = objectives.board(request)
    held = [row for row in rows.typed(Said, board.rows) if row["measure"] in named]
    bars = bar_rows.objectives(held)[:MOST]
    if not bars:
        return []
    year = planning_year_words(request.as_at)
    return [
        Item(
            "priorities",
            "1 · Priorities over the year",
            "bars",
            priority_measures.title,
            f"{year}; a measure of each priority",
            pictures=(
                bar_rows.disclosed_rows(board, bar_rows.bars(bars), priority_measures.title),
            ),
            heads=bar_items.PLAN_HEADS,
            strip=bar_items.PLAN_KEY,
            figures=bar_rows.figures(bars),
        )
    ]


def _part(request: Request, section: str, key: str) -> list[Item]:
    title, facts = PARTS[key](request)
    if not facts:
        return []
    more = len(facts) - MOST
    rest = f"{more} more on the page Strategy" if more > 0 else ""
    return [Item(key, section, "facts", title, facts=facts[:MOST], strip=rest)]


def _achieved(request: Request) -> tuple[str, Facts]:
    achievements = achieved.achieved(request)
    facts = []
    for row in rows.typed(Achieved, achievements.rows):
        came = [
            f"{n} {achieved.STATES[name].lower()}"
            for name, n in achieved.by_state(row).items()
            if n
        ]
        many = f"{row['n']} decision{'' if row['n'] == 1 else 's'}"
        facts.append((row["priority"], many, phrases.listed(came)))
    return achievements.title, tuple(facts)


def _capacity(request: Request) -> tuple[str, Facts]:
    capacities = capacity.capacity(request)
    of = len(SIGNS)
    return capacities.title, tuple(
        (
            f"{row['place']} · {row['unit_code']}",
            f"{row['against']} of {of} signs",
            brief(phrases.sentence(row["speaks"] or _not_known(row))),
        )
        for row in rows.typed(Capacity, capacities.rows)
        if row["unknown"] < of
    )


def _not_known(row: Capacity) -> str:
    not_known = row["not_known"]
    return f"not known: {not_known}" if not_known else capacity.NOTHING


def _harm(request: Request) -> tuple[str, Facts]:
    by_unit = harm.units(request)
    return by_unit.title, tuple(
        (
            row["unit_code"],
            f"{row['by_harm']} by harm, {row['by_count']} by reports",
            f"{numbers.rate(row['weighed'], row['n'])} reports have a weight",
        )
        for row in rows.typed(Unit, by_unit.rows)
        if row["by_harm"] is not None
    )


def _targets(request: Request) -> tuple[str, Facts]:
    next_levels = levels.levels_of(request, ours().directorate)
    return next_levels.title, tuple(
        (row["name"], row["level_words"], f"last year {row['last_words']}")
        for row in rows.typed(Level, next_levels.rows)
        if row["level_words"] is not None
    )


def _needs(request: Request) -> tuple[str, Facts]:
    unit_needs = needs.needs(request)
    return unit_needs.title, tuple(
        (
            row["unit_code"],
            f"{numbers.rate(row['reviews_done'], row['reviews_of'])} reviews done",
            f"vetting in date {numbers.rate(row['vetting_done'], row['vetting_of'])}",
        )
        for row in rows.typed(Need, unit_needs.rows)
        if row["kind"] == "ocu" and (row["reviews_of"] or row["vetting_of"])
    )


PARTS = {
    "achieved": _achieved,
    "capacity": _capacity,
    "harm": _harm,
    "targets": _targets,
    "needs": _needs,
}
