"""Sections of the strategic pack: the quarterly meeting's own order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.reports import remarks
from dashboard.reports.accountability import improvement, reviews, units
from dashboard.reports.measure import next_years
from dashboard.reports.packs.block import Asked, Block, listed
from dashboard.reports.strategy import achieved as results
from dashboard.reports.strategy import capacity as able
from dashboard.reports.strategy import harm as weighed
from dashboard.reports.strategy import levels, past_levels
from dashboard.reports.strategy import needs as needed
from dashboard.reports.strategy import priorities as plans
from dashboard.reports.strategy.harm import Unit

ACHIEVED = ("priority", "n", *results.STATES, "cost_gbp")
RESULTS = ("meeting", "what", "owner_unit", "result")
CAPACITY = ("unit_code", "unit_name", "against", "unknown", "reason")
FLOW = (
    *("unit_code", "open_before", "arrived", "detected", "no_crimed", "filed", "open_now"),
    *("over_28", "over_91", "median_days", "per_post", "lent", "borrowed"),
)
HARM = ("unit_code", "unit_name", "by_harm", "by_count", "harm", "n", "weighed")
WEIGHTS = ("offence_name", "by_harm", "by_count", "weight", "n", "harm")
NEEDS = (
    *("unit_code", "reviews_done", "reviews_of", "vetting_done", "vetting_of"),
    *("areas", "overdue"),
)
AREAS = ("criterion_words", "title", "score", "first_score", "lead_post", "unit_code", "due_on")
TASKS = ("kind_words", "unit_code", "tasked_by", "due_on", "days_over")
LEVELS = (
    *("name", "unit_code", "last_words", "expected_words", "level_words", "promised"),
    *("target_words", "target_chance"),
)
RECORD = ("name", "wait", "n", "years", "met", "share", "promised", "by_steps", "low", "high")


def priorities(asked: Asked) -> Iterator[Block | str]:
    """Each priority's measures, year by year, and where the year ends."""
    priority_measures = plans.priorities(asked.request)
    yield f"{priority_measures.title}."
    lead = rows.table(plans.Priority, list(plans.leads(priority_measures)))
    if lead.num_rows:
        yield Block(
            "priority-years", replace(priority_measures, rows=lead), "priorities", printed=False
        )
    told = remarks.beside(asked.request, priority_measures, year=True)
    yield from listed(Block("priorities", told), "No measure is known.")


def achieved(asked: Asked) -> Iterator[Block | str]:
    """What decisions achieved, by priority, and each result in its sentence."""
    sums, each = results.achieved(asked.request), results.results(asked.request)
    yield from listed(Block("achieved", sums, columns=ACHIEVED), f"{sums.title}.")
    yield from listed(Block("results", each, columns=RESULTS), f"{each.title}.")


def capacity(asked: Asked) -> Iterator[Block | str]:
    """The reports come, closed and open; then where a move would hurt least, and why."""
    capacities = able.capacity(asked.request)
    yield f"{capacities.title}."
    # Before the picture, which takes most of a page: it fills the one that is begun.
    flow = replace(capacities, title="Reports that came, were closed and are open, unit by unit")
    yield Block("open-reports", flow, columns=FLOW, quiet=True)
    yield Block("capacity", capacities, "capacity", columns=CAPACITY)


def harm(asked: Asked) -> Iterator[Block | str]:
    """What reports weigh, beside how many there are: by unit, then by offence."""
    by_unit, each = weighed.units(asked.request), weighed.offences(asked.request)
    yield f"{by_unit.title}."
    if any(row["weighed"] for row in rows.typed(Unit, by_unit.rows)):
        yield Block("harm", by_unit, columns=HARM)
        yield Block("harm-by-offence", each, columns=WEIGHTS)


def needs(asked: Asked) -> Iterator[Block | str]:
    """Reviews and vetting by unit, and the areas for improvement."""
    unit_needs = needed.needs(asked.request)
    yield Block("needs", unit_needs, columns=NEEDS)
    if not units.missing(asked.request, "reviews"):
        yield Block("reviews-tasked", reviews.tasks(asked.request, ours().force), columns=TASKS)
    if reason := units.missing(asked.request, "improvements"):
        yield reason
    else:
        yield Block("areas", improvement.areas(asked.request, ours().force), columns=AREAS)


def targets(asked: Asked) -> Iterator[Block | str]:
    """Levels for next year that would be met in 80 of 100, and how such levels did before."""
    next_levels = levels.levels_of(asked.request, ours().directorate)
    yield from listed(Block("levels", next_levels, columns=LEVELS), f"{next_levels.title}.")
    before = past_levels.record(asked.request, next_years.wait(asked.request))
    yield from listed(
        Block("levels-before", before, unit="percent", columns=RECORD), f"{before.title}."
    )
