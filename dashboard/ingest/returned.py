"""Returns: rows that are the sum of others, and accepted ones that count nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard import queries
from dashboard.ingest import parsing
from dashboard.ingest.rejects import line_numbers
from dashboard.ingest.totals import most_agree
from dashboard.ingest.work import Work
from dashboard.queries.counting import RETURNS
from dashboard.words import phrases

SHOWN = 5
# A unit's row without a borough beside those of its boroughs, or one beside those of the units
# right below it: a line each, whether it is what they add up to, and for sure or maybe by chance.
SUMS = f"""
with amounts as (
    select line, lower(measure) as measure, lower(unit_code) as unit, unit_code as spelt,
    period_start, grain, borough, {parsing.amount("numerator")} as amount from texts
),
pairs as (
    select t.line, t.measure, t.unit, 'blank' as spelt, t.amount, c.amount as part
    from amounts as t inner join amounts as c
    on c.measure = t.measure and c.grain = t.grain and c.period_start = t.period_start
    and c.unit = t.unit and t.borough is null and c.borough is not null
    union all
    select t.line, t.measure, t.unit, t.spelt, t.amount, c.amount
    from amounts as t inner join units_below as b on t.unit = b.unit inner join amounts as c
    on c.measure = t.measure and c.grain = t.grain and c.period_start = t.period_start
    and c.unit = b.below and c.borough is not distinct from t.borough
),
compared as (
    select line, measure, unit, spelt, amount, sum(part) as others,
    coalesce(amount > 0 and amount = sum(part) and count(*) > 1, false) as agrees
    from pairs group by line, measure, unit, spelt, amount
)
select line, spelt, agrees, {most_agree("amount", " over of_unit")} as sure
from compared where amount is distinct from 0 or others > 0
window of_unit as (partition by measure, unit, spelt)
"""


def mark_totals(work: Work) -> None:
    """Adds to table total_lines the rows that are the sums of others."""
    _units_below(work)
    work.execute(f"create temp table sums as {SUMS}")
    work.execute(
        "insert into total_lines select distinct on (line) line, spelt from sums where sure"
    )


def _units_below(work: Work) -> None:
    """Table units_below (unit, below), in lower case: of the units that the file names each with
    the one nearest above it that the file names too."""
    units = {code.lower(): code for code in work.catalogue.units}
    rows = work.all("select distinct lower(unit_code) from texts")
    named = {units[row[0]] for row in rows if row[0] in units}
    work.execute("create temp table units_below (unit varchar, below varchar)")
    for code in sorted(named):
        above = next((item for item in work.catalogue.ancestors(code) if item in named), None)
        if above:
            work.connection.execute(
                "insert into units_below values (?, ?)", [above.lower(), code.lower()]
            )


def warnings(work: Work) -> Iterator[str]:
    """Sentences for rows that may be sums, and for such as count nowhere."""
    maybe = work.all(
        "select distinct line, spelt from sums where agrees and not sure and line in "
        "(select line from good) order by line"
    )
    if maybe:
        places = line_numbers(work, {line for line, _ in maybe})
        each = ", ".join(f"line {places[line]}" for line, _ in maybe[:SHOWN])
        yield (
            f"{phrases.many(len(maybe), 'row')} may be the total of others and count beside them "
            f"({each}{' …' if len(maybe) > SHOWN else ''}): take totals out of the file"
        )
    known = {item.id: item for item in queries.measures().values() if item.fact == RETURNS}
    for name, grain, rows, amount, unsaid in work.all(
        "select measure, grain, count(*), sum(numerator), "
        "count(*) filter (where verified is null and numerator > 0) "
        "from good group by all order by all"
    ):
        what = f"{phrases.many(rows, 'row')} ({amount:,.0f})"
        of = known.get(name)
        if of is None:
            yield f"no measure of returns is called {name!r}: nothing counts its {what}"
            continue
        if not _nests(grain, of.grain):
            yield f"{name} is counted by {of.grain}: its {what} by {grain} are in no {of.grain}"
        if unsaid and re.search(r"\bverified\b", of.query.sql):
            yield (
                f"{name} counts what is verified (column verified), of which "
                f"{phrases.many(unsaid, 'row')} say nothing: none of it is counted"
            )


def _nests(grain: str, within: str) -> bool:
    """Whether periods of a grain add up to those of another."""
    return grain == within or (grain, within) in {("month", "quarter"), ("week", "fortnight")}
