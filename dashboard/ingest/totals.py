"""Total rows: known by their names, left out, and checked against the rows that they sum up."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.ingest import parsing
from dashboard.ingest.adapters import code_of
from dashboard.ingest.parsing import quoted
from dashboard.ingest.rejects import line_numbers
from dashboard.ingest.work import Work

RULE = "total_row"
# Column of a cell → what the catalogue calls it; a major category is no code of ours.
DIMENSIONS = {"major": "", "offence": "offence", "borough": "area"}
SHOWN = 5
# Of one sum alone that agrees: by chance few counts of so many are all the others together.
ONE_SUM = 10
WORDS = re.compile(r"\b(grand|sub|over)?[ -]?totals?\b|\boverall\b|\bsum\b", re.IGNORECASE)
WHOLE = {
    "",
    *(f"{all_}{thing}" for all_ in ("all ", "all the ", "") for thing in (
        "boroughs", "london boroughs", "areas", "bocus", "categories", "crime types",
        "offence types", "offences", "crimes", "crime", "recorded crime", "recorded crimes",
        "notifiable offences", "recorded offences")),
    "all", "borough", "area", "offence", "london", "greater london", "all london", "all of london",
    "london wide", "london-wide", "mps", "all mps", "met", "the met", "met police",
    "metropolitan police", "metropolitan police service", "metropolitan police district", "mpd",
    "column", "row", "force", "force wide", "force-wide", "whole force", "inner london",
    "outer london",
}  # fmt: skip
# These name a whole without the word total; alone in a cell, the other words may name a part.
WITHOUT_THE_WORD = WHOLE - {
    "",
    "borough",
    "area",
    "offence",
    "crime",
    "crimes",
    "boroughs",
    "areas",
    "column",
    "row",
}


def of_what(text: str) -> str | None:
    """What a total row is the total of: blank for all; None where the text names no total.

    >>> of_what("Grand Total"), of_what("Total: Ashby"), of_what("All boroughs")
    ('', 'Ashby', '')
    >>> of_what("Ashby") is None, of_what("Tottenham") is None
    (True, True)
    """
    plain = re.sub(r"[\s:()*]+", " ", text).strip()
    rest = WORDS.sub(" ", plain)
    rest = re.sub(r"^[ ,–-]+|[ ,–-]+$", "", re.sub(r"\s+", " ", rest)).strip()
    rest = re.sub(r"^(for|of|in) ", "", rest, flags=re.IGNORECASE)
    if rest.lower() == plain.lower():
        return "" if plain.lower() in WITHOUT_THE_WORD else None
    return "" if rest.lower() in WHOLE else rest


def mark(work: Work, counted: bool) -> None:
    """Tables total_<dimension> of spelt → part (blank for the whole), and total_lines.

    A spelling that the catalogue knows (TNO Victim Based) is a category, whatever it is called.
    counted  a column holds the counts; where each row is one, what adds up does so by chance
    """
    names = {
        row[0].lower()
        for column in DIMENSIONS
        for row in work.all(f"select distinct {column} from untyped where {column} > ''")
    }
    majors = {row[0].lower() for row in work.all("select distinct major from untyped") if row[0]}
    for column, kind in DIMENSIONS.items():
        rows = work.all(f"select distinct publisher, {column} from untyped where {column} > ''")
        strange = [
            spelt
            for publisher, spelt in rows
            if not (kind and code_of(work.catalogue, kind, publisher, spelt))
        ]
        # What no row is called (Total, provisional) is said of the whole.
        parts: dict[str, str | None] = {
            spelt: part if part.lower() in names else ""
            for spelt in strange
            if (part := of_what(spelt)) is not None
        }
        if column == "offence":
            parts |= {spelt: part for spelt in strange if (part := _of_major(spelt, majors))}
        if kind and counted:
            unnamed = [spelt for spelt in strange if spelt not in parts]
            parts |= dict.fromkeys(sorted(_adding_up(work, column, unnamed, list(parts))), "")
        work.pairs(f"total_{column}", parts)
    work.execute("create temp table total_lines (line bigint)")
    if counted:
        work.execute(f"insert into total_lines {_BLANK}")


def _of_major(spelt: str, majors: set[str]) -> str | None:
    """The major category that a row is all of: Robbery for "All robbery"."""
    match = re.fullmatch(r"all (?:the )?(.+)", spelt.strip(), re.IGNORECASE)
    return match[1] if match and match[1].lower() in majors else None


def _adding_up(work: Work, column: str, unnamed: list[str], named: list[str]) -> set[str]:
    """Those of the `unnamed` spellings that are what all others add up to, in most of their cells.

    A total goes by names that no list foresees (All Counties), and need not agree with each
    month. It takes two others at least, and two counts above 0 or one of ONE_SUM, for that to be
    no chance.
    named  spellings that are totals by their names, and add up to nothing here.
    """
    if not unnamed:
        return set()
    beside = ", ".join(name for name in DIMENSIONS if name != column)
    rows = work.connection.execute(
        f"with counts as (select {column} as spelt, publisher, period, grain, heading, value, "
        f"{beside}, sum({parsing.amount('n')}) as amount from untyped where {column} > '' "
        f"and excluded is null and {column} not in (select unnest($named::varchar[])) group by all"
        "), compared as (select spelt, amount, sum(amount) over whole - amount as others, "
        "coalesce(amount > 0 and amount = others and count(*) over whole > 2, false) as agrees "
        "from counts window whole as "
        f"(partition by publisher, period, grain, heading, value, {beside})) "
        "select spelt from compared "
        "where spelt in (select unnest($unnamed::varchar[])) and (amount is distinct from 0 or "
        f"others > 0) group by spelt having {most_agree('amount')}",
        {"named": named, "unnamed": unnamed},
    ).fetchall()
    return {row[0] for row in rows}


def most_agree(amount: str, over: str = "") -> str:
    """SQL over cells that may be sums (amount, agrees): whether so many agree that it is no chance.

    over  a window that the cells stand in; blank where they are grouped
    """
    agree = f"count(*) filter (where agrees){over}"
    largest = f"coalesce(max({amount}) filter (where agrees){over}, 0)"
    return f"{agree} > count(*){over} // 2 and ({agree} > 1 or {largest} >= {ONE_SUM})"


def excluded(name: str = "c") -> str:
    """SQL: whether a row of `name` is a total row, by tables total_<dimension> and total_lines."""
    named = [f"{name}.{column} in (select spelt from total_{column})" for column in DIMENSIONS]
    return " or ".join([*named, f"{name}.line in (select line from total_lines)"])


# Lines whose area or offence is blank and whose counts are what the rows add up to that have both,
# and that agree with what the line names: as _adding_up, of a total without any name.
_BLANK = f"""
with counts as (
    select line, publisher, period, grain, heading, value, {", ".join(DIMENSIONS)},
    {parsing.amount("n")} as amount
    from untyped as c where excluded is null and not coalesce({{excluded}}, false)
),
compared as (
    select t.line, t.amount, sum(c.amount) as others,
    coalesce(t.amount > 0 and t.amount = sum(c.amount) and count(*) > 1, false) as agrees
    from (select *, row_number() over () as cell from counts
    where offence is null or borough is null) as t
    inner join counts as c on c.publisher = t.publisher
    and c.period is not distinct from t.period and c.grain is not distinct from t.grain
    and c.heading is not distinct from t.heading and c.value = t.value
    and c.offence is not null and c.borough is not null
    and {" and ".join(f"(t.{x} is null or lower(t.{x}) = lower(c.{x}))" for x in DIMENSIONS)}
    group by t.cell, t.line, t.amount
)
select line from compared where amount is distinct from 0 or others > 0
group by line having {{most_agree}}
""".replace("{excluded}", excluded()).replace("{most_agree}", most_agree("amount"))


def checked(work: Work) -> list[str]:
    """A sentence for all total rows: left out, and whether they agree with the rows."""
    lines = [
        row[0] for row in work.all(f"select distinct line from cells where excluded = '{RULE}'")
    ]
    if not lines:
        return []
    _compare(work)
    sums, agree = work.all("select count(*), count(*) filter (where said = added) from total_sums")[
        0
    ]
    places = line_numbers(work, set(lines))
    rows = "1 total row" if len(lines) == 1 else f"{len(lines):,} total rows"
    named = _named(work, lines, places)
    agreed = f"; {agree:,} of {sums:,} sums agree with the rows" if sums else ""
    sentences = [f"{rows} left out ({named}){agreed}"]
    for line, heading, said, added in work.all(
        "select line, heading, said, added from total_sums where said <> added "
        f"order by line, heading limit {SHOWN}"
    ):
        sentences.append(
            f"the total row of line {places[line]} says {said:,.0f} for {heading}, its rows add "
            f"up to {added:,.0f}"
        )
    return sentences


def _named(work: Work, lines: Iterable[int], places: dict[int, int]) -> str:
    names = dict(
        work.all(
            "select line, any_value(coalesce("
            + ", ".join(
                f"case when {c} in (select spelt from total_{c}) then {c} end" for c in DIMENSIONS
            )
            + f", 'blank')) from cells where excluded = '{RULE}' group by line"
        )
    )
    shown = sorted(lines)[:SHOWN]
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(f"line {places[line]} {names[line]!r}" for line in shown) + more


def _compare(work: Work) -> None:
    """Table total_sums (line, heading, said, added): each total beside the sum of its rows.

    A cell that is blank or names the whole takes every row; one that names a part (Ashby
    Total) or a category takes the rows of that.
    """
    joins = " ".join(
        f"left join total_{column} as t_{column} on t.{column} = t_{column}.spelt"
        for column in DIMENSIONS
    )
    wanted = ", ".join(
        f"case when t_{column}.spelt is not null then nullif(t_{column}.code, '') "
        f"else t.{column} end as {column}"
        for column in DIMENSIONS
    )
    covers = " and ".join(
        f"(t.{column} is null or lower(t.{column}) = lower(c.{column})"
        + (" or lower(t.offence) = lower(c.major))" if column == "offence" else ")")
        for column in DIMENSIONS
    )
    work.execute(
        "create temp table total_sums as "
        "with asked as (select t.line, t.heading, t.date, t.grain, t.publisher, t.value, "
        f"t.amount as said, {wanted} from cells as t {joins} "
        f"where t.excluded = {quoted(RULE)} and t.readable and lower(t.borough) is distinct from "
        "'inner london' and lower(t.borough) is distinct from 'outer london') "
        "select t.line, t.heading, any_value(t.said) as said, coalesce(sum(c.amount), 0) as added "
        "from asked as t left join cells as c on c.excluded is null and c.date = t.date "
        f"and c.grain = t.grain and c.publisher = t.publisher and c.value = t.value and {covers} "
        "group by t.line, t.heading, t.date, t.value"
    )
