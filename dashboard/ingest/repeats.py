"""Rows that stand twice in a file of published counts: named, and across sheets refused."""

from __future__ import annotations

from dashboard.errors import ContentError
from dashboard.ingest.adapters import Plan
from dashboard.ingest.rejects import line_numbers
from dashboard.ingest.work import PART_LINES, Work

SHOWN = 5
PLACE = "publisher, value, grain, date, heading, place, offence, major, vintage, apart"
# Cells with the borough that they mean, by whichever of its spellings.
PLACED = """
    select named.*, coalesce(same_place.code, named.borough) as place
    from named
    left join same_place on named.publisher = same_place.source and named.borough = same_place.spelt
"""


def same_places(work: Work) -> None:
    """Table same_place (source, spelt, code) of boroughs that the file spells in several ways.

    What lies in none (Unknown, Not stated) may well be several things.
    """
    by_place: dict[tuple[str, str], list[str]] = {}
    for source, spelt in work.all(
        "select distinct publisher, borough from named where borough > '' order by all"
    ):
        code = work.catalogue.resolve("area", source, spelt)
        if code and work.catalogue.areas[code].kind == "borough":
            by_place.setdefault((source, code), []).append(spelt)
    work.execute("create temp table same_place (source varchar, spelt varchar, code varchar)")
    rows = [
        (source, spelt, code)
        for (source, code), spellings in by_place.items()
        if len(spellings) > 1
        for spelt in spellings
    ]
    if rows:
        work.connection.executemany("insert into same_place values (?, ?, ?)", rows)


def refuse_across_sheets(work: Work) -> None:
    """Raises ContentError where two sheets say the same count: both would be added up."""
    if len(work.parts) < 2:
        return
    row = work.connection.execute(
        f"select min(line // {PART_LINES}), max(line // {PART_LINES}), offence, "
        f"any_value(borough), date from ({PLACED}) where excluded is null and fault is null "
        "group by publisher, value, grain, date, place, offence, major "
        f"having min(line // {PART_LINES}) < max(line // {PART_LINES}) limit 1"
    ).fetchone()
    if row:
        one, other, offence, area, day = row
        names = f"{work.parts[one].sheet} and {work.parts[other].sheet}"
        raise ContentError(
            f"{work.file}: the sheets {names} both count {offence} in {area or 'no area'} for "
            f"{day}; say --sheet NAME for the one that counts"
        )


def named(work: Work, plan: Plan) -> list[str]:
    """Sentences for rows that stand twice whole, and for other rows that share a key.

    Both are added up, as publishers do write one key on two rows.
    """
    if plan.events and not plan.apart:
        return []
    # Of events without a reference the same row twice is two.
    told = "and apart > ''" if plan.events else ""
    # Hashes of cells, joined by xor: their order says nothing, and no list is held.
    work.execute(
        "create temp table whole_lines as select line, any_value(offence) as offence, "
        "any_value(borough) as borough, sum(amount) as amount, "
        f"bit_xor(hash({PLACE}, amount)) as said, bit_xor(hash({PLACE})) as key "
        f"from ({PLACED}) where excluded is null and fault is null {told} group by line"
    )
    twins = work.all(
        "select line, min(line) over (partition by said) as first, offence, borough, amount "
        "from whole_lines qualify line > first order by line"
    )
    shared = work.one(
        "select count(*) from (select key from whole_lines group by key, said "
        "qualify count(*) over (partition by key) > 1)"
    )
    sentences = []
    if twins:
        places = line_numbers(work, {line for row in twins for line in row[:2]})
        each = "; ".join(
            f"line {places[line]} repeats line {places[first]}: {offence}, {area or 'no area'}"
            for line, first, offence, area, _ in twins[:SHOWN]
        )
        more = f" and {len(twins) - SHOWN:,} more" if len(twins) > SHOWN else ""
        rows = "1 row stands" if len(twins) == 1 else f"{len(twins):,} rows stand"
        added = sum(row[4] for row in twins)
        sentences.append(
            f"{rows} twice and {'was' if len(twins) == 1 else 'were'} added up ({added:,.0f}): "
            f"{each}{more}"
        )
    if shared:
        sentences.append(
            f"{shared:,} rows share their area, offence and period with another; added up"
        )
    spellings = work.all(
        "select list(distinct borough order by borough) as spelt from whole_lines "
        "group by key having count(distinct borough) > 1"
    )
    for spelt in sorted({tuple(row[0]) for row in spellings})[:SHOWN]:
        named = " and ".join(map(repr, spelt))
        sentences.append(f"{named} are one area and count the same periods: added up")
    return sentences
