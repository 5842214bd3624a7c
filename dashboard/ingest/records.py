"""Record kinds: each row checked against its contract, typed, and told apart from what stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dashboard.ingest import parsing
from dashboard.ingest.accounts import ImportAccount
from dashboard.ingest.columns import AREA, MINOR, REFRESHED, Wanted
from dashboard.ingest.contracts import Kind
from dashboard.ingest.parsing import quoted
from dashboard.ingest.rules import rules, typed
from dashboard.ingest.unresolved import area_and_offence_warnings, spelling_list
from dashboard.ingest.work import Outcome, Work


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
    _text_view(work, kind, present)
    vintage = work.vintage or _own_vintage(work, kind, present)
    _lookup_tables(work, kind)
    _typed_view(work, kind)
    _check(work, kind, vintage)
    replaced = _settle_repeats(work, kind)
    changed = _settle_against_staged(work, kind, vintage)
    work.execute(
        "create temp view accepted as select * from good anti join superseded using (line)"
    )
    account = _account(work, kind, vintage)
    warnings = _warnings(work, kind, replaced, changed)
    names = ", ".join(column.name for column in kind.columns)
    select = f"select {names}, date '{vintage}' as vintage from accepted order by line"
    return Outcome(account, select, (vintage,), [], warnings)


def _text_view(work: Work, kind: Kind, present: set[str]) -> None:
    columns = ", ".join(
        f"{parsing.trimmed(column.name) if column.name in present else 'null::varchar'} "
        f"as {column.name}"
        for column in kind.columns
    )
    work.execute(f"create temp view texts as select line, {columns} from raw")


def _own_vintage(work: Work, kind: Kind, present: set[str]) -> date:
    """The latest day that the file itself says: it can't have been known before."""
    if "refreshed" in present:
        source, name = "raw", parsing.trimmed("refreshed")
    elif kind.has("published_on"):
        source, name = "texts", "published_on"
    else:
        raise work.no_vintage()
    latest = work.one(f"select max({parsing.a_date(name)}) from {source}")
    if latest is None:
        raise work.no_vintage()
    return latest


def _lookup_tables(work: Work, kind: Kind) -> None:
    """Table look_<column> of spelt → code for each column that the catalogue settles."""
    units = {code.casefold(): code for code in work.catalogue.units}
    columns = kind.of_type("code", "unit", "part")
    lists = ", ".join(f"list(distinct {column.name})" for column in columns)
    for column, found in zip(columns, work.all(f"select {lists} from texts")[0], strict=True):
        spelt = [item for item in found or () if item is not None]
        if column.type == "code":
            codes = {
                item: work.catalogue.resolve("value", kind.name, item, column.field)
                for item in spelt
            }
        else:
            codes = {item: units.get(item.casefold()) for item in spelt}
        work.pairs(f"look_{column.name}", codes)


def _typed_view(work: Work, kind: Kind) -> None:
    columns = ", ".join(
        f"texts.{column.name} as text_{column.name}, {typed(column)} as {column.name}"
        for column in kind.columns
    )
    joins = " ".join(
        f"left join look_{column.name} on look_{column.name}.spelt = texts.{column.name}"
        for column in kind.of_type("code", "unit", "part")
    )
    work.execute(f"create temp view typed as select texts.line, {columns} from texts {joins}")


def _check(work: Work, kind: Kind, vintage: date) -> None:
    """Tables good (typed rows) and faults (line, column_name, value, rule: one a broken rule)."""
    found = rules(kind, vintage)
    names = ", ".join(column.name for column in kind.columns)
    any_fault = " or ".join(f"coalesce({condition}, false)" for _, _, condition in found)
    work.execute(
        f"create temp table checked as select line, {names}, ({any_fault}) as broken from typed"
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
        for name, rule, condition in found
    )
    work.execute(
        "insert into faults select line, fault['column'], fault['value'], fault['rule'] from "
        f"(select line, unnest([{each}]) as fault from typed "
        "semi join (select line from checked where broken) using (line)) where fault is not null"
    )


def _settle_repeats(work: Work, kind: Kind) -> int:
    """A reference said twice: the second is rejected. A key said twice: the last row says it.

    return  how many rows were replaced by a later one of the same file.
    """
    work.execute("create temp table superseded (line bigint)")
    if kind.reference:
        work.execute(
            f"create temp table second as select good.line, {kind.reference} as ref from good "
            f"join (select {kind.reference}, min(line) as first_line from good "
            f"group by {kind.reference} having count(*) > 1) using ({kind.reference}) "
            "where good.line > first_line"
        )
        work.execute(
            f"insert into faults select line, {quoted(kind.reference)}, ref, "
            "'duplicate_reference' from second"
        )
        work.execute("update checked set broken = true where line in (select line from second)")
    elif kind.key:
        key = ", ".join(kind.key)
        work.execute(
            "insert into superseded select line from good "
            f"qualify row_number() over (partition by {key} order by line desc) > 1"
        )
    return work.one("select count(*) from superseded")


def _settle_against_staged(work: Work, kind: Kind, vintage: date) -> int:
    """Marks what the same vintage already says; returns how many rows say a known one anew."""
    names = [column.name for column in kind.columns]
    if not work.staged_view("standing", names, (vintage,)):
        return 0
    same = " and ".join(f"g.{name} is not distinct from s.{name}" for name in names)
    identity = kind.reference or ", ".join(kind.key)
    if not identity:
        # Claims have no key: as many of a line as already stand are the same said again.
        number = f"row_number() over (partition by {', '.join(names)} order by line) as nth"
        work.execute(
            "insert into superseded select g.line "
            f"from (select *, {number} from good) as g "
            f"join (select *, {number.replace('order by line', 'order by file_sequence')} "
            f"from standing) as s on g.nth = s.nth and {same}"
        )
        return 0
    work.execute(
        f"create temp table current_rows as select * from standing qualify row_number() "
        f"over (partition by {identity} order by file_sequence desc) = 1"
    )
    left = "(select * from good anti join superseded using (line)) as g"
    one = " and ".join(
        f"g.{name} is not distinct from s.{name}" for name in identity.replace(",", "").split()
    )
    known = work.one(f"select count(*) from {left} semi join current_rows as s on {one}")
    work.execute(
        f"create temp table identical as select g.line from {left} "
        f"semi join current_rows as s on {same}"
    )
    work.execute("insert into superseded select line from identical")
    return known - work.one("select count(*) from identical")


def _account(work: Work, kind: Kind, vintage: date) -> ImportAccount:
    """Counts rows and control totals of each state, and checks them against the file."""
    worth = "1" if not kind.worth else f"coalesce({parsing.amount(kind.worth)}, 0)"
    work.execute(
        f"create temp table states as select line, ({worth})::{parsing.AMOUNT} as worth, "
        "case when line in (select line from accepted) then 'accepted' "
        "when line in (select line from superseded) then 'superseded' "
        "else 'rejected' end as state from texts"
    )
    parts: dict[str, int | Decimal] = {}
    for state, rows, value in work.all("select state, count(*), sum(worth) from states group by 1"):
        parts[f"rows_{state}"], parts[f"value_{state}"] = rows, value
    # A line with too many or too few cells has no columns, so nothing to add up but itself.
    ragged = len(work.ragged)
    parts["rows_rejected"] = int(parts.get("rows_rejected", 0)) + ragged
    parts["value_rejected"] = Decimal(parts.get("value_rejected", 0)) + (
        0 if kind.worth else ragged
    )
    return ImportAccount(
        file=work.file,
        kind=kind.name,
        vintages=(str(vintage),),
        value_of=kind.value_of,
        **parts,  # type: ignore[arg-type]
    )


def _warnings(work: Work, kind: Kind, replaced: int, changed: int) -> list[str]:
    found = []
    if replaced:
        found.append(
            f"{replaced:,} rows were replaced by a later row of the file with the same key"
        )
    if changed:
        found.append(f"{changed:,} rows replace what the same vintage said before")
    for column in kind.of_type("part"):
        rows = work.all(
            f"select {column.name}, count(*) from accepted where {column.name} is not null "
            f"and {column.name} not in (select code from look_{column.name} "
            "where code is not null) group by 1 order by 2 desc, 1"
        )
        if rows:
            found.append(
                f"{spelling_list(rows, column.name)} not in organisation.csv, shown as unassigned"
            )
    counted = "1" if not kind.worth else f"({kind.worth})::decimal(38, 2)"
    for what in ("area", "offence"):
        for column in kind.of_type(what):
            rows = work.all(
                f"select {column.name}, sum({counted}) from good where {column.name} is not null "
                "group by 1"
            )
            found += area_and_offence_warnings(work.catalogue, what, kind.name, rows)
    return found
