"""`mps-business-crime`: MPS Business Crime Dashboard; daily, offences or outcomes by its columns.

Of outcomes only the positive ones count. The negative ones still show which days the file
reaches. The two files cover other spans and were refreshed on other days.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.errors import ContentError
from dashboard.ingest.adapters.plan import Plan, text
from dashboard.ingest.columns import AREA, REFRESHED, Wanted, listed, match, spelling

NAME = "mps-business-crime"
SHARED = (
    Wanted("period", ("date",)),
    Wanted("borough", ("borough", *AREA), "area"),
    Wanted("offence", ("crime_group", "minor_category"), "minor"),
    Wanted("major", ("crime_section", "major_category"), "major", required=False),
    Wanted("refreshed", REFRESHED, required=False),
)
OFFENCES = (*SHARED, Wanted("n", ("business_crime_offence_count", "offence_count")))
OUTCOMES = (
    *SHARED,
    Wanted("n", ("outcome_count", "business_crime_outcome_count")),
    Wanted("positive", ("positive_outcome",)),
)


COLUMNS = (*OFFENCES, *OUTCOMES)


def plan(header: Sequence[str], told: dict[str, str], file: str) -> Plan:
    columns = _columns_of(header, file)
    chosen = match(header, columns, told, file, NAME)
    value, excluded, odd = "offences", "null::varchar", "null::varchar"
    if columns is OUTCOMES:
        positive = "lower(trim(positive))"
        value = "outcomes"
        excluded = f"case when {positive} in ('n', 'no') then 'negative_outcome' end"
        odd = f"case when coalesce({positive}, '') not in ('y', 'yes', 'n', 'no') "
        odd += "then coalesce(positive, '') end"
    heading = header[chosen["n"]].replace("'", "''")
    cells = (
        f"select line, '{NAME}' as publisher, period, 'day' as grain, borough, offence, "
        f"{text(chosen, 'major')} as major, "
        f"'{value}' as value, n, '{heading}' as heading, "
        f"{text(chosen, 'refreshed')} as refreshed, {excluded} as excluded, {odd} as odd from raw"
    )
    headings = {name: header[place] for name, place in chosen.items()}
    return Plan(chosen, cells, headings | {"odd": headings.get("positive", "")})


def _columns_of(header: Sequence[str], file: str) -> tuple[Wanted, ...]:
    """OFFENCES or OUTCOMES, by the one column of counts that the file has."""
    found = {spelling(name) for name in header}
    kinds = [
        columns
        for columns in (OFFENCES, OUTCOMES)
        if any(
            spelling(name) in found for item in columns if item.name == "n" for name in item.known
        )
    ]
    if len(kinds) != 1:
        raise ContentError(
            f"{file} can't be read as {NAME}: it has either business_crime_offence_count or "
            f"outcome_count; found {listed(header)}"
        )
    return kinds[0]
