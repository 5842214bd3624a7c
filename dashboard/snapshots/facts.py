"""Staged files → facts: the latest state known before the as-at, spellings resolved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.catalogue import Catalogue
from dashboard.ingest import Staged, code_of, contract_columns
from dashboard.snapshots import coverage, parquet

REPORT = "crime_ref"
# What makes two rows of a kind the same thing said twice.
KEYS: dict[str, tuple[str, ...]] = {
    "crimes": (REPORT,),
    "reviews": ("review_ref",),
    "recommendations": ("recommendation_ref",),
    "visits": ("visit_ref",),
    "improvements": ("area_ref",),
    "returns": ("measure", "period_start", "grain", "unit_code", "borough"),
    "overtime_budget": ("ocu", "month"),
    "finance": ("unit_code", "month", "heading"),
    "strength": ("unit_code", "month"),
    "corporate": ("measure", "period_start", "grain", "unit_code", "borough"),
}
# Kinds with a reference are whole extracts: a later one replaces all before it.
WHOLE = ("crimes", "reviews", "recommendations", "visits", "improvements")
UNITS = ("ocu", "unit_code", "owner")  # columns that say which unit a row is of
# Day on which a row of a kind happened; facts are sorted by it.
DATED = {
    "crimes": "reported_on",
    "returns": "period_start",
    "overtime": "worked_on",
    "overtime_budget": "month",
    "finance": "month",
    "strength": "month",
    "reviews": "due_on",
    "recommendations": "due_on",
    "visits": "planned_on",
    "improvements": "due_on",
    "corporate": "period_start",
}


def write_all(
    connection: duckdb.DuckDBPyConnection,
    staged: list[Staged],
    catalogue: Catalogue,
    folder: Path,
    as_at: date,
) -> tuple[coverage.Coverage, list[str]]:
    """Writes facts/<kind>.parquet for every kind; empty ones where nothing was loaded.

    return  coverage of the published counts, and a warning for each spelling unknown.
    """
    folder.mkdir()
    warnings = _register_spellings(connection, staged, catalogue)
    covered, said = coverage.register(connection, staged, catalogue, as_at)
    warnings += said
    _copy(connection, queries.FOLDER / "publish" / "published.sql", folder / "published.parquet")
    for kind in DATED:
        files = [item for item in staged if item.kind == kind]
        _register_current(connection, kind, files)
        if kind == "crimes":
            _write_crimes(connection, files, folder / "crimes.parquet")
            continue
        columns = ", ".join([*contract_columns(kind), "vintage"])
        select = f"select {columns} from staged order by {DATED[kind]}, {columns}"
        if "borough" in contract_columns(kind):
            select = (
                f"select staged.* replace (case when staged.borough is null then null "
                f"else coalesce(areas.code, 'unknown') end as borough) from staged "
                f"left join spelling_area as areas on areas.source = '{kind}' "
                f"and staged.borough is not distinct from areas.spelt"
            )
            select = f"select {columns} from ({select}) order by {DATED[kind]}, {columns}"
        parquet.write(connection, select, folder / f"{kind}.parquet")
    return covered, warnings + _unknown_units(connection, folder)


def _unknown_units(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Sentences: which rows are of a unit that the catalogue has not, or has no more.

    Importing takes a unit that the catalogue of its day had; a row of one that is gone since is
    below no other, so that no sum has it.
    """
    warnings = []
    for kind in DATED:
        for column in (name for name in contract_columns(kind) if name in UNITS):
            counted = connection.execute(
                f"select {column}, count(*) from read_parquet(?) where {column} is not null "
                f"and {column} not in (select code from units) group by all order by all",
                [str(folder / f"{kind}.parquet")],
            ).fetchall()
            warnings += [
                f"{count:,} row{'s'[: count > 1]} of {kind} of the unit {unit!r}, which is not in "
                "organisation.csv: counted in no figure"
                for unit, count in counted
            ]
    return warnings


def _register_current(
    connection: duckdb.DuckDBPyConnection, kind: str, files: list[Staged]
) -> None:
    """View `staged`: the rows of a kind as last known, one a key."""
    if not files:
        typed = ", ".join(
            f"null::{type_} as {name}" for name, type_ in contract_columns(kind).items()
        )
        connection.execute(
            f"create or replace temp view staged as select {typed}, null::date as vintage limit 0"
        )
        return
    if kind == "overtime":
        _register_days(connection, files)
        return
    first, *later = _serving(files) if kind in WHOLE else files
    select = _laid_over(first, later, KEYS[kind]) if later else parquet.staged_rows(first)
    connection.execute(f"create or replace temp view staged as {select}")


def _laid_over(first: Staged, later: list[Staged], key: tuple[str, ...]) -> str:
    """The rows of `first`, under what files that came after it say of the same keys: of two the
    one known, then imported, last. No file says a key twice (ingest.settling)."""
    keys = ", ".join(key)
    by_import = sorted(later, key=lambda item: item.sequence)
    known = "datediff('day', date '1970-01-01', vintage) * {of} + {place} as said"
    said = [
        f"select *, {known.format(of=len(later), place=place)} from ({parquet.staged_rows(item)})"
        for place, item in enumerate(by_import)
    ]

    def same(row: str) -> str:
        return " and ".join(f"{row}.{name} is not distinct from l.{name}" for name in key)

    # The first mostly is the whole extract and by far the largest. It is not put in order, and of
    # the others the keys alone are: which row is the last of its own is told by a number.
    return (
        f"with later as ({' union all by name '.join(said)}), last as materialized "
        f"(select {keys}, max(said) as said from later group by all) "
        f"select r.* exclude (said) from later as r "
        f"inner join last as l on r.said = l.said and {same('r')} "
        f"union all by name select * from ({parquet.staged_rows(first)}) as r "
        f"where not exists (select 1 from last as l where {same('r')})"
    )


def _all_of(files: list[Staged]) -> str:
    return " union all by name ".join(parquet.staged_rows(item) for item in files)


def _write_crimes(connection: duckdb.DuckDBPyConnection, files: list[Staged], path: Path) -> None:
    """Writes the crime reports by day, OCU and reference, as reading by row groups wants them."""
    contract = contract_columns("crimes")
    columns = [name for name, kind in contract.items() if kind == "varchar" and name != REPORT]
    # What is resolved is in the spellings and the units; all else is in the files as it stands.
    staged = [name for name in columns if name not in ("offence", "borough", "branch", "team")]
    rows = f"({_all_of(files)})" if files else "staged"
    known = {"spelling_area": ["code"], "spelling_offence": ["code"]}
    known |= {"units": ["ocu", "branch", "team"], rows: staged}
    words = {word for table, of in known.items() for word in parquet.words(connection, table, of)}
    sql = queries.read(queries.FOLDER / "publish" / "crimes.sql").sql
    order = f"reported_on, ocu, {REPORT}"
    parquet.write_sorted(connection, sql, path, order, columns, {*words, "unknown"})


def _serving(files: list[Staged]) -> list[Staged]:
    """The newest whole extract (all files of its vintage) and the deltas that came after it."""
    whole = [item for item in files if not item.delta]
    if not whole:
        return files
    newest = max(item.vintage for item in whole)
    return [
        item
        for item in files
        if (item.delta and item.vintage >= newest) or (not item.delta and item.vintage == newest)
    ]


def _register_days(connection: duckdb.DuckDBPyConnection, files: list[Staged]) -> None:
    """Overtime claims have no reference: a day is served by the newest whole file that covers it,
    and claims of later deltas are added to it.

    What two files of one vintage both say is one claim, as many times as the one that says it
    most often; in whatever order they came, were held and let pass.
    """
    parts = []
    whole = [item for item in files if not item.delta]
    for item in files:
        hidden = " or ".join(
            f"worked_on between date '{since}' and date '{last}'"
            for other in whole
            if other.vintage > item.vintage
            for since, last in _days(connection, other)
        )
        # An older program staged of a file what did not stand yet: such rows are added up.
        own = item.sequence if item.complete else 0
        rows = f"select *, {own} as said_by from ({parquet.staged_rows(item)})"
        parts.append(rows + (f" where not ({hidden})" if hidden else ""))
    claim = f"vintage, {', '.join(contract_columns('overtime'))}"
    connection.execute(
        "create or replace temp view staged as select * exclude (said_by, nth) from (select *, "
        f"row_number() over (partition by {claim}, said_by) as nth "
        f"from ({' union all by name '.join(parts)})) "
        f"qualify row_number() over (partition by {claim}, nth) = 1"
    )


def _days(connection: duckdb.DuckDBPyConnection, item: Staged) -> list[tuple[date, date]]:
    row = connection.execute(
        "select min(worked_on), max(worked_on) from read_parquet(?)", [str(item.path)]
    ).fetchall()[0]
    return [row] if row[0] else []


def _register_spellings(
    connection: duckdb.DuckDBPyConnection, staged: list[Staged], catalogue: Catalogue
) -> list[str]:
    """Tables spelling_area and spelling_offence: source, spelt, code; with what stays unknown."""
    warnings = []
    for what, column in (("area", "borough"), ("offence", "offence")):
        rows: list[dict[str, Any]] = []
        for kind in dict.fromkeys(item.kind for item in staged):
            if column not in contract_columns(kind):
                continue
            files = [str(item.path) for item in staged if item.kind == kind]
            source = "publisher" if kind == "counts" else f"'{kind}'"
            spellings = connection.execute(
                f"select distinct {source}, {column} from read_parquet(?, union_by_name=true)",
                [files],
            ).fetchall()
            for name, spelt in spellings:
                code = code_of(catalogue, what, name, spelt) if spelt else None
                rows.append({"source": name, "spelt": spelt, "code": code})
                if code is None and spelt:
                    warnings.append(
                        f"{what} {spelt!r} of {name} is not in aliases.csv: counted under unknown"
                    )
        schema = pa.schema([(key, pa.string()) for key in ("source", "spelt", "code")])
        connection.register(f"spelling_{what}_rows", pa.Table.from_pylist(rows, schema=schema))
        connection.execute(
            f"create or replace temp table spelling_{what} as select * from spelling_{what}_rows"
        )
    return sorted(warnings)


def _copy(connection: duckdb.DuckDBPyConnection, query: Path, path: Path) -> None:
    parquet.write(connection, queries.read(query).sql, path)
