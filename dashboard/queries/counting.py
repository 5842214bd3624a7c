"""What a measure counts, made into SQL: the header says which records, here is how they count.

A measure of crime reports counts one offence a report on the day it was reported, no-crimes left
out (contracts.md). Its `records:` say which reports those are; of a rate they are the whole, and
`numerator:` says which of them are the part, on the day `numerator_on`. A stock of faults names
its fault rules; a return is the unit's own figure. What no header can say has a select of its own
under it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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

COUNTED_ON = "reported_on"  # but for the part of a rate whose header says another
# The records by day and place, read once for all conditions that are counted on that day.
CELLS = """{name} as materialized (
    select
        {day} as period_start,
        ocu as unit_code,
        coalesce(branch, 'unassigned') as branch,
        coalesce(team, 'unassigned') as team,
        borough,
        {tallies}
    from crimes
    where {where}
    group by all
)"""
NEXT = ",\n    "
CELL = NEXT.join(("period_start", "unit_code", "branch", "team", "borough"))
# A directorate's share of the force's count stands at the force: no unit is its own whole.
OF_DIRECTORATE = """unit_code in (
            select code from units
            where directorate = (select directorate from units where code = '{owner}')
        )"""
FORCE = "(select code from units where level = 'force')"
FORCE_CELL = f"""period_start,
    {FORCE} as unit_code,
    'unassigned' as branch,
    'unassigned' as team,
    borough"""
SELECT = """
select
    {measure}'{grain}' as grain,
    {cell},
    {numerator}::double as numerator,
    {denominator}::double as denominator
from {rows}"""
# The two parts of a rate that are counted on days of their own.
PARTED = f"""(
    select {CELL.replace(NEXT, ", ")}, {{part}} as part, 0 as whole
    from {{part_rows}}

    union all

    select {CELL.replace(NEXT, ", ")}, 0 as part, {{whole}} as whole
    from {{whole_rows}}
)
group by all"""
STOCK = """
select
    {measure}'{grain}' as grain,
    week as period_start,
    unit_code,
    branch,
    'unassigned' as team,
    borough,
    sum(n)::double as numerator,
    null::double as denominator
from fault_weeks
where {records}
group by all"""
RETURNED = """
select
    {measure}grain,
    period_start,
    unit_code,
    branch,
    team,
    borough,
    sum({numerator})::double as numerator,
    {denominator}::double as denominator
from return_periods
where {records}
group by all"""
# Money is added up in one order, so that sums of it are the same to the last digit each time.
ORDERED = "\norder by period_start, unit_code, branch, team, borough"
Head = Mapping[str, str]


class Tallies:
    """Conditions on records, each counted once on a day however many measures ask for it."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def column(self, day: str, condition: str) -> str:
        """The column of `by_<day>` that counts the records of a condition."""
        known = self._found.setdefault(day, [])
        if condition not in known:
            known.append(condition)
        return f"n{known.index(condition) + 1}"

    def cells(self) -> str:
        """The tables `by_<day>`: one scan of the records for each day that they are counted on."""
        return "with\n\n" + ",\n\n".join(
            CELLS.format(name=_by(day), day=day, **_tallied(day, conditions))
            for day, conditions in self._found.items()
        )


def _tallied(day: str, conditions: Sequence[str]) -> dict[str, str]:
    """The columns n1, n2 … of conditions, and the rows that they look at."""
    if len(conditions) == 1:
        return {"tallies": "count(*) as n1", "where": f"{conditions[0]} and {day} < $as_at"}
    counts = [f"count(*) filter ({it}) as n{at}" for at, it in enumerate(conditions, start=1)]
    return {"tallies": ",\n        ".join(counts), "where": f"{day} < $as_at"}


def _by(day: str) -> str:
    return f"by_{day}"


def observation(head: Head) -> str:
    """The select of COLUMNS that a measure's header means, its parameter $as_at."""
    return _observed([head], named=False)


def observations(heads: Sequence[Head]) -> str:
    """One select of `measure` and COLUMNS for measures of one kind of fact: its records are read
    once for all of them on each day that they are counted on; parameter $as_at."""
    return _observed(heads, named=True)


def _observed(heads: Sequence[Head], *, named: bool) -> str:
    tallies = Tallies()
    selects = []
    for head in heads:
        measure = f"'{head['measure']}' as measure{NEXT}" if named else ""
        selects.append(_select(head, tallies, measure))
    rows = "\n\nunion all\n".join(selects)
    return f"{tallies.cells()}\n{rows}" if heads[0]["fact"] == CRIMES else rows + ORDERED


def _select(head: Head, tallies: Tallies, measure: str) -> str:
    """What one header means over the tables of the tallies, or over the mart of its fact."""
    own = {"measure": measure, "grain": head["grain"]}
    if head["fact"] == RETURNS:
        whole = "sum(denominator)" if head["unit"] == "percent" else "null"
        records = f"measure = '{head['measure']}'"
        numerator = head.get("numerator", "numerator")
        return RETURNED.format(**own, records=records, numerator=numerator, denominator=whole)
    if head["fact"] == FAULTS:
        return STOCK.format(**own, records=_bracketed(head["records"]))
    scope = "".join(f"\n    and {item}" for item in _scope(head["scope"], head["measure"]))
    records = counted(head)

    def rows(day: str, n: str) -> str:
        return f"{_by(day)}\nwhere {n} > 0{scope}"

    n = tallies.column(COUNTED_ON, records)
    own |= {"cell": CELL, "rows": rows(COUNTED_ON, n), "numerator": n, "denominator": "null"}
    if head["unit"] != "percent":
        return SELECT.format(**own)
    if "share" in head:
        part = OF_DIRECTORATE.format(owner=head["owner"])
        part = f"coalesce(sum({n}) filter ({part}), 0)"
        own |= {"cell": FORCE_CELL, "numerator": part, "denominator": f"sum({n})"}
        return SELECT.format(**own) + "\ngroup by all"
    day = head.get("numerator_on", COUNTED_ON)
    part = tallies.column(day, f"{records} and {_bracketed(head['numerator'])}")
    if day == COUNTED_ON:
        return SELECT.format(**own | {"numerator": part, "denominator": n})
    both = PARTED.format(
        part=part, part_rows=_indented(rows(day, part)), whole=n, whole_rows=_indented(own["rows"])
    )
    return SELECT.format(
        **own | {"rows": both, "numerator": "sum(part)", "denominator": "sum(whole)"}
    )


def _indented(lines: str) -> str:
    return lines.replace("\n", "\n    ")


def lacking(head: Head) -> list[str]:
    """The keys that a sound header lacks to mean an observation."""
    if head["fact"] == RETURNS:
        return []
    part = head["fact"] == CRIMES and head["unit"] == "percent" and "share" not in head
    return [key for key in ("records", *(["numerator"] if part else [])) if key not in head]


def counted(head: Head) -> str:
    """The condition that a record counts: the header's, and the rule on no-crimes."""
    if head["fact"] == CRIMES and head.get("no_crimes", OUT) == OUT:
        return f"{STANDING} and {_bracketed(head['records'])}"
    return _bracketed(head["records"])


def _scope(scope: str, measure: str) -> list[str]:
    """Whose records count, by the scope: the force counts all, others by measure_units."""
    if scope == "force":
        return []
    return [f"unit_code in (select unit_code from measure_units where measure = '{measure}')"]


def _bracketed(predicate: str) -> str:
    return f"({predicate})"
