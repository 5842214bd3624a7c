"""Harm as a second order beside counts: what twelve months' reports weigh, unit by unit.

The weights are those of offences.csv (Cambridge Crime Harm Index or ONS Crime Severity Score). An
offence without one weighs nothing that anybody knows, not nothing: so each sum stands beside the
share of reports that have a weight, and no unit without one has a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, TypedDict

import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import order
from dashboard.periods import day_words
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words import numbers, phrases

UNWEIGHED = "null: no report of it has a weight"


class Harm(TypedDict):
    """Reports of twelve months with their weight.

    n, weighed         reports, and those of an offence with a weight
    share              weighed of n
    harm               sum of the weights
    by_count, by_harm  the place in either order; as much is as high
    """

    n: int
    weighed: int
    share: float
    harm: Annotated[float | None, UNWEIGHED]
    by_count: int
    by_harm: Annotated[int | None, UNWEIGHED]


class Unit(TypedDict):
    """An OCU with reports."""

    unit_code: str
    unit_name: str
    n: int
    weighed: int
    share: float
    harm: Annotated[float | None, UNWEIGHED]
    by_count: int
    by_harm: Annotated[int | None, UNWEIGHED]


class Offence(TypedDict):
    """An offence that was reported; weight and source are of one report."""

    offence: str
    offence_name: str
    source: str  # '' where it has no weight
    weight: Annotated[float | None, UNWEIGHED]
    n: int
    weighed: int
    share: float
    harm: Annotated[float | None, UNWEIGHED]
    by_count: int
    by_harm: Annotated[int | None, UNWEIGHED]


class Reported(TypedDict):
    """A row of the query reports_by_offence."""

    unit_code: str
    offence: str
    n: int


NO_WEIGHTS = "No offence has a harm weight: harm can’t be told from counts"
NO_REPORTS = "No report of the last twelve months is loaded: nothing to weigh"
NOTES = (
    "Harm: weight × reports, over the reports that have a weight; never to be read without their "
    "share. [x]: none has one.",
    "Weights and their source stand in offences.csv (harm_weight, harm_source).",
)


def units(request: Request) -> Disclosed:
    """One row an OCU of the directorate with reports, in the order of harm."""
    names = request.catalogue.units
    harm = _summed(request, ((row["unit_code"], row) for row in _reports(request)))
    ranked: list[Unit] = [
        {"unit_code": code, "unit_name": names[code].name, **own} for code, own in harm.items()
    ]
    ranked.sort(key=lambda row: order.unit_place(request.catalogue, row["unit_code"], ""))
    ranked.sort(key=_place)
    return _disclosed(request, rows.table(Unit, ranked), _title(ranked))


def offences(request: Request) -> Disclosed:
    """One row an offence reported to an OCU of the directorate, in the order of harm."""
    known = request.catalogue.offences
    harm = _summed(request, ((row["offence"], row) for row in _reports(request)))
    ranked: list[Offence] = [
        {
            "offence": code,
            "offence_name": known[code].name,
            "source": known[code].harm_source,
            "weight": known[code].harm_weight,
            **own,
        }
        for code, own in harm.items()
    ]
    ranked.sort(key=lambda row: (_place(row), row["by_count"], row["offence_name"]))
    return _disclosed(request, rows.table(Offence, ranked), _said(ranked))


def _disclosed(request: Request, ranking: pa.Table, title: str) -> Disclosed:
    return request.disclose(
        ranking,
        title=title,
        subtitle=f"reports of the twelve months before {day_words(request.as_at)}, no-crimes left "
        "out",
        notes=NOTES,
        query="reports_by_offence",
    )


@kept(32)
def _reports(request: Request) -> Sequence[Reported]:
    return rows.typed(Reported, request.run("reports_by_offence"))


def _summed(request: Request, reports: Iterable[tuple[str, Reported]]) -> dict[str, Harm]:
    """Counts and harm by the key that stands beside each row, with places in both orders."""
    weights = {code: item.harm_weight for code, item in request.catalogue.offences.items()}
    sums: dict[str, Harm] = {}
    for key, row in reports:
        total = sums.setdefault(
            key,
            {"n": 0, "weighed": 0, "share": 0.0, "harm": None, "by_count": 0, "by_harm": None},
        )
        total["n"] += row["n"]
        if (weight := weights.get(row["offence"])) is not None:
            total["weighed"] += row["n"]
            total["harm"] = (total["harm"] or 0) + weight * row["n"]
    counts = [own["n"] for own in sums.values()]
    harms = [own["harm"] for own in sums.values() if own["harm"] is not None]
    for own in sums.values():
        own["share"] = own["weighed"] / own["n"]
        own["by_count"] = _rank(counts, own["n"])
        own["by_harm"] = None if own["harm"] is None else _rank(harms, own["harm"])
    return sums


def _rank(every: Sequence[float], own: float) -> int:
    return 1 + sum(other > own for other in every)


def _place(row: Harm) -> tuple[bool, int]:
    return row["by_harm"] is None, row["by_harm"] or 0


def _title(ranked: list[Unit]) -> str:
    """'OCU1 is first by harm of 3 units with a weight, OCU7 by reports; 120 of 300 reports have
    one'."""
    if not ranked:
        return NO_REPORTS
    weighed = sum(row["weighed"] for row in ranked)
    if not weighed:
        return NO_WEIGHTS
    first = [row["unit_code"] for row in ranked if row["by_harm"] == 1]
    most = [row["unit_code"] for row in ranked if row["by_count"] == 1]
    known = sum(row["weighed"] > 0 for row in ranked)
    of = f" of {known} units with a weight" if known < len(ranked) else ""
    said = f"{phrases.listed(first)} {'are' if len(first) > 1 else 'is'} first by harm{of}"
    said += " and by reports" if first == most else f", {phrases.listed(most)} by reports"
    return f"{said}; {_weighed(ranked)}"


def _said(ranked: list[Offence]) -> str:
    """'Murder has the most harm, fraud the most reports; …', and how many reports it rests on."""
    if not ranked:
        return NO_REPORTS
    if not any(row["weighed"] for row in ranked):
        return NO_WEIGHTS
    harm = phrases.listed([row["offence_name"] for row in ranked if row["by_harm"] == 1])
    count = phrases.listed([row["offence_name"] for row in ranked if row["by_count"] == 1])
    rest = " and the most reports" if harm == count else f", {count.lower()} the most reports"
    return f"{harm}: the most harm{rest}; {_weighed(ranked)}"


def _weighed(ranked: Sequence[Harm]) -> str:
    weighed, of = sum(row["weighed"] for row in ranked), sum(row["n"] for row in ranked)
    return f"{numbers.rate(weighed, of)} reports have a weight"
