"""A published format as its file in the catalogue says it: headings → a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dashboard.catalogue import Format
from dashboard.catalogue.formats import Reading
from dashboard.errors import ContentError
from dashboard.ingest.adapters.plan import Plan, text
from dashboard.ingest.adapters.rows import NAMES, area, offence, said, source, value
from dashboard.ingest.columns import (
    AREA,
    REFRESHED,
    Wanted,
    check_header,
    listed,
    match,
    spelling,
)
from dashboard.ingest.days import month_headings
from dashboard.ingest.parsing import quoted


def wanted(of: Format, reading: Reading) -> tuple[Wanted, ...]:
    """The columns that files of one layout have. What any publisher calls the area is known."""
    sought = []
    for role, names in reading.columns.items():
        own, key = NAMES.get(role, (role, ""))
        known = (*names, *AREA) if role == "area" else names
        sought.append(Wanted(own, known, key, role not in of.optional))
    at = len(sought) - _own_of_variant(of, reading)
    sought.insert(at, Wanted("refreshed", REFRESHED, required=False))
    return tuple(sought)


def _own_of_variant(of: Format, reading: Reading) -> int:
    """How many of its columns are a variant's own: those stand last."""
    shared = set.intersection(*(set(item.columns) for item in of.readings))
    return len(reading.columns.keys() - shared)


def columns(of: Format) -> tuple[Wanted, ...]:
    """All columns that any layout of the format has."""
    return tuple(item for reading in of.readings for item in wanted(of, reading))


def plan(of: Format, header: Sequence[str], told: dict[str, str], file: str) -> Plan:
    """How a file with these headings is read.

    raises  ContentError where it is no file of the format
    """
    if of.shape == "wide":
        return _wide(of, header, told, file)
    reading = _reading(of, header, file)
    chosen = match(header, wanted(of, reading), told, file, of.name)
    chosen |= _stacked(of, reading, header, chosen)
    period, heading = "period", header[chosen.get("n", chosen.get("period", 0))].strip()
    if "period" not in chosen:
        period = (
            "case when regexp_full_match(trim(month), '\\d{1,2}(\\.0+)?') then "
            "regexp_replace(trim(year), '\\.0+$', '') || '-' || "
            "lpad(regexp_replace(trim(month), '\\.0+$', ''), 2, '0') "
            "else trim(month) || ' ' || trim(year) end"
        )
    grain = "day" if of.grain == "day" else "month"
    number = "n" if "n" in chosen else "'1'"
    cells = (
        f"select line, {quoted(of.name)} as publisher, {period} as period, '{grain}' as grain, "
        f"{area(of)} as borough, {offence(of)} as offence, {text(chosen, 'major')} as major, "
        f"{value(reading)} as value, {number} as n, {quoted(heading)} as heading, "
        f"{said(of, reading, chosen)} from {source(of, chosen)}"
    )
    return Plan(
        chosen,
        cells,
        _headings(of, reading, header, chosen),
        **_ways(of, "n" in chosen),
    )


def _wide(of: Format, header: Sequence[str], told: dict[str, str], file: str) -> Plan:
    check_header(header, file)
    named = month_headings(header)
    months = {place: named[name] for place, name in enumerate(header) if name in named}
    for name in header:
        if name not in named and re.fullmatch(r"(19|20)\d{4}", name.strip()):
            raise ContentError(f"{file}: the column {name} is no month; months are written YYYYMM")
    if len(set(months.values())) < len(months):
        raise ContentError(f"{file} has a month twice in its header")
    others = [name for place, name in enumerate(header) if place not in months]
    reading = of.readings[0]
    if not months:
        raise ContentError(
            f"{file} can't be read as {of.name}: no column is named by a month (YYYYMM)"
            f"{_also_missing(of, header, told, file)}; found {listed(header)}; name each month's "
            "column by its year and month, as 202401 or Jan 2024"
        )
    keys = match(header, wanted(of, reading), told, file, of.name, shown=others)
    keys |= _stacked(of, reading, header, keys)
    taken = {spelling(header[place]) for place in keys.values()}
    columns = {f"m{month:%Y%m}": place for place, month in months.items()}
    names = ", ".join(columns)
    spelt = {f"m{month:%Y%m}": header[place].strip() for place, month in months.items()}
    whens = " ".join(f"when '{key}' then {quoted(name)}" for key, name in spelt.items())
    cells = (
        f"select line, {quoted(of.name)} as publisher, substr(month, 2) as period, "
        f"'month' as grain, {area(of)} as borough, {offence(of)} as offence, "
        f"{text(keys, 'major')} as major, {value(reading)} as value, n, "
        f"case month {whens} end as heading, {said(of, reading, keys)} "
        f"from (from {source(of, keys)} unpivot include nulls (n for month in ({names})))"
    )
    return Plan(
        keys | columns,
        cells,
        _headings(of, reading, header, keys),
        months=tuple(sorted(months.values())),
        left_out=tuple(name for name in others if name.strip() and spelling(name) not in taken),
        **_ways(of, True),
    )


def _ways(of: Format, counted: bool) -> dict[str, Any]:
    """What a plan takes from its format whatever the headings."""
    return {
        "whole": of.rows == "records",
        "events": of.rows == "records",
        "levels": of.level != "borough",
        "counted": counted,
        "floored": of.grain == "month_of_day",
        "first_month": of.first_month.below if of.first_month else None,
        "reasons": of.reasons,
        "by": of.lookup.by if of.lookup else (),
        "apart": bool(of.apart),
    }


def _also_missing(of: Format, header: Sequence[str], told: dict[str, str], file: str) -> str:
    """The key columns that are missing beside the months, in words."""
    try:
        match(header, wanted(of, of.readings[0]), told, file, of.name)
    except ContentError as error:
        lacking = re.search(r"no column for ([^;]*)", str(error))
        return f", none for {lacking[1]}" if lacking else ""
    return ""


def _reading(of: Format, header: Sequence[str], file: str) -> Reading:
    """The layout of the file, by the one column of counts that it has."""
    if len(of.readings) == 1:
        return of.readings[0]
    spelt = {spelling(name) for name in header}
    fit = [item for item in of.readings if spelt & set(map(spelling, item.columns["count"]))]
    if len(fit) != 1:
        counts = " or ".join(item.columns["count"][0] for item in of.readings)
        raise ContentError(
            f"{file} can't be read as {of.name}: it has either {counts}; found {listed(header)}"
        )
    return fit[0]


def _stacked(
    of: Format, reading: Reading, header: Sequence[str], chosen: dict[str, int]
) -> dict[str, int]:
    """Further columns of the roles whose names may stand side by side in one file."""
    places = {spelling(name): place for place, name in enumerate(header) if name.strip()}
    further: dict[str, int] = {}
    for role in set(of.stacked) & reading.columns.keys():
        own = NAMES.get(role, (role, ""))[0]
        spelt = map(spelling, reading.columns[role])
        there = dict.fromkeys(places[name] for name in spelt if name in places)
        others = [place for place in there if place != chosen.get(own)]
        further |= {f"{own}__{number}": place for number, place in enumerate(others, 2)}
    return further


def _headings(
    of: Format, reading: Reading, header: Sequence[str], chosen: dict[str, int]
) -> dict[str, str]:
    """Our name → heading, to name a column in the rejects."""
    headings = {name: header[place] for name, place in chosen.items() if "__" not in name}
    if of.shape == "long" and "period" not in headings:
        headings["period"] = f"{headings['year']} and {headings['month']}"
    if of.lookup:
        by = [name for name in of.lookup.by if name in chosen]
        headings["borough"] = header[chosen[by[0]]] if by else ""
    if reading.words:
        headings["odd"] = headings[reading.words.column]
    stacked = {name.partition("__")[0] for name in chosen if "__" in name}
    headings["clash"] = " | ".join(
        header[place] for name, place in chosen.items() if name.partition("__")[0] in stacked
    )
    return headings
