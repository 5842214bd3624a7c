"""Measures by borough: what each borough counted, and where it lies for its size.

Rows are the plan's measures under the OCU that owns them, columns the boroughs; neither is
ever ranked.
"""

from __future__ import annotations

from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import order
from dashboard.reports.boroughs import exposure
from dashboard.reports.boroughs.exposure import CountedSpan
from dashboard.reports.boroughs.spans import (
    SPANS,
    Choice,
    comparison,
    figure_of,
    params_of,
    period,
    tile_figure,
    windows,
)
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.stats import funnel as limits
from dashboard.words import phrases
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import area_word, areas_word

OUTSIDE_BY_CHANCE = 1 - limits.OUTER
UNJUDGED = "null: not judged"


class Shared(TypedDict):
    """What the cells of a measure have in common."""

    owner: str
    owner_name: str
    measure: str
    name: str
    unit: str
    period: str
    basis: str
    reason: str  # why it is not judged; '' where it is
    phi: Annotated[float | None, UNJUDGED]
    adjusted: bool
    provisional: bool


class Cell(Shared):
    """A measure in an area, and where it lies for its size."""

    borough: str
    borough_name: str
    short: str
    bcu: Annotated[str | None, "null: of no command"]
    kind: str
    seen: float
    cases: Annotated[float | None, "null: a count"]
    expected: Annotated[float | None, f"{UNJUDGED}, or a share"]
    value: Annotated[float | None, UNJUDGED]
    status: str
    figure: str
    figure_of: str


@kept(32)
def matrix(request: Request, choice: Choice) -> Disclosed:
    """One row a measure and area, boroughs by name and then the rest."""
    names = _by_owner(request, windows(request, choice))
    cells = [cell for name in names for cell in _cells(request, name, choice)]
    return request.disclose(
        rows.table(Cell, cells),
        title=_title(cells),
        subtitle=f"{SPANS[choice.span].capitalize()} of each measure; counts against"
        f" {exposure.compared_with(choice.against)}, shares against that of all {areas_word()}",
        notes=_notes(cells),
        query="borough_matrix",
        params=params_of(request, choice),
        unit=choice.unit,
        span=SPANS[choice.span],
        against=exposure.compared_with(choice.against),
    )


def _by_owner(request: Request, counted: dict[str, dict[int, CountedSpan]]) -> list[str]:
    """Measures under their owners, owners in the organisation's order, the directorate last."""
    units = request.catalogue.units
    order = {code: place for place, code in enumerate(units)}

    def place(name: str) -> tuple[bool, int]:
        owner = request.measures[name].owner
        return units[owner].level != "ocu", order[owner]

    return sorted(counted, key=place)


def _cells(request: Request, name: str, choice: Choice) -> list[Cell]:
    measure, window = request.measures[name], windows(request, choice)[name][0]
    judged = comparison(request, name, choice)
    shared: Shared = {
        "owner": measure.owner,
        "owner_name": request.catalogue.units[measure.owner].name,
        "measure": name,
        "name": measure.name,
        "unit": measure.unit,
        "period": period(window),
        "basis": judged.basis,
        "reason": judged.reason,
        "phi": judged.phi,
        "adjusted": judged.adjust,
        "provisional": window.provisional,
    }
    cells: list[Cell] = []
    for area in order.areas(request.catalogue):
        if area.code not in window.parts:
            continue
        part, verdict = window.parts[area.code], judged.boroughs.get(area.code)
        cells.append(
            {
                **shared,
                "borough": area.code,
                "borough_name": area.name,
                "short": area.short,
                "bcu": area.bcu,
                "kind": area.kind,
                "seen": part.seen,
                "cases": part.size,
                "expected": verdict.size if verdict and not measure.is_rate else None,
                "value": verdict.value if verdict else None,
                "status": judged.status(area.code),
                "figure": tile_figure(measure, part),
                FIGURE_OF: figure_of(request, measure, window, area.code, choice.unit),
            }
        )
    return cells


def _title(cells: list[Cell]) -> str:
    far = [row for row in cells if row["status"].endswith("998")]
    if not cells:
        return f"No measure is counted by {area_word()}"
    if not far:
        return f"No {area_word()} lies outside its 99.8 % limits on any measure"
    measures = len({row["measure"] for row in far})
    many = f"One {area_word()} lies" if len(far) == 1 else f"{len(far)} cells lie"
    among = len({row["measure"] for row in cells})
    return f"{many} outside 99.8 % limits, on {measures} of {among} measures"


def _notes(cells: list[Cell]) -> tuple[str, ...]:
    """What chance alone would do, and what is not judged and why."""
    judged = sum(1 for row in cells if row["status"])
    notes = []
    if judged:
        outer, inner = judged * OUTSIDE_BY_CHANCE, judged * (1 - limits.INNER)
        notes.append(
            f"{judged:,} cells judged: chance alone would put about {inner:.0f} outside the 95 %"
            f" limits and {outer:.0f} outside the 99.8 % limits."
        )
    reasons = dict.fromkeys((row["name"], row["reason"]) for row in cells if row["reason"])
    grouped: dict[str, list[str]] = {}
    for name, reason in reasons:
        grouped.setdefault(reason, []).append(name)
    notes += [
        f"Not judged, {reason}: {phrases.listed(names)}." for reason, names in grouped.items()
    ]
    notes.append(
        f"Not a league table: rows in the plan's order, {areas_word()} by name or command."
    )
    if any(row["provisional"] for row in cells):
        notes.append("[p] the last months may still change.")
    return tuple(notes)
