"""Record kinds: each row checked against its contract, typed, and told apart from what stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dashboard.ingest import parsing, record_totals, record_words, settling, totals
from dashboard.ingest.accounts import ImportAccount
from dashboard.ingest.columns import AREA, MINOR, REFRESHED, Wanted
from dashboard.ingest.contracts import Column, Kind
from dashboard.ingest.parsing import quoted
from dashboard.ingest.rules import rules, typed
from dashboard.ingest.work import Outcome, Work

DATES = ("date", "event", "month", "period")


def wanted_columns(kind: Kind) -> list[Wanted]:
    """The columns of a kind as they are looked for in a file."""
    roles = {"area": ("area", AREA), "offence": ("minor", MINOR)}
    columns = []
    for column in kind.columns:
        role, known = roles.get(column.type, ("", ()))
        columns.append(Wanted(column.name, (column.name, *known), role, column.required))
    return [*columns, Wanted("refreshed", REFRESHED, required=False)]


def run(work: Work, kind: Kind, present: set[str]) -> Outcome:
    """Checks and types all rows of work.raw; leaves the accepted ones in table `accepted`.

    present  the columns that the file has.
    raises   UsageError where nothing says on which day the file was known.
    """
    raws = " union all by name ".join(work.raw(number) for number in range(len(work.parts)))
    work.execute(f"create temp view raw as {raws}")
    _text_view(work, kind, present)
    _other_days(work, kind, present)
    vintage = work.vintage or _own_vintage(work, kind, present)
    _lookup_tables(work, kind)
    _typed_view(work, kind)
    record_totals.mark(work, kind)
    _check(work, kind, vintage)
    replaced = settling.repeats(work, kind)
    # All that the file says is staged: what stands already may be held, or withdrawn, later.
    work.execute("create temp table said as select * from good anti join superseded using (line)")
    changed = settling.against_staged(work, kind, vintage)
    work.execute(
        "create temp view accepted as select * from good anti join superseded using (line)"
    )
    account = _account(work, kind, vintage)
    warnings = record_words.warnings(work, kind, vintage, replaced, changed)
    names = ", ".join(column.name for column in kind.columns)
    select = f"select {names}, date '{vintage}' as vintage from said order by line"
    return Outcome(account, select, (vintage,), [], warnings)


def _text_view(work: Work, kind: Kind, present: set[str]) -> None:
    columns = ", ".join(
        f"{parsing.trimmed(column.name) if column.name in present else 'null::varchar'} "
        f"as {column.name}"
        for column in kind.columns
    )
    refreshed = parsing.trimmed("refreshed") if "refreshed" in present else "null::varchar"
    work.execute(
        f"create temp table texts as select line, {columns}, {refreshed} as refreshed from raw"
    )


def _other_days(work: Work, kind: Kind, present: set[str]) -> None:
    """Table other_days, empty where every date is ISO; the order of days settled for all columns.

    raises  UsageError where no date of the file can be read, as all can be read two ways.
    """
    columns = [column for column in kind.of_type(*DATES) if column.name in present]
    parts = [
        f"select {column.name} as spelt from texts where {column.name} is not null "
        f"and ({parsing.a_date(column.name)}) is null and ({parsing.a_month(column.name)}) is null"
        for column in columns
    ]
    parts.append(
        "select refreshed as spelt from texts where refreshed is not null "
        f"and ({parsing.a_date('refreshed')}) is null"
    )
    firsts = all(column.type in ("month", "period") for column in columns)
    if not work.other_days(" union all ".join(parts), firsts):
        work.execute(
            "create temp table other_days (spelt varchar, day date, month date, two_ways boolean)"
        )
        return
    dated = " or ".join(f"({parsing.a_date(column.name)}) is not null" for column in columns)
    open_ = work.one("select count(*) from other_days where two_ways")
    read = work.one("select count(*) from other_days where day is not null or month is not null")
    if open_ and not read and not work.one(f"select bool_or({dated or 'false'}) from texts"):
        raise work.unsettled_dates()


def _own_vintage(work: Work, kind: Kind, present: set[str]) -> date:
    """The latest day that the file itself says: it can't have been known before."""
    if "refreshed" in present:
        name = "refreshed"
    elif kind.has("published_on"):
        name = "published_on"
    else:
        raise work.no_vintage()
    latest = work.one(
        f"select max(coalesce({parsing.a_date(name)}, o.day)) from texts "
        f"left join other_days as o on o.spelt = {name}"
    )
    if latest is None:
        raise work.no_vintage()
    return latest


def _lookup_tables(work: Work, kind: Kind) -> None:
    """Table look_<column> of spelt → code for each column that the catalogue settles."""
    units = {code.casefold(): code for code in work.catalogue.units}
    columns = kind.of_type("code", "unit", "part")
    for column in columns:
        rows = work.all(f"select distinct {column.name} from texts")
        spelt = [item for (item,) in rows if item is not None]
        if column.type == "code":
            codes = {
                item: work.catalogue.resolve("value", kind.name, item, column.field)
                for item in spelt
            }
        else:
            codes = {item: units.get(item.casefold()) for item in spelt}
        work.pairs(f"look_{column.name}", codes)


def _typed_view(work: Work, kind: Kind) -> None:
    others = _in_other_forms(work, kind)
    columns = ", ".join(
        f"texts.{column.name} as text_{column.name}, {typed(column, column in others)} "
        f"as {column.name}"
        for column in kind.columns
    )
    joins = " ".join(
        f"left join look_{column.name} on look_{column.name}.spelt = texts.{column.name}"
        for column in kind.of_type("code", "unit", "part")
    )
    for column in others:
        joins += (
            f" left join other_days as day_{column.name} "
            f"on day_{column.name}.spelt = texts.{column.name}"
        )
    work.execute(f"create temp view typed as select texts.line, {columns} from texts {joins}")


def _in_other_forms(work: Work, kind: Kind) -> tuple[Column, ...]:
    """The columns of dates, where any date of the file is in another form than ISO; else none."""
    # Nine joins to an empty table are not free over a million rows.
    return kind.of_type(*DATES) if work.one("select count(*) from other_days") else ()


def _check(work: Work, kind: Kind, vintage: date) -> None:
    """Tables good (typed rows) and faults (line, column_name, value, rule: one a broken rule)."""
    checks = rules(kind, vintage)
    names = ", ".join(column.name for column in kind.columns)
    any_fault = " or ".join(f"coalesce({condition}, false)" for _, _, condition in checks)
    work.execute(
        f"create temp table checked as select line, {names}, ({any_fault}) as broken from typed "
        "where line not in (select line from total_lines)"
    )
    work.execute("create temp view good as select * exclude (broken) from checked where not broken")
    work.execute(
        "create temp table faults (line bigint, column_name varchar, value varchar, rule varchar)"
    )
    if not work.one("select count(*) from checked where broken"):
        return
    each = ", ".join(
        f"case when {condition} then {{'column': {quoted(name)}, 'value': text_{name}, "
        f"'rule': {quoted(rule)}}} end"
        for name, rule, condition in checks
    )
    work.execute(
        "insert into faults select line, fault['column'], fault['value'], fault['rule'] from "
        f"(select line, unnest([{each}]) as fault from typed "
        "semi join (select line from checked where broken) using (line)) where fault is not null"
    )


def _account(work: Work, kind: Kind, vintage: date) -> ImportAccount:
    """Counts rows and control totals of each state, and checks them against the file."""
    worth = "1" if not kind.worth else f"coalesce({parsing.amount(kind.worth)}, 0)"
    work.execute(
        f"create temp table states as select line, ({worth})::{parsing.AMOUNT} as worth, "
        "case when line in (select line from total_lines) then 'excluded' "
        "when line in (select line from accepted) then 'accepted' "
        "when line in (select line from superseded) then 'superseded' "
        "else 'rejected' end as state from texts"
    )
    parts: dict[str, int | Decimal] = {}
    for state, rows, value in work.all("select state, count(*), sum(worth) from states group by 1"):
        parts[f"rows_{state}"] = parts[f"counts_{state}"] = rows
        parts[f"value_{state}"] = value
    # A line with too many or too few cells has no columns, so nothing to add up but itself.
    ragged = len(work.ragged)
    for what in ("rows_rejected", "counts_rejected"):
        parts[what] = int(parts.get(what, 0)) + ragged
    parts["value_rejected"] = Decimal(parts.get("value_rejected", 0)) + (
        0 if kind.worth else ragged
    )
    return ImportAccount(
        file=work.file,
        kind=kind.name,
        vintages=(str(vintage),),
        value_of=kind.value_of,
        excluded={totals.RULE: excluded}
        if (excluded := int(parts.get("rows_excluded", 0)))
        else {},
        **parts,  # type: ignore[arg-type]
    )
