"""`counts`: the contract's own form, a row per date, area and offence, counts side by side."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.errors import ContentError
from dashboard.ingest.adapters.plan import Plan, text
from dashboard.ingest.columns import AREA, MINOR, REFRESHED, Wanted, listed, match
from dashboard.ingest.parsing import quoted

NAME = "counts"
COLUMNS = (
    Wanted("period", ("date",)),
    Wanted("grain", ("grain",)),
    Wanted("borough", ("borough", *AREA), "area"),
    Wanted("offence", ("offence", *MINOR), "minor"),
    Wanted("offences", ("offences",), required=False),
    Wanted("outcomes", ("outcomes",), required=False),
    Wanted("publisher", ("publisher",), required=False),
    Wanted("refreshed", REFRESHED, required=False),
)


def plan(header: Sequence[str], told: dict[str, str], file: str) -> Plan:
    chosen = match(header, COLUMNS, told, file, NAME)
    values = [name for name in ("offences", "outcomes") if name in chosen]
    if not values:
        raise ContentError(
            f"{file} can't be read as {NAME}: no column offences or outcomes; "
            f"found {listed(header)}"
        )
    # A count left blank was not said, which is not none; a row that says none is a fault.
    nothing = " and ".join(f"nullif(trim({name}), '') is null" for name in values)
    parts = [
        f"select line, coalesce(nullif(trim({text(chosen, 'publisher')}), ''), '{NAME}') "
        "as publisher, period, lower(trim(grain)) as grain, borough, offence, "
        f"null::varchar as major, '{name}' as value, "
        f"{name} as n, {quoted(header[chosen[name]])} as heading, "
        f"{text(chosen, 'refreshed')} as refreshed, "
        "null::varchar as excluded, null::varchar as odd, null::varchar as clash, "
        "null::varchar as apart from raw "
        f"where nullif(trim({name}), '') is not null"
        + (f" or ({nothing})" if name == values[0] else "")
        for name in values
    ]
    headings = {name: header[place] for name, place in chosen.items()}
    return Plan(chosen, " union all ".join(parts), headings, blanks=False)
