"""The source kinds: which columns a file has, what each may hold, what one row is worth.

A type ends in ! where the column is required. `field` types take a value of
data/catalogue/values.csv. Published counts are no records: see the adapters.
"""

from __future__ import annotations

from dataclasses import dataclass

# Type of a column → what it is staged as.
STAGED_TYPES = {
    "text": "varchar",
    "person": "varchar",
    "area": "varchar",
    "offence": "varchar",
    "unit": "varchar",
    "part": "varchar",
    "code": "varchar",
    "time": "varchar",
    "date": "date",
    "event": "date",
    "month": "date",
    "period": "date",
    "yes_no": "boolean",
    "hour": "bigint",
    "criterion": "bigint",
    "number": "double",
    "signed": "double",
    "score": "double",
}
COUNT_COLUMNS = {
    "publisher": "varchar",
    "date": "date",
    "grain": "varchar",
    "borough": "varchar",
    "offence": "varchar",
    "value": "varchar",
    "n": "bigint",
}


@dataclass(frozen=True)
class Column:
    """A column of a record kind.

    type   text; person (a reference, never a name); area and offence (kept as spelt);
           unit (of organisation.csv); part (branch or team: an unknown one is warned of);
           code (a value of `field`); time; date; event (a date that the vintage bounds);
           month and period (first days); yes_no; hour; criterion; number (not negative);
           signed (may be negative); score (0 to 100).
    """

    name: str
    type: str
    required: bool = False
    field: str = ""

    @property
    def staged_type(self) -> str:
        return STAGED_TYPES[self.type]


@dataclass(frozen=True)
class Kind:
    """A record kind: `reference` may stand once in a file, a `key` is said last by its last row.

    worth  the column whose sum is the control total; blank where a row is worth one.
    """

    name: str
    columns: tuple[Column, ...]
    reference: str = ""
    key: tuple[str, ...] = ()
    worth: str = ""

    def of_type(self, *types: str) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.type in types)

    def has(self, name: str) -> bool:
        return any(column.name == name for column in self.columns)

    @property
    def value_of(self) -> str:
        """What the values of the accounts are, in words."""
        return f"sum of {self.worth}" if self.worth else "rows"


def _kind(
    name: str, spec: str, reference: str = "", key: tuple[str, ...] = (), worth: str = ""
) -> Kind:
    columns = []
    for part in spec.split():
        column, type_ = part.split(":")
        required, type_ = type_.endswith("!"), type_.rstrip("!")
        base, _, field = type_.partition("=")
        columns.append(Column(column, base, required, field))
    return Kind(name, tuple(columns), reference, key, worth)


KINDS = {
    kind.name: kind
    for kind in (
        _kind(
            "crimes",
            "crime_ref:text! reported_on:event! committed_on:event committed_hour:hour "
            "classified_on:event offence:offence! borough:area! ocu:unit! branch:part team:part "
            "detected_on:event detection:code=detection detection_authorised_on:event "
            "no_crimed_on:event weapon:code=weapon premises:code=premises "
            "victim_kind:code=victim_kind victim_age_band:code=victim_age_band "
            "victim_sex:code=victim_sex victim_ethnicity:code=victim_ethnicity "
            "attended_minutes:number last_updated_on:event validated_on:event "
            "supervised_on:event",
            reference="crime_ref",
        ),
        _kind(
            "returns",
            "measure:text! period_start:period! grain:code=return_grain! unit_code:unit! "
            "borough:area numerator:number! denominator:number verified:yes_no",
            key=("measure", "period_start", "grain", "unit_code", "borough"),
            worth="numerator",
        ),
        _kind(
            "overtime",
            "worked_on:event! started_at:time ended_at:time ocu:unit! branch:part team:part "
            "staff_ref:person grade:text duty:code=overtime_duty "
            "category:code=overtime_category! hours:number! cost_gbp:number! operation:text "
            "authorised_on:event",
            worth="cost_gbp",
        ),
        _kind(
            "overtime_budget",
            "ocu:unit! month:month! profiled_gbp:number! committed_gbp:number "
            "budget_hours:number budget_rate_gbp:number budget_people:number",
            key=("ocu", "month"),
            worth="profiled_gbp",
        ),
        _kind(
            "finance",
            "unit_code:unit! month:month! heading:code=finance_heading! budget_gbp:signed! "
            "actual_gbp:signed! forecast_gbp:signed",
            key=("unit_code", "month", "heading"),
            worth="actual_gbp",
        ),
        _kind(
            "strength",
            "unit_code:unit! month:month! posts:number! in_post:number! female:number "
            "minority_ethnic:number vetted:number pdr_due:number pdr_done:number "
            "sickness_days:number",
            key=("unit_code", "month"),
        ),
        _kind(
            "reviews",
            "review_ref:text! kind:code=review_kind! unit_code:unit! due_on:date! done_on:event "
            "tasked_by:text",
            reference="review_ref",
        ),
        _kind(
            "recommendations",
            "recommendation_ref:text! review_ref:text! owner:unit! "
            "feeds:code=recommendation_feeds! due_on:date! closed_on:event",
            reference="recommendation_ref",
        ),
        _kind(
            "visits",
            "visit_ref:text! unit_code:unit! kind:code=visit_kind! planned_on:date! "
            "held_on:event lead_post:text",
            reference="visit_ref",
        ),
        _kind(
            "improvements",
            "area_ref:text! title:text! criterion:criterion! lead_post:text! unit_code:unit "
            "score:score due_on:date! status:code=improvement_status!",
            reference="area_ref",
        ),
        _kind(
            "corporate",
            "measure:text! period_start:period! grain:code=return_grain! unit_code:unit "
            "borough:area value:signed! published_on:event!",
            key=("measure", "period_start", "grain", "unit_code", "borough"),
            worth="value",
        ),
    )
}


def contract_columns(kind: str) -> dict[str, str]:
    """Column → DuckDB type of a kind as it is staged, in order, without `vintage`."""
    if kind == "counts":
        return dict(COUNT_COLUMNS)
    return {column.name: column.staged_type for column in KINDS[kind].columns}
