"""Whose records are open: the one rule, from the catalogue's column `records`.

A unit's records are open, own (its own people's and the chair's) or never shown; a part is as
closed as the strictest unit above it. What a record is stands here once too: the columns that
name one, the tables that hold them, and the columns of those that say whose they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.access.roles import Role
from dashboard.catalogue import Catalogue

OPEN, OWN, NEVER = "open", "own", "never"
STRICTNESS = (OPEN, OWN, NEVER)
# A row with one of these is a record: only a role that may open records sees it.
REFERENCES = frozenset({"crime_ref", "staff_ref", "review_ref", "recommendation_ref"})
# What a record says of a person's protected characteristics: counted behind suppression only.
PROTECTED = frozenset(
    {"victim_ethnicity", "victim_sex", "victim_age_band", "female", "minority_ethnic"}
)

# Blank, or asked and not stated: neither tells a group.
UNTOLD = ("unknown", "NS")


@dataclass(frozen=True)
class Records:
    """A table whose rows are records: the columns that name the unit, the widest first."""

    table: str
    units: tuple[str, ...]


TABLES = (
    Records("crimes", ("ocu", "branch", "team")),
    # A row a day, borough and kind of crime, mostly a single report; of older programs.
    Records("crime_days", ("unit_code", "branch", "team")),
    Records("overtime", ("ocu", "branch", "team")),
    Records("faults", ("ocu", "branch")),
    Records("reviews", ("unit_code",)),
    Records("recommendations", ("owner",)),
)


def standing(catalogue: Catalogue, unit: str) -> str:
    """Whose the records of `unit` are: the strictest of what it and the units above it say.

    raises  NotFoundError for a code that is no unit
    """
    said = [catalogue.unit(code).records for code in (unit, *catalogue.ancestors(unit))]
    known = [item for item in said if item]
    # A catalogue that says nothing of a unit nor of any above it opens nothing.
    return max(known, key=STRICTNESS.index, default=NEVER)


def opened(catalogue: Catalogue, role: Role) -> frozenset[str]:
    """The units, at every level, whose records `role` may open one by one."""
    if role.records == "none":
        return frozenset()
    own = {role.unit, *catalogue.descendants(role.unit)} if role.unit in catalogue.units else set()
    allowed = {
        code
        for code in catalogue.units
        if (kind := standing(catalogue, code)) == OPEN
        or (kind == OWN and (code in own or role.restricted))
    }
    return frozenset(allowed & own if role.records == "own" else allowed)


def refusal(catalogue: Catalogue, role: Role, unit: str) -> str:
    """Why `role` can't open the records of `unit`, in a sentence; '' where it may open some."""
    if opened(catalogue, role) & {unit, *catalogue.descendants(unit)}:
        return ""
    if role.records == "none":
        return f"The role {role.said} opens no records."
    if (kind := standing(catalogue, unit)) == NEVER:
        return f"Records of {unit} are never shown."
    if kind == OWN:
        return f"Records of {unit} open to its own people only."
    return f"The role {role.said} opens the records of its own unit only."


def inner(catalogue: Catalogue, role: Role, unit: str) -> bool:
    """Whether small counts of people of a unit are open to `role` on the screen: it may open the
    records of all of the unit's parts that have any to show."""
    parts = {unit, *catalogue.descendants(unit)}
    told = {code for code in parts if standing(catalogue, code) != NEVER}
    return bool(told) and told <= opened(catalogue, role)


def circles(catalogue: Catalogue) -> list[frozenset[str]]:
    """Sets of units whose small counts one person may see, of those who don't see all: a unit's
    own people, and those who may open what is open."""
    open_ones = frozenset(code for code in catalogue.units if standing(catalogue, code) == OPEN)
    own = [
        frozenset({code, *catalogue.descendants(code)})
        for code, unit in catalogue.units.items()
        if unit.parent and standing(catalogue, code) != NEVER
    ]
    return [*own, open_ones]
