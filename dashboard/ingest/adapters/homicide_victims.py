"""`mps-homicide-victims`: MPS Homicide Dashboard; a row per victim, counted by month and area.

Only counts are taken, never the victim's particulars. Solved Status is left out: it says how
many of a month's homicides were solved by now (a cohort), not how many outcomes there were
in that month, and the two bases are never mixed.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.ingest.adapters.plan import Plan, text
from dashboard.ingest.columns import AREA, REFRESHED, Wanted, match

NAME = "mps-homicide-victims"
COLUMNS = (
    Wanted("n", ("Count of Victims",)),
    Wanted("period", ("Recorded Date",)),
    Wanted("offence", ("Homicide Offence Type",), "minor"),
    Wanted("borough", ("Borough", *AREA), "area"),
    Wanted("refreshed", REFRESHED, required=False),
)


def plan(header: Sequence[str], told: dict[str, str], file: str) -> Plan:
    chosen = match(header, COLUMNS, told, file, NAME)
    heading = header[chosen["n"]].replace("'", "''")
    cells = (
        f"select line, '{NAME}' as publisher, period, 'month' as grain, borough, offence, "
        f"null::varchar as major, 'offences' as value, n, '{heading}' as heading, "
        f"{text(chosen, 'refreshed')} as refreshed, null::varchar as excluded, "
        "null::varchar as odd from raw"
    )
    headings = {name: header[place] for name, place in chosen.items()}
    # A month without a homicide of one type has no row, and is none.
    return Plan(chosen, cells, headings, whole=True, events=True)
