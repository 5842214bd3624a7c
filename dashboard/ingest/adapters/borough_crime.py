"""`mps-borough-crime`: MPS Recorded Crime, Borough Level; wide, one column a month.

Source: London Datastore. Headings of months are all digits (201004). The key columns have
had other names from download to download, hence the synonyms and --column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.errors import ContentError
from dashboard.ingest.adapters.plan import Plan, text
from dashboard.ingest.columns import (
    AREA,
    MAJOR,
    MINOR,
    REFRESHED,
    Wanted,
    check_header,
    listed,
    match,
    spelling,
)
from dashboard.ingest.days import month_headings
from dashboard.ingest.parsing import quoted

NAME = "mps-borough-crime"
KEYS = (
    Wanted("major", MAJOR, "major"),
    Wanted("minor", MINOR, "minor"),
    Wanted("area", AREA, "area"),
    Wanted("refreshed", REFRESHED, required=False),
)
COLUMNS = KEYS


def plan(header: Sequence[str], told: dict[str, str], file: str) -> Plan:
    check_header(header, file)
    named = month_headings(header)
    months = {place: named[name] for place, name in enumerate(header) if name in named}
    for name in header:
        if name not in named and re.fullmatch(r"(19|20)\d{4}", name.strip()):
            raise ContentError(f"{file}: the column {name} is no month; months are written YYYYMM")
    if len(set(months.values())) < len(months):
        raise ContentError(f"{file} has a month twice in its header")
    others = [name for place, name in enumerate(header) if place not in months]
    if not months:
        raise ContentError(
            f"{file} can't be read as {NAME}: no column is named by a month (YYYYMM)"
            f"{_also_missing(header, told, file)}; found {listed(header)}; name each month's "
            "column by its year and month, as 202401 or Jan 2024"
        )
    keys = match(header, KEYS, told, file, NAME, shown=others)
    taken = {spelling(header[place]) for place in keys.values()}
    columns = {f"m{month:%Y%m}": place for place, month in months.items()}
    names = ", ".join(columns)
    spelt = {f"m{month:%Y%m}": header[place].strip() for place, month in months.items()}
    whens = " ".join(f"when '{key}' then {quoted(name)}" for key, name in spelt.items())
    heading = f"case month {whens} end"
    cells = (
        f"select line, '{NAME}' as publisher, substr(month, 2) as period, 'month' as grain, "
        f"area as borough, minor as offence, major, 'offences' as value, n, "
        f"{heading} as heading, "
        f"{text(keys, 'refreshed')} as refreshed, null::varchar as excluded, "
        "null::varchar as odd "
        f"from raw unpivot include nulls (n for month in ({names}))"
    )
    headings = {"borough": header[keys["area"]], "offence": header[keys["minor"]]}
    return Plan(
        keys | columns,
        cells,
        headings,
        months=tuple(sorted(months.values())),
        left_out=tuple(name for name in others if name.strip() and spelling(name) not in taken),
    )


def _also_missing(header: Sequence[str], told: dict[str, str], file: str) -> str:
    """The key columns that are missing beside the months, in words."""
    try:
        match(header, KEYS, told, file, NAME)
    except ContentError as error:
        found = re.search(r"no column for ([^;]*)", str(error))
        return f", none for {found[1]}" if found else ""
    return ""
