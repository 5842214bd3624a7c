"""Which periods a file of published counts covers: inside them an absent cell is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypedDict

from dashboard.ingest.adapters import Plan
from dashboard.ingest.sidecars import Covered, Scope
from dashboard.ingest.work import Work
from dashboard.periods import next_start, period_start

# Rejected counts by offence; one above 0 whose offence is not said may be of each there is.
BROKEN = """
    select n.publisher, n.grain, n.value, n.vintage, n.date, o.offence
    from named as n
    inner join (select distinct publisher, offence from named where offence is not null) as o
        on n.publisher = o.publisher
        and (n.offence = o.offence or (n.offence is null and n.amount > 0))
    where n.fault is not null and n.date is not null
"""
DAY = timedelta(days=1)


class Named(TypedDict):
    """An offence as the file spells it."""

    offence: str
    major: str | None


Subject = tuple[str, str, str, str, date]  # publisher, grain, offence, value, vintage


def entries(work: Work, plan: Plan) -> list[Covered]:
    """The spans by publisher, grain, offence, value and vintage; `until` exclusive.

    From the first to the last date seen, or as the format says. A period in which a count
    was rejected is not covered: it must show as missing, never as less than there was.
    """
    spans = _seen(work, plan)
    broken = _rejected(work)
    entries: list[Covered] = []
    for subject in sorted(spans, key=str):
        publisher, grain, offence, value, vintage = subject
        # Of a period that has not ended when the file is known it says what was known by then.
        ended = [(since, min(until, vintage + DAY)) for since, until in spans[subject]]
        for since, until in _without(ended, broken[subject], grain):
            entries.append(
                {
                    "publisher": publisher,
                    "grain": grain,
                    "subject": offence,
                    "value": value,
                    "vintage": str(vintage),
                    "since": str(since),
                    "until": str(until),
                }
            )
    return entries


def _seen(work: Work, plan: Plan) -> dict[Subject, list[tuple[date, date]]]:
    rows = work.all(
        "select publisher, grain, offence, value, vintage, min(date), max(date) from named "
        "where fault is null and date is not null and offence is not null and value is not null "
        "and vintage is not null and date <= vintage group by all"
    )
    if plan.months:
        return {
            tuple(row[:5]): month_spans(month for month in plan.months if month <= row[4])
            for row in rows
        }
    if plan.whole and rows:
        first, last = min(row[5] for row in rows), max(row[6] for row in rows)
        return {tuple(row[:5]): [(first, next_start(last, row[1]))] for row in rows}
    return {tuple(row[:5]): [(row[5], next_start(row[6], row[1]))] for row in rows}


def month_spans(months: Iterable[date]) -> list[tuple[date, date]]:
    """Months in order, joined where one follows the other.

    >>> month_spans([date(2032, 1, 1), date(2032, 2, 1), date(2032, 4, 1)])
    [(datetime.date(2032, 1, 1), datetime.date(2032, 3, 1)), \
(datetime.date(2032, 4, 1), datetime.date(2032, 5, 1))]
    """
    spans: list[tuple[date, date]] = []
    for month in months:
        until = next_start(month, "month")
        if spans and spans[-1][1] == month:
            spans[-1] = (spans[-1][0], until)
        else:
            spans.append((month, until))
    return spans


def _rejected(work: Work) -> dict[Subject, list[date]]:
    by_subject: dict[Subject, list[date]] = defaultdict(list)
    for *subject, day in work.all(
        "select distinct publisher, grain, offence, value, vintage, date "
        f"from ({BROKEN}) order by date"
    ):
        by_subject[tuple(subject)].append(day)
    return by_subject


def _without(
    spans: list[tuple[date, date]], days: list[date], grain: str
) -> list[tuple[date, date]]:
    """Spans less the periods that start on `days` (in order)."""
    for day in days:
        until = next_start(day, grain)
        spans = [
            piece
            for since, end in spans
            for piece in ((since, min(end, day)), (max(since, until), end))
            if piece[0] < piece[1]
        ]
    return spans


def scopes(work: Work) -> list[Scope]:
    """What the file speaks for: by publisher, grain and value its areas and offences, as spelt.

    broken  (offence, first day) of each period in which a count was rejected.
    """
    by_publisher: dict[tuple[str, str, str], Scope] = {}
    for publisher, grain, value, areas, offences in work.all(
        "select publisher, grain, value, list(distinct borough), "
        "list(distinct {'offence': offence, 'major': major}) from named "
        "where fault is null and excluded is null group by all"
    ):
        named: list[Named] = offences
        by_publisher[publisher, grain, value] = {
            "publisher": publisher,
            "grain": grain,
            "value": value,
            "areas": sorted(area or "" for area in areas),
            "offences": sorted((item["offence"], item["major"] or "") for item in named),
            "broken": [],
        }
    for publisher, grain, value, offence, day in work.all(
        f"select distinct publisher, grain, value, offence, date from ({BROKEN}) "
        "where date <= coalesce(vintage, date) order by all"
    ):
        if scope := by_publisher.get((publisher, grain, value)):
            scope["broken"].append((offence, str(day)))
    return [by_publisher[key] for key in sorted(by_publisher)]


def covered(coverage: Iterable[Covered], scope: Iterable[Scope]) -> frozenset[tuple[str, date]]:
    """The (subject, period) that a file of published counts speaks for wholly."""
    spans: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for entry in coverage:
        subject = f"{entry['publisher']}, {entry['value']}, {entry['grain']}"
        since, until = date.fromisoformat(entry["since"]), date.fromisoformat(entry["until"])
        spans.setdefault((subject, entry["grain"]), []).append((since, until))
    broken = {
        (f"{item['publisher']}, {item['value']}, {item['grain']}", first_of(day, item["grain"]))
        for item in scope
        for _, text in item["broken"]
        if (day := date.fromisoformat(text))
    }
    periods = {
        (subject, period)
        for (subject, grain), each in spans.items()
        for since, until in set(each)
        for period in whole_periods(since, until, grain)
    }
    return frozenset(periods - broken)


def first_of(day: date, grain: str) -> date:
    """First day of the period, as it is compared here, in which a day lies."""
    return period_start(day, "week" if grain == "day" else grain)


def end(period: date, grain: str) -> date:
    """First day after a period as it is compared here: a week for what is told by the day."""
    return next_start(period, "week" if grain == "day" else grain)


def whole_periods(since: date, until: date, grain: str) -> Iterable[date]:
    """The periods that lie wholly from `since` to `until` (exclusive)."""
    day = first_of(since, grain)
    if day < since:
        day = end(day, grain)
    while end(day, grain) <= until:
        yield day
        day = end(day, grain)
