"""Harm as a second order beside counts: what twelve months' reports weigh, unit by unit.

The weights are those of offences.csv (Cambridge Crime Harm Index or ONS Crime Severity Score). An
offence without one weighs nothing that anybody knows, not nothing: so each sum stands beside the
share of reports that have a weight, and no unit without one has a place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import order
from dashboard.periods import day_words
from dashboard.reports.kept import kept
from dashboard.reports.request import Request
from dashboard.words import numbers, phrases

Row = dict[str, Any]
MEASURED = (
    *((name, pa.int64()) for name in ("n", "weighed")),
    *((name, pa.float64()) for name in ("share", "harm")),
    *((name, pa.int64()) for name in ("by_count", "by_harm")),
)
UNITS = pa.schema([("unit_code", pa.string()), ("unit_name", pa.string()), *MEASURED])
OFFENCES = pa.schema(
    [
        *((name, pa.string()) for name in ("offence", "offence_name", "source")),
        ("weight", pa.float64()),
        *MEASURED,
    ]
)
NO_WEIGHTS = "No offence has a harm weight: harm can’t be told from counts"
NO_REPORTS = "No report of the last twelve months is loaded: nothing to weigh"
NOTES = (
    "Harm: weight × reports, over the reports that have a weight; never to be read without their "
    "share. [x]: none has one.",
    "Weights and their source stand in offences.csv (harm_weight, harm_source).",
)


def units(request: Request) -> Disclosed:
    """One row an OCU of the directorate with reports, in the order of harm.

    n, weighed         its reports of twelve months, and those of an offence with a weight
    share              weighed of n
    harm               sum of the weights; None where no report has one
    by_count, by_harm  its place among them in either order; as much is as high
    """
    rows = _summed(request, "unit_code")
    names = request.catalogue.units
    rows = [row | {"unit_name": names[row["unit_code"]].name} for row in rows]
    rows.sort(key=lambda row: order.unit_place(request.catalogue, row["unit_code"], ""))
    rows.sort(key=_place)
    return _disclosed(request, pa.Table.from_pylist(rows, UNITS), _title(rows))


def offences(request: Request) -> Disclosed:
    """One row an offence reported to an OCU of the directorate, in the order of harm.

    weight, source  of one report; None and blank where it has none. The others as `units` says
    """
    known = request.catalogue.offences
    rows = [
        row
        | {
            "offence_name": known[row["offence"]].name,
            "weight": known[row["offence"]].harm_weight,
            "source": known[row["offence"]].harm_source,
        }
        for row in _summed(request, "offence")
    ]
    rows.sort(key=lambda row: (_place(row), row["by_count"], row["offence_name"]))
    return _disclosed(request, pa.Table.from_pylist(rows, OFFENCES), _said(rows))


def _disclosed(request: Request, rows: pa.Table, title: str) -> Disclosed:
    return request.disclose(
        rows,
        title=title,
        subtitle=f"reports of the twelve months before {day_words(request.as_at)}, no-crimes left "
        "out",
        notes=NOTES,
        query="reports_by_offence",
    )


@kept(32)
def _reports(request: Request) -> Sequence[Row]:
    return request.run("reports_by_offence").to_pylist()


def _summed(request: Request, key: str) -> list[Row]:
    """Counts and harm by a column of the query, with places in both orders."""
    weights = {code: item.harm_weight for code, item in request.catalogue.offences.items()}
    sums: dict[str, Row] = {}
    for row in _reports(request):
        found = sums.setdefault(row[key], {key: row[key], "n": 0, "weighed": 0, "harm": None})
        found["n"] += row["n"]
        if (weight := weights.get(row["offence"])) is not None:
            found["weighed"] += row["n"]
            found["harm"] = (found["harm"] or 0) + weight * row["n"]
    rows = list(sums.values())
    for row in rows:
        row["share"] = row["weighed"] / row["n"]
        row["by_count"] = _rank(rows, row, lambda item: item["n"])
        row["by_harm"] = None if row["harm"] is None else _rank(rows, row, _harm)
    return rows


def _rank(rows: list[Row], row: Row, of: Callable[[Row], float]) -> int:
    return 1 + sum(of(other) > of(row) for other in rows)


def _harm(row: Row) -> float:
    return -1.0 if row["harm"] is None else row["harm"]


def _place(row: Row) -> tuple[bool, int]:
    return row["by_harm"] is None, row["by_harm"] or 0


def _title(rows: list[Row]) -> str:
    """'OCU1 is first by harm of 3 units with a weight, OCU7 by reports; 120 of 300 reports have
    one'."""
    if not rows:
        return NO_REPORTS
    weighed = sum(row["weighed"] for row in rows)
    if not weighed:
        return NO_WEIGHTS
    first = [row["unit_code"] for row in rows if row["by_harm"] == 1]
    most = [row["unit_code"] for row in rows if row["by_count"] == 1]
    known = sum(row["weighed"] > 0 for row in rows)
    of = f" of {known} units with a weight" if known < len(rows) else ""
    said = f"{phrases.listed(first)} {'are' if len(first) > 1 else 'is'} first by harm{of}"
    said += " and by reports" if first == most else f", {phrases.listed(most)} by reports"
    return f"{said}; {_weighed(rows)}"


def _said(rows: list[Row]) -> str:
    """'Murder has the most harm, fraud the most reports; …', and how many reports it rests on."""
    if not rows:
        return NO_REPORTS
    if not any(row["weighed"] for row in rows):
        return NO_WEIGHTS
    first = {
        name: phrases.listed([row["offence_name"] for row in rows if row[name] == 1])
        for name in ("by_harm", "by_count")
    }
    both = first["by_harm"] == first["by_count"]
    rest = " and the most reports" if both else f", {first['by_count'].lower()} the most reports"
    return f"{first['by_harm']}: the most harm{rest}; {_weighed(rows)}"


def _weighed(rows: list[Row]) -> str:
    weighed, of = (sum(row[name] for row in rows) for name in ("weighed", "n"))
    return f"{numbers.rate(weighed, of)} reports have a weight"
