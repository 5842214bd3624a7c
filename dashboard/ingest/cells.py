"""Published counts: cells checked, summed by key, and told apart from what already stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dashboard.ingest import parsing
from dashboard.ingest.accounts import ImportAccount
from dashboard.ingest.adapters import Plan
from dashboard.ingest.contracts import COUNT_COLUMNS
from dashboard.ingest.coverage import entries
from dashboard.ingest.parsing import quoted
from dashboard.ingest.unresolved import area_and_offence_warnings
from dashboard.ingest.work import Outcome, Work

KEY = ("publisher", "date", "grain", "borough", "offence", "value", "vintage")


def run(work: Work, plan: Plan, adapter: str) -> Outcome:
    """Checks, sums and compares all cells of work.raw; leaves the accepted in `accepted`.

    raises  UsageError where nothing says on which day the file was known.
    """
    if work.vintage is None and not plan.dated:
        raise work.no_vintage()
    _cell_table(work, plan)
    vintages = _vintages(work)
    if not vintages and work.vintage is None and work.one("select count(*) from cells"):
        raise work.no_vintage()
    compared = work.staged_view("standing", list(COUNT_COLUMNS), vintages) if vintages else False
    _one_spelling(work, compared)
    changed = _sum_by_key(work, compared)
    account = _account(work, adapter, vintages)
    select = f"select {', '.join(COUNT_COLUMNS)}, vintage from accepted order by all"
    return Outcome(account, select, vintages, entries(work, plan), _warnings(work, plan, changed))


def _cell_table(work: Work, plan: Plan) -> None:
    """Table cells: one row a count, typed, with the first rule that it breaks, or none."""
    known = f"date '{work.vintage}'" if work.vintage else parsing.a_date("refreshed_text")
    names = ("borough", "offence", "n", "refreshed", "period", "grain")
    cleaned = ", ".join(
        f"{parsing.trimmed(name)} as {'refreshed_text' if name == 'refreshed' else name}"
        for name in names
    )
    work.execute(
        "create temp view typed as select *, case when grain = 'month' then "
        f"{parsing.a_month('period')} else {parsing.a_date('period')} end as date, "
        f"{parsing.amount('n')} as amount, {known} as vintage from (select line, publisher, "
        f"value, heading, excluded, odd, {cleaned} from ({plan.cells}))"
    )
    found = _rules(plan)
    chain = " ".join(
        f"when {condition} then {{'column': {heading}, 'value': {value}, 'rule': {quoted(rule)}}}"
        for heading, value, rule, condition in found
    )
    work.execute(
        "create temp table cells as select * exclude (amount), coalesce(amount, 0) as amount, "
        f"case when excluded is null then case {chain} end end as fault from typed"
    )
    work.execute(
        "create temp view faults as select line, fault['column'] as column_name, "
        "fault['value'] as value, fault['rule'] as rule from cells where fault is not null"
    )


def _rules(plan: Plan) -> list[tuple[str, str, str, str]]:
    """(heading, value, rule, condition) in the order in which they are tried; all but value SQL."""

    def named(name: str) -> str:
        # In a wide file the month is a heading, and `heading` says which.
        return quoted(plan.headings[name]) if name in plan.headings else "heading"

    blank_area = (
        [] if plan.blanks else [(named("borough"), "borough", "required", "borough is null")]
    )
    starts = parsing.period_start("date", "grain")
    return [
        (named("odd"), "odd", "unknown_value", "odd is not null"),
        (named("offence"), "offence", "required", "offence is null"),
        *blank_area,
        (named("grain"), "grain", "required", "grain is null"),
        (named("grain"), "grain", "unknown_value", "grain not in ('day', 'month')"),
        (named("period"), "period", "required", "period is null"),
        (
            named("period"),
            "period",
            "impossible_date",
            f"date is null and {parsing.looks_like_a_date('period')}",
        ),
        (named("period"), "period", "bad_date", "date is null"),
        (named("period"), "period", "not_period_start", f"not ({starts})"),
        (named("refreshed"), "refreshed_text", "bad_date", "vintage is null"),
        (named("period"), "period", "after_vintage", "date > vintage"),
        ("heading", "n", "required", "n is null"),
        ("heading", "n", "not_a_number", "amount is null"),
        ("heading", "n", "negative", "amount < 0"),
        ("heading", "n", "not_whole", "amount <> floor(amount)"),
    ]


def _vintages(work: Work) -> tuple[date, ...]:
    rows = work.all("select distinct vintage from cells where vintage is not null order by 1")
    return tuple(row[0] for row in rows)


def _one_spelling(work: Work, compared: bool) -> None:
    """A name spelt in several cases goes by the one seen first, the standing one before all.

    Offences say `violence with injury` and outcomes `Violence with Injury`, and mean one.
    """
    for column in ("borough", "offence"):
        plain = _plain(column)
        earlier = (
            f" union all select {column}, 0 from standing where {column} is not null"
            if compared
            else ""
        )
        work.execute(
            f"create temp table spelt_{column} as select {plain} as plain, "
            f"arg_min({column}, line) as chosen from (select {column}, line from cells "
            f"where {column} is not null{earlier}) group by 1"
        )
    work.execute(
        "create temp view named as select cells.* replace (b.chosen as borough, "
        "o.chosen as offence) from cells "
        f"left join spelt_borough as b on b.plain = {_plain('cells.borough')} "
        f"left join spelt_offence as o on o.plain = {_plain('cells.offence')}"
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


def _account(work: Work, adapter: str, vintages: tuple[date, ...]) -> ImportAccount:
    """Values by cell; a line takes the best state of its cells."""
    same = " and ".join(f"c.{name} is not distinct from i.{name}" for name in KEY)
    work.execute(
        "create temp view states as select c.line, c.amount, "
        "case when c.excluded is not null then 4 when c.fault is not null then 3 "
        "when i.publisher is not null then 2 else 1 end as state "
        f"from named as c left join identical as i on {same}"
    )
    names = {1: "accepted", 2: "superseded", 3: "rejected", 4: "excluded"}
    parts: dict[str, int | Decimal] = {}
    for state, value in work.all("select state, sum(amount) from states group by 1"):
        parts[f"value_{names[state]}"] = value
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
        **parts,  # type: ignore[arg-type]
    )


def _warnings(work: Work, plan: Plan, changed: int) -> list[str]:
    found = []
    if plan.left_out:
        found.append(f"columns left out: {', '.join(plan.left_out)}")
    if changed:
        found.append(f"{changed:,} counts replace what the same vintage said before")
    rules = work.all(
        "select excluded, count(distinct line), sum(amount) from cells "
        "where excluded is not null group by 1 order by 1"
    )
    found += [f"{n:,} rows ({value:,.0f}) left out by the rule {rule}" for rule, n, value in rules]
    uncovered = work.one(
        "select count(distinct (date, offence, value)) from cells "
        "where fault is not null and date is not null and offence is not null"
    )
    if uncovered:
        found.append(
            f"{uncovered:,} periods of an offence are not covered, as a count was rejected"
        )
    for what, column in (("area", "borough"), ("offence", "offence")):
        publishers = work.all("select distinct publisher from summed order by 1")
        for (publisher,) in publishers:
            rows = work.all(
                f"select coalesce({column}, ''), sum(n) from summed "
                f"where publisher = {quoted(publisher)} group by 1"
            )
            found += area_and_offence_warnings(work.catalogue, what, publisher, rows)
    return found
