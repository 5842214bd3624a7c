"""`mps-borough-crime`: MPS Recorded Crime, Borough Level; wide, one column a month.

Source: London Datastore. Headings of months are all digits (201004). The key columns have
had other names from download to download, hence the synonyms and --column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

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

NAME = "mps-borough-crime"
KEYS = (
    Wanted("major", MAJOR, "major"),
    Wanted("minor", MINOR, "minor"),
    Wanted("area", AREA, "area"),
    Wanted("refreshed", REFRESHED, required=False),
)
FORMS = ("%Y%m", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%b %Y", "%B %Y", "%b-%Y")


def plan(header: Sequence[str], told: dict[str, str], file: str) -> Plan:
    check_header(header, file)
    months = {place: month for place, name in enumerate(header) if (month := _month(name, file))}
    if not months:
        raise ContentError(
            f"{file} can't be read as {NAME}: no column is named by a month (YYYYMM); "
            f"found {listed(header)}"
        )
    if len(set(months.values())) < len(months):
        raise ContentError(f"{file} has a month twice in its header")
    others = [name for place, name in enumerate(header) if place not in months]
    keys = match(header, KEYS, told, file, NAME, shown=others)
    taken = {spelling(header[place]) for place in keys.values()}
    columns = {f"m{month:%Y%m}": place for place, month in months.items()}
    names = ", ".join(columns)
    cells = (
        f"select line, '{NAME}' as publisher, substr(month, 2) as period, 'month' as grain, "
        f"area as borough, minor as offence, 'offences' as value, n, substr(month, 2) as heading, "
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
        left_out=tuple(name for name in others if spelling(name) not in taken),
    )


def _month(heading: str, file: str) -> date | None:
    """The month that a heading names, or None.

    raises  ContentError for six digits that are no month.
    """
    heading = heading.strip()
    for form in FORMS:
        try:
            day = datetime.strptime(heading, form).date()
        except ValueError:
            continue
        if form != "%Y%m" or len(heading) == 6:
            return day if day.day == 1 else None
    if re.fullmatch(r"\d{6}", heading):
        raise ContentError(f"{file}: the column {heading} is no month; months are written YYYYMM")
    return None
