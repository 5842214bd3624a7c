"""Which counts of victims by group are hidden: one pattern for all tables of a snapshot.

Units, their totals and what became of a group's victims are cells of one system, so that no table,
total or remainder gives back what another hides. The pattern is kept in the store, so that what was
hidden once stays so, and the snapshot counts as one that told (telling.py).

What everybody can know is never hidden and protects nothing: counts of no group (of all victims,
detected or not, by measures and own SQL), and how many records lack a field that a measure counts.
Ages are shown on a unit's page to those who may open its records: the pattern holds for each of
them too, who knows those rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.access import records, suppression
from dashboard.reports.equality.counted import (
    ALL,
    NOT_KNOWN,
    OTHERS,
    by_group,
    by_unit,
    groups,
    told,
)
from dashboard.reports.equality.telling import FIRST
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.store import keep_pattern, open_store

Cell = tuple[str, str, str]  # what is counted; unit; group
VICTIMS = "victims"
FOLLOWED, DETECTED = "followed", "detected"
UNDETECTED, LATE = "followed, not detected", "not followed"
SHOWN_BY_UNIT = "victim_age_band"  # the field that the page of a unit shows too
WITHHELD = "No pattern was found that protects the small counts: all of them are withheld."


@dataclass(frozen=True)
class Protection:
    """Every count of one field, and which of them are hidden.

    withheld  all are, as no pattern protects them
    """

    counts: dict[Cell, int]
    hidden: frozenset[Cell]
    withheld: bool

    def shown(self, cell: Cell) -> int | None:
        """The count; None where it is hidden."""
        return None if cell in self.hidden else self.counts[cell]

    @property
    def units(self) -> list[str]:
        """Units of the table by unit, and ALL."""
        return list(dict.fromkeys(unit for kind, unit, _ in self.counts if kind == VICTIMS))

    @property
    def note(self) -> str:
        return WITHHELD if self.withheld else ""


@kept(16)
def protection(request: Request, field: str) -> Protection:
    """The counts of a field with their pattern.

    field  a key of counted.FIELDS
    """
    table, joined = by_unit(request, field)
    counts = _counts(request, field, table)
    names = groups(request, field)
    public = {cell for cell in counts if cell[2] == ALL}
    if told(request, field):
        known = (VICTIMS, FOLLOWED, LATE)
        public |= {cell for cell in counts if cell[2] == NOT_KNOWN and cell[0] in known}
    views = _views(request, joined) if field == SHOWN_BY_UNIT else []
    withheld = suppression.pattern(
        counts,
        list(_sums(list(table), names)),
        public=public,
        known=[{cell for cell in counts if cell[1] in units} for units in views],
    )
    if withheld is None:  # perhaps for want of time: nothing is shown, and nothing is kept of it
        return Protection(counts, frozenset(counts.keys() - public), True)
    info = request.snapshot
    kept = keep_pattern(
        open_store(request.data), info.id, info.as_at, f"{FIRST} {field}", sorted(withheld)
    )
    # What was hidden by the pattern that was kept first stays so.
    return Protection(
        counts, withheld | {cell for cell in map(tuple, kept) if cell in counts}, False
    )


def _counts(request: Request, field: str, table: dict[str, dict[str, int]]) -> dict[Cell, int]:
    counts: dict[Cell, int] = {}
    for unit, in_unit in table.items():
        for group, count in in_unit.items():
            for cell in _summed(VICTIMS, unit, group):
                counts[cell] = counts.get(cell, 0) + count
    for kind in (FOLLOWED, DETECTED, UNDETECTED, LATE):
        for group in (*groups(request, field), ALL):
            counts[kind, ALL, group] = 0
    for row in by_group(request, field):
        parts = {
            FOLLOWED: row["followed"],
            DETECTED: row["detected"],
            UNDETECTED: row["followed"] - row["detected"],
            LATE: row["victims"] - row["followed"],
        }
        for kind, count in parts.items():
            for group in (row["group"], ALL):
                counts[kind, ALL, group] += count
    return counts


def _summed(kind: str, unit: str, group: str) -> Iterator[Cell]:
    """The cell and the totals that it counts in."""
    return ((kind, u, g) for u in (unit, ALL) for g in (group, ALL))


def _sums(units: list[str], names: list[str]) -> Iterator[tuple[Cell, list[Cell]]]:
    if not units:
        return
    for unit in (*units, ALL):
        yield (VICTIMS, unit, ALL), [(VICTIMS, unit, name) for name in names]
    for name in (*names, ALL):
        yield (VICTIMS, ALL, name), [(VICTIMS, unit, name) for unit in units]
    for kind in (FOLLOWED, DETECTED, UNDETECTED, LATE):
        yield (kind, ALL, ALL), [(kind, ALL, name) for name in names]
    for name in (*names, ALL):
        yield (FOLLOWED, ALL, name), [(DETECTED, ALL, name), (UNDETECTED, ALL, name)]
        yield (VICTIMS, ALL, name), [(FOLLOWED, ALL, name), (LATE, ALL, name)]


def _views(request: Request, joined: frozenset[str]) -> list[set[str]]:
    """The rows that one person may know, for each who may know any but not all."""
    circles = [set(units) for units in records.circles(request.catalogue)]
    return [units | ({OTHERS} if units & joined else set()) for units in circles]
