"""Published counts: cells checked, summed by key, and told apart from what already stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dashboard.ingest import areas, cell_rows, cell_rules, repeats, totals
from dashboard.ingest.accounts import ImportAccount
from dashboard.ingest.adapters import Plan
from dashboard.ingest.contracts import COUNT_COLUMNS
from dashboard.ingest.coverage import BROKEN, entries, scopes
from dashboard.ingest.parsing import quoted
from dashboard.ingest.rejects import rejected_words
from dashboard.ingest.unresolved import area_and_offence_warnings, outside_warnings
from dashboard.ingest.work import Outcome, Work

KEY = ("publisher", "date", "grain", "borough", "offence", "value", "vintage")


def run(work: Work, plans: list[Plan], adapter: str) -> Outcome:
    """Checks, sums and compares all cells of all parts; leaves the accepted in `accepted`.

    plans   one a part of the file, in their order.
    raises  UsageError where nothing says on which day the file was known, or how its dates are
            written; ContentError where its areas are of a finer level, or two sheets say the same.
    """
    if work.vintage is None and not all(plan.dated for plan in plans):
        raise work.no_vintage()
    areas.refuse_mixed_levels(work, plans)
    cell_rows.untyped_table(work, plans)
    totals.mark(work, plans[0].counted)
    months = cell_rows.whole_months(work, plans)
    cell_rules.cell_table(work, plans[0])
    areas.refuse_finer_areas(work, plans[0])
    vintages = _vintages(work)
    if not vintages and work.vintage is None and work.one("select count(*) from cells"):
        raise work.no_vintage()
    compared = work.staged_view("standing", list(COUNT_COLUMNS), vintages) if vintages else False
    _one_spelling(work, compared)
    repeats.same_places(work)
    repeats.refuse_across_sheets(work)
    changed = _sum_by_key(work, compared)
    account = _account(work, adapter, vintages, plans[0].reasons)
    select = f"select {', '.join(COUNT_COLUMNS)}, vintage from summed order by all"
    plan = replace(plans[0], months=months)
    return Outcome(
        account,
        select,
        vintages,
        entries(work, plan),
        _warnings(work, plans, changed),
        scopes(work),
    )


def _vintages(work: Work) -> tuple[date, ...]:
    rows = work.all("select distinct vintage from cells where vintage is not null order by 1")
    return tuple(row[0] for row in rows)


def _one_spelling(work: Work, compared: bool) -> None:
    """A name spelt in several cases goes by the one seen first, the standing one before all.

    Offences say `violence with injury` and outcomes `Violence with Injury`, and mean one.
    """
    changed, joins = [], []
    for column in ("borough", "offence"):
        earlier = (
            f" union all select distinct {column}, 0 from standing where {column} is not null"
            if compared
            else ""
        )
        work.execute(
            f"create temp table spelt_{column} as select {column} as spelt, "
            f"first_value({column}) over (partition by {_plain(column)} order by line, {column}) "
            f"as chosen from (select {column}, min(line) as line from cells "
            f"where {column} is not null group by {column}{earlier})"
        )
        # Most files spell each name one way; a join of every cell would be for nothing.
        if work.one(f"select bool_or(spelt <> chosen) from spelt_{column}"):
            changed.append(f"{column}_.chosen as {column}")
            joins.append(
                f"left join (select distinct * from spelt_{column}) as {column}_ "
                f"on {column}_.spelt = cells.{column}"
            )
    replaced = f"replace ({', '.join(changed)})" if changed else ""
    work.execute(
        f"create temp view named as select cells.* {replaced} from cells {' '.join(joins)}"
    )


def _plain(column: str) -> str:
    return f"lower(regexp_replace({column}, '\\s+', ' ', 'g'))"


def _sum_by_key(work: Work, compared: bool) -> int:
    """Tables summed, identical and accepted; returns how many cells say a known one anew."""
    key = ", ".join(KEY)
    work.execute(
        f"create temp table summed as select {key}, sum(amount)::bigint as n from named "
        "where excluded is null and fault is null group by all"
    )
    if not compared:
        work.execute("create temp table identical as select * from summed limit 0")
        work.execute("create temp view accepted as select * from summed")
        return 0
    work.execute(
        f"create temp table current_cells as select {key}, n from standing qualify row_number() "
        f"over (partition by {key} order by file_sequence desc) = 1"
    )
    same = " and ".join(f"a.{name} is not distinct from b.{name}" for name in KEY)
    work.execute(
        "create temp table identical as select * from summed as a "
        f"semi join current_cells as b on {same} and a.n = b.n"
    )
    everywhere = " and ".join(f"summed.{name} is not distinct from b.{name}" for name in KEY)
    work.execute(
        "create temp view accepted as select * from summed "
        f"anti join identical as b on {everywhere}"
    )
    known = work.one(f"select count(*) from summed as a semi join current_cells as b on {same}")
    return known - work.one("select count(*) from identical")


def _account(
    work: Work, adapter: str, vintages: tuple[date, ...], reasons: dict[str, str]
) -> ImportAccount:
    """Values by cell; a line takes the best state of its cells."""
    same = " and ".join(f"c.{name} is not distinct from i.{name}" for name in KEY)
    known = bool(work.one("select count(*) from identical"))
    join = f"left join identical as i on {same}" if known else ""
    work.execute(
        "create temp table states as select c.line, c.amount, "
        "case when c.excluded is not null then 4 when c.fault is not null then 3 "
        f"when {'i.publisher is not null' if known else 'false'} then 2 else 1 end as state "
        f"from named as c {join}"
    )
    names = {1: "accepted", 2: "superseded", 3: "rejected", 4: "excluded"}
    parts: dict[str, int | Decimal] = {}
    for state, counts, value in work.all(
        "select state, count(*), sum(amount) from states group by 1"
    ):
        parts[f"counts_{names[state]}"], parts[f"value_{names[state]}"] = counts, value
    for state, rows in work.all(
        "select state, count(*) from (select min(state) as state from states group by line) "
        "group by 1"
    ):
        parts[f"rows_{names[state]}"] = rows
    parts["rows_rejected"] = int(parts.get("rows_rejected", 0)) + len(work.ragged)
    excluded = work.all(
        "select excluded, count(distinct line) from cells where excluded is not null group by 1"
    )
    return ImportAccount(
        file=work.file,
        kind=adapter,
        vintages=tuple(str(vintage) for vintage in vintages),
        value_of="sum of counts",
        excluded=dict(sorted(excluded)),
        reasons={rule: reasons[rule] for rule, _ in sorted(excluded) if rule in reasons},
        **parts,  # type: ignore[arg-type]
    )


def _warnings(work: Work, plans: list[Plan], changed: int) -> list[str]:
    sentences = []
    left = list(dict.fromkeys(name for plan in plans for name in plan.left_out))
    if left:
        sentences.append(f"columns left out: {', '.join(left)}")
    if changed:
        sentences.append(f"{changed:,} counts replace what the same vintage said before")
    sentences += totals.checked(work)
    rules = work.all(
        "select excluded, count(distinct line), sum(amount) from cells "
        f"where excluded <> {quoted(totals.RULE)} group by 1 order by 1"
    )
    sentences += [
        f"{n:,} row{'' if n == 1 else 's'} ({value:,.0f}) left out by the rule {rule}"
        + (f": {plans[0].reasons[rule]}" if rule in plans[0].reasons else "")
        for rule, n, value in rules
    ]
    sentences += repeats.named(work, plans[0])
    sentences += _rejected(work)
    uncovered = work.one(
        f"select count(distinct (date, offence, value)) from ({BROKEN}) "
        "where date <= coalesce(vintage, date)"
    )
    if uncovered:
        periods = (
            "1 period of an offence is"
            if uncovered == 1
            else (f"{uncovered:,} periods of an offence are")
        )
        sentences.append(f"{periods} not covered, as a count was rejected")
    for what, column in (("area", "borough"), ("offence", "offence")):
        publishers = work.all("select distinct publisher from summed order by 1")
        for (publisher,) in publishers:
            rows = work.all(
                f"select coalesce({column}, ''), sum(n) from summed "
                f"where publisher = {quoted(publisher)} group by 1"
            )
            sentences += area_and_offence_warnings(work.catalogue, what, publisher, rows)
            if what == "area":
                sentences += outside_warnings(work.catalogue, publisher, rows)
    return sentences


def _rejected(work: Work) -> list[str]:
    """How many counts were rejected by which rule; those after the vintage with their periods."""
    rules = work.all("select rule, count(*) from faults group by 1 order by 2 desc, 1")
    counts = work.one("select count(*) from cells where fault is not null")
    sentences = [rejected_words(rules, "count", counts)] if rules else []
    blank = work.one(
        "select count(*) from cells where fault['rule'] = 'required' and n is null "
        "and offence is not null and borough is not null"
    )
    if blank and any(part.sheet for part in work.parts):
        sentences.append("of a workbook a formula that was saved without its value is blank")
    for what, column in (("offence", "offence"), ("area", "borough")):
        rows = work.one(
            "select count(distinct line) from cells "
            f"where fault['rule'] = 'required' and {column} is null and amount > 0"
        )
        if rows:
            said = "1 row with counts has" if rows == 1 else f"{rows:,} rows with counts have"
            sentences.append(
                f"{said} no {what}: where cells were merged downwards the first alone is filled; "
                "fill in the others"
            )
    if work.ragged:
        ragged = len(work.ragged)
        sentences.append(rejected_words([("wrong_number_of_cells", ragged)], "row", ragged))
    late = work.all(
        "select vintage, count(distinct date), min(date), max(date), count(*), "
        "any_value(grain) from cells where fault['rule'] = 'after_vintage' group by 1 order by 1"
    )
    for vintage, periods, first, last, counts, grain in late:
        word = f"{grain}s" if periods != 1 else grain
        span = f"{first}" if first == last else f"{first} to {last}"
        sentences.append(
            f"{periods:,} {word} after the vintage {vintage} ({span}) rejected with {counts:,} "
            f"{'counts' if counts != 1 else 'count'}: the file was not yet known on that day, or "
            "it was said wrong"
        )
    return sentences
