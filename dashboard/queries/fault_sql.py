"""What a fault rule finds, made into SQL from its header.

A report of the population `of:` for which `records:` holds has the fault from the day `opened` on,
until the day `closed` where one is told. The rule asks what stands open at one day; the spans say
when each fault stood, for the rules whose header says when one is mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# Which reports a fault rule looks at: what its share is a share of.
POPULATIONS = {
    "reports": "no_crimed_on is null",
    "undetected": "no_crimed_on is null and (detected_on is null or detected_on >= $as_at)",
    "detected": "no_crimed_on is null and detected_on is not null",
    "no_crimed": "no_crimed_on is not null",
    "persons": "no_crimed_on is null and victim_kind = 'person'",
}

OPEN = """
select
    crime_ref,
    ocu,
    branch,
    borough,
    reported_on,
    {opened} as open_since
from crimes
where
    {records}
    and {opened} < $as_at{still}
"""
STILL = "\n    and ({closed} is null or {closed} >= $as_at)"
SPANS = """
select '{fault}' as fault, ocu, branch, borough, {opened} as opened, {closed} as closed
from crimes
where
    {records}
    and {opened} is not null
    and ({closed} is null or {closed} > {opened})
"""
NO_SPANS = (
    "select null::varchar as fault, ocu, branch, borough, null::date as opened, "
    "null::date as closed from crimes where false"
)


def open_at(head: Mapping[str, str]) -> str:
    """The reports with the fault at $as_at: what a rule without a select of its own finds."""
    still = STILL.format(closed=head["closed"]) if "closed" in head else ""
    return OPEN.format(opened=head["opened"], records=_records(head), still=still)


def lacking(head: Mapping[str, str]) -> list[str]:
    """The keys that a sound header lacks to mean a select."""
    return [key for key in ("opened",) if key not in head]


def spans(heads: Iterable[Mapping[str, str]]) -> str:
    """When each fault opened and closed, of the rules that say both; from crimes.

    return  the select of fault, ocu, branch, borough, opened, closed; a fault that was mended
            before the day it would open never stood
    """
    told = [
        SPANS.format(fault=head["fault"], closed=head["closed"], **_dated(head))
        for head in heads
        if "closed" in head
    ]
    return "union all\n".join(told) or NO_SPANS


def _dated(head: Mapping[str, str]) -> dict[str, str]:
    days = head["after_days"]
    return {"opened": head["opened"].replace("$after_days", days), "records": _records(head)}


def _records(head: Mapping[str, str]) -> str:
    population = POPULATIONS[head["of"]]
    return f"{population} and ({head['records']})" if "records" in head else population
