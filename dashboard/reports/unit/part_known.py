"""What is known of a branch or team of a unit alone: reports, what waits, overtime."""

from __future__ import annotations

from datetime import timedelta
from typing import TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words, planning_year_start
from dashboard.reports.request import Request
from dashboard.reports.spending.ledgers import ledger
from dashboard.reports.unit import waiting
from dashboard.words import dates, names, numbers, phrases

REPORTS, WAITS, OVERTIME = "reports", "waits", "overtime"


class Known(TypedDict):
    """Something known of a part of a unit: reports that came to it, acts that wait, its overtime.

    said  the figure in words; `span` which days it is of
    """

    unit_code: str
    kind: str  # REPORTS, WAITS or OVERTIME
    name: str
    value: float
    said: str
    span: str


class Came(TypedDict):
    """The row of the query part_reports."""

    n: int


def known(request: Request, part: str) -> Disclosed:
    """What is loaded of a part of a unit alone, this planning year so far: a row a kind; none
    where no record names it.
    """
    since = planning_year_start(request.as_at)
    params = {"part": part, "since": since, "until": request.as_at}
    (came,) = rows.typed(Came, request.run("part_reports", **params))
    listed: list[Known] = []
    if came["n"]:
        last = day_words(request.as_at - timedelta(days=1))
        listed.append(
            {
                "unit_code": part,
                "kind": REPORTS,
                "name": "Crime reports that came to it",
                "value": came["n"],
                "said": numbers.number(came["n"]),
                "span": f"{day_words(since)} to {last}",
            }
        )
    listed += [*_waits(request, part), *_overtime(request, part)]
    named = names.unit(request.catalogue, part)
    nothing = f"{named}: no record or claim that is loaded names it"
    return request.disclose(
        rows.table(Known, listed),
        title=f"{named}: what is known of it alone" if listed else nothing,
        subtitle=f"as at {day_words(request.as_at)}",
        query="part_reports",
        params=params,
        unit=part,
    )


def _waits(request: Request, part: str) -> list[Known]:
    """What waits for somebody's act on its reports, where the role may open them."""
    unit = request.catalogue.ocu_of(part)
    if request.closed(unit):
        return []
    return [
        {
            "unit_code": part,
            "kind": WAITS,
            "name": "Acts that wait to be done",
            "value": row["n"],
            "said": f"{row['n']:,}, {row['fresh']:,} new this week",
            "span": f"as at {day_words(request.as_at)}",
        }
        for row in waiting.counted_by_part(request, unit)
        if row["unit_code"] == part
    ]


def _overtime(request: Request, part: str) -> list[Known]:
    """What its claims of the planning year's whole months came to."""
    year_ledger = ledger(request)
    mine = [leaf for leaf in year_ledger.leaves if leaf.branch == part] if year_ledger else []
    pence = sum(leaf.actual for leaf in mine)
    if year_ledger is None or not pence:
        return []
    hours = float(sum(leaf.hours for leaf in mine))
    last = max(leaf.month for leaf in mine)
    return [
        {
            "unit_code": part,
            "kind": OVERTIME,
            "name": "Overtime claimed",
            "value": pence / 100,
            "said": f"{numbers.money(pence)}, {phrases.many(round(hours), 'hour')}",
            "span": dates.span(year_ledger.year, last, "month"),
        }
    ]
