"""What stands first of a unit, on its page and in its pack: alert, missed targets, overdue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.reports import remarks
from dashboard.reports.accountability import overdue
from dashboard.reports.accountability.overdue import Count
from dashboard.reports.alerts import history, standing
from dashboard.reports.decisions import on_chart
from dashboard.reports.measure import verdicts
from dashboard.reports.packs.block import Asked, Block, listed
from dashboard.reports.request import Request
from dashboard.reports.unit import headline, planned
from dashboard.reports.unit.planned import Planned

MISSED = ("name", "figure", "period_words", "target_words", "standing")
OVERDUE = ("description", "unit_code", "due_on", "days_over")
MOST_ALERTS, MOST_OVERDUE = 2, 10  # that a first page has room for


def title(request: Request, unit: str, plan: Disclosed) -> str:
    """The heading of the unit: dashboard.reports.unit.headline, with all that is overdue at it."""
    late = rows.typed(Count, overdue.counts(request, unit).rows)
    return headline.headline(request, unit, plan, sum(row["n"] for row in late))


def first(asked: Asked) -> Iterator[Block | str]:
    """The heading, each alert with its chart, the targets that are likely to be missed and what is
    overdue, the longest first."""
    request, unit = asked.request, asked.unit
    plan = planned.plan(request, unit)
    yield f"{title(request, unit, plan)}."
    beyond, spoken = standing.alerts_on(request, unit=unit), remarks.all_remarks(request)
    for place, row in enumerate(beyond[:MOST_ALERTS], 1):
        shown, decided = history.history(request, row), on_chart.of_alert(request, row)
        yield Block(f"alert-{place}", shown, "fortnights", printed=False, decided=decided)
        if said := spoken.words(row):
            yield said
    if not beyond:
        yield "No alert stands on a measure of the unit."
    yield from listed(_missed(plan), "No target of the unit is likely to be missed.")
    late = overdue.owes(request, unit)
    part = Block("overdue", late, columns=OVERDUE, most=MOST_OVERDUE)
    yield from listed(part if late.title else None, "Nothing of the unit is overdue.")
    # Records that are not open here, and what of the framework is not loaded.
    yield from (*late.plain_notes, *overdue.counts(request, unit).plain_notes)


def _missed(plan: Disclosed) -> Block:
    """The unit's own targets that are likely to be missed, in the heading's order."""
    own = [row for row in rows.typed(Planned, plan.rows) if row["whole"] is None]
    missed = replace(
        plan,
        rows=rows.table(Planned, headline.likeliest(own)),
        title=verdicts.missed(own) or "Targets that are likely to be missed",
    )
    return Block("missed", missed, columns=MISSED)
