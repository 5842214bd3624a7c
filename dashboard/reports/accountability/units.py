"""Which units the page is asked for, what counts in one, and what of the framework is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from dashboard.catalogue import ours
from dashboard.reports.request import Request

Row = TypeVar("Row", bound=Mapping[str, object])  # any that says whose it is: a unit_code or None
# Kinds of source that the framework stands on, as a sentence says them.
SOURCES = {
    "visits": "visits",
    "reviews": "reviews",
    "recommendations": "recommendations",
    "improvements": "areas for improvement",
}
LEVELS = ("ocu", "branch")  # whom the year's visits are owed to


def visited(request: Request) -> list[str]:
    """Codes of the OCUs and branches of the directorate, each OCU before its branches."""
    own = request.catalogue.descendants(ours().directorate)
    ocus = [code for code in own if request.catalogue.units[code].level == "ocu"]
    return [code for ocu in ocus for code in (ocu, *_branches(request, ocu))]


def _branches(request: Request, ocu: str) -> list[str]:
    below = request.catalogue.descendants(ocu)
    return [code for code in below if request.catalogue.units[code].level == "branch"]


def units(request: Request) -> list[str]:
    """What the page can be asked for: the directorate, its OCUs and branches, the force."""
    return [ours().directorate, *visited(request), ours().force]


def rows_below(request: Request, unit: str, rows: Iterable[Row]) -> list[Row]:
    """The rows of `unit` and of the units below it; one of no unit is the directorate's."""
    below = {unit, *request.catalogue.descendants(unit)}
    return [row for row in rows if (row["unit_code"] or ours().directorate) in below]


def absent(request: Request, *kinds: str) -> list[str]:
    """Those of `kinds` that nothing was ever imported of."""
    held = {source["kind"] for source in request.snapshot.manifest["sources"]}
    return [kind for kind in kinds if kind not in held]


def missing(request: Request, *kinds: str) -> str:
    """Which of `kinds` nothing was ever imported of, and what to do; '' where all are there."""
    return " ".join(
        f"No {SOURCES[kind]} are loaded [x]: import them with “python -m dashboard import {kind} "
        "FILE”, then publish a snapshot."
        for kind in absent(request, *kinds)
    )


def label(request: Request, field: str, code: str) -> str:
    """What a code of values.csv is called; the code itself where the catalogue has no word."""
    return request.catalogue.values.get(field, {}).get(code, code)
