"""The files of the catalogue: the record of each, its columns and how a cell is read."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from dashboard.catalogue import populations, records
from dashboard.catalogue.cells import (
    Convert,
    between,
    code,
    codes,
    day,
    needed,
    number,
    one_of,
    optional,
    restricted,
    text,
    whole,
)


@dataclass(frozen=True)
class Table:
    """One file of the catalogue: its record, and how each column is read.

    optional  a catalogue may be without the file, or without a row in it
    former    name that a column had in older catalogues -> its name today and how it is read
    """

    file: str
    record: type
    columns: dict[str, Convert]
    optional: bool = False
    former: dict[str, tuple[str, Convert]] = field(default_factory=dict)

    def as_written(self, header: list[str]) -> tuple[Table, list[str]]:
        """The table and the header, where an older catalogue names a column otherwise."""
        table = self
        for old, (name, convert) in self.former.items():
            if old in header and name not in header:
                header = [name if item == old else item for item in header]
                table = replace(table, columns=table.columns | {name: convert})
        return table, header


LEVELS = ("force", "directorate", "ocu", "branch", "team")
RECORDS = ("open", "own", "never")  # whose records, the more closed the later
AREA_KINDS = ("borough", "airport", "unknown", "not_attributable", "not_policed")
ALIAS_KINDS = ("area", "offence", "value")
# The columns of the sources whose values the catalogue lists.
VALUE_FIELDS = (
    "detection",
    "efqm_criterion",
    "finance_heading",
    "improvement_status",
    "overtime_category",
    "overtime_duty",
    "premises",
    "recommendation_feeds",
    "return_grain",
    "review_kind",
    "victim_age_band",
    "victim_ethnicity",
    "victim_ethnicity_group",
    "victim_kind",
    "victim_sex",
    "visit_kind",
    "weapon",
)
SPAN = {"since": day, "until": day}
OPEN_SPAN = {"since": day, "until": optional(day)}

TABLES = {
    "organisation": Table(
        "organisation.csv",
        records.Unit,
        {
            "code": code,
            "level": one_of(*LEVELS),
            "parent": text,
            "name": needed,
            "remit": text,
            "records": one_of(*RECORDS, ""),
            "note": text,
        },
        former={"restricted": ("records", restricted)},
    ),
    "roles_of_units": Table(
        "roles_of_units.csv", records.UnitRole, {"role": code, "unit": code}, optional=True
    ),
    "boroughs": Table(
        "boroughs.csv",
        records.Area,
        {
            "code": code,
            "name": needed,
            "short": text,
            "kind": one_of(*AREA_KINDS),
            "grid_x": optional(whole),
            "grid_y": optional(whole),
            "population": optional(whole),
            "bcu": text,
        },
    ),
    "populations": Table(
        "populations.csv",
        populations.Population,
        {
            "area": code,
            "year": between(whole, 1801, 2100),
            "population": whole,
            "workday_population": optional(whole),
            "status": one_of(*populations.STATUSES),
            "source": needed,
        },
        optional=True,
    ),
    "adjacency": Table("adjacency.csv", records.Pair, {"a": code, "b": code}, optional=True),
    "aliases": Table(
        "aliases.csv",
        records.Alias,
        {"kind": one_of(*ALIAS_KINDS), "source": text, "published": text, "code": code},
        optional=True,
    ),
    "offences": Table(
        "offences.csv",
        records.Offence,
        {
            "code": code,
            "name": needed,
            "group": needed,
            "default_ocu": code,
            "remit_note": text,
            "harm_weight": optional(between(number, 0, math.inf)),
            "harm_source": text,
        },
    ),
    "values": Table(
        "values.csv", records.Value, {"field": one_of(*VALUE_FIELDS), "code": code, "label": needed}
    ),
    "targets": Table(
        "targets.csv",
        records.Target,
        {
            "measure": code,
            "unit_code": code,
            **SPAN,
            "set_on": day,
            "target": number,
            "basis": one_of("level", "change_on_year"),
            "status": one_of("sourced", "illustrative", "accepted"),
            "source": needed,
        },
        optional=True,
    ),
    "profiles": Table(
        "profiles.csv",
        records.Profile,
        {
            "measure": code,
            "unit_code": code,
            "month": between(whole, 1, 12),
            "share": between(number, 0, 1),
        },
        optional=True,
    ),
    "meetings": Table(
        "meetings.csv",
        records.Meeting,
        {
            "kind": one_of("strategic", "tactical"),
            "grid_date": day,
            "held_on": optional(day),
            "note": text,
        },
        optional=True,
    ),
    "sources": Table(
        "sources.csv",
        records.Source,
        {
            "subject": code,
            "publisher": code,
            "rank": between(whole, 1, 99),
            "since": optional(day),
            "until": optional(day),
            "note": text,
        },
        optional=True,
    ),
    "priorities": Table(
        "priorities.csv",
        records.Priority,
        {"code": code, "name": needed, **OPEN_SPAN, "measures": codes},
        optional=True,
    ),
    "overtime_rates": Table(
        "overtime_rates.csv",
        records.Rate,
        {
            "category": code,
            "multiplier": between(number, 0, 10),
            **OPEN_SPAN,
            "source": needed,
        },
        optional=True,
    ),
    "breaks": Table(
        "breaks.csv",
        records.Break_,
        {"measure": text, "area": text, "unit": text, "on": day, "note": needed},
        optional=True,
    ),
}
