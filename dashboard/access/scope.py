"""Scopes: the set of views that a person has; people of one scope share them.

A role says what one may see, the catalogue of the snapshot says of which units. Both together
come to a scope, for which DuckDB's views over the snapshot are built once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.access import records
from dashboard.access.roles import Role
from dashboard.catalogue import Catalogue

# Tables that say how the directorate and the snapshot are made, of no figure: for everybody.
ABOUT = frozenset(
    {
        "areas", "adjacency", "breaks", "fault_rules", "measures", "snapshot", "units",
        "measure_coverage", "coverage",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """What views there are.

    sees     all, borough or none, as of a role
    borough  whose rows are seen where `sees` is borough
    opened   units whose records may be opened
    """

    sees: str
    borough: str | None
    opened: frozenset[str]

    @property
    def figures(self) -> Scope:
        """What is seen alike by all who see as much, whosever records they may open."""
        return replace(self, opened=frozenset())

    def covers(self, other: Scope) -> bool:
        """Whether all that the other sees is seen by this one too."""
        figures = self.sees == "all" or (self.sees, self.borough) == (other.sees, other.borough)
        return figures and other.opened <= self.opened


def scope_of(role: Role, catalogue: Catalogue) -> Scope:
    """The scope of a role over the units of a snapshot's catalogue."""
    borough = role.borough if role.sees == "borough" else None
    return Scope(role.sees, borough, records.opened(catalogue, role))


def rows_seen(scope: Scope, table: str, columns: frozenset[str]) -> str | None:
    """Which rows of a table the scope sees: None for all, 'none', or the column to hold against
    its borough. A table without boroughs has no rows for who sees one borough."""
    if scope.sees == "all" or table in ABOUT:
        return None
    if scope.sees == "borough" and "borough" in columns:
        return "borough"
    return "none"
