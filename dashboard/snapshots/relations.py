"""The views of one scope over one snapshot, which every query reads: nothing else is there.

`crimes` holds what aggregates count, `crimes_open` the reports that the scope may open one by
one (`overtime_open`, `faults_open` … alike), `crimes_told` those of units that are told of
beyond their output measures. Unit codes stand in tables, never in SQL.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard import catalogue as catalogues
from dashboard.access import records
from dashboard.access.scope import Scope, rows_seen
from dashboard.catalogue import Catalogue
from dashboard.snapshots.lazily import Maker
from dashboard.snapshots.manifest import SnapshotInfo

# The tables of units that views ask: whose records are open to the scope, and whose never are.
OPENED, NEVER = "opened_units", "never_units"
NOT_KNOWN = "Not known"


def files(info: SnapshotInfo) -> dict[str, Path]:
    """The snapshot's tables by the name they have in SQL."""
    paths = [*info.path.glob("facts/*.parquet"), *info.path.glob("marts/*.parquet")]
    return {path.stem: path for path in sorted(paths)}


def catalogue_of(info: SnapshotInfo) -> Catalogue:
    """The catalogue as it was published with the snapshot."""
    return catalogues.load(info.path / "catalogue", former=catalogues.PACKAGED)


def makers(
    connection: duckdb.DuckDBPyConnection, info: SnapshotInfo, scope: Scope, *, shared: bool = False
) -> dict[str, Maker]:
    """What makes the views of `scope` in an empty connection, with the tables they stand on.

    shared  leaves out all that hangs on whose records are open: what is there then is the same
            for every scope that sees the same figures
    """
    catalogue = catalogue_of(info)
    kinds = {code: records.standing(catalogue, code) for code in catalogue.units}
    never = [code for code, kind in kinds.items() if kind == records.NEVER]
    tables: dict[str, Mapping[str, Sequence[str | None]]] = {
        "viewed": {"borough": [scope.borough]},
        NEVER: {"code": never},
        # For snapshots without the column.
        "unit_records": {"code": list(kinds), "records": list(kinds.values())},
    }
    held = files(info)
    view_makers: dict[str, Maker] = {
        "organisation": partial(register_organisation, connection, catalogue),
        "victim_groups": lambda: _register(connection, "victim_groups", victim_groups(catalogue)),
        **{name: partial(_view, name, path, scope) for name, path in held.items()},
        **told_views(held),
    }
    if not shared:
        tables[OPENED] = {"code": sorted(scope.opened)}
        view_makers |= open_views(held)
    return view_makers | {
        name: partial(_register, connection, name, of) for name, of in tables.items()
    }


def _view(name: str, path: Path, scope: Scope) -> str:
    return f"create view {name} as {seen(name, columns(path), _read(name, path), scope)}"


def register_organisation(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> str:
    """The one row `organisation`, so that no SQL names a unit or a day of the grid; returns ''.

    force_code, directorate  codes of the units that the whole is, and that the OCUs belong to
    window_grain         week or fortnight: what a tactical meeting looks at
    window_days          how many days that is
    window_end           a day on which a window ends, exclusive
    year_month           month in which the planning year begins
    """
    own = catalogue.directorate
    calendar = own.calendar
    row = {
        "force_code": own.force,
        "directorate": own.directorate,
        "window_grain": calendar.grain,
        "window_days": calendar.window.days,
        "window_end": calendar.window_end,
        "year_month": calendar.year_month,
    }
    connection.register("organisation_row", pa.Table.from_pylist([row]))
    connection.execute("create table organisation as select * from organisation_row")
    connection.unregister("organisation_row")
    return ""


def open_views(held: Container[str]) -> dict[str, Maker]:
    """What makes the views <table>_open of the tables of records, and the macro claim_open: all
    that hangs on whose records the scope may open."""
    claim = opened_only(("ocu", "branch", "team"))
    view_makers: dict[str, Maker] = {
        "claim_open": lambda: f"create macro claim_open(ocu, branch, team) as {claim}"
    }
    return view_makers | {
        f"{of.table}_open": partial(_part, f"{of.table}_open", of.table, opened_only(of.units))
        for of in records.TABLES
        if of.table in held
    }


def told_views(held: Container[str]) -> dict[str, Maker]:
    """What makes the views <table>_told of the tables of records, which are the same for
    everybody."""
    return {
        f"{of.table}_told": partial(_part, f"{of.table}_told", of.table, without_never(of.units))
        for of in records.TABLES
        if of.table in held
    }


def _part(name: str, table: str, condition: str) -> str:
    return f"create view {name} as select * from {table} where {condition}"


def opened_only(units: tuple[str, ...]) -> str:
    """The condition that a record is open: its unit is, and no part of it named is closed."""
    first, *parts = units
    closed = f"select code from unit_records except select code from {OPENED}"
    # A branch that the catalogue does not know stands as its OCU does.
    return " and ".join(
        [
            f"{first} in (select code from {OPENED})",
            *(f"({part} is null or {part} not in ({closed}))" for part in parts),
        ]
    )


def without_never(units: tuple[str, ...]) -> str:
    """The condition that a row is of no unit whose records are never shown."""
    return " and ".join(
        f"({column} is null or {column} not in (select code from {NEVER}))" for column in units
    )


def seen(name: str, names: frozenset[str], rows: str, scope: Scope) -> str:
    """The select over the rows of a table that the scope sees; `names` are its columns."""
    which = rows_seen(scope, name, names)
    if which is None:
        return rows
    condition = "false" if which == "none" else f"{which} in (select borough from viewed)"
    return f"select * from ({rows}) where {condition}"


def columns(path: Path) -> frozenset[str]:
    return frozenset(pq.read_schema(path).names)


def types(path: Path) -> dict[str, pa.DataType]:
    """The columns of a file in the order of their names, each with its type."""
    return {field.name: field.type for field in sorted(pq.read_schema(path), key=lambda f: f.name)}


def _read(name: str, path: Path) -> str:
    quoted = str(path.resolve()).replace("'", "''")
    rows = f"select * from read_parquet('{quoted}')"
    if name == "units" and "records" not in columns(path):
        return f"select u.*, r.records from ({rows}) as u inner join unit_records as r using (code)"
    return rows


def victim_groups(catalogue: Catalogue) -> dict[str, list[str]]:
    """Columns field, code and victim_group: in which group of people a value counts.

    A blank and "not stated" tell no group: both are NOT_KNOWN.
    """
    rows = []
    for field in ("victim_ethnicity", "victim_sex", "victim_age_band"):
        labels = catalogue.values.get(f"{field}_group") or catalogue.values.get(field, {})
        known = {code: label for code, label in labels.items() if code not in records.UNTOLD}
        rows += [(field, code, label) for code, label in known.items()]
        rows.append((field, "unknown", NOT_KNOWN))
    return {
        name: [row[place] for row in rows]
        for place, name in enumerate(("field", "code", "victim_group"))
    }


def _register(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Mapping[str, Sequence[str | None]]
) -> str:
    table = pa.table({key: pa.array(values, pa.string()) for key, values in rows.items()})
    connection.register(f"{name}_rows", table)
    connection.execute(f"create table {name} as select * from {name}_rows")
    connection.unregister(f"{name}_rows")
    return ""
