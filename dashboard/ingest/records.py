"""Record kinds: each row checked against its contract, typed, and told apart from what stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dashboard.ingest import parsing, totals
from dashboard.ingest.accounts import ImportAccount
from dashboard.ingest.columns import AREA, MINOR, REFRESHED, Wanted
from dashboard.ingest.contracts import Column, Kind
from dashboard.ingest.parsing import quoted
from dashboard.ingest.rejects import line_numbers, rejected_words
from dashboard.ingest.rules import rules, typed
from dashboard.ingest.unresolved import area_and_offence_warnings, spelling_list
from dashboard.ingest.work import Outcome, Work
from dashboard.queries.counting import RETURNS
from dashboard.words import phrases

SHOWN = 5
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
    _total_rows(work, kind)
    _check(work, kind, vintage)
    replaced = _settle_repeats(work, kind)
    # All that the file says is staged: what stands already may be held, or withdrawn, later.
    work.execute("create temp table said as select * from good anti join superseded using (line)")
    changed = _settle_against_staged(work, kind, vintage)
    work.execute(
        "create temp view accepted as select * from good anti join superseded using (line)"
    )
    account = _account(work, kind, vintage)
    warnings = _warnings(work, kind, vintage, replaced, changed)
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


def _total_rows(work: Work, kind: Kind) -> None:
    """Table total_lines (line, spelt): rows whose area or offence is a total of other rows."""
    work.execute("create temp table total_lines (line bigint, spelt varchar)")
    for column in kind.of_type("area", "offence"):
        spelt = [
            row[0]
            for row in work.all(f"select distinct {column.name} from texts")
            if row[0] is not None
            and totals.of_what(row[0]) is not None
            and work.catalogue.resolve(column.type, kind.name, row[0]) is None
        ]
        for text in spelt:
            work.execute(
                f"insert into total_lines select line, {column.name} from texts "
                f"where {column.name} = {quoted(text)}"
            )
    if kind.name == RETURNS:
        work.execute(f"insert into total_lines {totals.BLANK_RETURNS}")


def _check(work: Work, kind: Kind, vintage: date) -> None:
    """Tables good (typed rows) and faults (line, column_name, value, rule: one a broken rule)."""
    found = rules(kind, vintage)
    names = ", ".join(column.name for column in kind.columns)
    any_fault = " or ".join(f"coalesce({condition}, false)" for _, _, condition in found)
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
    work.execute("create temp table replaced_lines as select line from superseded")
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


def _warnings(work: Work, kind: Kind, vintage: date, replaced: int, changed: int) -> list[str]:
    found = _total_words(work) + _repeat_words(work, kind)
    if replaced:
        found.append(
            f"{phrases.many(replaced, 'row')} {'was' if replaced == 1 else 'were'} replaced by a"
            " later row of the file with the same key"
            f"{_replaced_lines(work)}"
        )
    if changed:
        verb = "replaces" if changed == 1 else "replace"
        found.append(f"{phrases.many(changed, 'row')} {verb} what the same vintage said before")
    found += _rejected(work, vintage)
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


def _rejected(work: Work, vintage: date) -> list[str]:
    """How many rows broke which rule, and whether the vintage is before the data."""
    ragged = [("wrong_number_of_cells", len(work.ragged))] if work.ragged else []
    rules = work.all("select rule, count(distinct line) from faults group by 1 order by 2 desc, 1")
    lines = work.one("select count(distinct line) from faults") + len(work.ragged)
    found = [rejected_words([*rules, *ragged], "row", lines)] if lines else []
    late = work.one("select count(distinct line) from faults where rule = 'after_vintage'")
    if late:
        found.append(
            f"{late:,} {'rows' if late != 1 else 'row'} dated after the vintage {vintage} rejected:"
            " "
            "the file was not yet known on that day, or it was said wrong"
        )
    return found


def _total_words(work: Work) -> list[str]:
    rows = work.all("select line, spelt from total_lines order by line")
    if not rows:
        return []
    places = line_numbers(work, {line for line, _ in rows})
    each = ", ".join(f"line {places[line]} {spelt!r}" for line, spelt in rows[:SHOWN])
    return [f"{len(rows):,} total {'rows' if len(rows) != 1 else 'row'} left out ({each})"]


def _repeat_words(work: Work, kind: Kind) -> list[str]:
    """Rows of a kind without reference or key that stand twice: two claims, or one said twice."""
    if kind.reference or kind.key:
        return []
    names = ", ".join(column.name for column in kind.columns)
    rows = work.all(
        f"select line, min(line) over (partition by {names}) as first from good "
        "qualify line > first order by line"
    )
    if not rows:
        return []
    places = line_numbers(work, {line for pair in rows[:SHOWN] for line in pair})
    each = ", ".join(f"line {places[line]} as line {places[first]}" for line, first in rows[:SHOWN])
    return [
        f"{len(rows):,} {'rows stand' if len(rows) != 1 else 'row stands'} twice and counted each "
        f"time ({each}{' …' if len(rows) > SHOWN else ''})"
    ]


def _replaced_lines(work: Work) -> str:
    lines = [row[0] for row in work.all("select line from replaced_lines order by line limit 5")]
    places = line_numbers(work, set(lines))
    return f" (line {', '.join(str(places[line]) for line in lines)})" if lines else ""
