"""What a measure counts, made into SQL: the header says which records, here is how they count.

A measure of crime reports counts one offence a report on the day it was reported, no-crimes left
out (contracts.md). Its `records:` say which reports those are; of a rate they are the whole, and
`numerator:` says which of them are the part, on the day `numerator_on`. A stock of faults names
its fault rules; a return is the unit's own figure. What no header can say has a select of its own
under it.
"""

from __future__ import annotations

from collections.abc import Mapping

CRIMES, FAULTS, RETURNS = "crimes", "faults", "returns"
# Facts that a header can count, and those that a measure with a select of its own may name.
COUNTED = (CRIMES, FAULTS, RETURNS)
FACTS = (*COUNTED, "strength", "overtime", "overtime_budget", "reviews", "recommendations")
# How what a header counts stands in the series made of it.
STANDS: dict[str, dict[str, tuple[str, ...]]] = {
    CRIMES: {"grain": ("day",), "aggregate": ("sum",), "unit": ("n", "percent")},
    FAULTS: {"grain": ("week",), "aggregate": ("last",), "unit": ("n",)},
}
COLUMNS = (
    "grain", "period_start", "unit_code", "branch", "team", "borough", "numerator", "denominator",
)  # fmt: skip
# No-crimes leave the day that they were reported on; a measure of no-crimes keeps them.
STANDING = "no_crimed_on is null"
OUT, IN = "out", "in"

PARTS = """
    coalesce(branch, 'unassigned') as branch,
    coalesce(team, 'unassigned') as team,
    borough"""
ORDERED = """
group by all
order by period_start, unit_code, branch, team, borough
"""
COUNT = """
select
    '{grain}' as grain,
    reported_on as period_start,
    ocu as unit_code,{parts},
    count(*)::double as numerator,
    null::double as denominator
from crimes
where
    {records}
    and reported_on < $as_at"""
RATE = """
select
    '{grain}' as grain,
    day as period_start,
    {unit} as unit_code,{parts},
    sum(part)::double as numerator,
    sum(whole)::double as denominator
from (
    select ocu, branch, team, borough, {day} as day, 1 as part, 0 as whole
    from crimes
    where
        {records}
        and {numerator}

    union all

    select ocu, branch, team, borough, reported_on as day, 0 as part, 1 as whole
    from crimes
    where
        {records}
)
where day < $as_at"""
STOCK = """
select
    '{grain}' as grain,
    week as period_start,
    unit_code,
    branch,
    'unassigned' as team,
    borough,
    sum(n)::double as numerator,
    null::double as denominator
from fault_weeks
where {records}"""
RETURNED = """
select
    grain,
    period_start,
    unit_code,
    branch,
    team,
    borough,
    sum({numerator})::double as numerator,
    {denominator}::double as denominator
from return_periods
where {records}"""
# A directorate's share of the force's count stands at the force: no unit is its own whole.
OF_DIRECTORATE = """ocu in (
            select code from units
            where directorate = (select directorate from units where code = '{owner}')
        )"""
FORCE = "(select code from units where level = 'force')"
FORCE_PARTS = """
    'unassigned' as branch,
    'unassigned' as team,
    borough"""


def observation(head: Mapping[str, str]) -> str:
    """The select of COLUMNS that a measure's header means, its parameter $as_at."""
    if head["fact"] == RETURNS:
        whole = "sum(denominator)" if head["unit"] == "percent" else "null"
        records = f"measure = '{head['measure']}'"
        numerator = head.get("numerator", "numerator")
        return _filled(RETURNED, head, records=records, numerator=numerator, denominator=whole)
    if head["fact"] == FAULTS:
        return _filled(STOCK, head, records=_bracketed(head["records"]))
    records = "\n    and ".join([counted(head), *_scope(head["scope"], head["measure"])])
    if head["unit"] != "percent":
        return _filled(COUNT, head, records=records, parts=PARTS)
    records = records.replace("\n", "\n    ")
    if "share" in head:
        part = OF_DIRECTORATE.format(owner=head["owner"])
        where = {"day": "reported_on", "unit": FORCE, "parts": FORCE_PARTS}
        return _filled(RATE, head, records=records, numerator=part, **where)
    where = {"day": head.get("numerator_on", "reported_on"), "unit": "ocu", "parts": PARTS}
    return _filled(RATE, head, records=records, numerator=_bracketed(head["numerator"]), **where)


def lacking(head: Mapping[str, str]) -> list[str]:
    """The keys that a sound header lacks to mean an observation."""
    if head["fact"] == RETURNS:
        return []
    part = head["fact"] == CRIMES and head["unit"] == "percent" and "share" not in head
    return [key for key in ("records", *(["numerator"] if part else [])) if key not in head]


def counted(head: Mapping[str, str]) -> str:
    """The condition that a record counts: the header's, and the rule on no-crimes."""
    if head["fact"] == CRIMES and head.get("no_crimes", OUT) == OUT:
        return f"{STANDING} and {_bracketed(head['records'])}"
    return _bracketed(head["records"])


def _scope(scope: str, measure: str) -> list[str]:
    """Whose records count, by the scope: the force counts all, others by measure_units."""
    if scope == "force":
        return []
    return [f"ocu in (select unit_code from measure_units where measure = '{measure}')"]


def _filled(template: str, head: Mapping[str, str], **parts: str) -> str:
    return template.format(grain=head["grain"], **parts) + ORDERED


def _bracketed(predicate: str) -> str:
    return f"({predicate})"
