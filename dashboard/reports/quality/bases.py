"""What the records say of published figures: as known then, on each basis, and what came since."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.reports.quality import revision
from dashboard.reports.request import Request
from dashboard.snapshots import SnapshotInfo, editions

# Bases of a detection rate: which detections, and of which reports; each names its cause.
RATE_WAYS = {
    "period_all": "outcome basis",
    "cohort_sanction": "date basis",
    "cohort_all": "date and outcome basis",
}
RATE_PLACES = 1  # decimals that corporate rates are published with
Parts = tuple[float, float | None]
Key = tuple[str, str, date]  # measure, unit, month


class Moves(TypedDict):
    """A row of the query reconciliation_moves: reports since the day of publication."""

    measure: str
    unit_code: str
    period_start: date
    late: int
    reclassified: int
    no_crimed: int


class Bases(TypedDict):
    """A row of the query reconciliation_rates: offences, and detections on each basis."""

    measure: str
    unit_code: str
    period_start: date
    offences: int
    period_all: int
    cohort_sanction: int
    cohort_all: int


def known_to(request: Request, names: tuple[str, ...], since: date) -> dict[Key, dict[date, Parts]]:
    """(measure, unit, month) → as-at → both parts; the force is all units together."""
    stood: dict[Key, dict[date, Parts]] = {}
    for row in revision.figures(request, names, "month", since) if names else ():
        line = {row["unit_code"], *request.catalogue.ancestors(row["unit_code"])}
        for unit in line | {ours().force}:
            at = stood.setdefault((row["measure"], unit, row["period_start"]), {})
            n, d = at.get(row["known_as_at"], (0.0, None))
            whole = None if row["denominator"] is None else (d or 0.0) + row["denominator"]
            at[row["known_as_at"]] = n + row["numerator"], whole
    return stood


def bases_of(request: Request, since: date) -> dict[Key, Bases]:
    """(measure, unit, month) → what a detection rate would be on each basis; {} without records."""
    if not (infos := _with_records(request)):
        return {}
    detections = tuple(item.id for item in request.measures.values() if item.of_detections)
    asked = {"since": since, "measures": detections}
    bases = rows.typed(Bases, editions.across(infos, "reconciliation_rates", request.scope, asked))
    return {(row["measure"], row["unit_code"], row["period_start"]): row for row in bases}


def moves_of(request: Request, since: date) -> dict[Key, Moves]:
    """(measure, unit, month) → what happened since its publication; {} without records."""
    if not (infos := _with_records(request)):
        return {}
    asked = {"since": since}
    moves = rows.typed(Moves, editions.across(infos, "reconciliation_moves", request.scope, asked))
    return {(row["measure"], row["unit_code"], row["period_start"]): row for row in moves}


def _with_records(request: Request) -> tuple[SnapshotInfo, ...]:
    return editions.holding(revision.snapshots_of(request), "crimes")


def detections(basis: Bases) -> dict[str, int]:
    """The detections of each of RATE_WAYS, in their order."""
    return {
        "period_all": basis["period_all"],
        "cohort_sanction": basis["cohort_sanction"],
        "cohort_all": basis["cohort_all"],
    }


def rates_of(basis: Bases | None) -> dict[str, float | None]:
    """The rate on each basis, in percent, as known when it was published."""
    if basis is None or not basis["offences"]:
        return dict.fromkeys(RATE_WAYS)
    return {way: 100 * n / basis["offences"] for way, n in detections(basis).items()}
