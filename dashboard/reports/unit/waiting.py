"""What waits for somebody's act on a unit's reports: how many by branch, and one by one.

These are the rules that say by which day they end: a report that is to be validated, seen by a
supervisor, or whose detection is to be authorised.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Annotated, Any, TypedDict

from dashboard import queries, rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.measure.fault_counts import LISTED, tied
from dashboard.reports.request import Request
from dashboard.reports.request.accounts import unasked, unasked_notes
from dashboard.reports.request.paging import bounds, page_of
from dashboard.reports.unit.part import UNASSIGNED, whose
from dashboard.words import names, phrases

NEWEST = "newest"  # the order that is asked for; else the oldest are first
WEEK = timedelta(days=7)
SUPERVISOR = "Who the supervisor is stands in no record that is loaded."


class Counted(TypedDict):
    """A row of the query waiting: the open faults of a rule in a branch.

    fresh    that opened within the last seven days
    counted  that the plan's stock of faults counts
    """

    name: str
    ocu: str
    branch: Annotated[str | None, "null: of no branch"]
    n: int
    fresh: int
    counted: int
    oldest_since: date


class ByPart(TypedDict):
    """How many acts wait at a branch of a unit, or at an OCU of what is above it.

    unit_code  UNASSIGNED of what no branch has
    fresh      that began to wait within the last seven days
    """

    unit_code: str
    unit_name: str
    n: int
    fresh: int
    oldest_since: date
    days_open: int


def by_part(request: Request, unit: str) -> Disclosed | None:
    """A row a branch (of what is above an OCU, a row an OCU) where an act waits, in the
    organisation's order; None where none does.

    raises  NotAllowedError for a unit whose records the role may not open
    """
    listed = counted_by_part(request, unit)
    if not listed:
        return None
    fresh, total = (sum(row[key] for row in listed) for key in ("fresh", "n"))
    most = max(listed, key=lambda row: row["n"])
    since = day_words(request.as_at - WEEK)
    lead = f", {most['n']:,} of them at {most['unit_name']}" if len(listed) > 1 else ""
    return request.disclose(
        rows.table(ByPart, listed),
        title=f"{_waits(total)}{lead}; {fresh:,} new since {since}",
        subtitle=f"as at {day_words(request.as_at)}",
        notes=(SUPERVISOR,),
        query="waiting",
        params=_asked(request, unit),
        unit=unit,
    )


def counted_by_part(request: Request, unit: str) -> list[ByPart]:
    """The rows of `by_part`."""
    whole = request.catalogue.unit(unit).level != "ocu"
    held: dict[str, list[Counted]] = defaultdict(list)
    for row in _counted(request, unit):
        held[row["ocu"] if whole else row["branch"] or UNASSIGNED].append(row)
    known = list(request.catalogue.units)
    return [
        {
            "unit_code": code,
            "unit_name": names.unit(request.catalogue, code) if code in known else "not assigned",
            "n": sum(row["n"] for row in held[code]),
            "fresh": sum(row["fresh"] for row in held[code]),
            "oldest_since": (oldest := min(row["oldest_since"] for row in held[code])),
            "days_open": (request.as_at - oldest).days,
        }
        for code in sorted(
            held, key=lambda code: known.index(code) if code in known else len(known)
        )
    ]


def waiting(
    request: Request,
    unit: str,
    page: int | None = 1,
    branch: str | None = None,
    first: str | None = None,
) -> Disclosed:
    """One page of the unit's open faults that somebody's act would close, the oldest first; all
    where `page` is None.

    branch  whose alone, where it is one's
    first   NEWEST where those are

    The title says how many of them the stock of faults of the plan counts, which is of some of
    these rules.

    raises  NotAllowedError for a unit whose records the role may not open
    """
    asked = _asked(request, unit)
    only = first if first == NEWEST else None
    params = {"unit": unit, "fault": asked["fault"], "branch": branch, "first": only}
    params |= bounds(page)
    reports = request.run("quality_worklist", **params)
    kinds = [row for row in _counted(request, unit) if branch in (None, row["branch"])]
    nothing = f"No act of validation or supervision{whose(branch)} waits"
    if unasked(request):
        nothing = "No act of validation or supervision is known to wait"
    tie = "" if branch else tied(request, unit)
    return request.disclose(
        reports,
        title=_title(request, kinds, branch) if kinds else nothing,
        subtitle=f"as at {day_words(request.as_at)}, {NEWEST if only else 'oldest'} first",
        notes=(*_of_kinds(kinds), *filter(None, (tie,)), *unasked_notes(request)),
        query="quality_worklist",
        columns=LISTED,
        params=params,
        page_of=page_of(reports, lambda: waiting(request, unit, None, branch, first)),
        unit=unit,
        branch=branch,
    )


def _asked(request: Request, unit: str) -> dict[str, Any]:
    """What the query waiting is asked with."""
    rules, unknown = queries.fault_rules(), unasked(request)
    closing = [name for name, rule in rules.items() if rule.query.header.get("closed")]
    return {
        "unit": unit,
        "fault": "+".join(name for name in closing if name not in unknown),
        "measure": request.stock_of_faults,
        "since": request.as_at - WEEK,
    }


def _counted(request: Request, unit: str) -> list[Counted]:
    return rows.typed(Counted, request.run("waiting", **_asked(request, unit)))


def _waits(total: int, branch: str | None = None) -> str:
    acts = f"1 act{whose(branch)} waits" if total == 1 else f"{total:,} acts{whose(branch)} wait"
    return f"{acts} to be done"


def _title(request: Request, kinds: list[Counted], branch: str | None) -> str:
    """All that wait, and which of them the plan's stock of faults counts, by its name."""
    longest = max((request.as_at - row["oldest_since"]).days for row in kinds)
    waits = _waits(sum(row["n"] for row in kinds), branch)
    waits = f"{waits}, the oldest for {phrases.many(longest, 'day')}"
    stock = request.stock_of_faults
    if stock is None:
        return waits
    counted = sum(row["counted"] for row in kinds)
    are = "is" if counted == 1 else "are"
    return f"{waits}; {counted:,} of them {are} {phrases.inside(request.measures[stock].name)}"


def _of_kinds(kinds: list[Counted]) -> tuple[str, ...]:
    """How many wait by each rule, in a sentence; none where none waits."""
    held: dict[str, int] = defaultdict(int)
    for row in kinds:
        held[row["name"]] += row["n"]
    most_first = sorted(held.items(), key=lambda item: -item[1])
    said = [f"{n:,} {phrases.inside(name)}" for name, n in most_first]
    return (f"{phrases.sentence(phrases.listed(said))}.",) if said else ()
