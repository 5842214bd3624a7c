"""The cells of published counts as a file writes them: one row a count, still text."""

from __future__ import annotations

from datetime import date

from dashboard.catalogue.formats import FIRST_MONTH
from dashboard.errors import ContentError
from dashboard.ingest import parsing
from dashboard.ingest.adapters import Plan
from dashboard.ingest.days import month_headings
from dashboard.ingest.parsing import quoted
from dashboard.ingest.rejects import line_numbers
from dashboard.ingest.work import Work

REPEATED = "repeated_headings"
TEXTS = ("borough", "offence", "major", "n", "refreshed", "period", "grain")


def untyped_table(work: Work, plans: list[Plan]) -> None:
    """Table untyped: one row a count as its part writes it, blanks around it taken away."""
    names = ", ".join(f"{parsing.trimmed(name)} as {name}" for name in TEXTS)
    for number, plan in enumerate(plans):
        work.execute(f"create or replace temp view raw as {work.raw(number)}")
        again = _repeats_headings(plan)
        _refuse_other_months(work, plan, again)
        select = (
            f"select * replace (case when {again} then null else n end as n, "
            f"case when {again} then {quoted(REPEATED)} else excluded end as excluded) "
            "from (select line, publisher, value, heading, excluded, odd, clash, apart, "
            f"{names} "
            f"from ({plan.cells}))"
        )
        into = "insert into untyped by name" if number else "create temp table untyped as"
        work.execute(f"{into} {select}")


def _repeats_headings(plan: Plan) -> str:
    """SQL: whether a row is the headings again, as tables pasted below one another have them."""
    names = [name for name in ("borough", "offence", "period") if name in plan.headings][:2]
    return " and ".join(
        f"lower({name}) = {quoted(plan.headings[name].strip().lower())}" for name in names
    )


def _refuse_other_months(work: Work, plan: Plan, again: str) -> None:
    """Raises ContentError where the headings come again with other months: what stands below them
    would be counted in those of the first."""
    if not plan.months:
        return
    names = ", ".join(f"{parsing.trimmed(name)} as {name}" for name in TEXTS)
    for line, heading, other in work.all(
        f"select line, trim(heading), n from (select line, heading, {names} from ({plan.cells})) "
        f"where {again} and n is not null and lower(n) <> lower(trim(heading)) order by all"
    ):
        if [*month_headings([other]).values()] != [*month_headings([heading]).values()]:
            place = line_numbers(work, {line})[line]
            raise ContentError(
                f"{work.file}: line {place} begins another table, with {other!r} where the first "
                f"has {heading!r}; save each table as a file or sheet of its own"
            )


def whole_months(work: Work, plans: list[Plan]) -> tuple[date, ...]:
    """The months of the headings that count; one that is cut off is left out of table untyped."""
    months = tuple(sorted({day for item in plans for day in item.months}))
    share = plans[0].first_month
    if share is None or len(months) < 2:
        return months
    first, second = (
        work.one(
            f"select coalesce(sum({parsing.amount('n')}), 0) from untyped "
            f"where excluded is null and period = '{month:%Y%m}'"
        )
        for month in months[:2]
    )
    if float(first) >= share * float(second):
        return months
    work.execute(
        f"update untyped set excluded = {quoted(FIRST_MONTH)} "
        f"where excluded is null and period = '{months[0]:%Y%m}'"
    )
    return months[1:]
