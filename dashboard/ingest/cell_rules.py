"""The cells of published counts typed, each with the first rule that it breaks."""

from __future__ import annotations

from dashboard.ingest import parsing, totals
from dashboard.ingest.adapters import Plan
from dashboard.ingest.parsing import quoted
from dashboard.ingest.work import Work


def cell_table(work: Work, plan: Plan) -> None:
    """Table cells: one row a count, typed, with the first rule that it breaks, or none.

    amount    what it is worth in the account: a number with thousands marks is worth that
              number, though it is rejected; what is no number is worth 0.
    readable  whether it is a number at all.
    """
    day, month = parsing.a_date("period"), parsing.a_month("period")
    refreshed = parsing.a_date("refreshed")
    texts = (
        f"select period as spelt from untyped where period is not null and {month} is null and "
        f"{day} is null union all select refreshed from untyped where refreshed is not null and "
        f"{refreshed} is null"
    )
    firsts = work.one("select bool_and(coalesce(grain = 'month', false)) from untyped")
    join, two_ways = "", "false"
    if work.other_days(texts, firsts=bool(firsts) and not plan.floored):
        join = (
            "left join other_days as p on p.spelt = period "
            "left join other_days as r on r.spelt = refreshed"
        )
        day, month = f"coalesce({day}, p.day)", f"coalesce({month}, p.month)"
        refreshed, two_ways = f"coalesce({refreshed}, r.day)", "coalesce(p.two_ways, false)"
    if plan.floored:
        month = f"date_trunc('month', {month})::date"
    known = f"date '{work.vintage}'" if work.vintage else refreshed
    work.execute(
        "create temp view typed as select untyped.* replace ("
        f"case when {totals.excluded('untyped')} then coalesce(excluded, {quoted(totals.RULE)}) "
        "else excluded end as excluded), "
        f"case when grain = 'month' then {month} else {day} end as date, {two_ways} as two_ways, "
        f"{parsing.amount('n')} as amount, {parsing.marked_amount('n')} as marked, "
        f"{known} as vintage from untyped {join}"
    )
    checks = _rules(plan)
    chain = " ".join(
        f"when {condition} then {{'column': {heading}, 'value': {value}, 'rule': {quoted(rule)}}}"
        for heading, value, rule, condition in checks
    )
    work.execute(
        "create temp table cells as select * exclude (amount, marked), amount is not null as "
        f"readable, coalesce(amount, marked, 0) as amount, case when excluded is null then case "
        f"{chain} end end as fault from typed"
    )
    if work.one("select count(*) > 0 and bool_and(two_ways) from cells where period is not null"):
        raise work.unsettled_dates()
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
        (named("offence"), "offence", "not_text", parsing.not_text("offence")),
        (named("borough"), "borough", "not_text", parsing.not_text("borough")),
        (named("clash"), "clash", "columns_disagree", "clash is not null"),
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
            f"date is null and not two_ways and {parsing.looks_like_a_date('period')}",
        ),
        (named("period"), "period", "two_readings", "date is null and two_ways"),
        (named("period"), "period", "bad_date", "date is null"),
        (named("period"), "period", "not_period_start", f"not ({starts})"),
        (named("refreshed"), "refreshed", "bad_date", "vintage is null"),
        (named("period"), "period", "after_vintage", "date > vintage"),
        ("heading", "n", "required", "n is null"),
        ("heading", "n", "decimal_comma", f"amount is null and {parsing.has_decimal_comma('n')}"),
        ("heading", "n", "thousands_marks", "amount is null and marked is not null"),
        ("heading", "n", "too_large", f"amount is null and {parsing.is_number('n')}"),
        ("heading", "n", "not_a_number", "amount is null"),
        ("heading", "n", "negative", "amount < 0"),
        ("heading", "n", "not_whole", "amount <> floor(amount)"),
    ]
