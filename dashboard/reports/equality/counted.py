"""Victims by unit and group, as counted: what may be shown of it stands in protection.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from dashboard import rows
from dashboard.access import suppression
from dashboard.access.records import UNTOLD
from dashboard.reports.request import Request

FIELDS = {
    "victim_ethnicity": "Ethnicity",
    "victim_sex": "Sex",
    "victim_age_band": "Age",
}
NOT_KNOWN = "Not known"
ALL = "All"
OTHERS = "Other units"


class Victims(TypedDict):
    """A row of the query equality_victims: of one code of a field."""

    unit_code: str
    offence: str
    field: str  # a key of FIELDS
    code: str
    victims: int
    followed: int  # of them, for 90 days
    detected: int  # of those


class Grouped(Victims):
    """The same with its group in words."""

    group: str


def by_group(request: Request, field: str) -> list[Grouped]:
    """Rows of one field by unit, offence and code."""
    labels = _labels(request, field)
    return [
        {
            **row,
            "group": NOT_KNOWN if row["code"] in UNTOLD else labels.get(row["code"], NOT_KNOWN),
        }
        for row in rows.typed(Victims, request.run("equality_victims"))
        if row["field"] == field
    ]


def _labels(request: Request, field: str) -> Mapping[str, str]:
    """Code → group in words; none where the catalogue has no values of the field."""
    values = request.catalogue.values
    return values.get(f"{field}_group") or values.get(field, {})


def groups(request: Request, field: str) -> list[str]:
    """The groups of a field in the catalogue's order, what is not known last."""
    labels = _labels(request, field)
    known = [words for code, words in labels.items() if code not in UNTOLD]
    return [*dict.fromkeys(known), NOT_KNOWN]


def told(request: Request, field: str) -> bool:
    """Whether a measure says how many records lack the field: their number is then no secret."""
    return any(
        field in measure.query.header.get("numerator", "") for measure in request.measures.values()
    )


def by_unit(request: Request, field: str) -> tuple[dict[str, dict[str, int]], frozenset[str]]:
    """Unit → group → victims of the twelve months, and the units that OTHERS are.

    How many victims a unit has in all is known from its measures: of 1 to 4 no group could be
    anything from 1 to 4, so that such units are counted together.
    """
    victims: dict[str, dict[str, int]] = {}
    for row in by_group(request, field):
        of_unit = victims.setdefault(row["unit_code"], dict.fromkeys(groups(request, field), 0))
        of_unit[row["group"]] += row["victims"]
    whole = {unit: sum(counts.values()) for unit, counts in victims.items()}
    joined = [unit for unit in whole if suppression.small(whole[unit])]
    for unit in sorted(whole, key=whole.__getitem__):
        if (
            whole[unit]
            and unit not in joined
            and suppression.small(sum(whole[name] for name in joined))
        ):
            joined.append(unit)
    if joined:
        parts = [victims.pop(unit) for unit in joined]
        victims[OTHERS] = {group: sum(part[group] for part in parts) for group in parts[0]}
    return victims, frozenset(joined)
