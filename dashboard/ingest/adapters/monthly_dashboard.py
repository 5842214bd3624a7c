"""`mps-monthly-dashboard`: MPS Monthly Crime Dashboard, "other" crime; long.

Borough rows only: the neighbourhood rows repeat the same total. Offences and outcomes meet
on the subtype (their types differ), outcomes by the month of the outcome. Rows were
refreshed on several days, so each has its own vintage.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.ingest.adapters.plan import Plan, text
from dashboard.ingest.columns import AREA, REFRESHED, Wanted, match

NAME = "mps-monthly-dashboard"
COLUMNS = (
    Wanted("period", ("month_year", "month", "date")),
    Wanted("area_type", ("area_type",)),
    Wanted("borough", ("borough_snt", *AREA), "area"),
    Wanted("offence", ("crime_subtype", "minor_category"), "minor"),
    Wanted("major", ("crime_type", "major_category"), "major", required=False),
    Wanted("measure", ("measure",)),
    Wanted("n", ("count",)),
    Wanted("refreshed", REFRESHED, required=False),
)


def plan(header: Sequence[str], told: dict[str, str], file: str) -> Plan:
    chosen = match(header, COLUMNS, told, file, NAME)
    heading = header[chosen["n"]].replace("'", "''")
    value = "case lower(trim(measure)) when 'offences' then 'offences' "
    value += "when 'positive outcomes' then 'outcomes' end"
    cells = (
        f"select line, '{NAME}' as publisher, period, 'month' as grain, borough, offence, "
        f"{text(chosen, 'major')} as major, {value} as value, n, '{heading}' as heading, "
        f"{text(chosen, 'refreshed')} as refreshed, "
        "case when lower(trim(area_type)) = 'safer neighbourhood teams' "
        "then 'neighbourhood_rows' "
        "when lower(trim(area_type)) is distinct from 'borough' then 'other_area_type' end "
        f"as excluded, case when {value} is null then coalesce(measure, '') end as odd from raw"
    )
    headings = {name: header[place] for name, place in chosen.items()}
    return Plan(chosen, cells, headings | {"odd": headings["measure"]}, levels=True)
