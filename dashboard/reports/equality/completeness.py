"""How complete the records are from which the groups of victims are told: it is said first."""

from __future__ import annotations

from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import People
from dashboard.catalogue.order import unit_place
from dashboard.reports.equality.counted import ALL, FIELDS, NOT_KNOWN
from dashboard.reports.equality.groups import HIDDEN, HIDING, Cross, span, victims
from dashboard.reports.equality.telling import once, telling
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words import numbers


class Complete(TypedDict):
    """Of a unit's victims, of how many each of FIELDS is recorded."""

    unit_code: str
    victim_ethnicity_known: Annotated[int | None, HIDDEN]
    victim_ethnicity_victims: Annotated[int | None, HIDDEN]
    victim_sex_known: Annotated[int | None, HIDDEN]
    victim_sex_victims: Annotated[int | None, HIDDEN]
    victim_age_band_known: Annotated[int | None, HIDDEN]
    victim_age_band_victims: Annotated[int | None, HIDDEN]


Recorded = tuple[int | None, int | None]  # known, of all victims; None where hidden


def recorded(row: Complete) -> dict[str, Recorded]:
    """Both parts by field, in the order of FIELDS."""
    return {
        "victim_ethnicity": (row["victim_ethnicity_known"], row["victim_ethnicity_victims"]),
        "victim_sex": (row["victim_sex_known"], row["victim_sex_victims"]),
        "victim_age_band": (row["victim_age_band_known"], row["victim_age_band_victims"]),
    }


def why_none(request: Request) -> str:
    """Why there are no victims to tell of, in a sentence; '' where there are.

    raises  NotAllowedError as telling.telling does
    """
    if not any(item["kind"] == "crimes" for item in request.snapshot.manifest["sources"]):
        return "No crime reports are loaded: published counts do not say who the victims are."
    if not completeness(request).rows.num_rows:
        return "No report of the twelve months has a person as its victim (column victim_kind)."
    return ""


@kept(8)
def completeness(request: Request) -> Disclosed:
    """Of the victims of twelve months, how many have ethnicity, sex and age recorded.

    "Not stated" is no recorded ethnicity, as in measure victim_ethnicity_recorded.
    raises  NotAllowedError as telling.telling does; so do the others here
    """
    request = telling(request)
    ethnicity, sex, age = (_recorded(request, field) for field in FIELDS)
    units = sorted(
        dict.fromkeys([*ethnicity, *sex, *age]),
        key=lambda code: unit_place(request.catalogue, code, ALL),
    )
    nothing: Recorded = (None, None)
    by_unit = [
        _complete(
            unit, ethnicity.get(unit, nothing), sex.get(unit, nothing), age.get(unit, nothing)
        )
        for unit in units
    ]
    return request.disclose(
        rows.table(Complete, by_unit),
        title=_complete_title(by_unit),
        subtitle=f"victims of {span(request)}, no-crimes left out",
        notes=("Not stated counts as not recorded.", HIDING, once(request)),
        query="equality_victims",
        people=People(()),  # who tells no group is no group
    )


def _recorded(request: Request, field: str) -> dict[str, Recorded]:
    """Of each unit's victims, of how many a field is recorded."""
    cells: dict[str, dict[str, int | None]] = {}
    for row in rows.typed(Cross, victims(request, field).rows):
        cells.setdefault(row["unit_code"], {})[row["group"]] = row["n"]
    by_unit: dict[str, Recorded] = {}
    for unit, in_unit in cells.items():
        # What the table by unit hides can't be worked out from here.
        whole, unknown = in_unit[ALL], in_unit[NOT_KNOWN]
        by_unit[unit] = None if whole is None or unknown is None else whole - unknown, whole
    return by_unit


def _complete(unit: str, ethnicity: Recorded, sex: Recorded, age: Recorded) -> Complete:
    return {
        "unit_code": unit,
        "victim_ethnicity_known": ethnicity[0],
        "victim_ethnicity_victims": ethnicity[1],
        "victim_sex_known": sex[0],
        "victim_sex_victims": sex[1],
        "victim_age_band_known": age[0],
        "victim_age_band_victims": age[1],
    }


def _complete_title(by_unit: list[Complete]) -> str:
    parts = [recorded(row)["victim_ethnicity"] for row in by_unit if row["unit_code"] == ALL]
    known, whole = parts[0] if parts else (None, None)
    if not known or not whole:
        return "No victim of the twelve months is recorded"
    return (
        f"Ethnicity is recorded for {known:,} of {whole:,} victims "
        f"({numbers.figure(known / whole, 'percent')})"
    )
