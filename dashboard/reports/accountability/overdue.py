"""What is overdue, and of whom: across visits, reviews, recommendations, areas for improvement,
decisions and signatures.

A thing is overdue that was due before the as-at and had not been done by then: due on the as-at
is not yet over.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import day_words
from dashboard.reports.accountability import owed
from dashboard.reports.accountability.owed import ITEMS, Owed
from dashboard.reports.accountability.units import SOURCES, absent, missing, rows_below
from dashboard.reports.request import Request
from dashboard.words import names, phrases

MOST_NAMED = 2  # units that share the most
# What a unit has to do itself, then what is done to it.
OWN_FIRST = (*(item for item in ITEMS if item != "visit"), "visit")
REFERENCES = ("review_ref", "recommendation_ref")


class Count(TypedDict):
    """How much of a kind is overdue of a unit; `words` says the kind."""

    unit_code: str
    item: str
    words: str
    n: int


class Counted(TypedDict):
    """A row of the query overdue_counts."""

    item: str
    unit_code: str | None
    n: int


def counts(request: Request, unit: str) -> Disclosed:
    """How much of each kind is overdue in `unit` and below it, by OCU; for an OCU by its parts.

    Its title is the page's statement.
    """
    tallies = _counted(request, unit)
    return request.disclose(
        rows.table(Count, tallies),
        title=statement(request, tallies, unit),
        subtitle=f"{names.unit(request.catalogue, unit)}, as at {day_words(request.as_at)}",
        notes=tuple(filter(None, (missing(request, *SOURCES),))),
        query="overdue_counts",
        unit=unit,
    )


def _counted(request: Request, unit: str) -> list[Count]:
    rolled = request.catalogue.units[unit].level in ("force", "directorate")
    tally: Counter[tuple[str, str]] = Counter()
    counted = rows.typed(Counted, request.run("overdue_counts"))
    for thing in owed.written(request, request.as_at):
        counted.append({"item": thing["item"], "unit_code": thing["unit_code"], "n": 1})
    for row in rows_below(request, unit, counted):
        code = row["unit_code"] or ours().directorate
        tally[request.catalogue.ocu_of(code) if rolled else code, row["item"]] += row["n"]
    places = list(request.catalogue.units)
    items = list(ITEMS)
    return [
        {"unit_code": code, "item": item, "words": phrases.sentence(ITEMS[item][1]), "n": n}
        for (code, item), n in sorted(
            tally.items(), key=lambda pair: (places.index(pair[0][0]), items.index(pair[0][1]))
        )
    ]


def statement(request: Request, counts: list[Count], unit: str) -> str:
    """'13 recommendations and 2 visits are overdue; OCU1 has most, 9'; of OCU1 itself ', 9 of them
    of OCU1 as a whole'."""
    if not counts:
        return _nothing(request)
    items, places = Counter[str](), Counter[str]()
    for row in counts:
        items[row["item"]] += row["n"]
        places[row["unit_code"]] += row["n"]
    said = phrases.listed([counted(item, items[item]) for item in ITEMS if items[item]])
    verb = "is" if items.total() == 1 else "are"
    if len(places) == 1:
        return f"{said} {verb} overdue, all at {next(iter(places))}"
    most = max(places.values())
    first = [code for code, n in places.items() if n == most]
    if first == [unit]:  # the others are its parts
        return f"{said} {verb} overdue, {most} of them of {unit} as a whole"
    if len(first) > MOST_NAMED:
        return f"{said} {verb} overdue, at {len(places)} units"
    have, each = ("has", "") if len(first) == 1 else ("have", " each")
    return f"{said} {verb} overdue; {phrases.listed(first)} {have} most, {most}{each}"


def _nothing(request: Request) -> str:
    """That nothing is overdue, where there is anything that could be."""
    unknown = len(absent(request, *SOURCES)) == len(SOURCES)
    return "Nothing of the year's framework is loaded [x]" if unknown else "Nothing is overdue"


def counted(item: str, n: int) -> str:
    """'1 review', '3 reviews'."""
    return f"{n:,} {ITEMS[item][n != 1]}"


def owes(request: Request, unit: str) -> Disclosed:
    """The same for the unit's own page. Its title names what it has itself to do before the visits
    that it is to be paid, and is empty where nothing is overdue.
    """
    disclosed = listed(request, unit)
    items = Counter[str]()
    for row in _counted(request, unit):
        items[row["item"]] += row["n"]
    said = [counted(item, items[item]) for item in OWN_FIRST if items[item]]
    return replace(
        disclosed,
        title=f"Overdue at {unit}: {phrases.listed(said)}" if said else "",
        subtitle=f"as at {day_words(request.as_at)}",
    )


def listed(request: Request, unit: str) -> Disclosed:
    """Everything overdue in `unit` and below it, the oldest first.

    Reviews and recommendations of units whose records the role does not open are counted, never
    listed. Not kept: each who looks at them is told to the audit.
    """
    owing = rows_below(request, unit, owed.due_before(request, request.as_at))
    table = rows.table(Owed, owing)
    if request.role.records == "none":
        table = table.drop_columns(list(REFERENCES))
    total = sum(row["n"] for row in _counted(request, unit))
    withheld = total - len(owing)
    return request.disclose(
        table,
        title=f"{total:,} overdue, the oldest first" if total else _nothing(request),
        subtitle=names.unit(request.catalogue, unit),
        notes=(f"{withheld:,} more of units whose records are not open here.",) if withheld else (),
        query="records_owed" if request.role.records != "none" else "duties_owed",
        params={"until": request.as_at},
        unit=unit,
    )
