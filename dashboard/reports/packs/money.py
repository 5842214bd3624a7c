"""Sections on money: the Star Chamber's, and the financial ones of other packs."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.catalogue import ours
from dashboard.reports import remarks
from dashboard.reports.overtime import board as overtime
from dashboard.reports.overtime import breakdown as overtime_breakdown
from dashboard.reports.overtime import course as overtime_course
from dashboard.reports.overtime import decided, finance, use
from dashboard.reports.overtime import exceptions as overtime_exceptions
from dashboard.reports.overtime import outcomes as overtime_outcomes
from dashboard.reports.overtime import teams as overtime_teams
from dashboard.reports.packs.block import Asked, Block, listed
from dashboard.reports.spending.ledgers import Ledger, ledger

ASKED = ("standing", "what", "owner_unit", "owner_post", "due", "moved")
MADE = ("what", "tactic", "owner_unit", "owner_post", "due", "moved")
MOVED = (
    *("unit_name", "gave_said", "got_said", "moved_said", "budget_said", "with_said"),
    *("forecast_said", "beyond_said"),
)
TEAMS = ("unit_name", "value", "numerator", "denominator", "low_998", "high_998", "limits")
BESIDE = ("unit_name", "name", "last_said", "usual_said", "variation")
NO_OVERTIME = "No overtime is loaded: it comes from the claims system and has no published source."


def unit_of(asked: Asked) -> str:
    """The unit whose money is shown: the pack's own where it has overtime, else the directorate."""
    return asked.unit if asked.unit in overtime.units(asked.request) else ours().directorate


def decided_before(asked: Asked) -> Iterator[Block | str]:
    """What the last Star Chambers decided that is to be asked after, and budget moved."""
    request, accounts = asked.request, ledger(asked.request)
    before = decided.last_time(request, unit_of(asked))
    yield from listed(Block("decisions", before, columns=ASKED), f"{before.title}.")
    if accounts is None:
        return
    moved = decided.moved(request, accounts, unit_of(asked))
    yield from listed(Block("budget-moved", moved, columns=MOVED), f"{moved.title}.")


def decided_here(asked: Asked) -> Iterator[Block | str]:
    """What the Star Chamber decided at this meeting."""
    decisions = decided.here(asked.request, unit_of(asked))
    yield from listed(Block("decided", decisions, columns=MADE), f"{decisions.title}.")


def budget(asked: Asked) -> Iterator[Block | str]:
    """Who will overspend, by how much and why; the year's course."""
    request, unit = asked.request, unit_of(asked)
    board, accounts = overtime.board(request, unit), ledger(request)
    if board is None or accounts is None:
        yield NO_OVERTIME
        return
    yield f"{board.statement}. {board.substatement}."
    rows = remarks.beside(request, board.rows, year=True)
    yield Block("overtime", rows)
    course = overtime_course.course(request, accounts, board.focus)
    yield Block("overtime-course", course, "budget", unit="gbp", printed=False)
    causes = overtime_breakdown.causes(request, accounts, unit)
    yield Block("overtime-causes", causes, "waterfall", unit="gbp", columns=("label", "said"))


def breakdown(asked: Asked) -> Iterator[Block | str]:
    """By month, category, operation and officer."""
    accounts = ledger(asked.request)
    if accounts is None:
        yield NO_OVERTIME
        return
    yield from _broken_down(asked, accounts, unit_of(asked))


def _broken_down(asked: Asked, accounts: Ledger, unit: str) -> Iterator[Block | str]:
    request = asked.request
    months = overtime_breakdown.months(request, accounts, unit)
    categories = overtime_breakdown.categories(request, accounts, unit)
    operations = use.operations(request, accounts, unit)
    yield Block("overtime-months", months)
    yield Block("overtime-categories", categories)
    yield from listed(Block("overtime-operations", operations), f"{operations.title}.")
    yield Block("overtime-officers", use.officers(request, accounts))


def teams(asked: Asked) -> Iterator[Block | str]:
    """Teams against their own year before."""
    team_shares = overtime_teams.teams(asked.request, unit_of(asked))
    none = "A year of claims before this one is needed to compare teams with; none is loaded."
    if team_shares is None:
        yield none
        return
    yield from listed(Block("teams", team_shares, "funnel", unit="percent", columns=TEAMS), none)


def exceptions(asked: Asked) -> Iterator[Block | str]:
    """What breaks which rule, and the claims to ask about."""
    breaches = overtime_exceptions.exceptions(asked.request, unit_of(asked))
    if breaches is None:
        yield NO_OVERTIME
        return
    rules = Block("exceptions", breaches.summary)
    yield from listed(rules, "No claim breaks a rule.")
    yield from listed(Block("exceptions-listed", breaches.listed), "Nothing to ask about.")


def outcomes(asked: Asked) -> Iterator[Block | str]:
    """Overtime beside outcomes: all units, or one unit's two charts."""
    unit = unit_of(asked)
    if unit == ours().directorate:
        comparison = overtime_outcomes.beside(asked.request)
        if comparison is None:
            yield NO_OVERTIME
        else:
            yield Block("beside", comparison, columns=BESIDE)
        return
    for place, (chart, figure) in enumerate(overtime_outcomes.charts(asked.request, unit), 1):
        decided = overtime_outcomes.decided(asked.request, unit) if place > 1 else None
        yield Block(f"beside-{place}", chart, "spc", unit=figure, printed=False, decided=decided)


def finances(asked: Asked) -> Iterator[Block | str]:
    """The general finances, by heading."""
    by_heading = finance.finances(asked.request, unit_of(asked))
    none = "No finances are loaded for this unit."
    part = Block("finances", by_heading) if by_heading else None
    yield from listed(part, none)
